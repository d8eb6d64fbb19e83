//! Files to [`Article`]s, as a stream: memory does not grow with the input.
//!
//! Reading is cut in two. [`Reader`] is sequential: it opens files, undoes compression and cuts what it finds into
//! [`Chunk`]s at record boundaries. [`Chunk::parse`] is the costly half and can run on any thread. A further format
//! adds a kind of chunk.

mod ahead;
mod charset;
mod decompress;
mod fields;
mod format;
mod guard;
pub mod html;
mod json_lines;
mod json_objects;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(test)]
mod pieces;
mod plain_text;
mod sources;
mod table;
mod warc;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::article::{Article, Place};
use crate::error::{Reason, Reject};

pub use ahead::Ahead;
pub use fields::{FieldNames, Fields};
pub use guard::is_guarded;
pub use json_lines::Line;
pub use sources::{Source, Sources, find};

use charset::Wide;
use decompress::{Content, Position};
use format::{Format, SNIFF};

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
    /// JSON objects that are not one a line.
    Objects(json_objects::Objects),
    /// Rows of a table in CSV.
    Rows(table::Rows),
    /// Rows of a Parquet file.
    #[cfg(feature = "parquet")]
    Columns(parquet::Rows),
    /// Records of a web archive.
    Records(warc::Records),
    /// A whole file of plain text.
    Text(plain_text::Text),
    /// A page of HTML.
    Page(html::Html),
    /// Something that cannot be used.
    Reject(Reject),
    /// Something that was not meant to be used.
    Skipped(Skipped),
}

/// What is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skipped {
    /// A file in a folder that is no text.
    File(Place),
    /// Records of a web archive that hold no article, by their number.
    Records(u64),
}

impl Chunk {
    /// Calls `found` for every record, in order.
    pub fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        match self {
            Self::Lines(lines) => lines.parse(found),
            Self::Objects(objects) => objects.parse(found),
            Self::Rows(rows) => rows.parse(found),
            #[cfg(feature = "parquet")]
            Self::Columns(rows) => rows.parse(found),
            Self::Records(records) => records.parse(found),
            Self::Text(text) => found(text.parse()),
            Self::Page(page) => found(page.parse()),
            Self::Reject(reject) => found(Err(reject.clone())),
            Self::Skipped(_) => {}
        }
    }

    /// Calls `found` for every record with its bytes as one line of JSON, in order: those of the input where it is
    /// JSON, an object with the names of the columns as keys for a row of CSV. Records of other formats have none.
    pub fn parse_raw(&self, mut found: impl FnMut(Result<Article, Reject>, Option<&[u8]>)) {
        match self {
            Self::Lines(lines) => lines.parse_raw(|record, line| found(record, Some(line))),
            Self::Objects(objects) => objects.parse_raw(|record, line| found(record, Some(line))),
            Self::Rows(rows) => rows.parse_raw(|record, line| found(record, Some(line))),
            other => other.parse(|record| found(record, None)),
        }
    }

    /// The lines of a chunk that was read [`Reader::as_lines`], those that are blank left out, in order.
    #[must_use]
    pub fn lines(&self) -> Vec<Result<Line<'_>, Reject>> {
        match self {
            Self::Lines(lines) => lines.lines().collect(),
            Self::Reject(reject) => vec![Err(reject.clone())],
            _ => Vec::new(),
        }
    }

    /// Files of folders that are no text.
    #[must_use]
    pub fn files_skipped(&self) -> u64 {
        u64::from(matches!(self, Self::Skipped(Skipped::File(_))))
    }

    /// Records of web archives that hold no article.
    #[must_use]
    pub fn records_skipped(&self) -> u64 {
        match self {
            Self::Skipped(Skipped::Records(records)) => *records,
            Self::Records(records) => records.skipped(),
            _ => 0,
        }
    }
}

/// Reads sources one after another into chunks.
pub struct Reader {
    sources: std::vec::IntoIter<Source>,
    options: Options,
    /// The file of many records that is being read.
    open: Option<Open>,
    /// Compressed bytes read so far of files that are done.
    done: u64,
    guesses: Vec<(Arc<str>, Fields)>,
    as_lines: bool,
}

/// A file that is being cut into chunks.
struct Open {
    chunks: Box<dyn Iterator<Item = Chunk> + Send>,
    position: Position,
}

impl Reader {
    /// A reader of `sources`, in their order.
    #[must_use]
    pub fn new(sources: Vec<Source>, options: Options) -> Self {
        Self { sources: sources.into_iter(), options, open: None, done: 0, guesses: Vec::new(), as_lines: false }
    }

    /// Takes every source for lines of JSON, whatever it looks like: they are cut and not parsed ([`Chunk::lines`]).
    #[must_use]
    pub fn as_lines(self) -> Self {
        Self { as_lines: true, ..self }
    }

