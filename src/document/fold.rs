//! One form for one text: lower case, plain marks, no invisible characters, compatibility forms resolved.
//!
//! ASCII text is only put in lower case. In other text each word is checked quickly (Unicode's quick check of NFKC)
//! and normalized only where that says so: few words need it, and it is the slow path of every library.
//! The folded form keeps the way back: for every position the byte of the text as read.

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfkc_quick};

/// A text in its folded form. Bytes of 0x80 and above belong to letters, digits and their marks alone, in lower case;
/// of what separates words only ASCII is left, with quotation marks as `"` and `'`, dashes as `-`, line ends as `\n`.
#[derive(Debug)]
pub struct Folded<'a> {
    padded: &'a [u8],
    /// The same with ASCII letters in the case they had.
    cased: &'a [u8],
    /// Positions of letters beyond ASCII that were capitals, in order.
    capitals: &'a [usize],
    shifts: &'a [Shift],
    unspaced: bool,
}

/// Zero bytes behind the folded text, so that whole blocks can be read.
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

    /// Whether the letter at `position` was a capital in the text as read.
    #[must_use]
    pub fn is_capital(&self, position: usize) -> bool {
        match self.cased[position] {
            0x80.. => self.capitals.binary_search(&position).is_ok(),
            byte => byte.is_ascii_uppercase(),
        }
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

    /// The folded position of a byte of the text as read that begins a character.
    #[must_use]
    pub fn position(&self, original: usize) -> usize {
        match self.shifts.partition_point(|shift| shift.original <= original).checked_sub(1) {
            Some(last) => {
                let limit = self.shifts.get(last + 1).map_or(usize::MAX, |next| next.folded);
                (self.shifts[last].folded + (original - self.shifts[last].original)).min(limit)
            }
            None => original,
        }
    }

    /// Whether a script that writes no blanks between words takes part.
    #[must_use]
    pub fn has_unspaced(&self) -> bool {
        self.unspaced
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
    lower: Vec<u8>,
    capitals: Vec<usize>,
    shifts: Vec<Shift>,
    unspaced: bool,
    word: String,
}

impl Folder {
    /// Folds `text`.
    pub fn fold<'a>(&'a mut self, text: &'a str) -> Folded<'a> {
        self.bytes.clear();
        self.capitals.clear();
        self.shifts.clear();
        self.unspaced = false;
        let is_ascii = text.is_ascii();
        if !is_ascii {
            self.fold_unicode(text);
        }
        let cased = if is_ascii { text.as_bytes() } else { &self.bytes };
        self.lower.clear();
        self.lower.extend(cased.iter().map(u8::to_ascii_lowercase));
        self.lower.resize(cased.len() + PADDING, 0);
        Folded { padded: &self.lower, cased, capitals: &self.capitals, shifts: &self.shifts, unspaced: self.unspaced }
    }

    fn fold_unicode(&mut self, text: &str) {
        // Says at once that positions may move, also where they happen not to.
        self.shifts.push(Shift { folded: 0, original: 0 });
        let mut at = 0;
        while at < text.len() {
            let plain = plain_prefix(&text.as_bytes()[at..]);
            if plain > 0 {
                self.align(at);
                self.bytes.extend_from_slice(&text.as_bytes()[at..at + plain]);
                at += plain;
                continue;
            }
            let rest = &text[at..];
            let word = rest.find(|c: char| !belongs_to_word(c)).unwrap_or(rest.len());
            if word > 0 {
                self.push_word(&rest[..word], at);
                at += word;
            } else if let Some(c) = rest.chars().next() {
                self.align(at);
                self.bytes.push(separator(c));
                at += c.len_utf8();
            }
        }
        self.align(text.len());
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
        if !word.chars().all(|c| c.is_ascii() || is_plain(c)) {
            return self.push_normalized(word, at);
        }
        // Stretches of what stays as it is are copied in one go.
        let mut from = 0;
        for (here, c) in word.char_indices() {
            self.unspaced |= is_han(c);
            if !(c.is_ascii() || is_lower(c) || is_han(c)) {
                self.push_stretch(&word[from..here], at + from);
                self.align(at + here);
                self.push_lower(c);
                from = here + c.len_utf8();
            }
        }
        self.push_stretch(&word[from..], at + from);
    }

    fn push_stretch(&mut self, stretch: &str, at: usize) {
        if !stretch.is_empty() {
            self.align(at);
            self.bytes.extend_from_slice(stretch.as_bytes());
        }
    }

    /// Words with invisible characters, combining marks or compatibility forms.
    fn push_normalized(&mut self, word: &str, at: usize) {
        self.align(at);
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
        if c.is_ascii() {
            return self.bytes.push(c as u8);
        }
        let mut utf8 = [0; 4];
        // Most letters of most texts: no table needs to be asked.
        if is_lower(c) {
            return self.bytes.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
        }
        self.unspaced |= is_unspaced(c);
        if c.is_uppercase() {
            self.capitals.push(self.bytes.len());
        }
        match c {
            'ß' | 'ẞ' => self.bytes.extend_from_slice(b"ss"),
            'ς' => self.bytes.extend_from_slice("σ".as_bytes()),
            'İ' => self.bytes.push(b'I'),
            // The dot above is part of the Turkish capital alone.
            '\u{307}' if self.bytes.last().is_some_and(|b| b.eq_ignore_ascii_case(&b'i')) => {}
            _ => c.to_lowercase().for_each(|l| self.bytes.extend_from_slice(l.encode_utf8(&mut utf8).as_bytes())),
        }
    }
}

/// Length of what stands before the first word with a character beyond ASCII, and of all if there is none.
fn plain_prefix(bytes: &[u8]) -> usize {
    // Eight bytes at a time; the library's search for this works byte by byte.
    let is_ascii = |eight: &[u8; 8]| u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080 == 0;
    let (eights, _) = bytes.as_chunks::<8>();
    let ascii = 8 * eights.iter().take_while(|eight| is_ascii(eight)).count();
    let ascii = ascii + bytes[ascii..].iter().take_while(|b| b.is_ascii()).count();
    if ascii == bytes.len() {
        return ascii;
    }
    ascii - bytes[..ascii].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count()
}

/// Letters, digits, the marks on them, and what is not to be seen between them.
fn belongs_to_word(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        // A letter to Unicode, an apostrophe to those who type it.
        'ʼ' => false,
        _ if is_lower(c) || is_han(c) => true,
        _ => c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c),
    }
}

/// Small letters and letters without case that need nothing done to them.
fn is_lower(c: char) -> bool {
    matches!(c, 'à'..='ö' | 'ø'..='ÿ' | 'а'..='я' | 'ё' | 'א'..='ת' | 'ء'..='غ' | 'ف'..='ي')
}

/// Letters that are their own compatibility composition whatever stands beside them: a short cut, not a rule.
fn is_plain(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'А'..='я' | 'ё' | 'Ё' | 'א'..='ת') || is_han(c)
}

/// Most Chinese characters: letters without case that are their own compatibility composition.
fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Han, kana, Thai, Lao, Myanmar, Khmer, Tibetan: scripts that write no blank between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
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
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' | '「' | '」' | '『' | '』' | '《' | '》' | '＂' => {
            b'"'
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⸺' | '﹘' | '－' => b'-',
        '\u{85}' | '\u{2028}' | '\u{2029}' => b'\n',
        '。' | '！' | '？' | '؟' | '۔' | '։' | '।' | '…' | '．' => b'.',
        _ => b' ',
    }
}
