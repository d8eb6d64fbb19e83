//! Web archives (WARC, and WET with texts taken out already): each response that is a page or a plain text is one
//! article.
//!
//! Records are found one after another by their length, and by the line that begins the next where a length is wrong:
//! a length is a claim, nothing is allocated by it. Requests, metadata, revisits, pictures and error pages hold no
//! article; they are counted and passed over.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

use super::decompress::Layer;
use super::{Chunk, Skipped, charset, format, guard, html, json_lines};
use crate::article::{Article, Date, Place, has_word};
use crate::error::{Reason, Reject};

/// Bytes of records before they are passed on.
const CHUNK: usize = 256 << 10;
/// Bytes read at a time.
const PIECE: usize = 64 << 10;
/// Largest head of a record or of a response.
const HEAD: usize = 64 << 10;

/// Records that may hold articles.
#[derive(Debug)]
pub struct Records {
    path: Arc<str>,
    records: Vec<Record>,
    max: usize,
}

#[derive(Debug)]
struct Record {
    /// Its number in the archive, counted from 1.
    number: u64,
    /// Where it begins.
    byte: u64,
    kind: Kind,
    head: Head,
    block: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A response with the head of HTTP.
    Response,
    /// A page or text without.
    Resource,
    /// A text taken out of a page.
    Conversion,
}

/// `Name: value` lines, of a record or of a response.
#[derive(Debug, Default)]
struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    fn parse(bytes: &[u8]) -> Self {
        let mut lines = bytes.split(|&b| b == b'\n').map(|line| String::from_utf8_lossy(line.trim_ascii_end()));
        let first = lines.next().unwrap_or_default().into_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            // A line that begins with a blank goes on with the one before.
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = fields.last_mut()
            {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self { first, fields }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Media type, in lower case, and what is said of the encoding of its characters.
    fn content_type(&self) -> (String, Option<&str>) {
        let value = self.get("content-type").unwrap_or_default();
        let mut parts = value.split(';');
        let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
        });
        (kind, charset)
    }
}

/// Where the head ends and what follows begins: after the first empty line.
fn head_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut feeds = memchr::memchr_iter(b'\n', bytes);
    feeds.find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some((at, at + 2)),
        [b'\r', b'\n', ..] => Some((at, at + 3)),
        _ => None,
    })
}

/// What can be an article by its media type.
#[derive(Debug, PartialEq, Eq)]
enum Content {
    Page,
    Text,
    Neither,
}

impl Content {
    fn of(kind: &str, body: &[u8]) -> Self {
        let is_page = || format::is_html(charset::html(&body[..body.len().min(4 << 10)], None).as_bytes());
        match kind {
            "text/html" | "application/xhtml+xml" => Self::Page,
            "text/plain" | "" | "application/octet-stream" | "unknown" if is_page() => Self::Page,
            "text/plain" => Self::Text,
            _ => Self::Neither,
        }
    }
}

impl Records {
    pub(super) fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        self.records.iter().filter_map(|record| record.article(&self.path, self.max)).for_each(&mut found);
    }

    /// Records that hold no article, as only their parsing shows.
    pub(super) fn skipped(&self) -> u64 {
        self.records.iter().filter(|record| !record.holds_article()).count() as u64
    }
}

impl Record {
    /// Cheap to tell: by what the heads say, not the content.
    fn holds_article(&self) -> bool {
        match self.kind {
            Kind::Conversion => true,
            Kind::Resource => Content::of(&self.head.content_type().0, &self.block) != Content::Neither,
            Kind::Response => {
                let Some((end, start)) = head_end(&self.block) else { return true };
                let http = Head::parse(&self.block[..end]);
                let is_packed = http.get("content-encoding").is_some() || http.get("transfer-encoding").is_some();
                let kind = http.content_type().0;
                // What is packed and says nothing of its kind is looked into.
                let content =
                    if is_packed && kind.is_empty() { Content::Page } else { Content::of(&kind, &self.block[start..]) };
                is_success(&http.first) && content != Content::Neither && start < self.block.len()
            }
        }
    }

