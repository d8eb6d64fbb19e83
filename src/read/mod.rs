//! Files to [`Article`]s, as a stream: memory does not grow with the input.
//!
//! Reading is cut in two. [`Reader`] is sequential: it opens files, undoes compression and cuts what it finds into
//! [`Chunk`]s at record boundaries. [`Chunk::parse`] is the costly half and can run on any thread. A further format
//! adds a kind of chunk.

mod ahead;
mod charset;
mod decompress;
mod fields;
pub mod html;
mod json_lines;
mod plain_text;
mod sources;

use std::io::Read;
use std::sync::Arc;

use crate::article::{Article, Place};
use crate::error::{Reason, Reject};

pub use ahead::Ahead;
pub use fields::{FieldNames, Fields};
pub use sources::{Source, Sources, find};

use decompress::Content;

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Names of fields that the user set; the others are guessed for each file.
    pub fields: FieldNames,
    /// Largest record, in bytes.
    pub max_record: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { fields: FieldNames::default(), max_record: 16 << 20 }
    }
}

/// A piece of the input that can be parsed by itself.
#[derive(Debug)]
pub enum Chunk {
    /// Whole lines of a JSON Lines file.
    Lines(json_lines::Lines),
    /// A whole file of plain text.
    Text(plain_text::Text),
    /// A page of HTML.
    Page(html::Html),
    /// Something that cannot be used.
    Reject(Reject),
    /// A file in a folder that is no text; skipped.
    Skipped(Place),
}

impl Chunk {
    /// Calls `found` for every record, in order.
    pub fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        match self {
            Self::Lines(lines) => lines.parse(found),
            Self::Text(text) => found(text.parse()),
            Self::Page(page) => found(page.parse()),
            Self::Reject(reject) => found(Err(reject.clone())),
            Self::Skipped(_) => {}
        }
    }

    /// Calls `found` for every record with its bytes as they stand in the input, in order. A file that is one record
    /// has none: it is no line of anything.
    pub fn parse_raw(&self, mut found: impl FnMut(Result<Article, Reject>, Option<&[u8]>)) {
        match self {
            Self::Lines(lines) => lines.parse_raw(|record, line| found(record, Some(line))),
            other => other.parse(|record| found(record, None)),
        }
    }
}

/// Reads sources one after another into chunks.
pub struct Reader {
    sources: std::vec::IntoIter<Source>,
    options: Options,
    /// The JSON Lines file that is being read.
    open: Option<json_lines::Splitter<Content>>,
    /// Compressed bytes read so far of files that are done.
    done: u64,
    guesses: Vec<(Arc<str>, Fields)>,
}

impl Reader {
    /// A reader of `sources`, in their order.
    #[must_use]
    pub fn new(sources: Vec<Source>, options: Options) -> Self {
        Self { sources: sources.into_iter(), options, open: None, done: 0, guesses: Vec::new() }
    }

