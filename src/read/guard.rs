//! Foreign parsers, kept from ending a run: a panic of theirs is a value.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `parse` gives; nothing where it panics.
pub(super) fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    // What a parser leaves behind when it panics is not looked at again.
    let parsed = catch_unwind(AssertUnwindSafe(parse));
    GUARDED.set(before);
    parsed.ok()
}

/// Whether a panic of this thread is caught and told as a reject: a program that prints panics need not print it.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing() {
        assert_eq!(guarded(is_guarded), Some(true));
        assert_eq!(guarded(|| Vec::<u8>::new()[is_guarded() as usize]), None);
        assert!(!is_guarded());
    }
}
