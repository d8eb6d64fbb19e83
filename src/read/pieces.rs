//! For tests: a source that gives its bytes in pieces, as a pipe does.

use std::io::{self, Read};

/// Bytes, and how many of them a read gives at most.
pub(super) struct Pieces<'a>(pub(super) &'a [u8], pub(super) usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}
