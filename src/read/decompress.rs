//! A file as it is meant: gzip and Zstandard undone, by content and not by name, all members of an archive in a row.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

/// Largest window a Zstandard frame may ask for, as a power of two: what `zstd` itself accepts without being told.
const WINDOW_LOG: u32 = 27;
/// Bytes that tell a packed file.
const MAGIC: u64 = 4;
const BUFFER: usize = 256 << 10;

/// Decompressed bytes, with a look ahead.
pub(super) struct Content {
    /// Bytes looked at and not yet read.
    ahead: io::Cursor<Vec<u8>>,
    rest: Box<dyn Read + Send>,
    /// What a look ahead ran into, for the read that comes there.
    broken: Option<io::Error>,
    /// Bytes taken from the file as it lies on disk.
    position: Arc<AtomicU64>,
}

impl Content {
    pub(super) fn new(file: Box<dyn Read + Send>) -> io::Result<Self> {
        let position = Arc::new(AtomicU64::new(0));
        let mut file = Counted { file, position: Arc::clone(&position) };
        // A pipe may give its first bytes one by one.
        let mut head = Vec::new();
        file.by_ref().take(MAGIC).read_to_end(&mut head)?;
        let file = BufReader::with_capacity(BUFFER, io::Cursor::new(head.clone()).chain(file));
        let rest: Box<dyn Read + Send> = if head.starts_with(b"\x1f\x8b") {
            Box::new(MultiGzDecoder::new(file))
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
            let mut decoder = zstd::Decoder::with_buffer(file)?;
            decoder.window_log_max(WINDOW_LOG)?;
            Box::new(decoder)
        } else {
            Box::new(file)
        };
        Ok(Self { ahead: io::Cursor::default(), rest, broken: None, position })
    }

    /// The next bytes, up to `most` of them, without reading past them. An error is given only where nothing could
    /// be read at all, else by the read that comes to it.
    pub(super) fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        let start = self.ahead.position() as usize;
        let buffer = self.ahead.get_mut();
        if self.broken.is_none() {
            self.broken = super::fill(&mut self.rest, buffer, start + most).err();
        }
        match self.broken.take_if(|_| buffer.len() == start) {
            Some(error) => Err(error),
            None => Ok(&buffer[start..]),
        }
    }

    pub(super) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.ahead.read(buffer)? {
            0 if buffer.is_empty() => Ok(0),
            0 => self.broken.take().map_or_else(|| self.rest.read(buffer), Err),
            read => Ok(read),
        }
    }
}

struct Counted {
    file: Box<dyn Read + Send>,
    position: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
