//! Sorted runs: what batches leave behind, merged into one order that does not depend on how they were cut.

use rayon::prelude::*;

/// Merges sorted runs into one. The result is the same for any cut of the same rows into runs.
#[must_use]
pub fn merge<T: Ord + Send>(mut runs: Vec<Vec<T>>) -> Vec<T> {
    let mut all = match runs.len() {
        1 => return runs.swap_remove(0),
        _ => Vec::with_capacity(runs.iter().map(Vec::len).sum()),
    };
    for run in runs {
        all.extend(run);
    }
    // The stable sort, because it makes use of what is sorted already.
    all.par_sort();
    all
}

/// Consecutive rows of one sorted run that share a key.
pub fn groups<T, K: PartialEq>(rows: &[T], key: impl Fn(&T) -> K + Sync) -> impl Iterator<Item = &[T]> {
    rows.chunk_by(move |a, b| key(a) == key(b))
}
