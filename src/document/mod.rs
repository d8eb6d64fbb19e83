//! Article to [`Document`]: what is left of a text when only its words, its lines and the way back to the text count.
//!
//! [`fold`] brings the text to one form, [`words`] cuts and hashes words in that form without building strings,
//! [`asides`] finds what of the text is not its story, [`credit`] reads from that where the text comes from.
//! [`sentences`] is called only where sentences are wanted.

pub mod asides;
pub mod credit;
mod cues;
mod dateline;
pub mod fold;
mod furniture;
pub mod language;
pub mod sentences;
pub mod words;

use std::ops::Range;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

pub use asides::{Aside, Kind};
use asides::{Finder, Found};
pub use credit::{Credit, Origin};
use fold::{Folded, Folder};
use words::Edges;
pub use words::Word;

use crate::features::vocabulary::{Spelled, Spellings};

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
    /// Number of those that count as words of the story.
    pub story: u32,
}

/// A place that is set aside: a line, or part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// Why.
    pub aside: Aside,
    /// Where it stands in the text.
    pub span: Span,
    /// First of its words, among all words of the text.
    pub first: u32,
    /// Number of its words; a ruler has none.
    pub words: u32,
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
    /// The words of the story: all words, less those set aside.
    pub words: Box<[Word]>,
    /// The lines, in order, those set aside included.
    pub lines: Box<[Line]>,
    /// What is set aside, in order.
    pub asides: Box<[SetAside]>,
    /// Hash of all words, before anything was set aside.
    pub fingerprint: Fingerprint,
    /// Where it says it is from.
    pub origin: Origin,
    /// The words of its title, where they were asked for.
    pub title: Box<[Word]>,
    /// Number of the words of the story in each of its sentences, in order, as far as marks alone tell where one ends;
    /// of one with more than 255 words, in each part.
    sentences: Box<[u8]>,
}

impl Document {
    /// Number of words as read, boilerplate included.
    #[must_use]
    pub fn words_as_read(&self) -> u32 {
        self.lines.iter().map(|line| line.words).sum()
    }

    /// The words of the story in each line together with the line's number; valid until lines are set aside.
    pub fn words_by_line(&self) -> impl Iterator<Item = (usize, &[Word])> {
        let mut next = 0;
        self.lines.iter().enumerate().filter(|(_, line)| line.story > 0).map(move |(number, line)| {
            let start = next;
            next += line.story as usize;
            (number, &self.words[start..next])
        })
    }

    /// The words of the story in each of its sentences, as far as marks alone tell where one ends: quick and good enough
    /// for counting, where [`sentences`] is for showing.
    pub fn words_by_sentence(&self) -> impl Iterator<Item = &[Word]> {
        let mut rest = &self.words[..];
        self.sentences.iter().map(move |&words| {
            let (sentence, after) = rest.split_at(usize::from(words).min(rest.len()));
            rest = after;
            sentence
        })
    }

    /// Sets whole lines aside that `why` gives a reason for, from the line and its words of the story: they no longer
    /// count as words of the story.
    pub fn set_aside(&mut self, why: impl Fn(&Line, &[Word]) -> Option<Aside>) {
        let mut words = std::mem::take(&mut self.words).into_vec();
        let (mut before, mut asides) = (std::mem::take(&mut self.asides).into_iter().peekable(), Vec::new());
        let (mut read, mut kept, mut first) = (0, 0, 0);
        let (mut sentences, mut left) = (std::mem::take(&mut self.sentences).into_iter(), Vec::new());
        for line in &mut self.lines {
            let range = read..read + line.story as usize;
            let before_line = left.len();
            let mut of_line = range.len();
            // No sentence reaches over the end of a line.
            while of_line > 0
                && let Some(sentence) = sentences.next()
            {
                of_line = of_line.saturating_sub(usize::from(sentence));
                left.push(sentence);
            }
            read = range.end;
            let reason = (line.story > 0).then(|| why(line, &words[range.clone()])).flatten();
            let end = first + line.words;
            if let Some(aside) = reason {
                asides.push(SetAside { aside, span: line.span, first, words: line.words });
                line.story = 0;
                left.truncate(before_line);
            } else {
                words.copy_within(range.clone(), kept);
                kept += range.len();
            }
            // A line takes in what was set aside of it before; what has no words is no line.
            while let Some(part) = before.next_if(|part| part.first < end) {
                if reason.is_none() || part.words == 0 {
                    asides.push(part);
                }
            }
            first = end;
        }
        asides.extend(before);
        words.truncate(kept);
        asides.sort_unstable_by_key(|part| part.span);
        self.words = words.into();
        self.asides = asides.into();
        self.sentences = left.into();
    }
}

