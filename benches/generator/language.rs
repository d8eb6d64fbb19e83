//! A language of pseudo-words with the statistics of news English: no table of words, a word is made from its rank.

use super::rng::{Rng, Zipf, hash};

/// In the order of their frequency in English.
const FUNCTION_WORDS: &str = "the of to and a in for is on that by this with you it not or be are from at as your all have new more an \
     was we will can us about if has but our one other do no they he up may what which their out use any there see only so \
     his when here who also now get been would how were me some these its like than had into them she said over after year \
     two first last before between under during against because while since until where both each";
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ONSETS: [&str; 26] = [
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "cl", "dr", "fl", "gr",
    "pl", "tr", "ch", "th",
];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS: [&str; 7] = ["", "n", "", "r", "s", "", "l"];
const SYLLABLES: u64 = (ONSETS.len() * VOWELS.len() * CODAS.len()) as u64;
/// Ranks from which words have two syllables, and three.
const TWO: u64 = 600;
const THREE: u64 = 120_000;

/// Words that are frequent whatever the subject; after Ferrer i Cancho and Solé (2001).
const KERNEL: usize = 8000;
const TOPICS: usize = 400;
const TOPIC_WORDS: usize = 300;
const EVENT_WORDS: usize = 25;

mod kind {
    pub(super) const TOPIC: u64 = 1;
    pub(super) const PHRASE: u64 = 2;
}

/// What is talked about: the words and names that a report of it uses.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    topic: usize,
    words: [u64; EVENT_WORDS],
    cast: Vec<u64>,
}

#[derive(Debug)]
pub(crate) struct Language {
    seed: u64,
    function_words: Vec<&'static str>,
    words: Zipf,
    /// Turns of phrase that everybody uses.
    phrases: Zipf,
    topic: Zipf,
    topics: Vec<[u64; TOPIC_WORDS]>,
}

impl Language {
    pub(crate) fn new(seed: u64) -> Self {
        let topic = |number| {
            let mut rng = Rng::of(seed, kind::TOPIC, number);
            std::array::from_fn(|_| {
                let unit = rng.unit();
                150 + (unit * unit * 20_000.0) as u64
            })
        };
        Self {
            seed,
            function_words: FUNCTION_WORDS.split_whitespace().collect(),
            words: Zipf::new(KERNEL, true),
            phrases: Zipf::new(2000, true),
            topic: Zipf::new(TOPIC_WORDS, false),
            topics: (0..TOPICS as u64).map(topic).collect(),
        }
    }

    /// A new event.
    pub(crate) fn subject(&self, rng: &mut Rng) -> Subject {
        let topic = (rng.unit() * rng.unit() * TOPICS as f64) as usize;
        let cast = (0..rng.range(4, 9))
            .map(|_| match rng.below(10) {
                0..4 => hash((topic * 40 + rng.below(40)) as u64),
                4..6 => hash((1 << 32) + self.topic.draw(rng) as u64),
                _ => rng.next(),
            })
            .collect();
        Subject { topic, words: std::array::from_fn(|_| rng.range(1000, 200_000) as u64), cast }
    }

    /// Adds the word of a rank.
    pub(crate) fn push_word(&self, out: &mut String, rank: u64) {
        match self.function_words.get(rank as usize) {
            Some(word) => out.push_str(word),
            // The factors have no divisor in common with the number of syllables: no word has two ranks.
            None if rank < TWO => push_syllables(out, rank * 1009 % SYLLABLES, 1),
            None if rank < THREE => push_syllables(out, rank * 1_000_003 % SYLLABLES.pow(2), 2),
            None => push_syllables(out, rank * 1_000_000_007 % SYLLABLES.pow(3), 3),
        }
    }

    /// `count` words of general use.
    pub(crate) fn words(&self, rng: &mut Rng, count: usize) -> String {
        let mut out = String::new();
        for _ in 0..count {
            self.push_word(&mut out, self.words.draw(rng) as u64);
            out.push(' ');
        }
        out.pop();
        out
    }

