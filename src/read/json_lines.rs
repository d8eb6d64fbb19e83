//! JSON Lines: one object a line. Only the line feed ends a line; whatever else may stand inside a string.

use std::io::{self, Read};
use std::sync::Arc;

use serde::de::DeserializeSeed;

use super::Chunk;
use super::fields::{Fields, Keys, Role, Value, Values, Wanted};
use crate::article::{Article, Date, Place, has_word};
use crate::error::{Reason, Reject};

/// Bytes read before whole lines are passed on.
const CHUNK: usize = 256 << 10;

/// Whole lines, and where they stand.
#[derive(Debug)]
pub struct Lines {
    path: Arc<str>,
    fields: Arc<Fields>,
    bytes: Vec<u8>,
    /// Lines before these, and records among them.
    lines_before: u64,
    records_before: u64,
    max: usize,
}

impl Lines {
    pub(super) fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        self.parse_raw(|record, _| found(record));
    }

    pub(super) fn parse_raw(&self, mut found: impl FnMut(Result<Article, Reject>, &[u8])) {
        let mut records = self.records_before;
        for (place, line) in self.records() {
            records += 1;
            let record = if line.len() > self.max {
                Err(too_large(place, self.max))
            } else {
                article(line, &self.fields, place, records)
            };
            found(record, line);
        }
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Result<Line<'_>, Reject>> {
        self.records().map(|(place, line)| {
            if line.len() > self.max {
                return Err(too_large(place, self.max));
            }
            Ok(Line { number: place.line.unwrap_or_default(), text: utf8(line, &place)? })
        })
    }

    /// Lines that are not blank, each with its place.
    fn records(&self) -> impl Iterator<Item = (Place, &[u8])> {
        split(&self.bytes).enumerate().filter(|(_, line)| !is_blank(line)).map(|(number, line)| {
            // Files that were put together bring their byte order marks along.
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
            (Place::line(&self.path, self.lines_before + number as u64 + 1), line)
        })
    }
}

/// A line of JSON that is not parsed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number in the file, counted from 1.
    pub number: u64,
    /// Its text, without the line feed.
    pub text: &'a str,
}

/// Lines without their line feeds; nothing after the last line feed.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let mut feeds = memchr::memchr_iter(b'\n', bytes);
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let end = feeds.next().unwrap_or(bytes.len());
        let line = &bytes[start..end];
        start = end + 1;
        Some(line)
    })
}

fn is_object(line: &[u8]) -> bool {
    line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

fn is_blank(line: &[u8]) -> bool {
    // Nearly every line begins with what makes it one.
    line.first() != Some(&b'{') && line.trim_ascii().is_empty()
}

/// Cuts a file into [`Lines`].
pub(super) struct Splitter<R> {
    source: R,
    path: Arc<str>,
    fields: Arc<Fields>,
    max: usize,
    /// Read and not yet passed on: the begin of a line.
    rest: Vec<u8>,
    lines: u64,
    records: u64,
    /// Why nothing can be read any more.
    broken: Option<io::Error>,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Reading,
    /// Inside a line that is too long.
    Skipping,
    Done,
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(source: R, path: Arc<str>, fields: Fields, max: usize) -> Self {
        let fields = Arc::new(fields);
        Self { source, path, fields, max, rest: Vec::new(), lines: 0, records: 0, broken: None, state: State::Reading }
    }

    fn place(&self) -> Place {
        Place::line(&self.path, self.lines + 1)
    }

    /// Passes `bytes` on, which are whole lines.
    fn lines(&mut self, bytes: Vec<u8>) -> Chunk {
        let lines = Lines {
            path: Arc::clone(&self.path),
            fields: Arc::clone(&self.fields),
            lines_before: self.lines,
            records_before: self.records,
            max: self.max,
            bytes,
        };
        for line in split(&lines.bytes) {
            self.lines += 1;
            self.records += u64::from(!is_blank(line));
        }
        Chunk::Lines(lines)
    }

    fn finish(&mut self) -> Option<Chunk> {
        // What breaks off after the last byte of a record leaves it whole.
        if self.broken.is_some() && is_object(&self.rest) {
            let rest = std::mem::take(&mut self.rest);
            return Some(self.lines(rest));
        }
        self.state = State::Done;
        if let Some(error) = self.broken.take() {
            let detail = format!("ends early or is damaged after {} records, which were used: {error}", self.records);
            return Some(Chunk::Reject(Reject { place: self.place(), reason: Reason::CutArchive, detail }));
        }
        let rest = std::mem::take(&mut self.rest);
        (!rest.is_empty()).then(|| self.lines(rest))
    }
}

impl<R: Read> Iterator for Splitter<R> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        while self.state != State::Done {
            let before = self.rest.len();
            if self.broken.is_none() {
                self.rest.reserve(CHUNK);
                self.broken = super::fill(&mut self.source, &mut self.rest, before + CHUNK).err();
            }
            let at_end = self.rest.len() < before + CHUNK;
            if self.lines == 0 && self.rest.starts_with(b"\xef\xbb\xbf") {
                self.rest.drain(..3);
            }
            if self.state == State::Skipping {
                match memchr::memchr(b'\n', &self.rest) {
                    Some(end) => {
                        self.rest.drain(..=end);
                        self.lines += 1;
                        self.state = State::Reading;
                    }
                    None => self.rest.clear(),
                }
            }
            if let Some(last) = memchr::memrchr(b'\n', &self.rest) {
                let rest = self.rest.split_off(last + 1);
                let whole = std::mem::replace(&mut self.rest, rest);
                return Some(self.lines(whole));
            }
            if at_end {
                return self.finish();
            }
            if self.rest.len() > self.max {
                self.rest.clear();
                self.state = State::Skipping;
                self.records += 1;
                return Some(Chunk::Reject(too_large(self.place(), self.max)));
            }
        }
        None
    }
}

