//! CSV and its kin: a table whose first row names the columns; delimiter, quotation and encoding are found out.
//!
//! A row ends at a line end outside of quotation marks, so one mark that is never closed would swallow the rest of the
//! file. Where a row of several lines does not fit the table and the line after its first does, the first line alone is
//! the bad row.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use csv_core::ReadRecordResult;
use encoding_rs::Encoding;
use serde::Serializer;
use serde::ser::SerializeMap;

use super::fields::{FieldNames, Fields, Role, Value, Values};
use super::{Chunk, charset, decompress, json_lines};
use crate::article::{Article, Place};
use crate::error::{Reason, Reject};

/// Bytes read before whole rows are passed on.
const CHUNK: usize = 256 << 10;
/// What may stand between cells, most usual first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Longest name of a column of a table that is not called one.
const NAME: usize = 40;

/// What the first row says, and how the bytes are to be read.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) fields: Fields,
    names: Vec<String>,
    /// Columns by role.
    columns: [Option<usize>; 7],
    dialect: Dialect,
    charset: Charset,
    /// The first row as it stands.
    row: Vec<u8>,
    /// Bytes and line feeds before the first row of values.
    start: usize,
    lines: u64,
}

/// How cells are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dialect {
    delimiter: u8,
    quoting: Quoting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// A mark in a cell in quotation marks is doubled.
    Doubled,
    /// It stands after a backslash.
    Escaped,
    /// Quotation marks are letters like others.
    None,
}

#[derive(Debug, Clone, Copy)]
enum Charset {
    Utf8,
    /// Nothing but ASCII was seen: the encoding of a row is asked of the row.
    Open,
    Other(&'static Encoding),
}

impl Head {
    /// Reads the first row; `head` is the begin of the file.
    pub(super) fn new(head: &[u8], path: &str, named: &FieldNames) -> Self {
        let charset = Charset::of(head);
        let mut start = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut hint = None;
        // Spreadsheets name their delimiter in a line of its own.
        if let Some([delimiter, rest @ ..]) = head[start..].strip_prefix(b"sep=")
            && let Some(end) = memchr::memchr(b'\n', rest).filter(|&end| end < 2)
        {
            hint = Some(*delimiter);
            start += 5 + end + 1;
        }
        // Empty lines may stand before the first row.
        start += head[start..].iter().take_while(|&&b| b == b'\n' || b == b'\r').count();
        let delimiter = hint.unwrap_or_else(|| delimiter(&head[start..], path, named));
        let dialect = Dialect::of(&head[start..], delimiter);
        let end = Row::default().end(head, start, dialect).unwrap_or(head.len());
        let row = head[start..end].to_vec();
        let mut cells = Cells::new(dialect);
        let names: Vec<String> = match cells.split(&head[start..end]) {
            0 => Vec::new(),
            count => (0..count)
                .map(|i| charset.decode(cells.get(i)).map_or_else(String::new, |name| name.trim().to_owned()))
                .collect(),
        };
        let fields = Fields::of_keys(std::slice::from_ref(&names), named);
        let columns = Role::ALL.map(|role| {
            let key = fields.of(role)?;
            names.iter().position(|name| name == key)
        });
        let lines = memchr::memchr_iter(b'\n', &head[..end]).count() as u64;
        Self { fields, names, columns, dialect, charset, row, start: end, lines }
    }

