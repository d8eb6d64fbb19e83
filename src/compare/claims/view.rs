//! The linked sentences of one side as one run of words, with what stands between them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use crate::compare::text::Text;
use crate::document::{CodePoints, Span};
use crate::features::terms::Term;
use crate::statistics::weights::Weights;

/// Words of one side beyond which a link is not looked into: it is a list, and alignment is quadratic.
const LONGEST: usize = 400;

/// A word and its surroundings.
#[derive(Debug)]
pub(super) struct Word<'t> {
    /// In lower case, apostrophes straightened, without the mark of the genitive; initials in one: `u.s.` is `us`.
    pub(super) form: Box<str>,
    /// The form without accents.
    pub(super) plain: Box<str>,
    /// What stands between the word before and this one.
    pub(super) before: &'t str,
    /// What stands between this one and the next.
    pub(super) after: &'t str,
    /// Where it stands in the text, in code points.
    pub(super) span: Span,
    /// Equal for the forms of one word.
    pub(super) term: Term,
    /// How much it tells.
    pub(super) weight: f32,
    /// Begins with a capital.
    pub(super) is_capital: bool,
    /// The place asks for a capital: begin of a sentence or of what is quoted.
    pub(super) is_initial: bool,
    /// Initials or letters in a row that are all capitals.
    pub(super) is_acronym: bool,
    is_content: bool,
}

impl Word<'_> {
    /// Capitalised where the position alone would not ask for it.
    pub(super) fn is_name(&self) -> bool {
        self.is_capital && !self.is_initial
    }

    /// Begins with a digit.
    pub(super) fn is_digits(&self) -> bool {
        self.form.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether it says something by itself.
    pub(super) fn is_content(&self) -> bool {
        self.is_content
    }

    /// Joined to the next word: nothing but a blank or a hyphen between them.
    pub(super) fn runs_on(&self) -> bool {
        self.after.chars().all(|c| c.is_whitespace() || is_hyphen(c)) && self.after.chars().count() <= 2
    }
}

/// One side of a link.
#[derive(Debug)]
pub(super) struct View<'t> {
    /// Its words, at most [`LONGEST`].
    pub(super) words: Vec<Word<'t>>,
}

impl<'t> View<'t> {
    /// The words of these sentences of `text`; numbers that it does not have are passed over.
    pub(super) fn new(text: &'t Text, sentences: &[usize], weights: &Weights) -> Self {
        let mut words = Vec::new();
        let mut points = CodePoints::new(&text.text);
        for sentence in sentences.iter().filter_map(|&at| text.sentences.get(at)) {
            let of = text.of(sentence);
            let mut ranges = Vec::with_capacity(sentence.tokens.len());
            for token in &sentence.tokens {
                let last: Option<&mut (Range<usize>, usize)> = ranges.last_mut();
                match last {
                    Some((range, count)) if is_initials(of, range, *count, &token.range) => {
                        (range.end, *count) = (token.range.end, *count + 1);
                    }
                    _ => ranges.push((token.range.clone(), 1)),
                }
            }
            let mut tokens = sentence.tokens.iter();
            for (at, (range, count)) in ranges.iter().enumerate() {
                let Some(token) = tokens.next() else { break };
                for _ in 1..*count {
                    tokens.next();
                }
                let shown = &of[range.clone()];
                let form: String = token.form.trim_end_matches("'s").trim_end_matches('\'').into();
                let form = if *count > 1 { letters(shown) } else { form };
                let before = &of[at.checked_sub(1).map_or(0, |before| ranges[before].0.end)..range.start];
                let after = &of[range.end..ranges.get(at + 1).map_or(of.len(), |next| next.0.start)];
                let term = if *count > 1 { Term(xxh3_64(form.as_bytes()) as u32) } else { token.term };
                let is_initial = at == 0 || begins(before, words.last());
                words.push(Word {
                    is_acronym: is_acronym(shown),
                    is_content: weights.weight(term) >= 1.5 && !is_function(&form),
                    plain: plain(&form),
                    form: form.into(),
                    before,
                    after,
                    span: Span {
                        start: points.at(sentence.bytes.start + range.start),
                        end: points.at(sentence.bytes.start + range.end),
                    },
                    term,
                    weight: weights.weight(term),
                    is_capital: token.is_capital,
                    is_initial,
                });
            }
        }
        words.truncate(LONGEST);
        Self { words }
    }

