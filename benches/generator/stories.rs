//! Stories, the forms that look like stories, and what is done to a story on its way to another page.

use super::language::{Language, MONTHS, Subject, capitalize, push_name};
use super::rng::{Rng, Zipf, hash};

/// A story as it was written, before any outlet puts it on a page.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) title: String,
    pub(crate) dateline: String,
    pub(crate) paragraphs: Vec<String>,
}

impl Story {
    /// A report of `subject`.
    pub(crate) fn new(language: &Language, rng: &mut Rng, subject: &Subject) -> Self {
        let length = rng.range(260, 670);
        let mut paragraphs = Vec::new();
        let mut words = 0;
        while words < length {
            let mut paragraph = String::new();
            for i in 0..rng.range(1, 5) {
                if i > 0 {
                    paragraph.push(' ');
                }
                language.sentence(&mut paragraph, rng, subject);
            }
            words += count(&paragraph);
            paragraphs.push(paragraph);
        }
        Self { title: language.title(rng, subject), dateline: dateline(language, rng), paragraphs }
    }

    /// The story with each word changed by chance: replaced, dropped, or another put behind it.
    pub(crate) fn edited(&self, language: &Language, rng: &mut Rng, share: f64) -> Self {
        let edit = |paragraph: &String| {
            let mut out = String::with_capacity(paragraph.len() + 64);
            for word in paragraph.split(' ') {
                let change = if rng.chance(share) { rng.below(5) } else { 5 };
                if change >= 4 {
                    out.push_str(word);
                    out.push(' ');
                }
                if change == 4 || change < 3 {
                    out.push_str(&language.words(rng, 1));
                    out.push(' ');
                }
            }
            out.pop();
            out
        };
        Self { paragraphs: self.paragraphs.iter().map(edit).collect(), ..self.clone() }
    }

    /// The first half of its words.
    pub(crate) fn half(&self) -> Self {
        let mut left = self.paragraphs.iter().map(|paragraph| count(paragraph)).sum::<usize>() / 2;
        let mut paragraphs = Vec::new();
        for paragraph in &self.paragraphs {
            let words = count(paragraph);
            if words >= left {
                paragraphs.push(paragraph.split(' ').take(left.max(1)).collect::<Vec<_>>().join(" "));
                break;
            }
            left -= words;
            paragraphs.push(paragraph.clone());
        }
        Self { paragraphs, ..self.clone() }
    }

    /// Most paragraphs of this story, then most of another.
    pub(crate) fn merged(&self, other: &Self, rng: &mut Rng) -> Self {
        let mut most = |paragraphs: &[String]| {
            let kept: Vec<String> = paragraphs.iter().filter(|_| rng.chance(0.7)).cloned().collect();
            if kept.is_empty() { paragraphs[..1].to_vec() } else { kept }
        };
        Self { paragraphs: [most(&self.paragraphs), most(&other.paragraphs)].concat(), ..self.clone() }
    }

    /// The same sentences put into both stories, at places of their own.
    pub(crate) fn share_quotations(&mut self, quotations: &str, rng: &mut Rng) {
        let at = rng.below(self.paragraphs.len()) + 1;
        self.paragraphs.insert(at, quotations.to_owned());
    }
}

fn count(paragraph: &str) -> usize {
    paragraph.bytes().filter(|&byte| byte == b' ').count() + 1
}

fn dateline(language: &Language, rng: &mut Rng) -> String {
    let mut town = String::new();
    let among = rng.range(1, 400);
    language.push_word(&mut town, 30_000 + rng.below(among) as u64);
    format!("{}, {} {} - ", town.to_uppercase(), rng.pick(&MONTHS), rng.range(1, 29))
}

/// A form that is filled in again and again: a weather report, a market report, a list of results.
#[derive(Debug)]
pub(crate) struct Form {
    title: String,
    lines: Vec<Vec<Slot>>,
    /// Who takes part, where that changes.
    pool: Vec<u64>,
}

#[derive(Debug)]
enum Slot {
    Fixed(String),
    Temperature,
    Measure,
    Price,
    Score,
    OneOfPool,
}

impl Form {
    pub(crate) fn new(language: &Language, rng: &mut Rng, number: usize) -> Self {
        let fixed_name = |rng: &mut Rng| {
            let mut name = String::new();
            push_name(&mut name, rng.next());
            Slot::Fixed(name)
        };
        let lines = (0..rng.range(9, 18))
            .map(|_| {
                let mut line = Vec::new();
                for _ in 0..rng.range(3, 6) {
                    let words = rng.range(3, 9);
                    line.push(Slot::Fixed(language.words(rng, words)));
                    line.push(match (number % 3, rng.below(10)) {
                        (0, 0..3) | (1, 0..4) => fixed_name(rng),
                        (0, 3..6) => Slot::Temperature,
                        (0, _) => Slot::Measure,
                        (1, _) => Slot::Price,
                        (_, 0..5) => Slot::OneOfPool,
                        _ => Slot::Score,
                    });
                }
                line
            })
            .collect();
        let mut title = language.words(rng, 5);
        capitalize(&mut title, 0);
        Self { title, lines, pool: (0..40).map(|_| rng.next()).collect() }
    }

