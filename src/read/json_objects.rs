//! JSON objects that are not one a line: in an array, one after another, spread over lines, or in an array inside of an
//! object, as programs answer (`{"status": "ok", "articles": [{…}, …]}`).
//!
//! A scanner that knows brackets and strings cuts out the objects, one at a time and without reading them; each is then
//! parsed as a line would be. Where brackets or strings go wrong, the object at hand is given up and the next begin of
//! an object is looked for: by the key that objects of this file begin with.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fields::{FieldNames, Fields, Keys, Role};
use super::{Chunk, json_lines};
use crate::article::{Article, Place};
use crate::error::{Reason, Reject};

/// Bytes read before whole objects are passed on.
const CHUNK: usize = 256 << 10;
/// Brackets in brackets; the parser has the same limit.
const DEEPEST: usize = 128;
/// Keys that objects of a file may begin with.
const FIRST_KEYS: usize = 8;

/// Whole objects, and where they stand.
#[derive(Debug)]
pub struct Objects {
    path: Arc<str>,
    fields: Arc<Fields>,
    bytes: Vec<u8>,
    spans: Vec<Span>,
    records_before: u64,
    max: usize,
}

/// One object.
#[derive(Debug, Clone)]
struct Span {
    bytes: Range<usize>,
    line: u64,
    /// Bytes before it on its line.
    column: u64,
}

impl Objects {
    pub(super) fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        self.each(|record, _| found(record));
    }

    /// Every object with its bytes, on one line.
    pub(super) fn parse_raw(&self, mut found: impl FnMut(Result<Article, Reject>, &[u8])) {
        self.each(|record, bytes| found(record, &on_one_line(bytes)));
    }

    fn each(&self, mut found: impl FnMut(Result<Article, Reject>, &[u8])) {
        for (number, span) in (self.records_before + 1..).zip(&self.spans) {
            let bytes = &self.bytes[span.bytes.clone()];
            let place = Place::line(&self.path, span.line);
            let place = if span.column > 0 { place.at(span.column) } else { place };
            let record = if bytes.len() > self.max {
                Err(json_lines::too_large(place, self.max))
            } else {
                json_lines::article(bytes, &self.fields, place.clone(), number).map_err(|reject| {
                    // The place of a fault inside is given from the begin of the object.
                    let inside = matches!(reject.reason, Reason::BadJson | Reason::BadUtf8);
                    let place = if inside { span.place_of(reject.place.byte, bytes, &self.path) } else { place };
                    Reject { place, ..reject }
                })
            };
            found(record, bytes);
        }
    }
}

impl Span {
    /// Line and byte of what lies `at` bytes after the begin of the object.
    fn place_of(&self, at: Option<u64>, bytes: &[u8], path: &Arc<str>) -> Place {
        let before = &bytes[..bytes.len().min(at.unwrap_or(0) as usize)];
        let lines = memchr::memchr_iter(b'\n', before).count() as u64;
        let byte = match memchr::memrchr(b'\n', before) {
            Some(last) => before.len() - last - 1,
            None => self.column as usize + before.len(),
        };
        Place::line(path, self.line + lines).at(byte as u64)
    }
}

/// A line feed of a valid object stands between its parts, never in a string.
fn on_one_line(object: &[u8]) -> Vec<u8> {
    let mut lines = object.split(|&b| b == b'\n' || b == b'\r');
    let mut out = lines.next().unwrap_or_default().to_vec();
    lines.for_each(|line| out.extend(line.trim_ascii_start()));
    out
}

/// Where in a file its records stand.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// Outermost, or in an outermost array.
    Outermost,
    /// In an array inside of objects: the key of the array, and how many objects are around it.
    Inside { key: String, depth: usize },
}

/// What a begin looks like that is no JSON object on one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// An object around an array of articles.
    Wrapped,
    /// An object that goes on over lines, or another after it on its line.
    NotOneALine,
    Other,
}

/// What a file looks like that begins with `{`.
pub(super) fn looks(head: &[u8], named: &FieldNames) -> Looks {
    if shape(head, named) != Shape::Outermost {
        return Looks::Wrapped;
    }
    let mut scanner = Scanner::new(Shape::Outermost);
    let end = match scanner.next(head) {
        Event::Record(record) => record.end,
        Event::More if head[1..].trim_ascii_start().starts_with(b"\"") => head.len(),
        Event::More | Event::Damage => return Looks::Other,
    };
    let goes_on = memchr::memchr(b'\n', &head[..end]).is_some();
    let after = head[end..].trim_ascii_start();
    let after = after.strip_prefix(b",").or_else(|| after.strip_prefix(b"\x1e")).unwrap_or(after).trim_ascii_start();
    let is_followed = after.starts_with(b"{") && memchr::memchr(b'\n', &head[end..head.len() - after.len()]).is_none();
    if goes_on || is_followed { Looks::NotOneALine } else { Looks::Other }
}