    /// Why nothing can be read of the whole table.
    pub(super) fn fault(&self) -> Option<String> {
        let can_read = self.columns[Role::Text as usize].is_some()
            || self.columns[Role::Title as usize].is_some() && self.fields.title_can_stand_for_text();
        let seen = || json_lines::fields_seen(&self.names, &self.fields);
        (!can_read).then(|| format!("no column holds the text: {}; the first row names the columns", seen()))
    }
}

impl Dialect {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, quoting: Quoting::Doubled }
    }

    /// The way of quoting that leaves the fewest rows of `head` at odds with the first; of equals the most usual.
    fn of(head: &[u8], delimiter: u8) -> Self {
        let way = |quoting| Self { delimiter, quoting };
        let doubled = way(Quoting::Doubled).trial(head);
        let mut best = (doubled.faults, way(Quoting::Doubled));
        for quoting in [Quoting::Escaped, Quoting::None] {
            let trial = way(quoting).trial(head);
            // One mark that is not closed does not make letters of all others.
            let may_be = quoting == Quoting::Escaped || doubled.misquoted > doubled.quoted;
            if may_be && trial.faults < best.0 {
                best = (trial.faults, way(quoting));
            }
        }
        best.1
    }

    fn trial(self, head: &[u8]) -> Trial {
        let (mut start, mut columns, mut trial) = (0, None, Trial::default());
        loop {
            let mut row = Row::default();
            let Some(end) = row.end(head, start, self) else { return trial };
            if end > start {
                trial.quoted += usize::from(row.is_quoted && !row.is_misquoted);
                trial.misquoted += usize::from(row.is_misquoted);
                trial.faults += usize::from(row.is_misquoted || *columns.get_or_insert(row.cells) != row.cells);
            }
            start = end + 1;
        }
    }
}

/// How rows fare with a way of quoting.
#[derive(Debug, Default)]
struct Trial {
    /// With cells in quotation marks, all right.
    quoted: usize,
    misquoted: usize,
    /// Those, and rows of another width than the first.
    faults: usize,
}

impl Charset {
    fn of(head: &[u8]) -> Self {
        // The last character may be cut.
        let faults = head.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty());
        let is_utf8 = faults
            .map(|chunk| chunk.invalid().as_ptr() as usize - head.as_ptr() as usize)
            .all(|at| at + 4 > head.len());
        let has_wide = head.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
        match is_utf8 {
            true if has_wide => Self::Utf8,
            true => Self::Open,
            false => Self::Other(charset::detect(head)),
        }
    }

    fn decode(self, cell: &[u8]) -> Option<Cow<'_, str>> {
        if let Ok(text) = std::str::from_utf8(cell) {
            return Some(Cow::Borrowed(text));
        }
        match self {
            Self::Utf8 => None,
            Self::Open => Some(charset::detect(cell).decode_without_bom_handling(cell).0),
            Self::Other(encoding) => Some(encoding.decode_without_bom_handling(cell).0),
        }
    }
}

/// Whether a text begins as a table does: names in its first row, one of them that of a text.
pub(super) fn looks_like_one(text: &[u8]) -> bool {
    let first = text.split(|&b| b == b'\n').next().unwrap_or_default();
    let names = |delimiter: u8| {
        let mut cells = Cells::new(Dialect::new(delimiter));
        let count = cells.split(first.trim_ascii_end());
        let names: Vec<String> = (0..count).map(|i| String::from_utf8_lossy(cells.get(i)).into_owned()).collect();
        let are_names = names.iter().all(|name| {
            !name.is_empty() && name.len() <= NAME && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
        });
        let knows = |role: Role| names.iter().any(|name| role.is_key(name));
        are_names && count > 1 && knows(Role::Text) && Role::ALL.into_iter().filter(|&role| knows(role)).count() > 1
    };
    DELIMITERS.into_iter().any(names)
}

/// The delimiter that gives the first row the most names that are known, else the most cells.
fn delimiter(head: &[u8], path: &str, named: &FieldNames) -> u8 {
    let score = |&delimiter: &u8| {
        let dialect = Dialect::new(delimiter);
        let end = Row::default().end(head, 0, dialect).unwrap_or(head.len());
        let mut cells = Cells::new(dialect);
        let count = cells.split(&head[..end]);
        let names: Vec<String> = (0..count).map(|i| String::from_utf8_lossy(cells.get(i)).trim().to_owned()).collect();
        let given = [&named.text, &named.id, &named.title, &named.date, &named.outlet, &named.lang];
        let is_known = |name: &&String| {
            Role::ALL.into_iter().any(|role| role.is_key(name)) || given.iter().any(|key| key.as_ref() == Some(*name))
        };
        let is_named_so = delimiter == b'\t' && path.to_ascii_lowercase().contains(".tsv");
        (names.iter().filter(is_known).count(), is_named_so, count)
    };
    // Of equals the first.
    DELIMITERS.iter().rev().max_by_key(|&delimiter| score(delimiter)).copied().unwrap_or(b',')
}

