//! Words, cut and hashed in place: no string is built, because that is what makes peers slow.
//!
//! The folded text is looked at 64 bytes at a time: one bit a byte says "part of a word". First the edges of all words
//! are listed, then the words are hashed, sixteen bytes at a time: two short loops, in which the processor guesses right.
//! Word boundaries are those of UAX 29 for letters, digits, apostrophes inside words and separators inside numbers, but
//! for a full stop between letters, which in scraped text is a lost blank more often than part of a word. Scripts
//! without blanks give overlapping pairs of characters.

use std::ops::Range;

use super::fold::{Folded, is_unspaced};

/// A word: 28 bits of its hash, and what is known of it where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u32);

impl Word {
    const NAME: u32 = 1;
    const NUMBER: u32 = 2;
    const QUOTED: u32 = 4;
    const FURNITURE: u32 = 8;
    const FLAGS: u32 = 4;

    /// Hash of the folded word: the same in every place.
    #[must_use]
    pub fn hash(self) -> u32 {
        self.0 >> Self::FLAGS
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

    /// Belongs to the page rather than to the report: stands in a heading or teaser, or in a run that its text has twice.
    #[must_use]
    pub fn is_furniture(self) -> bool {
        self.0 & Self::FURNITURE != 0
    }

    /// Marks it as quoted.
    pub(crate) fn quote(&mut self) {
        self.0 |= Self::QUOTED;
    }

    /// Marks it as part of the page.
    pub(crate) fn furnish(&mut self) {
        self.0 |= Self::FURNITURE;
    }

    /// The word that `folded` is, outside any place; for look-ups.
    #[must_use]
    pub const fn lookup(folded: &str) -> Self {
        Self(hash_bytes(folded.as_bytes()) << Self::FLAGS)
    }
}

/// Who is told what [`scan`] finds, with its range in the folded text.
pub(crate) trait Found {
    /// A word.
    fn word(&mut self, word: Word, range: Range<usize>);
    /// End of a line that had words: from the start of the first to the end of the last.
    fn line_end(&mut self, range: Range<usize>);
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

/// Where runs of word bytes begin and end in a text, by turns. Kept from one text to the next for its room.
#[derive(Debug, Default)]
pub(crate) struct Edges(Vec<u32>);

impl Edges {
    /// Edges written at once, wanted or not: a loop of fixed length, for a jump less.
    const AT_ONCE: usize = 8;

