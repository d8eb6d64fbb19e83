//! Bytes to text where the encoding must be found out: byte order mark, then what the bytes themselves show, then a
//! label, then a guess.
//!
//! Labels are often wrong, and UTF-8 is hard to hit by chance: bytes that are UTF-8 with characters beyond ASCII are
//! UTF-8, whatever a label says. A label that says UTF-8 of bytes that are not is no label.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::decompress::Layer;

/// Bytes of a page in which it may say its encoding.
const DECLARED: usize = 2 << 10;
/// Bytes that are decoded at a time.
const PIECE: usize = 64 << 10;

/// Encodings of two or four bytes a unit, in which ASCII is no ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Wide {
    /// By the byte order mark, else by zero bytes where a Latin text has them.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xff, 0xfe, 0, 0, ..] => return Some(Self::Utf32Le),
            [0, 0, 0xfe, 0xff, ..] => return Some(Self::Utf32Be),
            [0xff, 0xfe, ..] => return Some(Self::Utf16Le),
            [0xfe, 0xff, ..] => return Some(Self::Utf16Be),
            _ => {}
        }
        let head = &head[..head.len().min(4096) / 4 * 4];
        let zeros = |step: usize, at: usize| head.iter().skip(at).step_by(step).filter(|&&b| b == 0).count();
        let units = head.len() / 2;
        let candidate = match (zeros(2, 0), zeros(2, 1)) {
            (0, 0) => return None,
            _ if zeros(4, 2) + zeros(4, 3) == units => Self::Utf32Le,
            _ if zeros(4, 0) + zeros(4, 1) == units => Self::Utf32Be,
            // Scripts other than Latin have zeros with blanks and points alone.
            (0, odd) if odd * 10 >= units && is_one_script(head, 1) => Self::Utf16Le,
            (even, 0) if even * 10 >= units && is_one_script(head, 0) => Self::Utf16Be,
            _ => return None,
        };
        let is_clean = |c: char| (c.is_ascii_whitespace() || !c.is_control()) && c != char::REPLACEMENT_CHARACTER;
        candidate.decode(head).chars().rev().skip(1).all(is_clean).then_some(candidate)
    }

    fn decode(self, bytes: &[u8]) -> String {
        let mut out = Vec::new();
        // Reading from memory cannot fail.
        let _ = Transcoder::new(bytes, self).read_to_end(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }
}

/// Whether the higher bytes of two-byte units, every second from `at`, are those of Latin and one more alphabet.
fn is_one_script(head: &[u8], at: usize) -> bool {
    let mut counts = [0; 256];
    head.iter().skip(at).step_by(2).for_each(|&high| counts[usize::from(high)] += 1);
    let other = counts[1..].iter().max().unwrap_or(&0);
    (counts[0] + other) * 8 >= head.len() * 3
}

/// A source in a wide encoding, read as UTF-8 without its byte order mark. What makes no sense becomes U+FFFD.
pub(super) struct Transcoder<R> {
    source: R,
    from: Wide,
    decoder: Decoder,
    /// Bytes that are no whole character yet.
    rest: Vec<u8>,
    out: io::Cursor<String>,
    is_begun: bool,
    is_done: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(source: R, from: Wide) -> Self {
        let encoding = if from == Wide::Utf16Be { UTF_16BE } else { UTF_16LE };
        let decoder = encoding.new_decoder_with_bom_removal();
        let out = io::Cursor::default();
        Self { source, from, decoder, rest: Vec::new(), out, is_begun: false, is_done: false }
    }

