//! Which format a file is in: by content first, by name where content leaves it open.

use super::fields::FieldNames;
use super::{json_objects, table};

/// Bytes looked at to tell the format.
pub(super) const SNIFF: usize = 64 << 10;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Format {
    Empty,
    /// No text, and nothing that holds texts.
    Binary(&'static str),
    /// May hold texts, and is not read.
    Unsupported(&'static str),
    JsonLines,
    /// JSON objects that are not one a line.
    JsonObjects,
    Table,
    Parquet,
    WebArchive,
    Html,
    Text,
}

const NOT_TEXT: [(&[u8], &str); 10] = [
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or sound"),
    (b"ID3", "a sound"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
];

const NOT_READ: [(&[u8], &str); 10] = [
    (b"Rar!", "a RAR archive: unpack it and name the folder"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it and name the folder"),
    (b"\x1f\x9d", "a file packed by compress: unpack it with uncompress"),
    (b"\x04\x22\x4d\x18", "a file packed by LZ4: unpack it with lz4 -d"),
    (b"LZIP", "a file packed by lzip: unpack it with lzip -d"),
    (b"\xff\x06\x00\x00sNaPpY", "a file packed by Snappy: unpack it"),
    (b"ARROW1", "an Arrow or Feather file: write it as Parquet or JSON Lines"),
    (b"Obj\x01", "an Avro file: write it as Parquet or JSON Lines"),
    (b"ORC", "an ORC file: write it as Parquet or JSON Lines"),
    (b"From: <Saved by ", "a page saved as MHTML: save it as HTML"),
];

/// The format of a file that begins with `head`, the first [`SNIFF`] bytes of it.
pub(super) fn sniff(head: &[u8], path: &str, named: &FieldNames) -> Format {
    let starts = |(magic, kind): &(&[u8], &'static str)| head.starts_with(magic).then_some(*kind);
    if head.is_empty() {
        return Format::Empty;
    }
    if let Some(kind) = NOT_TEXT.iter().find_map(starts) {
        return Format::Binary(kind);
    }
    if head.starts_with(b"PK\x03\x04") {
        return zip(head);
    }
    if let Some(kind) = NOT_READ.iter().find_map(starts) {
        return Format::Unsupported(kind);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Format::Unsupported("a tar archive: unpack it and name the folder");
    }
    if head.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    let name = path.to_ascii_lowercase();
    let packed = [".gz", ".zst", ".bz2", ".xz"];
    let name = packed.iter().fold(name.as_str(), |name, ending| name.strip_suffix(ending).unwrap_or(name));
    let has_ending = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // Some writers begin every record with 0x1e.
    let marked = text.strip_prefix(b"\x1e").map(<[u8]>::trim_ascii_start).filter(|text| text.starts_with(b"{"));
    if marked.is_some() {
        return Format::JsonObjects;
    }
    let is_table = has_ending(&[".csv", ".tsv", ".tab"]);
    if text.starts_with(b"WARC/") || has_ending(&[".warc", ".wet"]) && !text.starts_with(b"{") {
        return Format::WebArchive;
    }
    // A stray zero in a record is its own fault, not that of the file; in a page it is nothing.
    let zeros = memchr::memchr_iter(0, head).count();
    let may_have_zeros = is_table || has_ending(&[".jsonl", ".ndjson", ".json"]) || (zeros > 0 && is_html(text));
    if zeros > 0 && !text.starts_with(b"{\"") && (!may_have_zeros || zeros * 100 > head.len()) {
        return Format::Binary("binary data");
    }
    let is_lines = has_ending(&[".jsonl", ".ndjson"]);
    let is_json = has_ending(&[".json"]);
    match text.first() {
        Some(b'{') => match json_objects::looks(text, named) {
            json_objects::Looks::Wrapped => Format::JsonObjects,
            _ if is_json_line(text) => Format::JsonLines,
            json_objects::Looks::NotOneALine => Format::JsonObjects,
            json_objects::Looks::Other if is_lines => Format::JsonLines,
            json_objects::Looks::Other if is_json => Format::JsonObjects,
            json_objects::Looks::Other => Format::Text,
        },
        Some(b'[') if text[1..].trim_ascii_start().starts_with(b"{") || is_json => Format::JsonObjects,
        _ if is_html(text) => Format::Html,
        _ if text.starts_with(b"<?xml") => {
            Format::Unsupported("XML, as of a feed or a sitemap: write its texts as JSON Lines")
        }
        _ if is_lines => Format::JsonLines,
        _ if is_json => Format::JsonObjects,
        _ if is_table || table::looks_like_one(text) => Format::Table,
        _ if has_ending(&[".html", ".htm", ".xhtml"]) && memchr::memmem::find(text, b"</").is_some() => Format::Html,
        _ => Format::Text,
    }
}

/// Office documents and books are archives by their form.
fn zip(head: &[u8]) -> Format {
    const OFFICE: [&[u8]; 7] =
        [b"[Content_Types].xml", b"mimetype", b"_rels/", b"docProps/", b"word/", b"xl/", b"META-INF/"];
    let first = head.get(30..).unwrap_or_default();
    match OFFICE.iter().any(|name| first.starts_with(name)) {
        true => Format::Binary("an office document, a book or a program"),
        false => Format::Unsupported("a ZIP archive: unpack it and name the folder"),
    }
}

/// Whether the first line is a JSON object, or so long that its end is not in sight.
fn is_json_line(text: &[u8]) -> bool {
    match memchr::memchr(b'\n', text) {
        Some(end) => serde_json::from_slice::<serde::de::IgnoredAny>(&text[..end]).is_ok(),
        None => text.len() + 64 >= SNIFF || serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok(),
    }
}

/// Whether a text begins as a page or a part of one does.
pub(super) fn is_html(text: &[u8]) -> bool {
    const FIRST: [&[u8]; 32] = [
        b"!doctype html",
        b"a",
        b"article",
        b"aside",
        b"base",
        b"blockquote",
        b"body",
        b"br",
        b"center",
        b"div",
        b"font",
        b"form",
        b"h1",
        b"h2",
        b"h3",
        b"head",
        b"header",
        b"html",
        b"iframe",
        b"img",
        b"link",
        b"main",
        b"meta",
        b"nav",
        b"p",
        b"script",
        b"section",
        b"span",
        b"style",
        b"table",
        b"title",
        b"ul",
    ];
    let mut text = text.trim_ascii_start();
    loop {
        let end: &[u8] = match text {
            _ if text.starts_with(b"<!--") => b"-->",
            // A page may begin as XML, and so may anything else.
            _ if text.starts_with(b"<?xml") || text.starts_with(b"<!ENTITY") => b">",
            _ => break,
        };
        let Some(at) = memchr::memmem::find(text, end) else { return false };
        text = text[at + end.len()..].trim_ascii_start();
    }
    let Some(tag) = text.strip_prefix(b"<") else { return false };
    FIRST.iter().any(|name| {
        let fits = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        fits && tag.get(name.len()).is_none_or(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(head: &[u8], path: &str) -> Format {
        sniff(head, path, &FieldNames::default())
    }

    #[test]
    fn the_format_is_told_by_content_before_name() {
        let zip = |name: &str| [b"PK\x03\x04", &[0; 26][..], name.as_bytes()].concat();
        let tar = [&[b'a'; 257][..], b"ustar\x0000"].concat();
        let page_with_a_zero = [b"<!-- made by hand --><html><p>", &[b'a'; 200][..], b"\0</p>"].concat();
        let cases: [(&[u8], &str, Format); 34] = [
            (b"{\"text\":\"a\"}\n", "a.txt", Format::JsonLines),
            (b"{City} news\nmore", "a.txt", Format::Text),
            (b"not json", "a.jsonl", Format::JsonLines),
            (b"\xef\xbb\xbf {\"text\":\"a\"}", "a", Format::JsonLines),
            (b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "a.json", Format::JsonLines),
            (b"[\n {\"text\":\"a\"}]", "a.json", Format::JsonObjects),
            (b"[{\"text\":\"a\"}]", "a.txt", Format::JsonObjects),
            (b"[]", "a.json", Format::JsonObjects),
            (b"[A] town hall", "a.txt", Format::Text),
            (b"{\n \"text\":\"a\"}", "a.json", Format::JsonObjects),
            (b"{\n \"text\":\"a\"}", "a", Format::JsonObjects),
            (b"{\n \"text\":\"a\"\n}\n{\n \"text\":\"b\"}", "a.jsonl", Format::JsonObjects),
            (b"{\"status\":1,\"articles\":[{\"title\":\"a\"}]}", "a", Format::JsonObjects),
            (b"{\"text\":\"a\"}\r{\"text\":\"b\"}", "a.jsonl", Format::JsonObjects),
            (b"{\"text\":\"cut\n{\"text\":\"a\"}", "a.jsonl", Format::JsonLines),
            (b"  <!DOCTYPE html><p>", "a.txt", Format::Html),
            (b"<!-- x --><?xml version='1.0'?><!DOCTYPE HTML PUBLIC \"x\">", "a", Format::Html),
            (
                b"<?xml version='1.0'?>\n<rss/>",
                "a.xml",
                Format::Unsupported("XML, as of a feed or a sitemap: write its texts as JSON Lines"),
            ),
            (b"<head><title>", "a", Format::Html),
            (b"<3 this town", "a", Format::Text),
            (b"\x1e{\"text\":\"a\"}\n", "a", Format::JsonObjects),
            (b"{\"text\":\"a\"}\n\0\0\0\0\n", "a", Format::JsonLines),
            (b"answer([{\"text\":\"a\"}])", "a.json", Format::JsonObjects),
            (b"id,text\n", "a.csv.gz", Format::Table),
            (b"url;title;body\nu;t;b\n", "-", Format::Table),
            (b"Text, more text, and nothing else\n", "a.txt", Format::Text),
            (b"\x89PNG\r\n", "a.txt", Format::Binary("a PNG picture")),
            (b"a\0b", "a.txt", Format::Binary("binary data")),
            (&page_with_a_zero, "a.html", Format::Html),
            (&zip("word/document.xml"), "a", Format::Binary("an office document, a book or a program")),
            (&zip("scrape/1.html"), "a", Format::Unsupported("a ZIP archive: unpack it and name the folder")),
            (&tar, "a", Format::Unsupported("a tar archive: unpack it and name the folder")),
            (b"WARC/1.0\r\n", "a", Format::WebArchive),
            (b"", "a.txt", Format::Empty),
        ];
        for (head, path, expected) in cases {
            assert_eq!(sniffed(head, path), expected, "{path}: {}", head.escape_ascii());
        }
    }
}
