//! Words, cut and hashed in place: no string is built, because that is what makes peers slow.
//!
//! The folded text is looked at 64 bytes at a time: one bit a byte says "part of a word", so that a word is found by
//! counting zeros and hashed eight bytes at a time. Word boundaries are those of UAX 29 for letters, digits,
//! apostrophes inside words and separators inside numbers, but for a full stop between letters, which in scraped text
//! is a lost blank more often than part of a word. Scripts without blanks give overlapping pairs of characters.

use std::ops::Range;

use super::fold::Folded;

/// A word: 29 bits of its hash, and what is known of it where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u32);

impl Word {
    const NAME: u32 = 1;
    const NUMBER: u32 = 2;
    const QUOTED: u32 = 4;

    /// Hash of the folded word: the same in every place.
    #[must_use]
    pub fn hash(self) -> u32 {
        self.0 >> 3
    }

    /// Capitalised where the position alone would not ask for it.
    #[must_use]
    pub fn is_name(self) -> bool {
        self.0 & Self::NAME != 0
    }

    /// Begins with a digit.
    #[must_use]
    pub fn is_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    /// Stands between quotation marks.
    #[must_use]
    pub fn is_quoted(self) -> bool {
        self.0 & Self::QUOTED != 0
    }

    /// The word that `folded` is, outside any place; for look-ups.
    #[must_use]
    pub const fn lookup(folded: &str) -> Self {
        Self(hash_bytes(folded.as_bytes()) << 3)
    }
}

/// A word and its range in the folded text.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) word: Word,
    pub(crate) range: Range<usize>,
}

/// What [`scan`] finds.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Word(Token),
    /// End of a line that had words: from the start of the first to the end of the last, in the folded text.
    LineEnd(Range<usize>),
}

/// Hash of a sequence of words, in order.
#[must_use]
pub(crate) fn sequence_key(words: &[Word]) -> u64 {
    words.iter().fold(0x9e37_79b9_7f4a_7c15, |key, word| mix(key, u64::from(word.hash())))
}

/// One step of a multiply-rotate hash, for values that are hashes themselves.
#[inline]
#[must_use]
pub(crate) const fn mix(key: u64, value: u64) -> u64 {
    let product = (key ^ value).wrapping_mul(0x9fb2_1c65_1e98_df25);
    product ^ (product >> 29)
}

/// Calls `found` for every word and line of the text, in order.
pub(crate) fn scan(folded: &Folded<'_>, mut found: impl FnMut(Piece)) {
    let bytes = folded.padded();
    let mut state = Place::default();
    let mut line: Option<Range<usize>> = None;
    let mut last_end = 0;
    let mut word_start = None;
    let mut blocks = Blocks::new(bytes);
    let mut carry = 0;
    let mut base = 0;
    while let Some(mask) = blocks.next() {
        // Bits where a word begins or ends; a word may go on into the next block.
        let mut edges = mask ^ (mask << 1 | carry);
        carry = mask >> 63;
        while edges != 0 {
            let position = base + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            let Some(start) = word_start.take() else {
                word_start = Some(position);
                continue;
            };
            if state.cross(&bytes[last_end..start], line.is_none())
                && let Some(line) = line.take()
            {
                found(Piece::LineEnd(line));
            }
            let range = start..position;
            last_end = position;
            line = Some(line.map_or(start, |line| line.start)..position);
            cut(folded, range, state, &mut found);
            state.initial = false;
        }
        base += 64;
    }
    if let Some(line) = line {
        found(Piece::LineEnd(line));
    }
}

/// What the characters before a word say about it.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// A capital is owed to the position: start of a line, sentence or quotation.
    initial: bool,
    quoted: bool,
}

impl Default for Place {
    fn default() -> Self {
        Self { initial: true, quoted: false }
    }
}