    fn decode_on(&mut self) -> io::Result<()> {
        let read = self.source.by_ref().take(PIECE as u64).read_to_end(&mut self.rest);
        self.is_done = read.as_ref().is_ok_and(|&read| read < PIECE);
        let mut out = String::new();
        match self.from {
            Wide::Utf16Le | Wide::Utf16Be => {
                let room = self.decoder.max_utf8_buffer_length(self.rest.len()).unwrap_or(3 * PIECE + 16);
                out.reserve(room);
                let _ = self.decoder.decode_to_string(&self.rest, &mut out, self.is_done);
                self.rest.clear();
            }
            Wide::Utf32Le | Wide::Utf32Be => {
                let units = self.rest.chunks_exact(4);
                let odd = units.remainder().to_vec();
                let units = units.map(|unit| match self.from {
                    Wide::Utf32Le => u32::from_le_bytes([unit[0], unit[1], unit[2], unit[3]]),
                    _ => u32::from_be_bytes([unit[0], unit[1], unit[2], unit[3]]),
                });
                out.extend(units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)));
                self.rest = odd;
                if !self.is_begun && out.starts_with('\u{feff}') {
                    out.remove(0);
                }
            }
        }
        self.is_begun = true;
        self.out = io::Cursor::new(out);
        read.map(drop)
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.out.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.is_done {
                return Ok(read);
            }
            self.decode_on()?;
        }
    }
}

impl<R: Layer> Layer for Transcoder<R> {}

/// The text of a page. `label` is what the outside says of its encoding (an HTTP header).
pub(super) fn html<'a>(bytes: &'a [u8], label: Option<&str>) -> Cow<'a, str> {
    let labelled = label.and_then(|label| Encoding::for_label(label.trim().as_bytes())).or_else(|| declared(bytes));
    decode(bytes, labelled)
}

/// A plain text, `None` where it is no text at all.
pub(super) fn text<'a>(bytes: &'a [u8], label: Option<&str>) -> Option<Cow<'a, str>> {
    let labelled = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    Some(decode(bytes, labelled)).filter(|text| is_text(text))
}

fn decode<'a>(bytes: &'a [u8], labelled: Option<&'static Encoding>) -> Cow<'a, str> {
    if let Some(wide) = Wide::of(bytes) {
        return wide.decode(bytes).into();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let escapes = labelled == Some(ISO_2022_JP) && bytes.contains(&0x1b);
    if let Ok(text) = std::str::from_utf8(bytes)
        && !escapes
    {
        return Cow::Borrowed(text);
    }
    if !escapes && is_mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    if let Some(encoding) = labelled.filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8 || escapes)
    {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        let wrong = || text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        if !has_errors || wrong() * 100 < text.len() {
            return text;
        }
    }
    detect(bytes).decode_without_bom_handling(bytes).0
}

/// The encoding that bytes which are not UTF-8 are most likely in.
pub(super) fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-8 with a few faults: many characters beyond ASCII are whole for each that is not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 8 * faults
}

/// One character in fifty that no text has makes it something else.
fn is_text(text: &str) -> bool {
    let (mut all, mut odd) = (0, 0);
    for c in text.chars() {
        all += 1;
        let is_usual = matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}');
        odd += usize::from(c == char::REPLACEMENT_CHARACTER || c.is_control() && !is_usual);
    }
    odd * 50 <= all
}

/// What a page says of its encoding: in an XML declaration or a `<meta>` at its begin.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED)].to_ascii_lowercase();
    let mut rest = &head[..];
    while let Some(start) = memchr::memchr(b'<', rest) {
        rest = &rest[start..];
        let end =
            if rest.starts_with(b"<!--") { memchr::memmem::find(rest, b"-->")? } else { memchr::memchr(b'>', rest)? };
        let (tag, after) = rest.split_at(end);
        let label = match tag {
            _ if tag.starts_with(b"<?xml") => value(tag, b"encoding"),
            _ if tag.starts_with(b"<meta") => value(tag, b"charset"),
            _ => None,
        };
        if let Some(encoding) = label.and_then(Encoding::for_label) {
            return Some(encoding);
        }
        rest = after;
    }
    None
}

