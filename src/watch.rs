//! What a caller may see of a run while it goes on, and how it stops it.

use std::sync::atomic::{AtomicBool, Ordering};

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A stage began.
    Stage(&'static str),
    /// Bytes of the input read so far, as they lie on disk.
    Position(u64),
    /// Further records read.
    Records(u64),
    /// Pairs of articles to compare.
    Pairs(u64),
    /// Further pairs compared.
    Compared(u64),
}

/// A look at a run, and a way to stop it. Shared by all threads.
pub struct Watch<'a> {
    stop: &'a AtomicBool,
    tell: &'a (dyn Fn(Event) + Sync),
}

impl<'a> Watch<'a> {
    /// `stop` ends the run soon after it becomes true; `tell` is called often and from any thread.
    #[must_use]
    pub fn new(stop: &'a AtomicBool, tell: &'a (dyn Fn(Event) + Sync)) -> Self {
        Self { stop, tell }
    }

    pub(crate) fn tell(&self, event: Event) {
        (self.tell)(event);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
