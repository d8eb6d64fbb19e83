//! One form for one text: lower case, plain marks, no invisible characters, compatibility forms resolved.
//!
//! ASCII text is only put in lower case. In other text each word is checked quickly (Unicode's quick check of NFKC)
//! and normalized only where that says so: few words need it, and it is the slow path of every library.
//! The folded form keeps the way back: for every position the byte of the text as read.

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfkc_quick};

/// A text in its folded form. Bytes of 0x80 and above belong to letters, digits and their marks alone; of what
/// separates words only ASCII is left, with quotation marks as `"` and `'`, dashes as `-`, line ends as `\n`.
#[derive(Debug)]
pub struct Folded<'a> {
    /// The folded bytes, followed by [`PADDING`] zero bytes, so that whole blocks can be read.
    padded: &'a [u8],
    /// One bit a byte: it was a capital letter.
    capitals: &'a [u64],
    shifts: &'a [Shift],
}

/// Zero bytes behind the folded text.
pub const PADDING: usize = 64;

/// From `folded` on, folded and original positions run in step again.
#[derive(Debug, Clone, Copy)]
struct Shift {
    folded: usize,
    original: usize,
}

impl Folded<'_> {
    /// The folded bytes and the padding behind them.
    #[must_use]
    pub fn padded(&self) -> &[u8] {
        self.padded
    }

    /// Whether the byte at `position` was a capital letter in the text as read.
    #[must_use]
    pub fn is_capital(&self, position: usize) -> bool {
        self.capitals.get(position / 64).is_some_and(|block| block >> (position % 64) & 1 == 1)
    }

    /// The byte of the text as read that belongs to a folded position.
    #[must_use]
    pub fn original(&self, position: usize) -> usize {
        match self.shifts.partition_point(|shift| shift.folded <= position).checked_sub(1) {
            Some(last) => {
                // A word that normalizing made longer must not reach into the next one.
                let limit = self.shifts.get(last + 1).map_or(usize::MAX, |next| next.original);
                (self.shifts[last].original + (position - self.shifts[last].folded)).min(limit)
            }
            None => position,
        }
    }

    /// Whether every byte stands where it stood and is a code point.
    #[must_use]
    pub fn is_unmoved(&self) -> bool {
        self.shifts.is_empty()
    }
}

/// Folds texts, keeping its buffers.
#[derive(Debug, Default)]
pub struct Folder {
    bytes: Vec<u8>,
    capitals: Vec<u64>,
    shifts: Vec<Shift>,
    word: String,
}