    /// The form of word `at`, nothing outside of the view.
    pub(super) fn form(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.form)
    }

    /// The form of the word `back` words before `at`.
    pub(super) fn form_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.form(at))
    }

    /// Where these words stand, in code points of the text.
    pub(super) fn span(&self, words: &Range<usize>) -> Span {
        let start = self.words.get(words.start).map_or(0, |word| word.span.start);
        let last = words.end.checked_sub(1).and_then(|last| self.words.get(last));
        Span { start, end: last.map_or(start, |word| word.span.end.max(start)) }
    }
}

/// Whether the next token goes on with initials: single letters of one case with nothing but a full stop between them.
fn is_initials(of: &str, range: &Range<usize>, count: usize, next: &Range<usize>) -> bool {
    let last = &of[range.clone()];
    let last = if count > 1 { last.rsplit('.').next().unwrap_or(last) } else { last };
    let next_word = &of[next.clone()];
    let single = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let case = |word: &str| word.chars().all(char::is_uppercase);
    &of[range.end..next.start] == "." && single(last) && single(next_word) && case(last) == case(next_word)
}

/// Letters without their accents.
fn plain(form: &str) -> Box<str> {
    let base = |c| match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        _ => c,
    };
    form.nfd().filter(|&c| !is_combining_mark(c)).map(base).collect::<String>().into()
}

fn letters(shown: &str) -> String {
    shown.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// All capitals, or a short word with capitals at both ends: BoE.
fn is_acronym(shown: &str) -> bool {
    let shown = shown.trim_end_matches("'s").trim_end_matches("’s");
    let capitals = shown.chars().filter(|c| c.is_uppercase()).count();
    let letters = shown.chars().filter(|c| c.is_alphabetic()).count();
    let ends = shown.chars().next_back().is_some_and(char::is_uppercase);
    let all = shown.chars().all(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit());
    letters >= 2 && (all || letters <= 5 && capitals >= 2 && ends)
}

/// Whether what stands before a word begins a sentence or a quotation.
fn begins(before: &str, last: Option<&Word<'_>>) -> bool {
    let opens = before.ends_with(['"', '“', '„', '«', '\'', '‘', '(', '[']);
    let stops = before.contains(['.', '!', '?', '\n', ':', ';', ')'])
        || before.trim() != before && before.contains(['-', '–', '—']);
    let abbreviates = last.is_some_and(|word| {
        before.starts_with('.')
            && (word.is_acronym || word.form.chars().count() == 1 || ABBREVIATIONS.contains(&&*word.form))
    });
    opens || stops && !abbreviates
}

/// Words that are written with a full stop inside of a sentence.
const ABBREVIATIONS: [&str; 24] = [
    "mr", "mrs", "ms", "dr", "prof", "gov", "sen", "rep", "gen", "col", "lt", "sgt", "st", "jr", "sr", "no", "vs",
    "inc", "co", "corp", "ltd", "rev", "hon", "capt",
];

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–')
}

/// Words that hold a sentence together.
pub(super) fn is_function(form: &str) -> bool {
    FUNCTION.contains(&form)
}

#[rustfmt::skip]
const FUNCTION: [&str; 134] = [
    "a", "about", "after", "again", "all", "already", "also", "although", "am", "an", "and", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does",
    "doing", "done", "during", "each", "either", "even", "ever", "for", "from", "further", "had", "has", "have",
    "having", "he", "her", "hers", "herself", "him", "himself", "his", "how", "however", "i", "if", "in", "into", "is",
    "it", "its", "itself", "just", "may", "me", "might", "more", "most", "much", "must", "my", "myself", "now", "of",
    "off", "on", "once", "only", "onto", "or", "other", "our", "out", "over", "own", "shall", "she", "should", "since",
    "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "though", "through", "to", "too", "under", "until", "up", "upon", "us", "very", "was", "we", "were", "what",
    "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "would",
    "yet", "you", "your", "yours", "yourself", "themselves",
];