    /// A word as a report of `subject` uses them.
    fn push_topical(&self, out: &mut String, rng: &mut Rng, subject: &Subject) {
        let rank = match rng.below(100) {
            0..30 => self.topics[subject.topic][self.topic.draw(rng)],
            30..36 => *rng.pick(&subject.words),
            _ => self.words.draw(rng) as u64,
        };
        self.push_word(out, rank);
    }

    fn push_phrase(&self, out: &mut String, rng: &mut Rng) {
        let mut phrase = Rng::of(self.seed, kind::PHRASE, self.phrases.draw(rng) as u64);
        let length = phrase.range(3, 9);
        out.push_str(&self.words(&mut phrase, length));
    }

    /// A headline.
    pub(crate) fn title(&self, rng: &mut Rng, subject: &Subject) -> String {
        let mut out = String::new();
        push_surname(&mut out, *rng.pick(&subject.cast));
        for _ in 0..rng.range(5, 10) {
            out.push(' ');
            self.push_topical(&mut out, rng, subject);
        }
        out
    }

    /// A sentence of about twenty words.
    pub(crate) fn sentence(&self, out: &mut String, rng: &mut Rng, subject: &Subject) {
        let length = 7 + rng.below(12) + rng.below(12);
        let mut at = |probability| if rng.chance(probability) { rng.range(1, length) } else { 0 };
        let [phrase, name, number, comma] = [at(0.5), at(0.5), at(0.3), at(0.4)];
        let is_quote = rng.chance(0.12);
        if is_quote {
            out.push('"');
        }
        let start = out.len();
        for i in 0..length {
            if i > 0 {
                out.push_str(if i == comma { ", " } else { " " });
            }
            if i > 0 && i == phrase {
                self.push_phrase(out, rng);
                out.push(' ');
            }
            if i > 0 && i == name {
                push_name(out, *rng.pick(&subject.cast));
                out.push(' ');
            }
            if i > 0 && i == number {
                push_number(out, rng);
                out.push(' ');
            }
            self.push_topical(out, rng, subject);
        }
        capitalize(out, start);
        if is_quote {
            out.push_str(",\" said ");
            push_name(out, *rng.pick(&subject.cast));
        }
        out.push('.');
    }
}

fn push_syllables(out: &mut String, mut number: u64, count: usize) {
    let mut digit = |base: usize| {
        let digit = number % base as u64;
        number /= base as u64;
        digit as usize
    };
    for _ in 0..count {
        out.push_str(ONSETS[digit(ONSETS.len())]);
        out.push_str(VOWELS[digit(VOWELS.len())]);
        out.push_str(CODAS[digit(CODAS.len())]);
    }
}

pub(crate) fn capitalize(text: &mut str, at: usize) {
    if let Some(first) = text.get_mut(at..=at) {
        first.make_ascii_uppercase();
    }
}

/// First name and surname.
pub(crate) fn push_name(out: &mut String, person: u64) {
    let start = out.len();
    push_syllables(out, person % 400 * 8191 % SYLLABLES.pow(2), 2);
    capitalize(out, start);
    out.push(' ');
    push_surname(out, person);
}

fn push_surname(out: &mut String, person: u64) {
    let start = out.len();
    push_syllables(out, hash(person) % SYLLABLES.pow(2), 2);
    capitalize(out, start);
}

/// A number as they stand in news: counts, shares, sums, dates.
fn push_number(out: &mut String, rng: &mut Rng) {
    let text = match rng.below(10) {
        0..4 => rng.range(2, 100).to_string(),
        4..6 => format!("{},{:03}", rng.range(1, 90), rng.below(1000)),
        6 => format!("{}.{} per cent", rng.below(100), rng.below(10)),
        7 => format!("${} million", rng.range(1, 900)),
        8 => format!("{} {}", rng.pick(&MONTHS), rng.range(1, 29)),
        _ => rng.range(1950, 2027).to_string(),
    };
    out.push_str(&text);
}