/// The value after `name=` in a tag, with or without quotation marks.
fn value<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let after = memchr::memmem::find_iter(tag, name).find_map(|at| {
        let after = tag[at + name.len()..].trim_ascii_start();
        after.strip_prefix(b"=")
    })?;
    let after = after.trim_ascii_start();
    let after = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after).trim_ascii_start();
    let ends = |b: &u8| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b));
    Some(&after[..after.iter().position(ends).unwrap_or(after.len())]).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn utf32(text: &str, big: bool) -> Vec<u8> {
        let unit = |c: char| if big { (c as u32).to_be_bytes() } else { (c as u32).to_le_bytes() };
        text.chars().flat_map(unit).collect()
    }

    #[test]
    fn wide_encodings_are_told_by_mark_or_zeros() {
        for (text, big) in
            [("Ferry late in Ostrel", false), ("Ferry late 🚢 and – so on", true), ("Паром опоздал, и все.", false)]
        {
            for mark in ["\u{feff}", ""] {
                let marked = format!("{mark}{text}");
                assert_eq!(html(&utf16(&marked, big), None), text, "UTF-16, {big}, {mark:?}");
                if mark.is_empty() && !text.is_ascii() {
                    continue;
                }
                assert_eq!(html(&utf32(&marked, big), None), text, "UTF-32, {big}, {mark:?}");
            }
        }
        assert_eq!(Wide::of(b"a\0b"), None);
        assert_eq!(Wide::of(b"some text\0and more"), None);
        assert_eq!(Wide::of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0"), None);
        assert_eq!(Wide::of(b"plain"), None);
    }

    #[test]
    fn what_the_bytes_show_goes_before_a_label() {
        let told = "Le café de la jetée, où l’on a décidé";
        assert_eq!(html(told.as_bytes(), Some("iso-8859-1")), told);
        assert_eq!(html(b"Le caf\xe9 de la jet\xe9e", Some("utf-8")), "Le café de la jetée");
        assert_eq!(html(b"\xcf\xe0\xf0\xee\xec", Some("windows-1251")), "Паром");
        assert_eq!(html(b"\x1b$B4A;z\x1b(B", Some("iso-2022-jp")), "漢字");
        // One byte that is wrong does not make a text Latin.
        let mut broken = told.repeat(4).into_bytes();
        broken.push(0xe9);
        assert_eq!(html(&broken, None), told.repeat(4) + "\u{fffd}");
    }

    #[test]
    fn pages_say_their_encoding() {
        for page in [
            "<?xml version='1.0' encoding='windows-1251'?><html><p>",
            "<html><meta charset=windows-1251><p>",
            "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=windows-1251\">",
            "<!-- <meta charset=utf-16> --><meta name=x content=charset><meta charset = 'Windows-1251' >",
        ] {
            let bytes = [page.as_bytes(), b"\xcf\xe0\xf0\xee\xec"].concat();
            assert!(html(&bytes, None).ends_with("Паром"), "{page}");
        }
        assert_eq!(declared(b"<p charset=utf-8>"), None);
    }

    #[test]
    fn what_is_no_text_is_none() {
        assert_eq!(text(b"At a caf\xe9 in Ostrel", None).as_deref(), Some("At a café in Ostrel"));
        assert_eq!(text(b"\x01\x02\x03\x04\x05\xff\xfe\xfd", None), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_any_wide_encoding(text in "\\PC{0,200}", big: bool, piece in 1usize..9) {
            for (bytes, from) in [
                (utf16(&text, big), if big { Wide::Utf16Be } else { Wide::Utf16Le }),
                (utf32(&text, big), if big { Wide::Utf32Be } else { Wide::Utf32Le }),
            ] {
                let mut transcoder = Transcoder::new(&bytes[..], from);
                let (mut out, mut buffer) = (Vec::new(), vec![0; piece]);
                while let Ok(read @ 1..) = transcoder.read(&mut buffer) {
                    out.extend(&buffer[..read]);
                }
                prop_assert_eq!(String::from_utf8(out).unwrap(), text.strip_prefix('\u{feff}').unwrap_or(&text));
            }
        }

        #[test]
        fn no_bytes_are_too_odd(bytes: Vec<u8>, label in "[a-z0-9-]{0,12}") {
            let _ = html(&bytes, Some(&label));
            let _ = text(&bytes, None);
        }
    }
}