impl Place {
    /// Takes in what stands between two words. Says whether a line ended there.
    #[inline]
    fn cross(&mut self, gap: &[u8], first_of_line: bool) -> bool {
        if gap == b" " {
            return false;
        }
        let mut line_end = false;
        for &b in gap {
            match b {
                b'\n' => {
                    line_end = true;
                    *self = Self::default();
                }
                b'"' => {
                    self.quoted = !self.quoted;
                    self.initial = true;
                }
                b'.' | b'!' | b'?' | b':' => self.initial = true,
                // A dash between blanks, as after a dateline.
                b'-' if gap.len() > 1 => self.initial = true,
                _ => {}
            }
        }
        line_end && !first_of_line
    }
}

/// Words of one run of word bytes: one, or several where scripts without blanks take part.
#[inline]
fn cut(folded: &Folded<'_>, range: Range<usize>, place: Place, found: &mut impl FnMut(Piece)) {
    let bytes = &folded.padded()[range.clone()];
    // Lead bytes of the blocks in which scripts without blanks lie.
    if bytes.iter().any(|&b| b >= 0xe0)
        && let Ok(text) = std::str::from_utf8(bytes)
        && text.contains(is_unspaced)
    {
        return cut_unspaced(folded, text, range.start, place, found);
    }
    found(Piece::Word(token(folded, range, place)));
}

fn cut_unspaced(folded: &Folded<'_>, text: &str, base: usize, mut place: Place, found: &mut impl FnMut(Piece)) {
    let mut run = 0;
    while run < text.len() {
        let rest = &text[run..];
        let unspaced = rest.starts_with(is_unspaced);
        let end = run + rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
        if unspaced {
            let starts: Vec<usize> = text[run..end].char_indices().map(|(i, _)| base + run + i).collect();
            for i in 0..starts.len().saturating_sub(1).max(1) {
                let stop = starts.get(i + 2).copied().unwrap_or(base + end);
                found(Piece::Word(token(folded, starts[i]..stop, place)));
            }
        } else {
            found(Piece::Word(token(folded, base + run..base + end, place)));
        }
        place.initial = false;
        run = end;
    }
}

/// Han, kana, Thai, Lao, Myanmar, Khmer, Tibetan: scripts that write no blank between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[inline]
fn token(folded: &Folded<'_>, range: Range<usize>, place: Place) -> Token {
    let padded = folded.padded();
    let bytes = &padded[range.clone()];
    let number = bytes.first().is_some_and(u8::is_ascii_digit);
    let hash = if number && bytes.contains(&b',') {
        let digits: Vec<u8> = bytes.iter().copied().filter(|&b| b != b',').collect();
        hash_bytes(&digits)
    } else if let (Some(block), true) = (padded[range.start..].first_chunk::<8>(), bytes.len() <= 8) {
        // Nearly every word: one load, the bytes behind it cleared.
        finish(mix(bytes.len() as u64, u64::from_le_bytes(*block) & (u64::MAX >> (64 - 8 * bytes.len() as u32))))
    } else {
        hash_bytes(bytes)
    };
    let name = !place.initial && bytes.len() > 1 && folded.is_capital(range.start);
    let flags = u32::from(name) * Word::NAME + u32::from(number) * Word::NUMBER + u32::from(place.quoted) * Word::QUOTED;
    Token { word: Word(hash << 3 | flags), range }
}

/// Hash of the bytes of a word, 29 bits.
const fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut key = bytes.len() as u64;
    let mut at = 0;
    while at < bytes.len() {
        let mut block = 0;
        let mut i = 0;
        while i < 8 && at + i < bytes.len() {
            block |= (bytes[at + i] as u64) << (8 * i);
            i += 1;
        }
        key = mix(key, block);
        at += 8;
    }
    finish(key)
}

#[inline]
const fn finish(key: u64) -> u32 {
    (key.wrapping_mul(0xc2b2_ae3d_27d4_eb4f) >> 35) as u32
}

/// The text in blocks of 64 bytes, each as a mask of word bytes, joiners resolved.
struct Blocks<'a> {
    chunks: std::slice::ChunksExact<'a, u8>,
    ahead: Option<Masks>,
    /// Top bits of the block before.
    letter_before: u64,
    digit_before: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Masks {
    letter: u64,
    digit: u64,
    apostrophe: u64,
    point: u64,
}

