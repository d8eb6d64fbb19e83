//! Sentences of news: where a mark ends one, told from what stands before and after it.
//!
//! One pass over the text finds the end marks, and each is judged by the word before it, by what begins after it, and by
//! the lists of words in `data/rules/sentences.tsv`. A line never shares a sentence with the next, as news puts one
//! paragraph on a line and an open quotation mark must not reach into another. A quotation of several sentences is split
//! where they end, because passages are compared by sentence; a question before `she asked` is not.

mod cluster;
mod following;
mod glued;
mod marks;
mod preceding;
mod rules;
mod verdict;

use cluster::Cluster;
use marks::{SEARCHED, may_be_mark};
use rules::Rules;

/// A sentence as a range of bytes of the text it was found in, without blanks around it.
pub type Range = std::ops::Range<usize>;

/// The sentences of `text`, paragraphs being lines, in order. `lang` is a code such as `en`; of a language that is not
/// known what holds for all is used.
#[must_use]
pub fn sentences(text: &str, lang: &str) -> Vec<Range> {
    let rules = Rules::of(lang);
    let mut found = Vec::new();
    let mut base = 0;
    for line in text.split_inclusive('\n') {
        Line::new(line, rules).split(base, &mut found);
        base += line.len();
    }
    found
}

/// A line on its way through the marks.
struct Line<'a> {
    text: &'a str,
    rules: &'a Rules,
    /// Whether a straight quotation mark is open, which alone does not tell its side.
    is_open: bool,
    /// Whether sentences begin in lower case here, once that was asked.
    is_casual: Option<bool>,
    /// Start of the sentence that is being read.
    start: usize,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, rules: &'a Rules) -> Self {
        let start = text.len() - text.trim_start().len();
        Self { text, rules, is_open: false, is_casual: None, start }
    }

    fn split(mut self, base: usize, found: &mut Vec<Range>) {
        let first = found.len();
        let mut at = self.start;
        // Up to here the sentence that is being read was looked at for a word.
        let (mut looked, mut has_word) = (at, false);
        while let Some(cluster) = self.next_cluster(at) {
            at = cluster.end;
            has_word |= self.text[looked..at].contains(char::is_alphanumeric);
            looked = at;
            if !has_word && found.len() == first || !self.ends(&cluster) {
                continue;
            }
            self.add(at, has_word, base, first, found);
            has_word = false;
        }
        has_word |= self.text[looked..].contains(char::is_alphanumeric);
        self.add(self.text.len(), has_word, base, first, found);
    }

    /// Takes the text up to `end` as a sentence; what has no word belongs to the one before it.
    fn add(&mut self, end: usize, has_word: bool, base: usize, first: usize, found: &mut Vec<Range>) {
        let trimmed = self.text[self.start..end].trim_end();
        let from = base + self.start;
        let after = &self.text[end..];
        self.start = end + (after.len() - after.trim_start().len());
        if has_word {
            found.push(from..from + trimmed.len());
        } else if !trimmed.contains(|c: char| c.is_ascii_graphic() || !c.is_ascii() && !c.is_whitespace()) {
            // Blanks are of no sentence.
        } else if let Some(last) = found[first..].last_mut() {
            last.end = from + trimmed.len();
        } else {
            found.push(from..from + trimmed.len());
        }
    }

    /// The next end mark at or after `at`, with all that belongs to it.
    fn next_cluster(&mut self, mut at: usize) -> Option<Cluster> {
        loop {
            at += self.text.as_bytes()[at..].iter().position(|&byte| SEARCHED[usize::from(byte)])?;
            let c = self.text[at..].chars().next()?;
            if !may_be_mark(&self.text.as_bytes()[at..]) {
                at += c.len_utf8();
                continue;
            }
            let before = self.text[..at].chars().next_back().unwrap_or('\n');
            if let Some(cluster) = self.cluster(at, before, c) {
                return Some(cluster);
            }
            at += c.len_utf8();
            if c == '"' {
                let after = self.text[at..].chars().next();
                self.is_open = !marks::closes(before, c, after, self.is_open);
            }
        }
    }
}

#[cfg(test)]
mod tests;