/// Prepares documents; keeps its buffers from one text to the next. One for each thread.
#[derive(Debug, Default)]
pub struct Preparer {
    folder: Folder,
    edges: Edges,
    finder: Finder,
    words: Vec<Word>,
    lines: Vec<Line>,
    /// First word of each sentence.
    begins: Vec<u32>,
    /// Hashes of the words, as bytes.
    hashes: Vec<u8>,
    /// Takes in what the words count as, where that is wanted.
    spellings: Option<Spellings>,
}

impl Preparer {
    /// One that takes in what the words of its texts count as.
    #[must_use]
    pub fn with_spellings() -> Self {
        Self { spellings: Some(Spellings::default()), ..Self::default() }
    }

    /// The words met since this was asked for last, with what they count as; none without spellings.
    pub fn take_spelled(&mut self) -> Vec<Spelled> {
        self.spellings.as_mut().map_or_else(Vec::new, Spellings::take)
    }

    /// The words of a line of text, such as a title, of which nothing is set aside.
    pub fn words(&mut self, line: &str) -> Box<[Word]> {
        self.words.clear();
        self.lines.clear();
        let folded = self.folder.fold(line);
        let Self { words, lines, begins, spellings, .. } = self;
        let cuts = Cuts::new(&[], &folded);
        let spellings = spellings.as_mut();
        let mut room = Lines { bytes: folded.padded(), words, lines, begins, first: 0, last: 0..0, cuts, spellings };
        words::scan(&folded, &mut self.edges, &mut room);
        self.words.as_slice().into()
    }

    /// Folds `text`, hashes its words and sets aside what is not its story: about two nanoseconds a byte of ASCII.
    pub fn prepare(&mut self, text: &str) -> Document {
        self.words.clear();
        self.lines.clear();
        self.begins.clear();
        let found = self.finder.find(text);
        let folded = self.folder.fold(text);
        let (words, lines, begins) = (&mut self.words, &mut self.lines, &mut self.begins);
        let cuts = Cuts::new(found, &folded);
        let spellings = self.spellings.as_mut();
        let mut room = Lines { bytes: folded.padded(), words, lines, begins, first: 0, last: 0..0, cuts, spellings };
        words::scan(&folded, &mut self.edges, &mut room);
        let asides = room.cuts.finish(room.words.len());
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
            words: without(words, &asides, lines),
            lines: lines.as_slice().into(),
            asides: places(text, found, &asides),
            fingerprint: Fingerprint(xxh3_128(&self.hashes)),
            origin: Credit::of(text, found).origin(),
            title: Box::default(),
            sentences: words_of_sentences(begins, words.len(), &asides),
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
    /// First word of each sentence.
    begins: &'a mut Vec<u32>,
    /// The word before.
    last: Range<usize>,
    cuts: Cuts<'a>,
    spellings: Option<&'a mut Spellings>,
}

impl words::Found for Lines<'_> {
    #[inline]
    fn word(&mut self, word: Word, range: Range<usize>) {
        self.cuts.meet(range.start, self.words.len());
        // One blank, as between most words, ends nothing.
        let is_first = self.words.len() == self.first;
        if is_first || (range.start != self.last.end + 1 && self.ends_a_sentence(range.start)) {
            self.begins.push(self.words.len() as u32);
        }
        self.last = range.clone();
        if let Some(spellings) = &mut self.spellings {
            spellings.meet(word, &self.bytes[range]);
        }
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
        let count = words.len() as u32;
        self.lines.push(Line { key: 0, span, words: count, story: count });
        self.first = self.words.len();
    }
}

impl Lines<'_> {
    /// Whether a sentence ends before the word at `start`: a mark that ends one stands there, and a blank.
    fn ends_a_sentence(&self, start: usize) -> bool {
        let gap = &self.bytes[self.last.end.min(start)..start];
        let ends = gap.iter().position(|byte| matches!(byte, b'.' | b'!' | b'?'));
        let is_apart = ends.is_some_and(|at| gap[at..].contains(&b' '));
        // An initial, or a title.
        let is_short =
            || self.last.len() == 1 || self.words.last().is_some_and(|word| furniture::is_abbreviation(*word));
        is_apart && !(gap == b". " && is_short())
    }
}