    /// A story from it.
    pub(crate) fn filled(&self, language: &Language, rng: &mut Rng) -> Story {
        let line = |slots: &Vec<Slot>| {
            let mut out = String::new();
            for slot in slots {
                match slot {
                    Slot::Fixed(text) => out.push_str(text),
                    Slot::Temperature => out.push_str(&rng.range(1, 35).to_string()),
                    Slot::Measure => out.push_str(&format!("{}.{}", rng.below(100), rng.below(10))),
                    Slot::Price => out.push_str(&format!("{}.{:02}", rng.range(1, 400), rng.below(100))),
                    Slot::Score => out.push_str(&format!("{} to {}", rng.below(120), rng.below(120))),
                    Slot::OneOfPool => push_name(&mut out, *rng.pick(&self.pool)),
                }
                out.push(' ');
            }
            out.pop();
            capitalize(&mut out, 0);
            out.push('.');
            out
        };
        let paragraphs = self.lines.iter().map(line).collect();
        Story { title: self.title.clone(), dateline: dateline(language, rng), paragraphs }
    }
}

/// A newspaper or site: what stands on each of its pages.
#[derive(Debug)]
pub(crate) struct Outlet {
    pub(crate) host: String,
    head: Vec<String>,
    foot: Vec<String>,
    notice: usize,
    /// Writes “ ” ’ — where others write " ' -.
    typographic: bool,
}

/// All outlets, the large ones first, and the notices that groups of them share.
#[derive(Debug)]
pub(crate) struct Outlets {
    outlets: Vec<Outlet>,
    notices: Vec<String>,
    size: Zipf,
}

impl Outlets {
    pub(crate) fn new(language: &Language, rng: &mut Rng, count: usize) -> Self {
        let line = |rng: &mut Rng, from, to| {
            let words = rng.range(from, to);
            let mut line = language.words(rng, words);
            capitalize(&mut line, 0);
            line
        };
        let notices: Vec<String> = (0..8).map(|_| line(rng, 50, 110)).collect();
        let outlets = (0..count)
            .map(|number| {
                let mut host = String::new();
                language.push_word(&mut host, 130_000 + number as u64);
                Outlet {
                    host: host + ".example",
                    head: (0..rng.below(4)).map(|_| line(rng, 2, 10)).collect(),
                    foot: (0..rng.below(4)).map(|_| line(rng, 4, 30)).collect(),
                    notice: number % notices.len(),
                    typographic: rng.chance(0.6),
                }
            })
            .collect();
        Self { outlets, notices, size: Zipf::new(count, false) }
    }

    pub(crate) fn get(&self, number: usize) -> &Outlet {
        &self.outlets[number]
    }

    /// The number of one, large ones more often.
    pub(crate) fn draw(&self, rng: &mut Rng) -> usize {
        self.size.draw(rng)
    }

    /// The text of an outlet's page with `story`.
    pub(crate) fn page(&self, outlet: usize, story: &Story, rng: &mut Rng) -> String {
        let outlet = self.get(outlet);
        let mut lines: Vec<&str> = Vec::new();
        if rng.chance(0.85) {
            lines.extend(outlet.head.iter().map(String::as_str));
        }
        let first = story.dateline.clone() + &story.paragraphs[0];
        lines.push(&first);
        lines.extend(story.paragraphs[1..].iter().map(String::as_str));
        if rng.chance(0.85) {
            lines.extend(outlet.foot.iter().map(String::as_str));
        }
        if rng.chance(0.2) {
            lines.push(&self.notices[outlet.notice]);
        }
        let text = lines.join("\n\n");
        if outlet.typographic { typographic(&text) } else { text }
    }
}

/// The text with typographic quotation marks and dashes.
pub(crate) fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut before = ' ';
    for c in text.chars() {
        out.push(match c {
            '"' if before.is_whitespace() => '“',
            '"' => '”',
            '\'' => '’',
            '-' if before == ' ' => '—',
            other => other,
        });
        before = c;
    }
    out
}

/// The text in other blanks and another case.
pub(crate) fn respaced(text: &str, rng: &mut Rng) -> String {
    let text = if rng.chance(0.5) { text.replace("\n\n", "\n") } else { text.replace("\n\n", "  \n \n") };
    let text = if rng.chance(0.5) { text.replace(' ', "  ") } else { text };
    match rng.below(10) {
        0..3 => text.to_lowercase(),
        3 => text.to_uppercase(),
        _ => text.replace(". ", ".\t"),
    }
}

/// The same text in Cyrillic letters.
pub(crate) fn cyrillic(text: &str) -> String {
    const LETTERS: [char; 26] = [
        'а', 'б', 'ц', 'д', 'е', 'ф', 'г', 'х', 'и', 'й', 'к', 'л', 'м', 'н', 'о', 'п', 'я', 'р', 'с', 'т', 'у', 'в',
        'ш', 'ж', 'ы', 'з',
    ];
    let letter = |c: char| match c {
        'a'..='z' => LETTERS[c as usize - 'a' as usize],
        'A'..='Z' => LETTERS[c as usize - 'A' as usize].to_uppercase().next().unwrap_or(c),
        other => other,
    };
    text.chars().map(letter).collect()
}

/// A text with two Chinese characters for each word, without blanks.
pub(crate) fn chinese(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\n']) {
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric).fold(0, |key, byte| hash(key ^ u64::from(byte)));
        out.extend([letters, letters >> 32].map(|bits| char::from_u32(0x4e00 + bits as u32 % 5000).unwrap_or('一')));
        let word = word.trim_end_matches(' ');
        out.push_str(if word.ends_with('.') {
            "。"
        } else if word.ends_with(',') {
            "，"
        } else {
            ""
        });
        if word.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}
