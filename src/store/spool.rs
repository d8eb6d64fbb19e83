//! Texts on disk while a run goes on: written once in any order, read back by place.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Result};

/// Where a text lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    start: u64,
    length: u32,
}

impl Slot {
    pub(crate) fn new(start: usize, length: usize) -> Self {
        Self { start: start as u64, length: length as u32 }
    }

    pub(crate) fn moved(self, by: u64) -> Self {
        Self { start: self.start + by, ..self }
    }
}

/// A temporary file of texts, gone when it is dropped or the process ends.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: Mutex<(File, u64)>,
}

impl Spool {
    /// A new one in `folder`.
    ///
    /// # Errors
    /// Where no file can be made there.
    pub fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::output(folder))?;
        Ok(Self { folder: folder.into(), file: Mutex::new((file, 0)) })
    }

    /// Adds texts and says where they begin.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn append(&self, texts: &str) -> Result<u64> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let start = file.1;
        file.0
            .seek(SeekFrom::Start(start))
            .and_then(|_| file.0.write_all(texts.as_bytes()))
            .map_err(Error::output(&self.folder))?;
        file.1 += texts.len() as u64;
        Ok(start)
    }

    /// The text in `slot`.
    ///
    /// # Errors
    /// Where it cannot be read back.
    pub fn text(&self, slot: Slot) -> Result<String> {
        let mut bytes = vec![0; slot.length as usize];
        let file = &mut self.file.lock().unwrap_or_else(PoisonError::into_inner).0;
        file.seek(SeekFrom::Start(slot.start))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(Error::output(&self.folder))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