    /// The article, where the record is one.
    fn article(&self, path: &Arc<str>, max: usize) -> Option<Result<Article, Reject>> {
        if !self.holds_article() {
            return None;
        }
        let place = Place::line(path, self.number).at(self.byte);
        let reject = |reason, detail| Reject { place: place.clone(), reason, detail };
        let (kind, label, body) = match self.kind {
            Kind::Response => {
                let Some((end, start)) = head_end(&self.block) else {
                    return Some(Err(reject(Reason::BadWarc, "the response has no end of its head; not used".into())));
                };
                let http = Head::parse(&self.block[..end]);
                match body(&http, &self.block[start..], max) {
                    Ok(body) => {
                        let (kind, label) = http.content_type();
                        (kind, label.map(str::to_owned), body)
                    }
                    Err((reason, detail)) => return Some(Err(reject(reason, detail))),
                }
            }
            Kind::Resource => {
                let (kind, label) = self.head.content_type();
                (kind, label.map(str::to_owned), Cow::Borrowed(&self.block[..]))
            }
            Kind::Conversion => {
                let label = self.head.content_type().1;
                ("text/plain".into(), label.map(str::to_owned), Cow::Borrowed(&self.block[..]))
            }
        };
        let is_page = self.kind != Kind::Conversion && Content::of(&kind, &body) != Content::Text;
        let id = format!("{path}#{}", self.number);
        let article = match is_page {
            true => html::article(&body, label.as_deref(), &place, id),
            false => text(&body, label.as_deref(), &place, id),
        };
        Some(article.map(|article| self.with_fields(article)))
    }

    /// What the archive says of an article, where the article does not: only its address is known better.
    fn with_fields(&self, article: Article) -> Article {
        let url = self.head.get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
        let url = url.filter(|url| !url.is_empty()).or(article.url);
        let language = self.head.get("WARC-Identified-Content-Language").and_then(|all| all.split(',').next());
        Article {
            date: article.date.or_else(|| self.head.get("WARC-Date").and_then(Date::parse)),
            outlet: article.outlet.or_else(|| url.as_deref().and_then(json_lines::host).map(str::to_owned)),
            lang: article.lang.or_else(|| language.map(str::to_owned).filter(|code| !code.is_empty())),
            url,
            ..article
        }
    }
}

fn text(body: &[u8], label: Option<&str>, place: &Place, id: String) -> Result<Article, Reject> {
    let reject = |reason, detail: &str| Reject { place: place.clone(), reason, detail: detail.into() };
    let text = charset::text(body, label).ok_or_else(|| reject(Reason::Binary, "it is no text; not used"))?;
    if !has_word(&text) {
        return Err(reject(Reason::Empty, "no word in it; not used"));
    }
    Ok(Article {
        id,
        url: None,
        title: None,
        date: None,
        outlet: None,
        lang: None,
        text: text.into_owned(),
        is_page: false,
        place: place.clone(),
    })
}

/// Whether a status line is that of an answer that holds what was asked for.
fn is_success(status: &str) -> bool {
    status.split_whitespace().nth(1).is_none_or(|code| code.starts_with('2'))
}

type Fault = (Reason, String);