/// Finds the array of articles in an object that is none itself.
fn shape(head: &[u8], named: &FieldNames) -> Shape {
    let mut found = Found { named, path: Vec::new(), is_article: false, list: None };
    // The end of what is at hand is an error like any other: what was found before counts.
    let _ = Look(&mut found, false).deserialize(&mut serde_json::Deserializer::from_slice(head));
    match found.list.filter(|_| !found.is_article) {
        Some((key, depth)) => Shape::Inside { key, depth },
        None => Shape::Outermost,
    }
}

struct Found<'a> {
    named: &'a FieldNames,
    path: Vec<String>,
    /// The outermost object has a text of its own.
    is_article: bool,
    /// The first array whose first object has a text or a title: its key, and the objects around it.
    list: Option<(String, usize)>,
}

impl Found<'_> {
    fn is_text(&self, key: &str) -> bool {
        self.named.text.as_ref().map_or_else(|| Role::Text.is_key(key), |named| named == key)
    }
}

/// Looks for the array in a value, or, where that is the first of an array, whether it is an article.
struct Look<'a, 'f>(&'a mut Found<'f>, bool);

impl<'de> DeserializeSeed<'de> for Look<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(found, is_first) = self;
        while let Some(key) = map.next_key::<String>()? {
            if is_first {
                if found.list.is_none() && (found.is_text(&key) || Role::Title.is_key(&key)) {
                    found.list = found.path.last().map(|list| (list.clone(), found.path.len()));
                }
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            found.is_article |= found.path.is_empty() && found.is_text(&key);
            found.path.push(key);
            map.next_value_seed(Look(found, false))?;
            found.path.pop();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self(found, is_first) = self;
        if !is_first && found.list.is_none() {
            items.next_element_seed(Look(found, true))?;
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Event {
    /// A whole record.
    Record(Range<usize>),
    /// Brackets or strings are wrong here.
    Damage,
    /// All was looked at.
    More,
}

/// Finds records among brackets and strings. It is given the bytes from wherever the last call left off: what it has
/// passed may be cut off, see [`Scanner::cut`].
#[derive(Debug)]
struct Scanner {
    shape: Shape,
    at: usize,
    /// Open brackets.
    stack: Vec<u8>,
    /// Begin of the string that is open, after its mark.
    string: Option<usize>,
    /// A value stands here already: a comma, a colon or a bracket has to come.
    is_after_value: bool,
    /// In an object: a key has to come. Else a record whose last bracket is lost would take in all that follow it.
    is_key_due: bool,
    /// Begin of the record that is open.
    record: Option<usize>,
    /// The last string is the key of the array of records.
    is_list_key: bool,
    /// That array is open.
    is_in_list: bool,
    /// Begin of the outermost object that holds no record so far; it may be one itself.
    outer: Option<usize>,
}

impl Scanner {
    fn new(shape: Shape) -> Self {
        Self {
            shape,
            at: 0,
            stack: Vec::new(),
            string: None,
            is_after_value: false,
            is_key_due: false,
            record: None,
            is_list_key: false,
            is_in_list: false,
            outer: None,
        }
    }

    /// Whether a value that begins here is a record.
    fn is_base(&self) -> bool {
        match &self.shape {
            Shape::Outermost => self.stack.is_empty() || self.stack == b"[",
            Shape::Inside { depth, .. } => self.is_in_list && self.stack.len() == depth + 1,
        }
    }

    /// What must be kept of the bytes: from here on.
    fn keeps(&self) -> usize {
        [self.record, self.outer, self.string].into_iter().flatten().min().unwrap_or(self.at)
    }

    /// The first `cut` bytes are there no more; at the end of a file that may be more than was looked at.
    fn cut(&mut self, cut: usize) {
        self.at = self.at.saturating_sub(cut);
        for start in [&mut self.record, &mut self.outer, &mut self.string].into_iter().flatten() {
            *start = start.saturating_sub(cut);
        }
    }

    /// After damage: goes on at `at`, where a record begins.
    fn resume(&mut self, at: usize) {
        let depth = match &self.shape {
            Shape::Outermost => usize::from(self.stack.first() == Some(&b'[')),
            Shape::Inside { depth, .. } => {
                self.is_in_list = true;
                self.stack = vec![b'{'; *depth];
                self.stack.push(b'[');
                depth + 1
            }
        };
        self.stack.truncate(depth);
        (self.at, self.string, self.record, self.outer) = (at, None, None, None);
        (self.is_after_value, self.is_key_due) = (false, false);
    }

    fn is_open(&self) -> bool {
        self.string.is_some() || !self.stack.is_empty() || self.record.is_some()
    }

    fn next(&mut self, bytes: &[u8]) -> Event {
        loop {
            if let Some(start) = self.string {
                let rest = &bytes[self.at..];
                let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                    self.at = bytes.len();
                    return Event::More;
                };
                match rest[found] {
                    b'"' => {
                        self.at += found + 1;
                        self.string = None;
                        self.end_string(&bytes[start..self.at - 1]);
                    }
                    b'\\' if found + 1 < rest.len() => {
                        self.at += found + 2;
                        continue;
                    }
                    b'\\' => {
                        self.at += found;
                        return Event::More;
                    }
                    _ => {
                        self.at += found;
                        return Event::Damage;
                    }
                }
            } else {
                let Some(&byte) = bytes.get(self.at) else { return Event::More };
                match byte {
                    // Some writers separate records by 0x1e.
                    b' ' | b'\n' | b'\r' | b'\t' | 0x1e => {
                        self.at += 1;
                        continue;
                    }
                    // Files that were put together bring their byte order marks along.
                    0xef if self.stack.is_empty() && bytes[self.at..].starts_with(b"\xef\xbb\xbf") => {
                        self.at += 3;
                        continue;
                    }
                    0xef if bytes.len() - self.at < 3 => return Event::More,
                    b',' | b':' => {
                        self.is_after_value = false;
                        self.is_key_due = byte == b',' && self.stack.last() == Some(&b'{');
                        self.at += 1;
                        continue;
                    }
                    b'}' | b']' => {
                        if !self.close(byte) {
                            return Event::Damage;
                        }
                    }
                    _ => match self.begin(byte, bytes) {
                        Some(true) => {}
                        Some(false) => return Event::Damage,
                        None => return Event::More,
                    },
                }
            }
            if self.string.is_none()
                && self.is_after_value
                && self.is_base()
                && let Some(start) = self.record.take()
            {
                self.outer = None;
                return Event::Record(start..self.at);
            }
            if self.stack.is_empty()
                && self.is_after_value
                && let Some(start) = self.outer.take()
            {
                return Event::Record(start..self.at);
            }
        }
    }

    fn end_string(&mut self, content: &[u8]) {
        self.is_after_value = true;
        if let Shape::Inside { key, depth } = &self.shape
            && self.stack.len() == *depth
        {
            self.is_list_key = content == key.as_bytes();
        }
    }

    /// A value begins; whether it may, or nothing where more bytes are needed to tell.
    fn begin(&mut self, byte: u8, bytes: &[u8]) -> Option<bool> {
        let is_outermost = self.stack.is_empty();
        if !is_outermost && (self.is_after_value || self.is_key_due && byte != b'"') {
            return Some(false);
        }
        let opens_list = match &self.shape {
            Shape::Outermost => is_outermost && byte == b'[',
            Shape::Inside { depth, .. } => self.is_list_key && self.stack.len() == *depth && byte == b'[',
        };
        if is_outermost && !matches!(byte, b'{' | b'[') {
            return Some(false);
        }
        let start = self.at;
        match byte {
            b'{' | b'[' if self.stack.len() >= DEEPEST => return Some(false),
            b'"' => self.at += 1,
            b'{' | b'[' => {
                self.at += 1;
                self.is_after_value = false;
            }
            _ => {
                let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
                let length = bytes[start..].iter().position(|b| !is_part(b))?;
                if length == 0 {
                    return Some(false);
                }
                self.at += length;
                self.is_after_value = true;
            }
        }
        if self.record.is_none() && self.is_base() && !opens_list {
            self.record = Some(start);
        }
        match byte {
            b'"' => self.string = Some(self.at),
            b'{' | b'[' => {
                if is_outermost && byte == b'{' && self.shape != Shape::Outermost {
                    self.outer = Some(start);
                }
                self.is_in_list |= opens_list;
                self.is_key_due = byte == b'{';
                self.stack.push(byte);
            }
            _ => {}
        }
        Some(true)
    }

    fn close(&mut self, byte: u8) -> bool {
        let open = if byte == b'}' { b'{' } else { b'[' };
        if self.stack.last() != Some(&open) {
            return false;
        }
        if self.record.is_none() && self.is_base() {
            self.is_in_list = false;
        }
        self.stack.pop();
        self.at += 1;
        self.is_after_value = true;
        true
    }
}

/// Cuts a file into [`Objects`].
pub(super) struct Splitter<R> {
    source: R,
    path: Arc<str>,
    fields: Arc<Fields>,
    max: usize,
    scanner: Scanner,
    /// Keys that records begin with.
    first_keys: Vec<String>,
    /// Read and not yet passed on.
    window: Vec<u8>,
    /// Place of the begin of the window.
    line: u64,
    column: u64,
    records: u64,
    spans: Vec<Span>,
    /// Found, behind the spans.
    ready: VecDeque<Chunk>,
    state: State,
    broken: Option<io::Error>,
    at_end: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// In a record that is too large, up to its end.
    Passing,
    /// After damage that began here, looking for the next record.
    Searching(usize),
    Done,
}

/// What the begin of a file tells: its fields, and how to cut it.
pub(super) struct Guess {
    pub(super) fields: Fields,
    shape: Shape,
    first_keys: Vec<String>,
    /// Whether a whole record was seen.
    pub(super) is_sure: bool,
}

impl Guess {
    pub(super) fn new(head: &[u8], named: &FieldNames) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let shape = shape(head.trim_ascii_start(), named);
        let mut scanner = Scanner::new(shape.clone());
        let mut records: Vec<Vec<String>> = Vec::new();
        loop {
            match scanner.next(head) {
                Event::Record(range) => records.extend(serde_json::from_slice(&head[range]).map(|Keys(keys)| keys)),
                Event::More => break,
                Event::Damage => {
                    let is_begin = |at: &usize| head[at + 1..].trim_ascii_start().starts_with(b"\"");
                    let from = scanner.at.max(scanner.record.map_or(0, |record| record + 1));
                    let rest = head.get(from..).unwrap_or_default();
                    let Some(next) = memchr::memchr_iter(b'{', rest).map(|at| from + at).find(is_begin) else { break };
                    scanner.resume(next);
                }
            }
        }
        let fields = Fields::of_keys(&records, named);
        let is_whole = |keys: &&Vec<String>| keys.iter().any(|key| fields.of(Role::Text) == Some(key));
        let first = |keys: &Vec<String>| keys.first().cloned();
        let mut first_keys: Vec<String> = records.iter().filter(is_whole).filter_map(first).collect();
        first_keys.sort_unstable();
        first_keys.dedup();
        first_keys.truncate(FIRST_KEYS);
        Self { is_sure: !records.is_empty(), fields, shape, first_keys }
    }
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(source: R, path: Arc<str>, guess: Guess, max: usize) -> Self {
        Self {
            source,
            path,
            fields: Arc::new(guess.fields),
            max,
            scanner: Scanner::new(guess.shape),
            first_keys: guess.first_keys,
            window: Vec::new(),
            line: 1,
            column: 0,
            records: 0,
            spans: Vec::new(),
            ready: VecDeque::new(),
            state: State::Reading,
            broken: None,
            at_end: false,
        }
    }

    fn read_on(&mut self) {
        let before = self.window.len();
        self.window.reserve(CHUNK);
        self.broken = super::fill(&mut self.source, &mut self.window, before + CHUNK).err();
        self.at_end = self.window.len() < before + CHUNK;
        if self.line == 1 && self.column == 0 && self.window.starts_with(b"\xef\xbb\xbf") {
            self.window.drain(..3);
        }
    }

    /// Passes all of the window.
    fn scan(&mut self) {
        loop {
            if let State::Searching(from) = self.state {
                let found = self.next_begin(from + 1);
                let Some(next) = found.or(self.at_end.then_some(self.window.len())) else { return };
                self.add(from..next);
                self.scanner.resume(next);
                self.state = State::Reading;
                if found.is_none() {
                    // Nothing is said twice of one break.
                    self.scanner.stack.clear();
                    return;
                }
            }
            match self.scanner.next(&self.window) {
                Event::Record(_) if self.state == State::Passing => self.state = State::Reading,
                Event::Record(range) => self.add(range),
                Event::Damage => {
                    let at = self.scanner.at;
                    let from = self.scanner.record.or(self.scanner.outer).unwrap_or(at);
                    self.state = State::Searching(if self.state == State::Passing { at } else { from });
                }
                Event::More => return,
            }
        }
    }

    /// The next place that looks like the begin of a record.
    fn next_begin(&self, from: usize) -> Option<usize> {
        let is_begin = |&at: &usize| {
            let inside = self.window[at + 1..].trim_ascii_start();
            let key = |key: &String| {
                let rest = inside.strip_prefix(b"\"").and_then(|rest| rest.strip_prefix(key.as_bytes()));
                let rest = rest.and_then(|rest| rest.strip_prefix(b"\"")).map(<[u8]>::trim_ascii_start);
                rest.is_some_and(|rest| rest.starts_with(b":"))
            };
            self.first_keys.iter().any(key)
        };
        let rest = self.window.get(from..)?;
        memchr::memchr_iter(b'{', rest).map(|at| from + at).find(is_begin)
    }

    /// A record, or what should have been one. Blank room is none.
    fn add(&mut self, range: Range<usize>) {
        let kept = self.window[range.clone()].trim_ascii_end().len();
        if kept > 0 {
            // Lines are counted when they are passed on.
            self.spans.push(Span { bytes: range.start..range.start + kept, line: 0, column: 0 });
        }
    }

    /// Takes the first `end` bytes out of the window, with the records in them.
    fn take(&mut self, end: usize) {
        let rest = self.window.split_off(end);
        let bytes = std::mem::replace(&mut self.window, rest);
        self.scanner.cut(end);
        if let State::Searching(from) = &mut self.state {
            *from = from.saturating_sub(end);
        }
        let mut spans = std::mem::take(&mut self.spans);
        let mut passed = 0;
        for span in &mut spans {
            self.pass(&bytes[passed..span.bytes.start]);
            passed = span.bytes.start;
            (span.line, span.column) = (self.line, self.column);
        }
        self.pass(&bytes[passed..]);
        if spans.is_empty() {
            return;
        }
        let records_before = self.records;
        self.records += spans.len() as u64;
        let (path, fields) = (Arc::clone(&self.path), Arc::clone(&self.fields));
        let objects = Objects { path, fields, bytes, spans, records_before, max: self.max };
        self.ready.push_back(Chunk::Objects(objects));
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        match memchr::memrchr(b'\n', bytes) {
            Some(last) => self.column = (bytes.len() - last - 1) as u64,
            None => self.column += bytes.len() as u64,
        }
    }

    fn reject(&mut self, reason: Reason, detail: String) {
        let place = Place::line(&self.path, self.line);
        self.ready.push_back(Chunk::Reject(Reject { place, reason, detail }));
    }

    /// Passes on what is whole, and leaves what is not for the next bytes.
    fn pass_on(&mut self) {
        let keeps = match self.state {
            State::Passing => self.scanner.at,
            State::Searching(from) => from,
            _ => self.scanner.keeps(),
        };
        self.take(keeps.min(self.scanner.at));
        if self.window.len() <= self.max || self.state == State::Passing {
            return;
        }
        if let State::Searching(from) = self.state {
            // What is damaged is not kept for the sake of its message.
            self.add(from..self.window.len().min(from + self.max));
            self.take(self.window.len());
            self.scanner.resume(0);
            self.state = State::Searching(0);
        } else if self.scanner.record.is_some() {
            let detail = format!("the record is longer than {} bytes; not used", self.max);
            self.reject(Reason::TooLarge, detail);
            self.records += 1;
            self.state = State::Passing;
            self.take(self.scanner.at);
        } else {
            // No record, and no end of it: an outermost object, or a string in it.
            self.scanner.outer = None;
            self.take(self.scanner.at);
        }
    }

    fn finish(&mut self) {
        let open = self.scanner.is_open() || self.state == State::Passing;
        self.state = State::Done;
        let is_in_record = self.scanner.record.or(self.scanner.outer);
        let records = self.records + self.spans.len() as u64;
        let used = format!("after {records} records, which were used");
        self.take(is_in_record.unwrap_or(self.window.len()));
        if let Some(error) = self.broken.take() {
            self.reject(Reason::CutArchive, format!("ends early or is damaged {used}: {error}"));
        } else if open && is_in_record.is_some() {
            self.reject(Reason::BadJson, format!("the file ends inside of a record, {used}"));
        } else if open {
            self.reject(Reason::BadJson, format!("the array is not closed: the file ends {used}"));
        } else if records == 0 && self.ready.is_empty() {
            self.reject(Reason::Empty, "the array is empty".into());
        }
    }
}

impl<R: Read> Iterator for Splitter<R> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        while self.ready.is_empty() && self.state != State::Done {
            self.read_on();
            self.scan();
            if self.at_end {
                self.finish();
            } else {
                self.pass_on();
            }
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::pieces::Pieces;
    use super::*;

    fn read_by(bytes: &[u8], max: usize, piece: usize) -> Vec<Result<Article, Reject>> {
        let guess = Guess::new(bytes, &FieldNames::default());
        let mut found = Vec::new();
        for chunk in Splitter::new(Pieces(bytes, piece), "a.json".into(), guess, max) {
            chunk.parse(|record| found.push(record));
        }
        found
    }

    /// Ids of articles, lines and reasons of rejects.
    fn read(text: &str) -> Vec<String> {
        let name = |record: Result<Article, Reject>| match record {
            Ok(article) => format!("{}@{}", article.id, article.place.line.unwrap()),
            Err(Reject { place, reason, .. }) => format!("{}:{reason}", place.line.unwrap()),
        };
        read_by(text.as_bytes(), 10_000, 7).into_iter().map(name).collect()
    }

    #[test]
    fn objects_are_found_wherever_they_stand() {
        let [a, b] = [r#"{"id":"a","text":"one"}"#, r#"{"id":"b","text":"t\"}w{o"}"#];
        for text in [
            format!("[{a},{b}]"),
            format!("\u{feff} [ {a} , {b} , ]\n"),
            format!("{a}{b}"),
            format!("{a},{b}"),
            format!("\u{1e}{a} \u{1e}{b}"),
            format!("[{a}][{b}]"),
            format!(r#"{{"status":"ok","n":2,"articles":[{a},{b}],"next":null}}"#),
            format!(r#"{{"data":{{"tags":["text"],"list":[{a},{b}]}}}}"#),
            format!(r#"{{"articles":[{a}]}} {{"articles":[{b}]}}"#),
        ] {
            assert_eq!(read(&text), ["a@1", "b@1"], "{text}");
        }
        let pretty =
            serde_json::to_string_pretty(&json!([{"id": "a", "text": "x", "n": {"m": [1]}}, {"id": "b", "text": "y"}]));
        assert_eq!(read(&pretty.unwrap()), ["a@2", "b@11"]);
        assert_eq!(read(r#"{"text":"x","comments":[{"text":"no article"}],"id":"a"}"#), ["a@1"]);
        assert_eq!(read("[]"), ["1:empty"]);
        assert_eq!(read("{\"articles\":[]}"), ["1:no-text"]);
    }

    #[test]
    fn one_bad_record_costs_no_other() {
        for (bad, expected) in [
            ("{\"id\":\"x\",\"text\":\"open}", "2:bad-json"),
            ("{\"id\":\"x\",\"text\":\"a\nb\"}", "2:bad-json"),
            ("{\"id\":\"x\",\"text\":\"a\"]", "2:bad-json"),
            ("{\"id\":\"x\" \"text\":\"a\"}", "2:bad-json"),
            ("{\"id\":\"x\",\"text\":[1]}", "2:wrong-type"),
            ("{\"id\":\"x\"}", "2:no-text"),
            ("\"x\"", "2:bad-json"),
            ("{\"id\":\"x\",\"text\":\"a\"", "2:bad-json"),
            ("12", "2:bad-json"),
            ("[{\"text\":1}]", "2:bad-json"),
        ] {
            let text = format!("[{{\"id\":\"a\",\"text\":\"one\"}},\n{bad},\n{{\"id\":\"b\",\"text\":\"two\"}}]");
            let found = read(&text);
            assert_eq!((&found[0][..], &found[1][..]), ("a@1", expected), "{bad}");
            assert!(found.last().unwrap().starts_with("b@") && found.len() == 3, "{bad}: {found:?}");
        }
        // Without line ends, too.
        let text = r#"[{"id":"a","text":"one"},{"id":"x","text":"open},{"id":"b","text":"two"}]"#;
        assert_eq!(read(text), ["a@1", "1:bad-json", "b@1"]);
        let deep = format!("[{{\"id\":\"a\",\"text\":\"one\"}},{{\"text\":{}", "[".repeat(100_000));
        assert_eq!(read(&deep).len(), 2);
    }

    #[test]
    fn an_array_that_ends_early_says_what_was_used() {
        for (text, says) in [
            (
                "[{\"id\":\"a\",\"text\":\"one\"},{\"id\":\"b\",\"te",
                "the file ends inside of a record, after 1 records",
            ),
            ("[{\"id\":\"a\",\"text\":\"one\"},", "the array is not closed: the file ends after 1 records"),
        ] {
            let found = read_by(text.as_bytes(), 1000, 1000);
            assert_eq!(found.len(), 2);
            let reject = found[1].as_ref().unwrap_err();
            assert!(reject.reason == Reason::BadJson && reject.detail.contains(says), "{reject}");
        }
    }

    #[test]
    fn a_record_that_is_too_long_is_skipped_and_no_other() {
        let long = "x".repeat(3 * CHUNK);
        let text = format!("[{{\"id\":1,\"text\":\"a\"}},\n{{\"text\":\"{long}\"}},\n{{\"id\":3,\"text\":\"c\"}}]");
        let found = read_by(text.as_bytes(), CHUNK, 1 << 20);
        assert_eq!(found.iter().flatten().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        let reject = found.iter().find_map(|record| record.as_ref().err()).unwrap();
        assert_eq!((found.len(), reject.reason, reject.place.line), (3, Reason::TooLarge, Some(2)));
        assert_eq!(found[2].as_ref().unwrap().place.line, Some(3));
    }

    #[test]
    fn a_file_may_end_where_more_bytes_are_needed_to_tell() {
        for text in [&b"\xef\x01"[..], b"{}{\n}\xef{", b"[1", b"[\"\\"] {
            assert!(read_by(text, 1000, 1).iter().all(Result::is_err), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn records_come_out_on_one_line() {
        let pretty = serde_json::to_string_pretty(&json!({"id": 1, "text": "a\n  b"})).unwrap();
        let line = on_one_line(pretty.as_bytes());
        assert_eq!(line, b"{\"id\": 1,\"text\": \"a\\n  b\"}");
    }

    #[test]
    fn a_first_record_whose_last_bracket_is_lost_takes_no_other_along() {
        let rest: Vec<String> =
            (0..5000).map(|n| format!("{{\"id\":{n},\"text\":\"t\",\"x\":[{{\"y\":1}}]}}")).collect();
        let text = format!("[{{\"id\":\"x\",\"text\":\"open\",{}]", rest.join(","));
        let found = read_by(text.as_bytes(), 10_000, 1000);
        assert_eq!(found.iter().flatten().count(), 5000);
        assert_eq!(found.len(), 5001);
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z{}\\[\\]\",:\\\\\n é]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z\"{\\[]{1,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_array_gives_its_records_however_it_is_cut(
            values in prop::collection::vec(value(), 1..8), pretty: bool, piece in 1usize..40,
        ) {
            let records: Vec<Value> = values
                .iter()
                .enumerate()
                .map(|(n, other)| json!({"id": n.to_string(), "text": format!("t {n}"), "other": other}))
                .collect();
            let all = Value::from(records);
            let text = if pretty { serde_json::to_string_pretty(&all) } else { serde_json::to_string(&all) }.unwrap();
            let found = read_by(text.as_bytes(), 100_000, piece);
            let ids: Vec<String> = found.iter().map(|record| record.as_ref().unwrap().id.clone()).collect();
            prop_assert_eq!(ids, (0..values.len()).map(|n| n.to_string()).collect::<Vec<_>>());
        }

        #[test]
        fn damage_ends_nothing(at in 0usize..400, byte: u8, piece in 1usize..40) {
            let record = |n: usize| json!({"id": n.to_string(), "text": format!("words of record {n}"), "x": [{"y": "z"}]});
            let mut bytes = serde_json::to_vec(&(0..6).map(record).collect::<Vec<_>>()).unwrap();
            let at = at % bytes.len();
            bytes[at] = byte;
            let found = read_by(&bytes, 100_000, piece);
            let whole = found.iter().flatten().count();
            prop_assert!(whole >= 4, "{whole} of 6: {}", bytes.escape_ascii());
        }
    }
}