pub(super) fn too_large(place: Place, max: usize) -> Reject {
    Reject { place, reason: Reason::TooLarge, detail: format!("the record is longer than {max} bytes; not used") }
}

/// The article of one line, or of one object that goes on over lines.
pub(super) fn article(line: &[u8], fields: &Fields, place: Place, number: u64) -> Result<Article, Reject> {
    let text = utf8(line, &place)?;
    let mut parser = serde_json::Deserializer::from_str(text);
    let parsed = Wanted(fields).deserialize(&mut parser).and_then(|values| parser.end().map(|()| values));
    let values = parsed.map_err(|error| Reject {
        place: place.clone().at(offset(line, &error)),
        reason: Reason::BadJson,
        detail: plain(&error),
    })?;
    from_values(values, fields, place, number, || no_text(line, fields))
}

/// Bytes before the fault.
fn offset(record: &[u8], error: &serde_json::Error) -> u64 {
    let line = match error.line() {
        0 | 1 => 0,
        line => memchr::memchr_iter(b'\n', record).nth(line - 2).map_or(0, |feed| feed + 1),
    };
    (line + error.column()).saturating_sub(1) as u64
}

/// The article that has these values; `no_text` says what a record without text has instead.
pub(super) fn from_values(
    mut values: Values<'_>,
    fields: &Fields,
    place: Place,
    number: u64,
    no_text: impl Fn() -> String,
) -> Result<Article, Reject> {
    let reject = |place: Place, reason, detail| Reject { place, reason, detail };
    let title = values.take(Role::Title).into_text();
    let text = match values.take(Role::Text) {
        Value::Text(text) if has_word(&text) => text.into_owned(),
        Value::Missing if !fields.title_can_stand_for_text() => {
            return Err(reject(place, Reason::NoText, no_text()));
        }
        Value::Text(_) | Value::Null | Value::Missing if title.as_deref().is_some_and(has_word) => String::new(),
        Value::Text(text) => text.into_owned(),
        Value::Null | Value::Missing => return Err(reject(place, Reason::NoText, no_text())),
        Value::Number(_) => return Err(wrong_type(place, fields, "a number")),
        Value::Other(kind) => return Err(wrong_type(place, fields, kind)),
    };
    let url = values.take(Role::Url).into_text();
    Ok(Article {
        id: values.take(Role::Id).into_text().unwrap_or_else(|| format!("{}#{number}", place.path)),
        title,
        date: match values.take(Role::Date) {
            Value::Text(text) => Date::parse(&text),
            Value::Number(number) => number.as_i64().and_then(Date::from_epoch),
            _ => None,
        },
        outlet: values.take(Role::Outlet).into_text().or_else(|| url.as_deref().and_then(host).map(str::to_owned)),
        lang: values.take(Role::Lang).into_text(),
        url,
        text: super::html::without_markup(text),
        is_page: false,
        place,
    })
}

fn wrong_type(place: Place, fields: &Fields, kind: &str) -> Reject {
    Reject { place, reason: Reason::WrongType, detail: format!("its {} is {kind}, not text", fields.text_key()) }
}

/// What a record without text has instead.
fn no_text(line: &[u8], fields: &Fields) -> String {
    let keys = serde_json::from_slice(line).map_or_else(|_| Vec::new(), |Keys(keys)| keys);
    fields_seen(&keys, fields)
}