/// A row as far as it was looked at.
#[derive(Debug, Default, Clone, Copy)]
struct Row {
    at: usize,
    state: Cell,
    cells: usize,
    /// A cell stands in quotation marks.
    is_quoted: bool,
    /// Something follows a closing quotation mark that may not.
    is_misquoted: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Cell {
    #[default]
    Begin,
    Plain,
    Quoted,
    /// After a mark that closes the cell, or is half of two.
    Closed,
}

impl Row {
    /// Looks for the end of the row that begins at `start`; `None` where it is not in sight yet.
    fn end(&mut self, bytes: &[u8], start: usize, dialect: Dialect) -> Option<usize> {
        let Dialect { delimiter, quoting } = dialect;
        loop {
            let rest = bytes.get(start + self.at..)?;
            let skip = match self.state {
                Cell::Quoted if quoting == Quoting::Escaped => memchr::memchr2(b'"', b'\\', rest),
                Cell::Quoted => memchr::memchr(b'"', rest),
                Cell::Plain => memchr::memchr3(delimiter, b'\n', b'\r', rest),
                Cell::Begin | Cell::Closed => Some(0),
            };
            self.at += skip.unwrap_or(rest.len());
            let &byte = rest.get(skip?)?;
            let is_outside = self.state != Cell::Quoted;
            if is_outside && (byte == b'\n' || byte == b'\r') {
                self.cells += 1;
                return Some(start + self.at);
            }
            if self.state == Cell::Quoted && byte == b'\\' {
                // What is escaped may not be in sight yet.
                rest.get(skip? + 1)?;
                self.at += 2;
                continue;
            }
            self.at += 1;
            self.is_quoted |= self.state == Cell::Quoted;
            self.state = match (self.state, byte) {
                (Cell::Quoted, _) => Cell::Closed,
                (Cell::Begin, b'"') if quoting != Quoting::None => Cell::Quoted,
                (Cell::Closed, b'"') if quoting == Quoting::Doubled => Cell::Quoted,
                (_, byte) if byte == delimiter => {
                    self.cells += 1;
                    Cell::Begin
                }
                (state, _) => {
                    self.is_misquoted |= state == Cell::Closed;
                    Cell::Plain
                }
            };
        }
    }
}

/// The cells of one row at a time.
struct Cells {
    reader: csv_core::Reader,
    out: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn new(dialect: Dialect) -> Self {
        let mut reader = csv_core::ReaderBuilder::new();
        reader.delimiter(dialect.delimiter).quoting(dialect.quoting != Quoting::None);
        if dialect.quoting == Quoting::Escaped {
            reader.escape(Some(b'\\')).double_quote(false);
        }
        let reader = reader.build();
        Self { reader, out: Vec::new(), ends: vec![0; 16] }
    }

    /// Takes a row apart, which stands without its line end; the number of its cells.
    fn split(&mut self, row: &[u8]) -> usize {
        self.reader.reset();
        self.out.resize(row.len() + 1, 0);
        let (mut read, mut written, mut count) = (0, 0, 0);
        loop {
            let (result, taken, put, ended) =
                self.reader.read_record(&row[read..], &mut self.out[written..], &mut self.ends[count..]);
            (read, written, count) = (read + taken, written + put, count + ended);
            match result {
                // The next call has no bytes left, which ends the row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.out.resize(2 * self.out.len() + 1, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => return count,
            }
        }
    }

    fn get(&self, cell: usize) -> &[u8] {
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] };
        &self.out[start..self.ends[cell]]
    }
}