/// The places of words as they are found.
#[derive(Default)]
struct Ranges(Vec<Range<usize>>);

impl words::Found for Ranges {
    fn word(&mut self, _: Word, range: Range<usize>) {
        self.0.push(range);
    }

    fn line_end(&mut self, _: Range<usize>) {}
}

/// Which words stand in the places found, told while words are met in order.
struct Cuts<'a> {
    found: &'a [Found],
    folded: &'a Folded<'a>,
    /// First word of each place and the one behind its last, as far as they were met.
    cuts: Vec<Range<usize>>,
    inside: bool,
    /// Where, in the folded text, the place begins or ends that is next.
    next: usize,
}

impl<'a> Cuts<'a> {
    fn new(found: &'a [Found], folded: &'a Folded<'a>) -> Self {
        let mut cuts = Self { found, folded, cuts: Vec::with_capacity(found.len()), inside: false, next: 0 };
        cuts.next = cuts.edge();
        cuts
    }

    /// Takes in that word `number` begins at `start`.
    #[inline]
    fn meet(&mut self, start: usize, number: usize) {
        while start >= self.next {
            self.cross(number);
        }
    }

    #[cold]
    fn cross(&mut self, number: usize) {
        if !self.inside {
            self.cuts.push(number..number);
        } else if let Some(cut) = self.cuts.last_mut() {
            cut.end = number;
        }
        self.inside = !self.inside;
        self.next = self.edge();
    }

    fn edge(&self) -> usize {
        let number = self.cuts.len() - usize::from(self.inside);
        let edge = |found: &Found| if self.inside { found.range.end } else { found.range.start };
        self.found.get(number).map_or(usize::MAX, |found| self.folded.position(edge(found)))
    }

    /// The words of each place, of a text with `words` words.
    fn finish(mut self, words: usize) -> Vec<Range<usize>> {
        while self.cuts.len() < self.found.len() || self.inside {
            self.cross(words);
        }
        self.cuts
    }
}

/// Number of the words of each sentence, less those in `cuts`, of a text with `words` words.
fn words_of_sentences(begins: &[u32], words: usize, cuts: &[Range<usize>]) -> Box<[u8]> {
    let mut cuts = cuts.iter().peekable();
    let ends = begins.iter().skip(1).map(|&end| end as usize).chain([words]);
    let mut counts = Vec::with_capacity(begins.len());
    for (start, end) in begins.iter().map(|&start| start as usize).zip(ends) {
        let mut left = end.saturating_sub(start);
        while let Some(cut) = cuts.peek().filter(|cut| cut.start < end) {
            left -= cut.end.min(end).saturating_sub(cut.start.max(start));
            if cut.end > end {
                break;
            }
            cuts.next();
        }
        while left > 0 {
            let part = left.min(usize::from(u8::MAX));
            counts.push(part as u8);
            left -= part;
        }
    }
    counts.into()
}

/// The words less those in `cuts`, which the lines no longer count as words of the story.
fn without(words: &[Word], cuts: &[Range<usize>], lines: &mut [Line]) -> Box<[Word]> {
    if cuts.is_empty() {
        return words.into();
    }
    let mut kept = Vec::with_capacity(words.len() - cuts.iter().map(Range::len).sum::<usize>());
    let mut next = 0;
    for cut in cuts {
        kept.extend_from_slice(&words[next..cut.start]);
        next = cut.end;
    }
    kept.extend_from_slice(&words[next..]);
    let mut start = 0;
    let mut cuts = cuts.iter().peekable();
    for line in lines {
        let end = start + line.words as usize;
        while let Some(cut) = cuts.peek().filter(|cut| cut.start < end) {
            line.story -= (cut.end.min(end) - cut.start.max(start)) as u32;
            // A place can reach over line ends that only folding makes.
            if cut.end > end {
                break;
            }
            cuts.next();
        }
        start = end;
    }
    kept.into()
}

