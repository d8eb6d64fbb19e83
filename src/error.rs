//! What can go wrong: [`Error`] ends a run, [`Reject`] is one record that could not be used.

use std::fmt;
use std::path::PathBuf;

use crate::article::Place;

/// Result of anything that may end a run.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A fault that ends the run. Every variant says where and why; faults of single records are [`Reject`]s.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A named input does not exist or cannot be opened.
    #[error("cannot read {}: {source}", path.display())]
    Input {
        /// The input as it was named.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Inputs were readable, but none held a file to read.
    #[error("nothing to read: {0}")]
    NothingToRead(String),
    /// A result could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Output {
        /// The file or folder that was to be written.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The run directory exists and may not be replaced.
    #[error("{} {why}", path.display())]
    RunDirectory {
        /// The run directory.
        path: PathBuf,
        /// Why it is refused, and what to do.
        why: String,
    },
    /// A run directory, or a table of one, is not what it should be.
    #[error("{} is not a table of a finished run: {why}", path.display())]
    Table {
        /// The table.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// An option has a value that cannot be used.
    #[error("{0}")]
    Usage(String),
    /// The user asked to stop.
    #[error("interrupted; nothing was left behind")]
    Interrupted,
}

impl Error {
    /// Turns a failure to write `path` into an [`Error`]; for use with `map_err`.
    pub fn output(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Output { path, source }
    }

    /// Whether the reader of our output has gone away, which is no fault.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

/// Why a record or file was not used. The names are stable: they stand in the table `rejects`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The text holds no word.
    Empty,
    /// The file looks like something other than text.
    Binary,
    /// Bytes that are not UTF-8.
    BadUtf8,
    /// A line that is not a JSON object, or something else where one should be.
    BadJson,
    /// A row of a table that has other columns than the table, or a quotation mark that is never closed.
    BadRow,
    /// A record of a web archive whose head or length is wrong.
    BadWarc,
    /// A record without a text field, and without a title that could stand for it.
    NoText,
    /// A field that holds something other than text.
    WrongType,
    /// A record or file larger than the limit.
    TooLarge,
    /// A compressed file or an archive that ends early or is damaged.
    CutArchive,
    /// A file that could not be opened or read to its end.
    Unreadable,
    /// A format or an encoding that this version does not read.
    Unsupported,
}

impl Reason {
    /// The stable name, as written in the table `rejects`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::BadUtf8 => "bad-utf8",
            Self::BadJson => "bad-json",
            Self::BadRow => "bad-csv-row",
            Self::BadWarc => "bad-warc-record",
            Self::NoText => "no-text",
            Self::WrongType => "wrong-type",
            Self::TooLarge => "too-large",
            Self::CutArchive => "cut-archive",
            Self::Unreadable => "unreadable",
            Self::Unsupported => "unsupported-format",
        }
    }

    /// What a user can do about it.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Empty => "nothing to compare here; if the text stands in another field, name it with --text",
            Self::Binary => "leave it out, or convert it to text first",
            Self::BadUtf8 => "convert the file to UTF-8 first",
            Self::BadJson => "one JSON object a line is wanted, or an array of objects; mend or leave out this record",
            Self::BadRow => "mend the row; a text with line ends or delimiters in it stands in quotation marks",
            Self::BadWarc => "fetch the archive again, or accept it with --max-bad",
            Self::NoText => "name the field that holds the text with --text",
            Self::WrongType => "make the field a string",
            Self::TooLarge => "raise --max-record, or split the record",
            Self::CutArchive => "fetch the file again, or accept it with --max-bad",
            Self::Unreadable => "check that the file is there and may be read",
            Self::Unsupported => "unpack it, or convert it to JSON Lines, CSV or plain text first",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A record that was read and could not be used: a value in the stream, counted and listed, never fatal alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it stood.
    pub place: Place,
    /// Why it was not used.
    pub reason: Reason,
    /// What exactly was found, for a person to read.
    pub detail: String,
}

impl Reject {
    /// Whether it is of the file and not of a record: nothing of the file is read after it.
    #[must_use]
    pub fn ends_its_file(&self) -> bool {
        matches!(self.reason, Reason::CutArchive | Reason::Unreadable)
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}; {}", self.place, self.reason, self.detail, self.reason.advice())
    }
}