/// Whole rows, and where they stand.
#[derive(Debug)]
pub struct Rows {
    path: Arc<str>,
    head: Arc<Head>,
    bytes: Vec<u8>,
    spans: Vec<Span>,
    rows_before: u64,
    max: usize,
}

#[derive(Debug, Clone)]
struct Span {
    bytes: Range<usize>,
    line: u64,
    /// What is wrong with it, seen from outside.
    fault: Option<&'static str>,
}

impl Rows {
    pub(super) fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        let mut cells = Cells::new(self.head.dialect);
        for (number, span) in (self.rows_before + 1..).zip(&self.spans) {
            found(self.article(span, number, &mut cells));
        }
    }

    /// Every row as a JSON object with the names of the columns as keys.
    pub(super) fn parse_raw(&self, mut found: impl FnMut(Result<Article, Reject>, &[u8])) {
        let mut cells = Cells::new(self.head.dialect);
        for (number, span) in (self.rows_before + 1..).zip(&self.spans) {
            let record = self.article(span, number, &mut cells);
            let object = record.as_ref().ok().and_then(|_| self.object(&cells).ok());
            found(record, &object.unwrap_or_default());
        }
    }

    fn article(&self, span: &Span, number: u64, cells: &mut Cells) -> Result<Article, Reject> {
        let head = &*self.head;
        let place = Place::line(&self.path, span.line);
        let reject = |reason, detail| Reject { place: place.clone(), reason, detail };
        if let Some(fault) = span.fault {
            return Err(reject(Reason::BadRow, fault.into()));
        }
        let row = &self.bytes[span.bytes.clone()];
        if row.len() > self.max {
            return Err(json_lines::too_large(place, self.max));
        }
        let count = cells.split(row);
        if count != head.names.len() {
            let columns = head.names.len();
            return Err(reject(Reason::BadRow, format!("has {count} cells, the first row {columns}; not used")));
        }
        let mut values = Values::default();
        for role in Role::ALL {
            let Some(column) = head.columns[role as usize] else { continue };
            let cell = head.charset.decode(cells.get(column)).ok_or_else(|| {
                let name = &head.names[column];
                reject(Reason::BadUtf8, format!("its {name} is not UTF-8, as the file is; not used"))
            })?;
            values.set(role, Value::Text(cell));
        }
        json_lines::from_values(values, &head.fields, place.clone(), number, || {
            json_lines::fields_seen(&head.names, &head.fields)
        })
    }

    fn object(&self, cells: &Cells) -> serde_json::Result<Vec<u8>> {
        let mut out = Vec::new();
        let mut writer = serde_json::Serializer::new(&mut out);
        let mut map = writer.serialize_map(None)?;
        for (i, name) in self.head.names.iter().enumerate() {
            let cell = self.head.charset.decode(cells.get(i));
            let cell = cell.unwrap_or_else(|| String::from_utf8_lossy(cells.get(i)));
            // A name that stands twice is one key twice: the second gets its number.
            match self.head.names[..i].contains(name) || name.is_empty() {
                true => map.serialize_entry(&format!("{name}_{}", i + 1), &cell)?,
                false => map.serialize_entry(name, &cell)?,
            }
        }
        map.end()?;
        Ok(out)
    }
}

/// Cuts a file into [`Rows`].
pub(super) struct Splitter<R> {
    source: R,
    path: Arc<str>,
    head: Arc<Head>,
    max: usize,
    window: Vec<u8>,
    /// Begin of the row at hand, and what is known of it.
    start: usize,
    row: Row,
    /// Lines before the window.
    lines: u64,
    rows: u64,
    spans: Vec<Span>,
    ready: VecDeque<Chunk>,
    broken: Option<io::Error>,
    /// In a row that is too large, up to its end.
    is_passing: bool,
    at_end: bool,
    is_done: bool,
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(source: R, path: Arc<str>, head: Head, max: usize) -> Self {
        let lines = head.lines;
        let mut source = source;
        // The first row was looked at already.
        let broken = super::fill(&mut source, &mut Vec::new(), head.start).err();
        Self {
            source,
            path,
            head: Arc::new(head),
            max,
            window: Vec::new(),
            start: 0,
            row: Row::default(),
            lines,
            rows: 0,
            spans: Vec::new(),
            ready: VecDeque::new(),
            broken,
            is_passing: false,
            at_end: false,
            is_done: false,
        }
    }

