//! The characters sentences end, open and close with.

/// What an end mark says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop, which abbreviations and numbers have too.
    Stop,
    /// An ellipsis, which may stand in the middle.
    Dots,
    /// `!` and `?`.
    Strong,
    /// A mark that has no other use: `。`, `։`, `।`.
    Full,
}

/// The mark `c` is after the character `before`, which tells the Greek `;` and the Armenian `:` from all others, as does
/// the `own` mark of a language.
pub(super) fn mark(c: char, before: char, own: Option<char>) -> Option<Mark> {
    Some(match c {
        '.' => Mark::Stop,
        '…' | '‥' => Mark::Dots,
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '！' | '？' | '\u{37e}' => Mark::Strong,
        '。' | '｡' | '．' | '։' | '۔' | '।' | '॥' | '።' | '፧' | '\u{104b}' | '\u{17d4}' => Mark::Full,
        ':' if is_armenian(before) || own == Some(c) => Mark::Full,
        ';' if is_greek(before) || own == Some(c) => Mark::Strong,
        _ => return None,
    })
}

fn is_armenian(c: char) -> bool {
    ('\u{530}'..='\u{58f}').contains(&c)
}

fn is_greek(c: char) -> bool {
    ('\u{370}'..='\u{3ff}').contains(&c) || ('\u{1f00}'..='\u{1fff}').contains(&c)
}

/// Whether the character belongs to a script that is written without blanks.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// First bytes of all [`mark`]s, of the straight quotation mark, and of no letter of the Latin, Greek or Cyrillic
/// script: what is searched for in the text.
pub(super) const SEARCHED: [bool; 256] = {
    let mut searched = [false; 256];
    let mut n = 0;
    let bytes = [b'.', b'!', b'?', b'"', b':', b';', 0xe2, 0xe3, 0xef, 0xd6, 0xd8, 0xdb, 0xe0, 0xe1, 0xcd];
    while n < bytes.len() {
        searched[bytes[n] as usize] = true;
        n += 1;
    }
    searched
};

/// Whether the character that `bytes` begin with is worth decoding, where its first byte was searched for: nearly all
/// letters of Japanese, Armenian or Arabic are not.
pub(super) fn may_be_mark(bytes: &[u8]) -> bool {
    match bytes {
        [0xe2, second, ..] => matches!(second, 0x80 | 0x81),
        [0xe3, second, ..] => *second == 0x80,
        [0xef, second, ..] => matches!(second, 0xbc | 0xbd),
        [0xd6, second, ..] => *second == 0x89,
        [0xd8, second, ..] => *second == 0x9f,
        [0xdb, second, ..] => *second == 0x94,
        [0xe0, second, ..] => *second == 0xa5,
        [0xe1, second, ..] => matches!(second, 0x81 | 0x8d | 0x9f),
        [0xcd, second, ..] => *second == 0xbe,
        _ => true,
    }
}

pub(super) fn is_bracket_end(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '］' | '】' | '〕' | '〉' | '》')
}

pub(super) fn is_bracket_start(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '（' | '［' | '【' | '〔' | '〈' | '《')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
            | '`'
            | '´'
    )
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

/// Whether the quotation mark `c` closes, from what stands on both sides and from whether a straight one is open.
pub(super) fn closes(before: char, c: char, after: Option<char>, is_open: bool) -> bool {
    match c {
        '」' | '』' => return true,
        '「' | '『' | '„' | '‚' | '‟' | '‛' => return false,
        _ => {}
    }
    let at_end = after.is_none_or(|after| !after.is_alphanumeric() && !is_bracket_start(after));
    match (before.is_whitespace(), at_end) {
        // `said. " The`, `la porte. » Il`
        (true, true) => matches!(c, '»' | '”' | '›' | '\'') || c == '"' && is_open,
        (true, false) => false,
        // Of two marks side by side the first closes.
        (false, true) => c != '«' || after.is_none_or(|after| !after.is_whitespace()) || !is_open,
        // `said."We`, `go.”The`
        (false, false) => matches!(c, '»' | '”' | '›') || c == '"' && is_open,
    }
}