/// What there is where there is no text.
pub(super) fn fields_seen(keys: &[String], fields: &Fields) -> String {
    let key = |key: &String| match key.chars().count() > 40 {
        true => key.chars().take(40).chain(['…']).collect(),
        false => key.clone(),
    };
    let seen = match keys {
        [] => "none".into(),
        keys => keys.iter().take(12).map(key).collect::<Vec<_>>().join(", "),
    };
    format!("no text under {}; fields seen: {seen}", fields.text_key())
}

/// The message of a parser, without its place, which is given apart, and without the data, which may be a whole text.
fn plain(error: &serde_json::Error) -> String {
    if error.is_data() {
        return "JSON, but no object".into();
    }
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((message, _)) => message.to_owned(),
        None => message,
    }
}

/// The bytes as text, or where they are none.
pub(super) fn utf8<'a>(bytes: &'a [u8], place: &Place) -> Result<&'a str, Reject> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let wrong: Vec<String> = bytes[at..].iter().take(2).map(|b| format!("0x{b:02x}")).collect();
        Reject {
            place: place.clone().at(at as u64),
            reason: Reason::BadUtf8,
            detail: format!("byte {at} ({}) is not UTF-8; not used", wrong.join(" ")),
        }
    })
}

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::FieldNames;

    fn read(bytes: &[u8], max: usize) -> Vec<Result<Article, Reject>> {
        let fields = Fields::guess(bytes, &FieldNames::default());
        let mut found = Vec::new();
        for chunk in Splitter::new(bytes, "a.jsonl".into(), fields, max) {
            chunk.parse(|record| found.push(record));
        }
        found
    }

    #[test]
    fn ids_come_from_the_record_or_its_number() {
        let found =
            read(b"\xef\xbb\xbf{\"text\":\"a\"}\r\n\n{\"id\":\"\",\"text\":\"b\"}\n{\"id\":7,\"text\":\"c\"}", 1000);
        let places: Vec<_> = found.iter().flatten().map(|article| (article.id.as_str(), article.place.line)).collect();
        assert_eq!(places, [("a.jsonl#1", Some(1)), ("a.jsonl#2", Some(3)), ("7", Some(4))]);
    }

    #[test]
    fn every_fault_has_its_place_and_costs_one_record() {
        let found = read(
            b"{\"id\":1,\"text\":\"fine\"}\n{\"text\":\n{\"text\":\"\xff\"}\n{\"text\":[1]}\n{\"text\":5}\n[1]\n{\"body\":\"x\"}\n{\"text\":\"fine\"} x\n{\"text\":\"fine\"}",
            1000,
        );
        let names: Vec<_> = found
            .iter()
            .map(|record| match record {
                Ok(article) => article.id.clone(),
                Err(reject) => format!("{}:{}", reject.place.line.unwrap_or(0), reject.reason),
            })
            .collect();
        assert_eq!(
            names,
            [
                "1",
                "2:bad-json",
                "3:bad-utf8",
                "4:wrong-type",
                "5:wrong-type",
                "6:bad-json",
                "7:no-text",
                "8:bad-json",
                "a.jsonl#9"
            ]
        );
    }

    #[test]
    fn a_record_that_is_too_long_is_skipped_and_no_other() {
        let long = "x".repeat(5 * CHUNK);
        let bytes = format!("{{\"id\":1,\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n{{\"id\":3,\"text\":\"c\"}}\n");
        let found = read(bytes.as_bytes(), CHUNK);
        assert_eq!(found.iter().flatten().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        let reject = found.iter().find_map(|record| record.as_ref().err()).unwrap();
        assert_eq!((reject.reason, reject.place.line), (Reason::TooLarge, Some(2)));
        assert_eq!(found.iter().flatten().last().unwrap().place.line, Some(3));
    }

    #[test]
    fn a_title_stands_for_a_text_that_is_missing() {
        let found = read(
            b"{\"title\":\"Ferry late\",\"url\":\"https://www.a.example/x\"}\n{\"title\":\"T\",\"text\":\"x\"}",
            1000,
        );
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.body(), first.text.as_str(), first.outlet.as_deref()), ("Ferry late", "", Some("a.example")));
    }

    #[test]
    fn hosts_are_cut_out_of_addresses() {
        assert_eq!(host("https://www.a.example:80/x?y"), Some("a.example"));
        assert_eq!(host("http://me@a.example"), Some("a.example"));
        assert_eq!(host("a.example"), None);
        assert_eq!(host("http://"), None);
    }
}