/// The body of a response as it was meant. Archives are often written with the body unpacked and the head as it was:
/// what does not look like it says is taken as it is.
fn body<'a>(http: &Head, bytes: &'a [u8], max: usize) -> Result<Cow<'a, [u8]>, Fault> {
    let mut body = Cow::Borrowed(bytes);
    if http.get("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
        && let Some(joined) = joined(bytes)
    {
        body = joined.into();
    }
    let codings = http.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    // The last was done last.
    for coding in codings.split(',').rev().map(str::trim).filter(|coding| !coding.is_empty()) {
        let unpacked = match coding {
            "identity" | "none" | "utf-8" => continue,
            "gzip" | "x-gzip" if !body.starts_with(b"\x1f\x8b") => continue,
            "gzip" | "x-gzip" => capped(flate2::bufread::MultiGzDecoder::new(&body[..]), max),
            "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) && is_zlib(&body) => {
                capped(flate2::bufread::ZlibDecoder::new(&body[..]), max)
            }
            "deflate" | "br" | "zstd" if format::is_html(&body) => continue,
            "deflate" => capped(flate2::bufread::DeflateDecoder::new(&body[..]), max),
            "br" => capped(brotli_decompressor::Decompressor::new(&body[..], 4096), max),
            "zstd" => match zstd::Decoder::with_buffer(&body[..]) {
                Ok(decoder) => capped(decoder, max),
                Err(error) => Err(error),
            },
            other => {
                let other: String = other.chars().take(20).collect();
                return Err((Reason::Unsupported, format!("its content is packed as {other}, which is not read")));
            }
        };
        match unpacked {
            Ok(unpacked) if unpacked.len() > max => {
                return Err((Reason::TooLarge, format!("unpacked it is longer than {max} bytes; not used")));
            }
            Ok(unpacked) => body = unpacked.into(),
            Err(error) => return Err((Reason::CutArchive, format!("its content cannot be unpacked: {error}"))),
        }
    }
    Ok(body)
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [a, b, ..] if (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

/// All of a stream, or one byte more than it may have.
fn capped(mut stream: impl Read, max: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let read = guard::guarded(|| super::fill(&mut stream, &mut out, max + 1));
    read.unwrap_or_else(|| Err(io::Error::other("it cannot be taken apart"))).map(|()| out)
}

/// A body in chunks put together; nothing where it is none. One that ends early is used as far as it goes.
fn joined(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let is_first = out.is_empty();
        let Some(end) = memchr::memchr(b'\n', bytes) else { return (!is_first).then_some(out) };
        let size = bytes[..end].split(|&b| b == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(size).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let size = match size {
            Some(0) => return Some(out),
            Some(size) => size,
            None => return (!is_first).then_some(out),
        };
        bytes = &bytes[end + 1..];
        let (chunk, rest) = bytes.split_at(size.min(bytes.len()));
        out.extend(chunk);
        bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Cuts an archive into [`Records`].
pub(super) struct Splitter<R> {
    source: R,
    path: Arc<str>,
    max: usize,
    window: Vec<u8>,
    /// Begin of what is unread in the window, and where the window begins in the archive.
    at: usize,
    offset: u64,
    number: u64,
    /// Records that may hold an article, and the bytes of them.
    records: Vec<Record>,
    held: usize,
    skipped: u64,
    ready: VecDeque<Chunk>,
    is_done: bool,
    /// Error of the source that is not told yet.
    broken: Option<io::Error>,
    at_end: bool,
}

/// How a record ends.
enum End {
    /// Where it says.
    Right,
    /// Somewhere else.
    Wrong,
    /// Not in this file.
    Missing,
}

impl<R: Layer> Splitter<R> {
    pub(super) fn new(source: R, path: Arc<str>, max: usize) -> Self {
        Self {
            source,
            path,
            max,
            window: Vec::new(),
            at: 0,
            offset: 0,
            number: 0,
            records: Vec::new(),
            held: 0,
            skipped: 0,
            ready: VecDeque::new(),
            is_done: false,
            broken: None,
            at_end: false,
        }
    }

    fn unread(&self) -> &[u8] {
        &self.window[self.at..]
    }

    /// Makes `size` unread bytes ready, if there are as many.
    fn need(&mut self, size: usize) -> bool {
        while self.unread().len() < size && !self.at_end && self.broken.is_none() {
            if self.at > PIECE {
                self.window.drain(..self.at);
                self.offset += self.at as u64;
                self.at = 0;
            }
            let before = self.window.len();
            self.broken = super::fill(&mut self.source, &mut self.window, before + PIECE).err();
            self.at_end = self.broken.is_none() && self.window.len() < before + PIECE;
        }
        self.unread().len() >= size
    }

    /// Goes to the next line that begins a record; whether there is one.
    fn find_version(&mut self) -> bool {
        loop {
            self.need(PIECE);
            if let Some(at) = version(self.unread()) {
                self.at += at;
                return true;
            }
            if self.at_end || self.broken.is_some() {
                self.at = self.window.len();
                return false;
            }
            // A line may be cut here.
            self.at = self.window.len().saturating_sub(VERSION);
        }
    }

    fn pass_blank(&mut self) {
        loop {
            let blank = self.unread().iter().take_while(|b| b.is_ascii_whitespace()).count();
            self.at += blank;
            if blank == 0 && (!self.unread().is_empty() || !self.need(1)) {
                return;
            }
        }
    }

    fn reject(&mut self, byte: u64, reason: Reason, detail: String) {
        self.pass_on();
        let place = Place::line(&self.path, self.number).at(byte);
        self.ready.push_back(Chunk::Reject(Reject { place, reason, detail }));
    }

    /// Reads one record.
    fn step(&mut self) {
        self.pass_blank();
        let byte = self.offset + self.at as u64;
        if self.unread().is_empty() {
            return self.end(byte, false);
        }
        self.number += 1;
        self.need(VERSION);
        if version(&self.unread()[..self.unread().len().min(VERSION)]) != Some(0) {
            let detail = "here should be the begin of a record; passed over up to the next".into();
            self.reject(byte, Reason::BadWarc, detail);
            self.find_version();
            return;
        }
        self.need(HEAD);
        let Some((end, start)) = head_end(self.unread()) else {
            if self.unread().len() < HEAD {
                return self.end(byte, true);
            }
            self.at += 1;
            self.reject(byte, Reason::BadWarc, "its head has no end; not used".into());
            self.find_version();
            return;
        };
        let head = Head::parse(&self.unread()[..end]);
        let Some(length) = head.get("Content-Length").and_then(|length| length.parse::<u64>().ok()) else {
            self.at += 1;
            self.reject(byte, Reason::BadWarc, "it says no length; not used".into());
            self.find_version();
            return;
        };
        self.at += start;
        self.block(byte, head, length);
    }

    fn block(&mut self, byte: u64, head: Head, length: u64) {
        let kind = match head.get("WARC-Type").map(str::to_ascii_lowercase).as_deref() {
            Some("response") => Some(Kind::Response),
            Some("resource") => Some(Kind::Resource),
            Some("conversion") => Some(Kind::Conversion),
            _ => None,
        };
        if length > self.max as u64 {
            return self.pass_block(byte, kind, length);
        }
        // In memory for sure, as it is no longer than a record may be.
        let length = length as usize;
        self.need(length);
        match self.ends(length) {
            End::Right => {
                match kind {
                    Some(kind) => {
                        let block = self.unread()[..length].to_vec();
                        self.held += block.len();
                        self.records.push(Record { number: self.number, byte, kind, head, block });
                    }
                    None => self.skipped += 1,
                }
                self.at += length;
            }
            End::Wrong => {
                let detail = format!("it says to be {length} bytes long, and is not; not used");
                self.reject(byte, Reason::BadWarc, detail);
                self.find_version();
            }
            End::Missing => self.end(byte, true),
        }
        if self.held >= CHUNK {
            self.pass_on();
        }
    }

    /// How a block of this length ends. The next record follows, or nothing.
    fn ends(&mut self, length: usize) -> End {
        let mut blank = length;
        loop {
            self.need(blank + VERSION);
            let Some(rest) = self.unread().get(length..) else { break };
            let count = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
            if rest.len() > count || rest.len() < blank - length + VERSION {
                let after = &rest[count..];
                let is_next = after.is_empty() || version(&after[..after.len().min(VERSION)]) == Some(0);
                // Garbage after a record is no fault of the record.
                let is_closed = || rest.starts_with(b"\r\n\r\n") && version(&self.unread()[..length]).is_none();
                return if is_next || is_closed() { End::Right } else { End::Wrong };
            }
            blank = length + count;
        }
        // The end of the file is in the block: it was cut, or says a length that is not its own.
        if version(self.unread()).is_some() { End::Wrong } else { End::Missing }
    }

    /// Passes over a block that is larger than any record may be: up to its end, or to the begin of a record in it,
    /// because the length is more likely wrong than a record stands in a record.
    fn pass_block(&mut self, byte: u64, kind: Option<Kind>, length: u64) {
        let end = self.offset + self.at as u64 + length;
        let mut is_cut = false;
        loop {
            self.need(PIECE);
            let left = end.saturating_sub(self.offset + self.at as u64);
            if left == 0 {
                break;
            }
            let here = self.unread().len().min(left.min(usize::MAX as u64) as usize);
            if let Some(at) = version(&self.unread()[..here]) {
                self.at += at;
                is_cut = true;
                break;
            }
            if here == self.unread().len() && (self.at_end || self.broken.is_some()) {
                self.at = self.window.len();
                is_cut = true;
                break;
            }
            let keep = if (here as u64) < left { VERSION.min(here / 2) } else { 0 };
            self.at += here - keep;
        }
        match (kind, is_cut) {
            (_, true) => {
                let detail = format!("it says to be {length} bytes long, and is not; not used");
                self.reject(byte, Reason::BadWarc, detail);
            }
            (Some(_), false) => {
                let detail = format!("the record is longer than {} bytes; not used", self.max);
                self.reject(byte, Reason::TooLarge, detail);
            }
            (None, false) => self.skipped += 1,
        }
    }

    /// All was read, or nothing more can be: at the end, after damage, or, if `inside`, in the middle of a record.
    fn end(&mut self, byte: u64, inside: bool) {
        let before = self.number - u64::from(inside);
        let used = format!("after {before} records, which were read");
        if let Some(error) = self.broken.take() {
            self.number += u64::from(!inside);
            let recovers = self.source.recover().unwrap_or(false);
            let after = if recovers { "; goes on after it" } else { "" };
            self.reject(byte, Reason::CutArchive, format!("ends early or is damaged {used}{after}: {error}"));
            self.offset += self.window.len() as u64;
            self.window.clear();
            self.at = 0;
            if recovers {
                self.find_version();
                return;
            }
        } else if inside {
            self.reject(byte, Reason::CutArchive, format!("the archive ends inside of a record, {used}"));
        } else if self.number == 0 {
            self.reject(byte, Reason::Empty, "the archive holds no record".into());
        }
        self.pass_on();
        self.is_done = true;
    }

    fn pass_on(&mut self) {
        self.held = 0;
        let records = std::mem::take(&mut self.records);
        if !records.is_empty() {
            let path = Arc::clone(&self.path);
            self.ready.push_back(Chunk::Records(Records { path, records, max: self.max }));
        }
        match std::mem::take(&mut self.skipped) {
            0 => {}
            skipped => self.ready.push_back(Chunk::Skipped(Skipped::Records(skipped))),
        }
    }
}

/// Bytes of `WARC/1.0` and a line end.
const VERSION: usize = 10;

/// Where a line begins that begins a record.
fn version(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").find(|&at| {
        let is_line = at == 0 || bytes[at - 1] == b'\n';
        let number = bytes.get(at + 5..at + 9).unwrap_or_default();
        is_line && matches!(number, [b'0' | b'1' | b'2', b'.', b'0'..=b'9', b'\r' | b'\n' | b'0'..=b'9'])
    })
}

impl<R: Layer> Iterator for Splitter<R> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        while self.ready.is_empty() && !self.is_done {
            self.step();
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn record(kind: &str, uri: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-03-02T10:00:00Z\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(n: usize, head: &str, body: &[u8]) -> Vec<u8> {
        let block = [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n\r\n", body].concat();
        record("response", &format!("http://courier.example/{n}"), &block)
    }

    fn plain(n: usize) -> Vec<u8> {
        response(n, "Content-Type: text/plain", format!("words of {n}").as_bytes())
    }

    fn read(bytes: &[u8], max: usize) -> (Vec<Result<Article, Reject>>, u64) {
        let (mut found, mut skipped) = (Vec::new(), 0);
        for chunk in Splitter::new(bytes, "a.warc".into(), max) {
            if let Chunk::Records(records) = &chunk {
                skipped += records.skipped();
            }
            if let Chunk::Skipped(Skipped::Records(records)) = chunk {
                skipped += records;
            }
            chunk.parse(|record| found.push(record));
        }
        (found, skipped)
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        let name = |record: Result<Article, Reject>| match record {
            Ok(article) => article.text,
            Err(Reject { place, reason, .. }) => format!("{}:{reason}", place.line.unwrap()),
        };
        read(bytes, 10_000).0.into_iter().map(name).collect()
    }

    #[test]
    fn pages_and_texts_are_articles_and_nothing_else_is() {
        let archive = [
            record("warcinfo", "", b"software: x\r\n"),
            record("request", "http://courier.example/1", b"GET / HTTP/1.1\r\n\r\n"),
            plain(1),
            response(2, "Content-Type: image/png", b"\x89PNG\0"),
            record(
                "response",
                "http://courier.example/3",
                b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no",
            ),
            record("revisit", "http://courier.example/1", b"HTTP/1.1 200 OK\r\n\r\n"),
            record("conversion", "<http://www.herald.example/4>", b"more words"),
        ]
        .concat();
        let (found, skipped) = read(&archive, 10_000);
        assert_eq!((found.len(), skipped), (2, 5));
        let [one, four] = [0, 1].map(|i| found[i].as_ref().unwrap());
        assert_eq!(
            (&*one.id, &*one.text, one.url.as_deref()),
            ("a.warc#3", "words of 1", Some("http://courier.example/1"))
        );
        assert_eq!(one.date.map(|date| date.to_string()).as_deref(), Some("2024-03-02T10:00:00Z"));
        assert_eq!((&*four.text, four.outlet.as_deref()), ("more words", Some("herald.example")));
    }

    #[test]
    fn encodings_of_responses_are_undone() {
        let gzip = {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(b"caf\xe9 words").unwrap();
            encoder.finish().unwrap()
        };
        let zlib = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(b"caf\xe9 words").unwrap();
            encoder.finish().unwrap()
        };
        let raw = {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(b"caf\xe9 words").unwrap();
            encoder.finish().unwrap()
        };
        // An uncompressed block of Brotli.
        let brotli = b"\x90\x00\x10caf\xe9 words\x03";
        let kind = "Content-Type: text/plain; charset=\"ISO-8859-1\"\r\n";
        let chunks = [
            format!("{:x};x=y\r\n", 10).as_bytes(),
            &gzip[..10],
            format!("\r\n{:X}\r\n", gzip.len() - 10).as_bytes(),
            &gzip[10..],
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        for (head, body) in [
            ("Content-Encoding: gzip", &gzip[..]),
            ("content-encoding: deflate", &zlib),
            ("Content-Encoding: deflate", &raw),
            ("Content-Encoding: br", brotli),
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunks),
            // Heads that are no longer true.
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", b"caf\xe9 words"),
            ("Transfer-Encoding: chunked", b"caf\xe9 words"),
        ] {
            assert_eq!(texts(&response(1, &format!("{kind}{head}"), body)), ["café words"], "{head}");
        }
        assert_eq!(texts(&response(1, &format!("{kind}Content-Encoding: compress"), b"x")), ["1:unsupported-format"]);
        assert_eq!(texts(&response(1, &format!("{kind}Content-Encoding: gzip"), &gzip[..12])), ["1:cut-archive"]);
        let bomb = {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(&vec![b'x'; 1 << 20]).unwrap();
            encoder.finish().unwrap()
        };
        assert_eq!(texts(&response(1, &format!("{kind}Content-Encoding: gzip"), &bomb)), ["1:too-large"]);
    }

    #[test]
    fn a_length_that_is_wrong_costs_one_record() {
        for length in ["0", "3", "200", "999999999999", "99999999999999999999", "x"] {
            let wrong = String::from_utf8(plain(2)).unwrap();
            let right = wrong.lines().find(|line| line.starts_with("Content-Length")).unwrap().to_owned();
            let wrong = wrong.replace(&right, &format!("Content-Length: {length}"));
            let archive = [plain(1), wrong.into_bytes(), plain(3), plain(4)].concat();
            assert_eq!(texts(&archive), ["words of 1", "2:bad-warc-record", "words of 3", "words of 4"], "{length}");
        }
        let archive = [plain(1), b"some garbage\r\nof two lines\r\n".to_vec(), plain(3)].concat();
        assert_eq!(texts(&archive), ["words of 1", "2:bad-warc-record", "words of 3"]);
        let cut = [plain(1), plain(2)].concat();
        assert_eq!(texts(&cut[..cut.len() - 10]), ["words of 1", "2:cut-archive"]);
        // Line ends of other systems, and too few of them.
        let bare: Vec<u8> = [plain(1), plain(2)].concat().into_iter().filter(|&b| b != b'\r').collect();
        assert_eq!(texts(&bare), ["1:bad-warc-record", "2:cut-archive"]);
        let few = [plain(1).trim_ascii_end(), b"\r\n", plain(2).trim_ascii_end()].concat();
        assert_eq!(texts(&few), ["words of 1", "words of 2"]);
    }

    #[test]
    fn what_is_too_large_is_passed_over() {
        let large = response(2, "Content-Type: text/plain", "words ".repeat(100_000).as_bytes());
        assert_eq!(texts(&[plain(1), large, plain(3)].concat()), ["words of 1", "2:too-large", "words of 3"]);
    }

    proptest! {
        #[test]
        fn damage_in_one_record_costs_no_other(which in 0usize..4, at in 0usize..1000, bytes in prop::collection::vec(any::<u8>(), 1..20)) {
            let mut records: Vec<Vec<u8>> = (0..4).map(plain).collect();
            let record = &mut records[which];
            let at = at % record.len();
            let end = record.len().min(at + bytes.len());
            record.splice(at..end, bytes);
            // The line end before the next record belongs to it.
            record.extend(b"\r\n");
            let found = texts(&records.concat());
            for other in (0..4).filter(|&other| other != which) {
                let words = format!("words of {other}");
                prop_assert!(found.contains(&words), "{words} is not in {found:?}");
            }
        }

        #[test]
        fn no_archive_is_too_odd(bytes: Vec<u8>) {
            texts(&bytes);
            texts(&[b"WARC/1.0\r\n", &bytes[..]].concat());
        }
    }
}