/// The places found, in code points, with their words.
fn places(text: &str, found: &[Found], cuts: &[Range<usize>]) -> Box<[SetAside]> {
    let mut counter = CodePoints::new(text);
    let place = |(found, cut): (&Found, &Range<usize>)| SetAside {
        aside: found.aside,
        span: Span { start: counter.at(found.range.start), end: counter.at(found.range.end) },
        first: cut.start as u32,
        words: cut.len() as u32,
    };
    found.iter().zip(cuts).map(place).collect()
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
        let mut document = preparer.prepare("one two\nsea side\nthree\nsea side");
        let key = document.lines[1].key;
        document.set_aside(|line, _| (line.key == key).then_some(Aside::Recurs));
        assert_eq!(document.words, preparer.prepare("one two three").words);
        assert_eq!(document.words_as_read(), 7);
        document.set_aside(|_, words| (words.len() == 1).then_some(Aside::Recurs));
        assert_eq!(document.words, preparer.prepare("one two").words);
    }

    #[test]
    fn parts_of_lines_leave_the_story() {
        let mut preparer = Preparer::default();
        let text =
            "Дорваль, 15 ноября. Пельминформ. Шёл дождь.\nФото: Ида Край\nНикто не пострадал. (ТАСС)\n***\nEnde.";
        let document = preparer.prepare(text);
        let asides: Vec<String> = document.asides.iter().map(|part| cut(text, part.span)).collect();
        assert_eq!(asides, ["Дорваль, 15 ноября. Пельминформ.", "Фото: Ида Край", "(ТАСС)", "***"]);
        assert_eq!(document.words, preparer.prepare("Шёл дождь. Никто не пострадал. Ende.").words);
        assert_eq!(document.lines.iter().map(|line| line.story).collect::<Vec<_>>(), [2, 0, 3, 1]);
        assert_eq!(document.words_as_read(), 14);
        let places = crate::compare::passages::story_spans(&mut preparer, text, &document);
        assert_eq!(
            places.into_iter().map(|span| cut(text, span)).collect::<Vec<_>>(),
            ["Шёл", "дождь", "Никто", "не", "пострадал", "Ende"]
        );
    }

    #[test]
    fn galleries_are_set_aside() {
        let caption = |n: u8| format!("Mayor Ida Kray opens the new bridge in Dorvale. Hide caption {n} of 4 ");
        let captions: String = (1..=4).map(caption).collect();
        let text = format!("The bridge was opened.\n{captions}\nIt rained on 3 of 14 days and on 2 of 5 nights.");
        let document = Preparer::default().prepare(&text);
        assert_eq!(document.lines.iter().map(|line| line.story > 0).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(document.asides.iter().map(|part| part.aside).collect::<Vec<_>>(), [Aside::Gallery]);
        assert_eq!(document.words.len(), 4 + 13);
        assert_eq!(document.words_as_read() as usize, 4 + 13 + 4 * 14);
    }

    proptest! {
        #[test]
        fn any_text_is_prepared_and_every_word_has_a_place(text in "\\PC{0,40}(\n|\\PC|[\u{300}-\u{36f}\u{200b}\u{ad}“’İßﬁ。]|[ab'.,0-9]){0,80}") {
            let mut preparer = Preparer::default();
            let document = preparer.prepare(&text);
            let spans = preparer.word_spans(&text);
            let story = crate::compare::passages::story_spans(&mut preparer, &text, &document);
            prop_assert_eq!(document.words.len(), story.len());
            prop_assert_eq!(document.words.len() as u32, document.lines.iter().map(|line| line.story).sum::<u32>());
            let by_sentence: Vec<Word> = document.words_by_sentence().flatten().copied().collect();
            prop_assert_eq!(&by_sentence[..], &document.words[..]);
            let mut cut = document.clone();
            cut.set_aside(|line, _| (line.key % 2 == 0).then_some(Aside::Recurs));
            prop_assert_eq!(cut.words_by_sentence().flatten().count(), cut.words.len());
            prop_assert_eq!(document.words_as_read() as usize, spans.len());
            let length = text.chars().count() as u32;
            for span in &spans {
                prop_assert!(span.start < span.end && span.end <= length);
            }
            prop_assert!(spans.is_sorted());
        }

        #[test]
        fn case_and_spacing_change_no_word(words in proptest::collection::vec("[a-z]{1,12}|[0-9]{1,4}|[а-я]{1,9}", 1..60)) {
            // Of all words: a line of its own can be the page's.
            let all = |text: &str| {
                let document = Preparer::default().prepare(text);
                (document.fingerprint, document.words_as_read() as usize)
            };
            let plain = all(&words.join(" "));
            prop_assert_eq!(plain, all(&words.join(" \n\t ").to_uppercase()));
            prop_assert_eq!(plain.1, words.len());
        }
    }
}
