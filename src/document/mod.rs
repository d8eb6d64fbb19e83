//! Article to [`Document`]: what is left of a text when only its words, its lines and the way back to the text count.
//!
//! [`fold`] brings the text to one form, [`words`] cuts and hashes words in that form without building strings,
//! [`sentences`] is called only where sentences are wanted.

pub mod fold;
mod furniture;
pub mod language;
pub mod sentences;
pub mod words;

use std::ops::Range;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use fold::{Folded, Folder};
pub use words::Word;
use words::{Edges, Found};

/// A range of Unicode code points of a text as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A line of the text that has at least one word. News texts put one paragraph on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Hash of its words: equal for equal lines, whatever their case, marks and spacing.
    pub key: u64,
    /// Where it stands in the text, from its first word to its last.
    pub span: Span,
    /// Number of its words.
    pub words: u32,
    /// Why it is set aside as boilerplate, if it is.
    pub aside: Option<Aside>,
}

/// Why a line is boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It recurs on pages of one outlet that differ in the rest.
    Recurs,
    /// It is a gallery of pictures: captions with a counter, `3 of 14`.
    Gallery,
}

impl Aside {
    /// The reason, as written in the table `spans`.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Recurs => "recurs-in-outlet",
            Self::Gallery => "gallery",
        }
    }
}

/// 128-bit hash of all words of a text: equal exactly where two texts differ in case, marks and spacing alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u128);

impl Fingerprint {
    /// Takes in the fingerprint of another part of the article.
    pub fn add(&mut self, part: Self) {
        self.0 = self.0.rotate_left(1) ^ part.0;
    }
}

/// An article prepared for comparison.
#[derive(Debug, Clone)]
pub struct Document {
    /// The words of the story: all words, less those of lines set aside.
    pub words: Box<[Word]>,
    /// The lines, in order, those set aside included.
    pub lines: Box<[Line]>,
    /// Hash of all words, before anything was set aside.
    pub fingerprint: Fingerprint,
}

impl Document {
    /// Number of words as read, boilerplate included.
    #[must_use]
    pub fn words_as_read(&self) -> u32 {
        self.lines.iter().map(|line| line.words).sum()
    }

    /// The words of each line together with its number; valid until lines are set aside.
    pub fn words_by_line(&self) -> impl Iterator<Item = (usize, &[Word])> {
        let mut next = 0;
        self.lines.iter().enumerate().filter(|(_, line)| line.aside.is_none()).map(move |(number, line)| {
            let start = next;
            next += line.words as usize;
            (number, &self.words[start..next])
        })
    }

    /// Sets lines aside that `why` gives a reason for: their words no longer count as words of the story.
    pub fn set_aside(&mut self, why: impl Fn(&Line, &[Word]) -> Option<Aside>) {
        let mut words = std::mem::take(&mut self.words).into_vec();
        let (mut read, mut kept) = (0, 0);
        for line in self.lines.iter_mut().filter(|line| line.aside.is_none()) {
            let range = read..read + line.words as usize;
            line.aside = why(line, &words[range.clone()]);
            if line.aside.is_none() {
                words.copy_within(range.clone(), kept);
                kept += range.len();
            }
            read = range.end;
        }
        words.truncate(kept);
        self.words = words.into();
    }
}

/// Prepares documents; keeps its buffers from one text to the next. One for each thread.
#[derive(Debug, Default)]
pub struct Preparer {
    folder: Folder,
    edges: Edges,
    words: Vec<Word>,
    lines: Vec<Line>,
    /// Hashes of the words, as bytes.
    hashes: Vec<u8>,
}

impl Preparer {
    /// Folds `text` and hashes its words: about two nanoseconds a byte of ASCII.
    pub fn prepare(&mut self, text: &str) -> Document {
        self.words.clear();
        self.lines.clear();
        let folded = self.folder.fold(text);
        let (words, lines) = (&mut self.words, &mut self.lines);
        words::scan(&folded, &mut self.edges, &mut Lines { bytes: folded.padded(), words, lines, first: 0 });
        const BYTES: usize = size_of::<u32>();
        self.hashes.resize(BYTES * words.len(), 0);
        for (bytes, word) in self.hashes.chunks_exact_mut(BYTES).zip(words.iter()) {
            bytes.copy_from_slice(&word.hash().to_le_bytes());
        }
        let mut rest = self.hashes.as_slice();
        for line in &mut *lines {
            let (hashes, after) = rest.split_at(BYTES * line.words as usize);
            line.key = xxh3_64(hashes);
            rest = after;
        }
        to_code_points(text, &folded, lines);
        let mut document = Document {
            words: words.as_slice().into(),
            lines: lines.as_slice().into(),
            fingerprint: Fingerprint(xxh3_128(&self.hashes)),
        };
        // Hardly any text has one: looked for first, because to set aside means to copy.
        if document.words_by_line().any(|(_, words)| furniture::is_gallery(words)) {
            document.set_aside(|_, words| furniture::is_gallery(words).then_some(Aside::Gallery));
        }
        document
    }

