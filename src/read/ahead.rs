//! Reading in a thread of its own, so that parsing need not wait for the disk, nor a stopped run for input that never
//! comes.

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Chunk, Reader};
use crate::watch::{Event, Watch};

/// A reader that works ahead.
#[derive(Debug)]
pub struct Ahead {
    chunks: Mutex<Receiver<(Chunk, u64)>>,
    reading: JoinHandle<Reader>,
}

impl Ahead {
    /// Starts reading, at most `chunks` further than was asked for.
    #[must_use]
    pub fn new(mut reader: Reader, chunks: usize) -> Self {
        let (send, receive) = sync_channel(chunks);
        let reading = std::thread::spawn(move || {
            while let Some(chunk) = reader.next() {
                if send.send((chunk, reader.position())).is_err() {
                    break;
                }
            }
            reader
        });
        Self { chunks: Mutex::new(receive), reading }
    }

    /// The chunks as they come; they end with the input, and soon after the run is stopped.
    pub fn chunks<'a>(&'a self, watch: &'a Watch<'_>) -> impl Iterator<Item = Chunk> {
        std::iter::from_fn(move || {
            loop {
                if watch.is_stopped() {
                    return None;
                }
                let chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
                match chunks.recv_timeout(Duration::from_millis(100)) {
                    Ok((chunk, position)) => {
                        watch.tell(Event::Position(position));
                        return Some(chunk);
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
        })
    }

    /// The reader, after its last chunk; not for a run that was stopped, which would wait for it.
    #[must_use]
    pub fn into_reader(self) -> Option<Reader> {
        drop(self.chunks);
        self.reading.join().ok()
    }
}