    /// Bytes read so far, as they lie on disk.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.done + self.open.as_ref().map_or(0, |splitter| splitter.source().position())
    }

    /// The fields that were found in each file with fields, so far.
    #[must_use]
    pub fn guesses(&self) -> &[(Arc<str>, Fields)] {
        &self.guesses
    }

    fn start(&mut self, source: &Source) -> Option<Chunk> {
        let reject = |reason, detail| Some(Chunk::Reject(Reject { place: Place::file(&source.path), reason, detail }));
        let mut content = match source.open().and_then(Content::new) {
            Ok(content) => content,
            Err(error) => return reject(Reason::Unreadable, error.to_string()),
        };
        let head = match content.peek(SNIFF) {
            Ok(head) => head,
            Err(error) => return reject(Reason::CutArchive, format!("cannot be unpacked: {error}")),
        };
        match sniff(head, &source.path) {
            Format::Empty => reject(Reason::Empty, "the file is empty".into()),
            Format::Binary(_) if source.is_walked => Some(Chunk::Skipped(Place::file(&source.path))),
            Format::Binary(kind) => reject(Reason::Binary, format!("looks like {kind}, not text; not used")),
            Format::Unsupported(kind) => {
                reject(Reason::Unsupported, format!("looks like {kind}, which is not read yet"))
            }
            Format::JsonLines => {
                let fields = Fields::guess(first_records(&mut content, self.options.max_record), &self.options.fields);
                self.guesses.push((Arc::clone(&source.path), fields.clone()));
                self.open =
                    Some(json_lines::Splitter::new(content, Arc::clone(&source.path), fields, self.options.max_record));
                None
            }
            Format::Html => {
                let chunk = html::Html::read(&mut content, &source.path, self.options.max_record);
                self.done += content.position();
                Some(chunk.map_or_else(Chunk::Reject, Chunk::Page))
            }
            Format::Text => {
                let chunk = plain_text::Text::read(&mut content, &source.path, self.options.max_record);
                self.done += content.position();
                Some(chunk.map_or_else(Chunk::Reject, Chunk::Text))
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        loop {
            if let Some(splitter) = &mut self.open {
                if let Some(chunk) = splitter.next() {
                    return Some(chunk);
                }
                self.done += splitter.source().position();
                self.open = None;
            }
            let source = self.sources.next()?;
            if let Some(chunk) = self.start(&source) {
                return Some(chunk);
            }
        }
    }
}

/// The begin of a file, with one whole record at least if that is not longer than `most`.
fn first_records(content: &mut Content, most: usize) -> &[u8] {
    let mut size = GUESS;
    while size < most
        && content.peek(size).is_ok_and(|head| head.len() == size && memchr::memchr(b'\n', head).is_none())
    {
        size *= 4;
    }
    content.peek(size).unwrap_or_default()
}

/// Bytes looked at to tell the format.
const SNIFF: usize = 8 << 10;
/// Bytes looked at to guess fields.
const GUESS: usize = 256 << 10;

#[derive(Debug, PartialEq, Eq)]
enum Format {
    Empty,
    Binary(&'static str),
    Unsupported(&'static str),
    JsonLines,
    Html,
    Text,
}

/// The format, by content first and by name where content leaves it open.
fn sniff(head: &[u8], path: &str) -> Format {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"\x89PNG", "a PNG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3", "a database"),
        (b"Rar!", "a RAR archive"),
        (b"7z\xbc\xaf", "a 7z archive"),
    ];
    const LATER: [(&[u8], &str); 5] =
        [(b"PAR1", "Parquet"), (b"WARC/", "a web archive"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"), (b"<?xml", "XML")];
    let starts = |(magic, kind): &(&[u8], &'static str)| head.starts_with(magic).then_some(*kind);
    if head.is_empty() {
        return Format::Empty;
    }
    if let Some(kind) = MAGIC.iter().find_map(starts) {
        return Format::Binary(kind);
    }
    // A page may begin as XML.
    let is_xhtml = head.starts_with(b"<?xml") && memchr::memmem::find(&head.to_ascii_lowercase(), b"<html").is_some();
    if is_xhtml {
        return Format::Html;
    }
    if let Some(kind) = LATER.iter().find_map(starts) {
        return Format::Unsupported(kind);
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Format::Unsupported("UTF-16 text");
    }
    if head.contains(&0) {
        return Format::Binary("binary data");
    }
    let name = path.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().fold(name.as_str(), |name, ending| name.strip_suffix(ending).unwrap_or(name));
    let has_ending = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let lower = text[..text.len().min(64)].to_ascii_lowercase();
    match text.first() {
        Some(b'{') if has_ending(&[".jsonl", ".ndjson"]) || is_json_line(text) => Format::JsonLines,
        Some(b'{') if has_ending(&[".json"]) => Format::Unsupported("one JSON document over several lines"),
        Some(b'[') if text[1..].trim_ascii_start().starts_with(b"{") => Format::Unsupported("a JSON array"),
        _ if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") => Format::Html,
        _ if has_ending(&[".jsonl", ".ndjson"]) => Format::JsonLines,
        _ if has_ending(&[".csv", ".tsv"]) => Format::Unsupported("a table in CSV"),
        _ => Format::Text,
    }
}

/// Whether the first line is a JSON object, or so long that its end is not in sight.
fn is_json_line(text: &[u8]) -> bool {
    match memchr::memchr(b'\n', text) {
        Some(end) => serde_json::from_slice::<serde::de::IgnoredAny>(&text[..end]).is_ok(),
        None => text.len() + 64 >= SNIFF || serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok(),
    }
}

/// A whole file that is one record of at most `max` bytes.
fn whole(content: &mut impl Read, path: &Arc<str>, max: usize) -> Result<Vec<u8>, Reject> {
    let mut bytes = Vec::new();
    let reject = |reason, detail| Reject { place: Place::file(path), reason, detail };
    match fill(content, &mut bytes, max + 1) {
        Err(error) => Err(reject(
            Reason::CutArchive,
            format!("breaks off after {} bytes, so it was not used: {error}", bytes.len()),
        )),
        Ok(()) if bytes.len() > max => Err(reject(Reason::TooLarge, format!("longer than {max} bytes; not used"))),
        Ok(()) => Ok(bytes),
    }
}

/// Reads on until `buffer` is full or the input ends; what was read before an error stays in the buffer.
fn fill(source: &mut impl Read, buffer: &mut Vec<u8>, most: usize) -> std::io::Result<()> {
    let missing = most.saturating_sub(buffer.len());
    source.by_ref().take(missing as u64).read_to_end(buffer).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_content_before_name() {
        let cases: [(&[u8], &str, Format); 13] = [
            (b"{\"text\":\"a\"}\n", "a.txt", Format::JsonLines),
            (b"{City} news\nmore", "a.txt", Format::Text),
            (b"not json", "a.jsonl", Format::JsonLines),
            (b"\xef\xbb\xbf {\"text\":\"a\"}", "a", Format::JsonLines),
            (b"[\n {\"text\":\"a\"}]", "a.json", Format::Unsupported("a JSON array")),
            (b"[A] town hall", "a.txt", Format::Text),
            (b"{\n \"text\":\"a\"}", "a.json", Format::Unsupported("one JSON document over several lines")),
            (b"  <!DOCTYPE html><p>", "a.txt", Format::Html),
            (b"id,text\n", "a.csv.gz", Format::Unsupported("a table in CSV")),
            (b"\x89PNG\r\n", "a.txt", Format::Binary("a PNG picture")),
            (b"a\0b", "a.txt", Format::Binary("binary data")),
            (b"WARC/1.0\r\n", "a.warc", Format::Unsupported("a web archive")),
            (b"", "a.txt", Format::Empty),
        ];
        for (head, path, expected) in cases {
            assert_eq!(sniff(head, path), expected, "{path}: {}", head.escape_ascii());
        }
    }
}