    fn read_on(&mut self) {
        let before = self.window.len();
        self.window.reserve(CHUNK);
        if self.broken.is_none() {
            self.broken = super::fill(&mut self.source, &mut self.window, before + CHUNK).err();
        }
        self.at_end = self.window.len() < before + CHUNK;
    }

    /// Passes all rows of which the end is in sight.
    fn scan(&mut self) {
        while self.start < self.window.len() {
            let end = self.row.end(&self.window, self.start, self.head.dialect);
            let is_open = end.is_none() && self.row.state == Cell::Quoted;
            let Some(end) = end.or(self.at_end.then_some(self.window.len())) else { return };
            let breaks_off = self.broken.as_ref().is_some_and(|error| !decompress::is_after_end(error));
            if end == self.window.len() && self.at_end && breaks_off {
                // The last row of what breaks off is not whole.
                return;
            }
            if std::mem::take(&mut self.is_passing) {
                self.go_on(end);
                continue;
            }
            let cells = self.row.cells + usize::from(self.window.get(end).is_none());
            let is_odd = is_open || self.row.is_misquoted || cells != self.head.names.len();
            match self.first_line(end).filter(|&line| is_odd && self.fits(line + 1)) {
                Some(line) => {
                    let fault = "a quotation mark is not closed or stands in a wrong place; not used";
                    self.add(line, Some(fault));
                    self.go_on(line);
                }
                None => {
                    self.add(end, is_open.then_some("the file ends inside of quotation marks; not used"));
                    self.go_on(end);
                }
            }
        }
    }

    fn add(&mut self, end: usize, fault: Option<&'static str>) {
        // Tables that were put together bring their first rows along, and their byte order marks.
        let row = &self.window[self.start..end];
        let row = row.strip_prefix(b"\xef\xbb\xbf").unwrap_or(row);
        self.start = end - row.len();
        if !row.is_empty() && row != self.head.row {
            self.spans.push(Span { bytes: self.start..end, line: 0, fault });
        }
    }

    /// The next row begins after the line end at `end`.
    fn go_on(&mut self, end: usize) {
        self.start = end + 1;
        self.row = Row::default();
    }

    /// End of the first line of the row at hand, where it has several.
    fn first_line(&self, end: usize) -> Option<usize> {
        memchr::memchr(b'\n', &self.window[self.start..end]).map(|line| self.start + line)
    }

    /// Whether a row that begins here is one of this table.
    fn fits(&self, start: usize) -> bool {
        let mut row = Row::default();
        let ends = row.end(&self.window, start, self.head.dialect).is_some();
        let is_whole = ends || self.at_end && row.state != Cell::Quoted && start < self.window.len();
        is_whole && !row.is_misquoted && row.cells + usize::from(!ends) == self.head.names.len() && row.cells > 0
    }

    /// Takes the rows out of the window.
    fn take(&mut self) {
        let end = self.start.min(self.window.len());
        let rest = self.window.split_off(end);
        let bytes = std::mem::replace(&mut self.window, rest);
        // The line feed may still be to come.
        self.start -= end;
        let mut spans = std::mem::take(&mut self.spans);
        let mut passed = 0;
        for span in &mut spans {
            self.lines += memchr::memchr_iter(b'\n', &bytes[passed..span.bytes.start]).count() as u64;
            passed = span.bytes.start;
            span.line = self.lines + 1;
        }
        self.lines += memchr::memchr_iter(b'\n', &bytes[passed..]).count() as u64;
        if spans.is_empty() {
            return;
        }
        let rows_before = self.rows;
        self.rows += spans.len() as u64;
        let (path, head) = (Arc::clone(&self.path), Arc::clone(&self.head));
        self.ready.push_back(Chunk::Rows(Rows { path, head, bytes, spans, rows_before, max: self.max }));
    }