    /// Lists the edges in padded text.
    fn find(&mut self, padded: &[u8]) -> &[u32] {
        // More than there can be, and room for those that are not wanted.
        let room = padded.len() + 64;
        if self.0.len() < room {
            self.0.resize(room, 0);
        }
        let (mut count, mut carry) = (0, 0);
        // What the last, shorter block would hold is padding.
        for (block, base) in padded.as_chunks().0.iter().zip((0..).step_by(64)) {
            let mask = word_bytes(block);
            let mut edges = mask ^ (mask << 1 | carry);
            // A run may go on into the next block.
            carry = mask >> 63;
            let after = count + edges.count_ones() as usize;
            while edges != 0 {
                for edge in &mut self.0[count..count + Self::AT_ONCE] {
                    *edge = base + edges.trailing_zeros();
                    edges &= edges.wrapping_sub(1);
                }
                count += Self::AT_ONCE;
            }
            count = after;
        }
        &self.0[..count]
    }
}

/// Tells `found` every word and line of the text, in order.
#[inline]
pub(crate) fn scan(folded: &Folded<'_>, edges: &mut Edges, found: &mut impl Found) {
    let bytes = folded.padded();
    let mut place = Place::default();
    let (mut line, mut last_end) = (None, 0);
    let mut runs = edges.find(bytes).as_chunks().0.iter().map(|&[start, end]| start as usize..end as usize);
    while let Some(Range { start, mut end }) = runs.next() {
        // One blank, as between most words, says nothing.
        if (start != last_end + 1 || bytes[last_end] != b' ')
            && place.cross(&bytes[last_end..start])
            && let Some(from) = line.take()
        {
            found.line_end(from..last_end);
        }
        while bytes[end] != b' ' && joins(bytes, end) {
            let Some(more) = runs.next() else { break };
            end = more.end;
        }
        line.get_or_insert(start);
        last_end = end;
        if folded.has_unspaced() {
            cut(folded, start..end, place, found);
        } else {
            found.word(word(folded, start..end, place), start..end);
        }
        place.initial = false;
    }
    if let Some(from) = line {
        found.line_end(from..last_end);
    }
}

/// Whether the byte at `position`, behind a word byte, is part of the word: an apostrophe between letters, a
/// separator between digits.
fn joins(bytes: &[u8], position: usize) -> bool {
    let (before, after) = (bytes[position - 1], bytes[position + 1]);
    let is_letter = |b: u8| b.is_ascii_alphabetic() || !b.is_ascii();
    match bytes[position] {
        b'\'' => is_letter(before) && is_letter(after),
        b'.' | b',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
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
    fn cross(&mut self, gap: &[u8]) -> bool {
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
        line_end
    }
}

/// Words of one run of word bytes in a text in which scripts without blanks take part: one, or several.
#[inline(never)]
fn cut(folded: &Folded<'_>, range: Range<usize>, mut place: Place, found: &mut impl Found) {
    let Ok(text) = std::str::from_utf8(&folded.padded()[range.clone()]) else { return };
    let base = range.start;
    let mut run = 0;
    while run < text.len() {
        let rest = &text[run..];
        let unspaced = rest.starts_with(is_unspaced);
        let end = run + rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
        if unspaced {
            pairs(&text[run..end], base + run, |range| found.word(word(folded, range.clone(), place), range));
        } else {
            let range = base + run..base + end;
            found.word(word(folded, range.clone(), place), range);
        }
        place.initial = false;
        run = end;
    }
}

/// Calls `found` with the range of each two characters of `text` that stand side by side, or of its only one.
#[inline]
fn pairs(text: &str, base: usize, mut found: impl FnMut(Range<usize>)) {
    let mut ends = text.char_indices().map(|(at, c)| base + at + c.len_utf8());
    let (mut start, Some(mut middle)) = (base, ends.next()) else { return };
    if middle == base + text.len() {
        found(start..middle);
    }
    for end in ends {
        found(start..end);
        (start, middle) = (middle, end);
    }
}

/// The word at `range`.
#[inline(always)]
fn word(folded: &Folded<'_>, range: Range<usize>, place: Place) -> Word {
    let padded = folded.padded();
    let length = range.end - range.start;
    let number = padded[range.start].is_ascii_digit();
    let hash = match padded[range.start..].first_chunk() {
        // Nearly every word: one load, the bytes behind it cleared.
        Some(block) if length <= BLOCK && !number => finish(step(length as u64, first(block, length))),
        _ => hash_number_or_long(padded, range.clone()),
    };
    let name = !place.initial & (length > 1) && folded.is_capital(range.start);
    let flags =
        u32::from(name) * Word::NAME + u32::from(number) * Word::NUMBER + u32::from(place.quoted) * Word::QUOTED;
    Word(hash << Word::FLAGS | flags)
}

/// Bytes that are hashed at a time.
const BLOCK: usize = 16;

/// The first `length` bytes of a block, as two numbers, with zeros for the others.
#[inline]
fn first(block: &[u8; BLOCK], length: usize) -> [u64; 2] {
    /// Masks of the first bytes of a block.
    const MASKS: [[u64; 2]; BLOCK + 1] = {
        let mut masks = [[0; 2]; BLOCK + 1];
        let mut length = 1;
        while length <= BLOCK {
            masks[length] = halves(&(u128::MAX >> (8 * (BLOCK - length))).to_le_bytes());
            length += 1;
        }
        masks
    };
    let ([low, high], masks) = (halves(block), MASKS[length]);
    [low & masks[0], high & masks[1]]
}

const fn halves(block: &[u8; BLOCK]) -> [u64; 2] {
    let both = u128::from_le_bytes(*block);
    [both as u64, (both >> 64) as u64]
}

/// Separators of thousands do not count.
#[cold]
fn hash_number_or_long(padded: &[u8], range: Range<usize>) -> u32 {
    let bytes = &padded[range.clone()];
    if bytes[0].is_ascii_digit() && bytes.contains(&b',') {
        let digits: Vec<u8> = bytes.iter().copied().filter(|&b| b != b',').collect();
        return hash_bytes(&digits);
    }
    let mut key = bytes.len() as u64;
    for at in range.clone().step_by(BLOCK) {
        let block = padded[at..].first_chunk().unwrap_or(&[0; BLOCK]);
        key = step(key, first(block, (range.end - at).min(BLOCK)));
    }
    finish(key)
}

/// Hash of the bytes of a word, 28 bits: the same as scanning makes in place, for words that stand nowhere.
const fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut key = bytes.len() as u64;
    let mut at = 0;
    while at == 0 || at < bytes.len() {
        let mut block = [0; BLOCK];
        let mut i = 0;
        while i < BLOCK && at + i < bytes.len() {
            block[i] = bytes[at + i];
            i += 1;
        }
        key = step(key, halves(&block));
        at += BLOCK;
    }
    finish(key)
}

/// Takes sixteen bytes into a hash.
#[inline]
const fn step(key: u64, [low, high]: [u64; 2]) -> u64 {
    let low = (low ^ key).wrapping_mul(0x9fb2_1c65_1e98_df25);
    let high = (high ^ 0xd6e8_feb8_6659_fd93).wrapping_mul(0xa076_1d64_78bd_642f);
    low ^ low >> 29 ^ high.rotate_left(25)
}

#[inline]
const fn finish(key: u64) -> u32 {
    (key.wrapping_mul(0xc2b2_ae3d_27d4_eb4f) >> 36) as u32
}

/// One bit for each of 64 folded bytes: letters and digits, that is `a` to `z`, `0` to `9`, 0x80 and above. In two loops
/// of which the compiler makes wide instructions.
#[inline]
fn word_bytes(block: &[u8; 64]) -> u64 {
    let is_word = |b: u8| (b.wrapping_sub(b'a') < 26) | (b.wrapping_sub(b'0') < 10) | (b >= 0x80);
    let marks = block.map(|b| u8::from(is_word(b)));
    let eights = marks.as_chunks().0.iter();
    // The low bits of eight bytes, as eight bits.
    let bits = eights.map(|eight| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
    bits.zip((0..).step_by(8)).fold(0, |mask, (bits, shift)| mask | bits << shift)
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