impl<'a> Blocks<'a> {
    /// `padded` ends in at least 64 zero bytes: what is cut off here is padding.
    fn new(padded: &'a [u8]) -> Self {
        let mut chunks = padded.chunks_exact(64);
        let ahead = chunks.next().map(masks);
        Self { chunks, ahead, letter_before: 0, digit_before: 0 }
    }

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let here = self.ahead?;
        self.ahead = self.chunks.next().map(masks);
        let mut mask = here.letter | here.digit;
        if here.apostrophe | here.point != 0 {
            let after = self.ahead.unwrap_or_default();
            mask |= here.apostrophe & (here.letter << 1 | self.letter_before) & (here.letter >> 1 | after.letter << 63);
            mask |= here.point & (here.digit << 1 | self.digit_before) & (here.digit >> 1 | after.digit << 63);
        }
        self.letter_before = here.letter >> 63;
        self.digit_before = here.digit >> 63;
        Some(mask)
    }
}

/// Eight bytes at a time in one register; bytes are folded, so letters are `a` to `z` or 0x80 and above.
#[inline]
fn masks(block: &[u8]) -> Masks {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    /// High bit of each byte (of those below 0x80) that is at least `from`.
    const fn at_least(bytes: u64, from: u8) -> u64 {
        bytes + (0x80 - from as u64) * ONES
    }
    /// High bits of the eight bytes as eight bits.
    fn bits(high: u64) -> u64 {
        (high & HIGH).wrapping_mul(0x0002_0408_1020_4081) >> 56
    }
    fn equal(low: u64, to: u8) -> u64 {
        at_least(low, to) & !at_least(low, to + 1)
    }
    let mut out = Masks::default();
    for (i, chunk) in block.chunks_exact(8).enumerate() {
        let Some(chunk) = chunk.first_chunk::<8>() else { continue };
        let all = u64::from_le_bytes(*chunk);
        let (low, wide) = (all & !HIGH, all & HIGH);
        let letter = at_least(low, b'a') & !at_least(low, b'z' + 1) | wide;
        let digit = at_least(low, b'0') & !at_least(low, b'9' + 1) & !wide;
        let apostrophe = equal(low, b'\'') & !wide;
        let point = (equal(low, b'.') | equal(low, b',')) & !wide;
        let shift = 8 * i;
        out.letter |= bits(letter) << shift;
        out.digit |= bits(digit) << shift;
        out.apostrophe |= bits(apostrophe) << shift;
        out.point |= bits(point) << shift;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Preparer;

    fn flagged(text: &str, flag: impl Fn(Word) -> bool) -> Vec<bool> {
        Preparer::default().prepare(text).words.iter().map(|&word| flag(word)).collect()
    }

    #[test]
    fn names_are_capitals_that_the_position_does_not_ask_for() {
        let names = flagged("He met Ida Kray. She said: “Not Now” in May\nRosen — The end", Word::is_name);
        let expected = [0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0].map(|bit| bit == 1);
        assert_eq!(names, expected);
        assert!(flagged("встретил Иду Край", Word::is_name)[1]);
    }

    #[test]
    fn quotations_end_with_their_line() {
        let quoted = flagged("a \"b c\" d “e\nf", Word::is_quoted);
        assert_eq!(quoted, [false, true, true, false, true, false]);
    }

    #[test]
    fn numbers_are_known_and_their_separators_do_not_count() {
        assert_eq!(flagged("a 4,000 3rd b2", Word::is_number), [false, true, true, false]);
        let words = Preparer::default().prepare("4,000 4000 4.000").words;
        assert_eq!(words[0].hash(), words[1].hash());
        assert_ne!(words[0].hash(), words[2].hash());
    }

    #[test]
    fn lookup_finds_words_of_texts() {
        for word in ["may", "september", "internationalisation", "май"] {
            assert_eq!(Preparer::default().prepare(word).words[0].hash(), Word::lookup(word).hash());
        }
    }
}
