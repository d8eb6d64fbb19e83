//! Sorted runs: rows with equal keys brought together, in an order that does not depend on how they were cut into batches.
//!
//! Keys are hashes, of which most stand on one row alone. So each batch deals its rows out by the first bits of their
//! keys; then each part of all batches together fits the cache of a processor, where rows that are alone are left out
//! by a filter of two bits a key before the others are sorted.

use rayon::prelude::*;

/// A row with a key.
pub trait Row: Copy + Ord + Default + Send + Sync {
    /// What rows are brought together by: a hash, the first thing they are ordered by.
    fn key(&self) -> u64;
}

/// Parts that rows are dealt out to, by the first bits of their keys.
const PARTS: usize = 256;

/// Rows of a batch, dealt out.
#[derive(Debug)]
pub struct Batch<T> {
    rows: Vec<T>,
    /// Where each part ends.
    ends: [usize; PARTS],
}

impl<T: Row> Batch<T> {
    /// Deals rows out.
    #[must_use]
    pub fn new(rows: &[T]) -> Self {
        let part = |row: &T| (row.key() >> (64 - PARTS.trailing_zeros())) as usize;
        let mut ends = [0; PARTS];
        for row in rows {
            ends[part(row)] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            // As long as rows are dealt out, where the next one goes.
            start += std::mem::replace(end, start);
        }
        let mut dealt = vec![T::default(); rows.len()];
        for row in rows {
            let next = &mut ends[part(row)];
            dealt[*next] = *row;
            *next += 1;
        }
        Self { rows: dealt, ends }
    }

    fn part(&self, number: usize) -> &[T] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start..self.ends[number]]
    }
}

/// Rows whose keys recur, sorted, each once: every row with a key that another has, and a few that are alone. In parts
/// that no key crosses and that follow each other.
#[must_use]
pub fn recurring<T: Row>(batches: &[Batch<T>]) -> Vec<Vec<T>> {
    let part = |number: usize| {
        let rows = || batches.iter().flat_map(move |batch| batch.part(number));
        let seen = Seen::of(rows().map(Row::key), batches.iter().map(|batch| batch.part(number).len()).sum());
        let mut rows: Vec<T> = rows().filter(|row| seen.twice(row.key())).copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows.shrink_to_fit();
        rows
    };
    (0..PARTS).into_par_iter().map(part).collect()
}

/// A filter that tells keys of one part that were met once.
struct Seen {
    once: Vec<u64>,
    twice: Vec<u64>,
    /// Which bits of a key are its place.
    shift: u32,
}

impl Seen {
    /// Places for each key: so many that few share one by chance.
    const PLACES: usize = 8;

    fn of(keys: impl Iterator<Item = u64>, count: usize) -> Self {
        let places = (Self::PLACES * count).next_power_of_two().max(64);
        let shift = 64 - places.trailing_zeros();
        let mut seen = Self { once: vec![0; places / 64], twice: vec![0; places / 64], shift };
        for key in keys {
            let (block, bit) = seen.place(key);
            seen.twice[block] |= seen.once[block] & bit;
            seen.once[block] |= bit;
        }
        seen
    }

    fn place(&self, key: u64) -> (usize, u64) {
        // The first bits are those of the part.
        let place = (key << PARTS.trailing_zeros() >> self.shift) as usize;
        (place / 64, 1 << (place % 64))
    }

    fn twice(&self, key: u64) -> bool {
        let (block, bit) = self.place(key);
        self.twice[block] & bit != 0
    }
}

/// Consecutive rows of one sorted run that share a key.
pub fn groups<T: Row>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    rows.chunk_by(|a, b| a.key() == b.key())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
    struct Pair(u64, u8);

    impl Row for Pair {
        fn key(&self) -> u64 {
            self.0
        }
    }

    proptest! {
        #[test]
        fn what_recurs_is_found_however_it_was_cut(rows in proptest::collection::vec((0u64..40, 0u8..4), 0..200), size in 1usize..50) {
            let rows: Vec<Pair> = rows.into_iter().map(|(key, n)| Pair(key.wrapping_mul(0x9e37_79b9_7f4a_7c15), n)).collect();
            let mut plain = rows.clone();
            plain.sort_unstable();
            plain.dedup();
            plain.retain(|row| rows.iter().filter(|other| other.0 == row.0).count() > 1);
            let batches: Vec<_> = rows.chunks(size).map(Batch::new).collect();
            let mut found = recurring(&batches).concat();
            prop_assert!(found.is_sorted());
            found.retain(|row| rows.iter().filter(|other| other.0 == row.0).count() > 1);
            prop_assert_eq!(found, plain);
        }
    }
}