    /// The place of every word of `text` as read, in the order of the words of [`Preparer::prepare`].
    pub fn word_spans(&mut self, text: &str) -> Vec<Span> {
        let folded = self.folder.fold(text);
        let mut ranges = Ranges::default();
        words::scan(&folded, &mut self.edges, &mut ranges);
        let mut counter = CodePoints::new(text);
        ranges
            .0
            .into_iter()
            .map(|range| {
                let start = counter.at(folded.original(range.start));
                let end = counter.at(folded.original(range.end));
                // Several words can come out of one character (½ is 1 and 2).
                Span { start: start.min(end.saturating_sub(1)), end }
            })
            .collect()
    }
}

/// Words and lines as they are found.
struct Lines<'a> {
    bytes: &'a [u8],
    words: &'a mut Vec<Word>,
    lines: &'a mut Vec<Line>,
    /// First word of the line.
    first: usize,
}

impl Found for Lines<'_> {
    #[inline]
    fn word(&mut self, word: Word, _: Range<usize>) {
        self.words.push(word);
    }

    fn line_end(&mut self, range: Range<usize>) {
        let words = &mut self.words[self.first..];
        if furniture::is_post(&self.bytes[range.clone()]) {
            words.iter_mut().for_each(Word::quote);
        }
        if words.len() < furniture::HEADING && !furniture::ends_a_sentence(&self.bytes[range.end..]) {
            words.iter_mut().for_each(Word::furnish);
        }
        let span = Span { start: range.start as u32, end: range.end as u32 };
        self.lines.push(Line { key: 0, span, words: words.len() as u32, aside: None });
        self.first = self.words.len();
    }
}

/// The places of words as they are found.
#[derive(Default)]
struct Ranges(Vec<Range<usize>>);

impl Found for Ranges {
    fn word(&mut self, _: Word, range: Range<usize>) {
        self.0.push(range);
    }

    fn line_end(&mut self, _: Range<usize>) {}
}

/// Turns the spans of lines from positions in the folded text into code points of the text as read.
fn to_code_points(text: &str, folded: &Folded<'_>, lines: &mut [Line]) {
    if folded.is_unmoved() {
        return;
    }
    let mut counter = CodePoints::new(text);
    for line in lines {
        line.span.start = counter.at(folded.original(line.span.start as usize));
        line.span.end = counter.at(folded.original(line.span.end as usize));
    }
}

