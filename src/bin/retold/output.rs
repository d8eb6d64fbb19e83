//! The one place that prints: results to standard output, narration to standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use retold::error::{Error, Result};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// Finished, but more records were rejected than is accepted.
    TooManyRejects,
}

impl Outcome {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::TooManyRejects => 3,
        }
    }
}

/// Standard output. A reader that has gone away is an [`Error`] that is no fault.
pub(crate) struct Output(BufWriter<io::StdoutLock<'static>>);

impl Output {
    pub(crate) fn new() -> Self {
        Self(BufWriter::with_capacity(64 << 10, io::stdout().lock()))
    }

    pub(crate) fn line(&mut self, line: &str) -> Result<()> {
        writeln!(self.0, "{line}").map_err(failed())
    }

    pub(crate) fn writer(&mut self) -> &mut impl Write {
        &mut self.0
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.0.flush().map_err(failed())
    }
}

/// What a failure to write to standard output is.
pub(crate) fn failed() -> impl FnOnce(io::Error) -> Error {
    Error::output("standard output")
}

/// Whether a person reads standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Narration: a line on standard error. That nobody reads it is no fault.
pub(crate) fn note(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// A warning.
pub(crate) fn warning(line: &str) {
    let style = Style::new().fg_color(Some(AnsiColor::Yellow.into())).bold();
    let _ = writeln!(anstream::stderr(), "{style}warning:{style:#} {line}");
}

/// An error.
pub(crate) fn error(error: &Error) {
    let style = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
    let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {}", retold::report::shown(&error.to_string()));
}