    fn reject(&mut self, reason: Reason, detail: String) {
        let place = Place::line(&self.path, self.lines + 1);
        self.ready.push_back(Chunk::Reject(Reject { place, reason, detail }));
    }

    /// The row at hand has no end in sight and is larger than any may be.
    fn give_up(&mut self) {
        if self.is_passing {
            // Nothing of it is kept; lines are.
            self.lines += memchr::memchr_iter(b'\n', &self.window).count() as u64;
            self.window.clear();
            self.row.at = 0;
            return;
        }
        match self.first_line(self.window.len()).filter(|&line| self.fits(line + 1)) {
            Some(line) => {
                self.add(line, Some("a quotation mark is not closed; not used"));
                self.go_on(line);
            }
            None => {
                self.rows += 1;
                self.reject(Reason::TooLarge, format!("the record is longer than {} bytes; not used", self.max));
                self.is_passing = true;
            }
        }
    }

    fn finish(&mut self) {
        self.is_done = true;
        if let Some(error) = self.broken.take() {
            let detail = format!("ends early or is damaged after {} records, which were used: {error}", self.rows);
            self.reject(Reason::CutArchive, detail);
        } else if self.rows == 0 && self.ready.is_empty() {
            self.reject(Reason::Empty, "the table has no rows".into());
        }
    }
}

impl<R: Read> Iterator for Splitter<R> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        while self.ready.is_empty() && !self.is_done {
            self.read_on();
            self.scan();
            self.take();
            if self.at_end {
                self.finish();
            } else if self.window.len() > self.max || self.is_passing {
                self.give_up();
            }
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pieces::Pieces;
    use super::*;

    fn read_by(bytes: &[u8], max: usize, piece: usize) -> Vec<Result<Article, Reject>> {
        let head = Head::new(bytes, "a.csv", &FieldNames::default());
        let mut found = Vec::new();
        for chunk in Splitter::new(Pieces(bytes, piece), "a.csv".into(), head, max) {
            chunk.parse(|record| found.push(record));
        }
        found
    }

    /// Ids and texts of articles, lines and reasons of rejects.
    fn read(bytes: &[u8]) -> Vec<String> {
        let name = |record: Result<Article, Reject>| match record {
            Ok(article) => format!("{}@{}={}", article.id, article.place.line.unwrap(), article.text),
            Err(Reject { place, reason, .. }) => format!("{}:{reason}", place.line.unwrap()),
        };
        read_by(bytes, 10_000, 5).into_iter().map(name).collect()
    }

    #[test]
    fn tables_of_any_make_are_read() {
        for table in [
            "id,text\na,one\nb,\"t, \"\"w\"\"\no\"\n",
            "id;text\na;one\nb;\"t, \"\"w\"\"\no\"",
            "text\tid\none\ta\n\"t, \"\"w\"\"\no\"\tb\n",
            "id|text|x\na|one|\nb|\"t, \"\"w\"\"\no\"|\n",
            "\u{feff}\"id\",\"text\"\r\na,one\r\nb,\"t, \"\"w\"\"\no\"\r\n",
        ] {
            assert_eq!(read(table.as_bytes()), ["a@2=one", "b@3=t, \"w\"\no"], "{table}");
        }
        assert_eq!(read(b"sep=;\nid;text\n\n\na;o,n,e\n"), ["a@5=o,n,e"]);
        assert_eq!(read(b"id,text\ra,one\rb,two"), ["a@1=one", "b@1=two"]);
        assert_eq!(read(b"id,text\na,caf\xe9 open\n"), ["a@2=café open"]);
        assert_eq!(read("id,text\na,café\n".as_bytes()), ["a@2=café"]);
        assert_eq!(read(b"id,text\n"), ["2:empty"]);
    }