/// Code points before byte positions that mostly come in rising order.
pub(crate) struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: u32,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    pub(crate) fn at(&mut self, byte: usize) -> u32 {
        // Neighbouring words of a script without blanks overlap, so a position may lie a little before the last one.
        let (low, high) = if byte >= self.byte { (self.byte, byte) } else { (byte, self.byte) };
        let count = match self.text.get(low..high) {
            Some(between) => between.chars().count(),
            // Inside a character, which counts as soon as it has begun.
            None => (low..high).filter(|&at| self.text.is_char_boundary(at)).count(),
        } as u32;
        self.count = if byte >= self.byte { self.count + count } else { self.count - count };
        self.byte = byte;
        self.count
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str, span: Span) -> String {
        text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
    }

    fn words_of(text: &str) -> Vec<String> {
        Preparer::default().word_spans(text).into_iter().map(|span| cut(text, span)).collect()
    }

    fn hashes(text: &str) -> Vec<u32> {
        Preparer::default().prepare(text).words.iter().map(|word| word.hash()).collect()
    }

    #[test]
    fn words_are_found_where_they_stand() {
        assert_eq!(words_of("Don't pay 4,000.50 crowns - now!"), ["Don't", "pay", "4,000.50", "crowns", "now"]);
        assert_eq!(words_of("“Naïve” – said Dagný’s «friend»…"), ["Naïve", "said", "Dagný’s", "friend"]);
        assert_eq!(words_of("said.The end 'tis"), ["said", "The", "end", "tis"]);
        assert_eq!(words_of("кот и пёс"), ["кот", "и", "пёс"]);
        assert_eq!(words_of("萨尔港议会 a"), ["萨尔", "尔港", "港议", "议会", "a"]);
        assert_eq!(words_of("2020年 北京"), ["2020", "年", "北京"]);
        let long = "x".repeat(70) + "'s " + &"y".repeat(64);
        assert_eq!(words_of(&long), ["x".repeat(70) + "'s", "y".repeat(64)]);
    }

    #[test]
    fn the_same_text_in_other_characters_has_the_same_words() {
        let plain = "The council of Dagný finished \"nothing\" in the north's harbour - 4 ½ days";
        let other =
            "THE coun\u{200b}cil of Dagny\u{301} ﬁnished “nothing” in the nor\u{ad}th’s\u{a0}harbour — 4 ½ days";
        assert_eq!(hashes(plain), hashes(other));
        assert_eq!(hashes("straße"), hashes("STRASSE"));
        assert_eq!(hashes("İstanbul"), hashes("istanbul"));
        assert_ne!(hashes("cafe"), hashes("café"));
    }

    #[test]
    fn lines_lead_back_to_code_points() {
        let text = "\n\n  Ärger im Hafen. \r\n***\nZwei   „Fälle“\n";
        let document = Preparer::default().prepare(text);
        let lines: Vec<String> = document.lines.iter().map(|line| cut(text, line.span)).collect();
        assert_eq!(lines, ["Ärger im Hafen", "Zwei   „Fälle"]);
        assert_eq!(document.lines.iter().map(|line| line.words).collect::<Vec<_>>(), [3, 2]);
    }

    #[test]
    fn messages_of_social_networks_are_quotations() {
        let text = "A flood of questions — Ida Kray (@idakray) March 3, 2021\nShe wrote (@idakray) again";
        let quoted: Vec<bool> = Preparer::default().prepare(text).words.iter().map(|word| word.is_quoted()).collect();
        assert_eq!(quoted, [[true; 10].as_slice(), &[false; 4]].concat());
    }

    #[test]
    fn lines_set_aside_leave_the_story() {
        let mut preparer = Preparer::default();
        let mut document = preparer.prepare("one two\nread more\nthree\nread more");
        let key = document.lines[1].key;
        document.set_aside(|line, _| (line.key == key).then_some(Aside::Recurs));
        assert_eq!(document.words, preparer.prepare("one two three").words);
        assert_eq!(document.words_as_read(), 7);
        document.set_aside(|_, words| (words.len() == 1).then_some(Aside::Recurs));
        assert_eq!(document.words, preparer.prepare("one two").words);
    }

    #[test]
    fn galleries_are_set_aside() {
        let caption = |n: u8| format!("Photos: Mayor Ida Kray opens the new bridge in Dorvale. Hide caption {n} of 4 ");
        let captions: String = (1..=4).map(caption).collect();
        let text = format!("The bridge was opened.\n{captions}\nIt rained on 3 of 14 days and on 2 of 5 nights.");
        let document = Preparer::default().prepare(&text);
        assert_eq!(
            document.lines.iter().map(|line| line.aside).collect::<Vec<_>>(),
            [None, Some(Aside::Gallery), None]
        );
        assert_eq!(document.words.len(), 4 + 13);
        assert_eq!(document.words_as_read() as usize, 4 + 13 + 4 * 15);
    }

    proptest! {
        #[test]
        fn any_text_is_prepared_and_every_word_has_a_place(text in "\\PC{0,40}(\n|\\PC|[\u{300}-\u{36f}\u{200b}\u{ad}“’İßﬁ。]|[ab'.,0-9]){0,80}") {
            let mut preparer = Preparer::default();
            let document = preparer.prepare(&text);
            let spans = preparer.word_spans(&text);
            prop_assert_eq!(document.words.len(), spans.len());
            prop_assert_eq!(document.words_as_read() as usize, spans.len());
            let length = text.chars().count() as u32;
            for span in &spans {
                prop_assert!(span.start < span.end && span.end <= length);
            }
            prop_assert!(spans.is_sorted());
        }

        #[test]
        fn case_and_spacing_change_no_word(words in proptest::collection::vec("[a-z]{1,12}|[0-9]{1,4}|[а-я]{1,9}", 1..60)) {
            let plain = hashes(&words.join(" "));
            prop_assert_eq!(&plain, &hashes(&words.join(" \n\t ").to_uppercase()));
            prop_assert_eq!(plain.len(), words.len());
        }
    }
}