    /// Bytes read so far, as they lie on disk.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.done + self.open.as_ref().map_or(0, |open| open.position.load(Ordering::Relaxed))
    }

    /// The fields that were found in each file with fields, so far.
    #[must_use]
    pub fn guesses(&self) -> &[(Arc<str>, Fields)] {
        &self.guesses
    }

    fn start(&mut self, source: &Source) -> Option<Chunk> {
        let (path, max) = (Arc::clone(&source.path), self.options.max_record);
        let reject = |reason, detail| Some(Chunk::Reject(Reject { place: Place::file(&source.path), reason, detail }));
        let mut content = match source.open() {
            Ok(file) => match Content::new(file) {
                Ok(content) => content,
                Err(error) => return reject(Reason::CutArchive, format!("cannot be unpacked: {error}")),
            },
            Err(error) => return reject(Reason::Unreadable, error.to_string()),
        };
        if let Some(wide) = content.peek(SNIFF).ok().and_then(Wide::of) {
            content = content.transcoded(wide);
        }
        let position = content.position();
        let head = match content.peek(SNIFF) {
            Ok(head) => head,
            Err(error) => return reject(Reason::CutArchive, format!("cannot be unpacked: {error}")),
        };
        let mut open = |chunks: Box<dyn Iterator<Item = Chunk> + Send>| {
            self.open = Some(Open { chunks, position: Arc::clone(&position) });
            None
        };
        if self.as_lines {
            return open(Box::new(json_lines::Splitter::new(content, path, Fields::default(), max)));
        }
        let chunk = match format::sniff(head, &path, &self.options.fields) {
            Format::Empty => reject(Reason::Empty, "the file is empty".into()),
            Format::Binary(_) if source.is_walked => Some(Chunk::Skipped(Skipped::File(Place::file(&path)))),
            Format::Binary(kind) => reject(Reason::Binary, format!("looks like {kind}, not text; not used")),
            Format::Unsupported(kind) => reject(Reason::Unsupported, format!("looks like {kind}; not used")),
            Format::JsonLines => {
                let fields = Fields::guess(first_records(&mut content, max), &self.options.fields);
                self.guesses.push((Arc::clone(&path), fields.clone()));
                open(Box::new(json_lines::Splitter::new(content, path, fields, max)))
            }
            Format::JsonObjects => {
                let guess = first_objects(&mut content, max, &self.options.fields);
                self.guesses.push((Arc::clone(&path), guess.fields.clone()));
                open(Box::new(json_objects::Splitter::new(content, path, guess, max)))
            }
            Format::Table => {
                let head = table::Head::new(content.peek(GUESS).unwrap_or_default(), &path, &self.options.fields);
                self.guesses.push((Arc::clone(&path), head.fields.clone()));
                match head.fault() {
                    Some(fault) => reject(Reason::NoText, fault),
                    None => open(Box::new(table::Splitter::new(content, path, head, max))),
                }
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                match parquet::Splitter::open(source.file(), &mut content, &path, &self.options.fields, max) {
                    Ok(splitter) => {
                        self.guesses.push((path, splitter.fields().clone()));
                        open(Box::new(splitter))
                    }
                    Err(reject) => Some(Chunk::Reject(reject)),
                }
            }
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                reject(Reason::Unsupported, "looks like Parquet, for which this retold was not built; not used".into())
            }
            Format::WebArchive => open(Box::new(warc::Splitter::new(content, path, max))),
            format @ (Format::Html | Format::Text) => {
                let bytes = match whole(&mut content, &path, max) {
                    Ok(bytes) => bytes,
                    Err(reject) => return Some(Chunk::Reject(reject)),
                };
                let chunk = match format {
                    Format::Html => Chunk::Page(html::Html::new(&path, bytes.0)),
                    _ => Chunk::Text(plain_text::Text::new(&path, bytes.0)),
                };
                let after = bytes.1.map(Chunk::Reject);
                open(Box::new(std::iter::once(chunk).chain(after)))
            }
        };
        if self.open.is_none() {
            self.done += position.load(Ordering::Relaxed);
        }
        chunk
    }
}

impl Iterator for Reader {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(chunk) = open.chunks.next() {
                    return Some(chunk);
                }
                self.done += open.position.load(Ordering::Relaxed);
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

/// What the begin of a file tells, with one whole object at least if that is not longer than `most`.
fn first_objects(content: &mut Content, most: usize, named: &FieldNames) -> json_objects::Guess {
    let mut size = GUESS;
    loop {
        let head = content.peek(size).unwrap_or_default();
        let guess = json_objects::Guess::new(head, named);
        if guess.is_sure || head.len() < size || size >= most {
            return guess;
        }
        size *= 4;
    }
}

/// Bytes looked at to guess fields.
const GUESS: usize = 256 << 10;

/// A whole file that is one record of at most `max` bytes, and what is to be said of what comes after it.
fn whole(content: &mut impl Read, path: &Arc<str>, max: usize) -> Result<(Vec<u8>, Option<Reject>), Reject> {
    let mut bytes = Vec::new();
    let reject = |reason, detail| Reject { place: Place::file(path), reason, detail };
    match fill(content, &mut bytes, max + 1) {
        Err(error) if decompress::is_after_end(&error) => {
            let after = reject(Reason::CutArchive, format!("all of it was used: {error}"));
            Ok((bytes, Some(after)))
        }
        Err(error) => Err(reject(
            Reason::CutArchive,
            format!("breaks off after {} bytes, so it was not used: {error}", bytes.len()),
        )),
        Ok(()) if bytes.len() > max => Err(reject(Reason::TooLarge, format!("longer than {max} bytes; not used"))),
        Ok(()) => Ok((bytes, None)),
    }
}

/// Reads on until `buffer` is full or the input ends; what was read before an error stays in the buffer.
fn fill(source: &mut impl Read, buffer: &mut Vec<u8>, most: usize) -> std::io::Result<()> {
    let missing = most.saturating_sub(buffer.len());
    source.by_ref().take(missing as u64).read_to_end(buffer).map(drop)
}