    #[test]
    fn ways_of_quoting_are_found_out() {
        for table in [
            "id\ttext\na\t\"one\nb\ttwo\" or \"three\"\n",
            "id,text\na,\"\"\"one\"\nb,\"two\"\" or \"\"three\"\"\"\n",
            "id,text\na,\"\\\"one\"\nb,\"two\\\" or \\\"three\\\"\"\n",
        ] {
            assert_eq!(read(table.as_bytes()), ["a@2=\"one", "b@3=two\" or \"three\""], "{table}");
        }
    }

    #[test]
    fn tables_that_were_put_together() {
        let table = "\u{feff}id,text\na,one\n";
        assert_eq!(read(table.repeat(2).as_bytes()), ["a@2=one", "a@4=one"]);
        assert_eq!(read(format!("{table}\u{feff}b,two").as_bytes()), ["a@2=one", "b@3=two"]);
    }

    #[test]
    fn one_bad_row_costs_no_other() {
        for (bad, expected) in [
            ("x", "3:bad-csv-row"),
            ("x,two,three", "3:bad-csv-row"),
            ("x,\"open", "3:bad-csv-row"),
            ("x,\"open\" a bit", "x@3=open a bit"),
            ("x,", "3:empty"),
        ] {
            let table = format!("id,text\na,one\n{bad}\nb,\"two\"\nc,\"three\nlines\"\n");
            let found = read(table.as_bytes());
            // What has no word is sorted out later.
            let expected = if expected == "3:empty" { "x@3=" } else { expected };
            assert_eq!(found, ["a@2=one", expected, "b@4=two", "c@5=three\nlines"], "{bad}");
        }
        assert_eq!(read(b"id,text\na,one\nb,\"two\nthree"), ["a@2=one", "3:bad-csv-row"]);
        let mut mixed = "id,text\na,café\n".as_bytes().to_vec();
        mixed.extend(b"b,caf\xe9\nc,three\n");
        let head = Head { charset: Charset::Utf8, ..Head::new(&mixed, "a.csv", &FieldNames::default()) };
        let mut found = Vec::new();
        for chunk in Splitter::new(&mixed[..], "a.csv".into(), head, 100) {
            chunk.parse(|record| found.push(record.map(|article| article.id).map_err(|reject| reject.reason)));
        }
        assert_eq!(found, [Ok("a".into()), Err(Reason::BadUtf8), Ok("c".into())]);
    }

    #[test]
    fn a_row_that_is_too_long_is_skipped_and_no_other() {
        let long = "x\n".repeat(2 * CHUNK);
        let table = format!("id,text\n1,a\n2,\"{long}\"\n3,c\n");
        let found = read_by(table.as_bytes(), CHUNK, 1 << 20);
        assert_eq!(found.iter().flatten().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        let reject = found.iter().find_map(|record| record.as_ref().err()).unwrap();
        assert_eq!((found.len(), reject.reason, reject.place.line), (3, Reason::TooLarge, Some(3)));
        assert_eq!(found[2].as_ref().unwrap().place.line, Some(4 + 2 * CHUNK as u64));
    }

    proptest! {
        #[test]
        fn any_table_comes_back_however_it_is_cut(
            texts in prop::collection::vec("[a-z,;\"\n\r\t| é]{0,20}x", 1..8), which in 0usize..4, piece in 1usize..40,
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(DELIMITERS[which]).from_writer(Vec::new());
            writer.write_record(["id", "text"]).unwrap();
            for (n, text) in texts.iter().enumerate() {
                writer.write_record([&n.to_string(), text]).unwrap();
            }
            let table = writer.into_inner().unwrap();
            let found = read_by(&table, 100_000, piece);
            let found: Vec<String> = found.into_iter().map(|record| record.unwrap().text).collect();
            prop_assert_eq!(found, texts);
        }

        #[test]
        fn damage_ends_nothing(bytes: Vec<u8>, piece in 1usize..40) {
            let table = [b"id,text\na,one\n", &bytes[..], b"\nb,two\nc,three\n"].concat();
            let found = read_by(&table, 1000, piece);
            prop_assert!(!found.is_empty());
        }
    }
}