impl Folder {
    /// Folds `text`.
    pub fn fold(&mut self, text: &str) -> Folded<'_> {
        self.bytes.clear();
        self.capitals.clear();
        self.shifts.clear();
        if text.is_ascii() {
            self.bytes.extend_from_slice(text.as_bytes());
            self.mark_ascii_capitals();
        } else {
            self.fold_unicode(text);
        }
        self.bytes.make_ascii_lowercase();
        self.bytes.resize(self.bytes.len() + PADDING, 0);
        Folded { padded: &self.bytes, capitals: &self.capitals, shifts: &self.shifts }
    }

    fn mark_ascii_capitals(&mut self) {
        self.capitals.extend(self.bytes.chunks(64).map(|block| {
            block.iter().enumerate().fold(0, |bits, (i, b)| bits | u64::from(b.is_ascii_uppercase()) << i)
        }));
    }

    fn fold_unicode(&mut self, text: &str) {
        // Says at once that positions may move, also where they happen not to.
        self.shifts.push(Shift { folded: 0, original: 0 });
        let mut rest = text;
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let word = rest.find(|c: char| !belongs_to_word(c)).unwrap_or(rest.len());
            if word > 0 {
                self.push_word(&rest[..word], at);
                rest = &rest[word..];
            } else if let Some(c) = rest.chars().next() {
                self.align(at);
                self.bytes.push(separator(c));
                rest = &rest[c.len_utf8()..];
            }
        }
        self.align(text.len());
        self.capitals.resize(self.bytes.len().div_ceil(64), 0);
    }

    /// Makes the next folded byte stand for the original byte `at`.
    fn align(&mut self, at: usize) {
        let folded = self.bytes.len();
        if let Some(last) = self.shifts.last()
            && last.original + (folded - last.folded) != at
        {
            self.shifts.push(Shift { folded, original: at });
        }
    }

    fn push_word(&mut self, word: &str, at: usize) {
        self.align(at);
        if word.is_ascii() {
            for &b in word.as_bytes() {
                self.push_ascii(b);
            }
        } else if word.chars().all(|c| c.is_ascii() || is_plain(c)) {
            let mut from = at;
            for c in word.chars() {
                self.align(from);
                self.push_lower(c);
                from += c.len_utf8();
            }
        } else {
            self.push_normalized(word, at);
        }
    }

    fn push_ascii(&mut self, b: u8) {
        if b.is_ascii_uppercase() {
            self.mark_capital();
        }
        self.bytes.push(b);
    }

    /// Words with invisible characters, combining marks or compatibility forms.
    fn push_normalized(&mut self, word: &str, at: usize) {
        let mut buffer = std::mem::take(&mut self.word);
        buffer.clear();
        buffer.extend(word.chars().filter(|&c| !is_invisible(c)));
        if is_nfkc_quick(buffer.chars()) != IsNormalized::Yes {
            buffer = buffer.nfkc().collect();
        }
        for c in buffer.chars() {
            // Compatibility forms can bring in separators (½ is 1⁄2).
            if belongs_to_word(c) {
                self.push_lower(c);
            } else {
                self.bytes.push(separator(c));
            }
        }
        self.word = buffer;
        self.align(at + word.len());
    }

    fn push_lower(&mut self, c: char) {
        let mut utf8 = [0; 4];
        if c.is_ascii() {
            return self.push_ascii(c as u8);
        }
        if c.is_uppercase() {
            self.mark_capital();
        }
        match c {
            'ß' | 'ẞ' => self.bytes.extend_from_slice(b"ss"),
            'ς' => self.bytes.extend_from_slice("σ".as_bytes()),
            // The dot above is part of the Turkish capital alone.
            'İ' => self.bytes.push(b'i'),
            '\u{307}' if self.bytes.last() == Some(&b'i') => {}
            _ => c.to_lowercase().for_each(|l| self.bytes.extend_from_slice(l.encode_utf8(&mut utf8).as_bytes())),
        }
    }

    fn mark_capital(&mut self) {
        let position = self.bytes.len();
        self.capitals.resize(position / 64 + 1, 0);
        self.capitals[position / 64] |= 1 << (position % 64);
    }
}

/// Letters, digits, the marks on them, and what is not to be seen between them.
fn belongs_to_word(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        // A letter to Unicode, an apostrophe to those who type it.
        'ʼ' => false,
        _ => c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c),
    }
}

/// Letters that are their own compatibility composition whatever stands beside them: a short cut, not a rule.
fn is_plain(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'А'..='я' | 'ё' | 'Ё' | 'א'..='ת' | '\u{4e00}'..='\u{9fff}')
}

/// Characters that change the look or the line breaks of a text and not its words.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// The ASCII byte that stands for a character between words.
fn separator(c: char) -> u8 {
    match c {
        _ if c.is_ascii() => c as u8,
        '‘' | '’' | '‚' | '‛' | '′' | '´' | 'ʼ' | '＇' => b'\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' | '「' | '」' | '『' | '』' | '《' | '》' | '＂' => b'"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⸺' | '﹘' | '－' => b'-',
        '\u{85}' | '\u{2028}' | '\u{2029}' => b'\n',
        '。' | '！' | '？' | '؟' | '۔' | '։' | '।' | '…' | '．' => b'.',
        _ => b' ',
    }
}
