//! Pseudo-random numbers: splitmix64 (Steele, Lea and Flood 2014). The same everywhere: integers and IEEE division only.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The stream for the `index`th thing of a kind: things are independent of the order in which they are made.
    pub(crate) fn of(seed: u64, kind: u64, index: u64) -> Self {
        Self(hash(hash(hash(seed) ^ kind) ^ index))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        finish(self.0)
    }

    /// From 0 to `end`, without it.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// From `start` to `end`, without it.
    pub(crate) fn range(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end - start)
    }

    /// From 0 to 1, without it.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// A number as good as random for every number.
pub(crate) fn hash(value: u64) -> u64 {
    finish(value.wrapping_add(0x9e37_79b9_7f4a_7c15))
}

fn finish(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Ranks by Zipf's law: the `n` most frequent by weights 1/(rank + 2.5) from a table (alias method of Walker, Vose
/// 1991), and beyond them a tail that falls with the square, as in large collections of text. The tail has no end, so
/// the number of different ranks met grows with the root of the number drawn: Heaps' law.
#[derive(Debug)]
pub(crate) struct Zipf {
    table: Vec<(u32, u32)>,
    /// Share of the tail, of 2^64.
    tail: u64,
}

impl Zipf {
    pub(crate) fn new(n: usize, has_tail: bool) -> Self {
        let weights: Vec<f64> = (0..n).map(|rank| 1.0 / (rank as f64 + 2.5)).collect();
        let sum: f64 = weights.iter().sum();
        // Of the tail, which begins at the weight of the last rank: n · 1/n.
        let tail = if has_tail { 1.0 / (1.0 + sum) } else { 0.0 };
        let mut shares: Vec<f64> = weights.iter().map(|weight| weight * n as f64 / sum).collect();
        let mut table: Vec<(u32, u32)> = (0..n as u32).map(|rank| (u32::MAX, rank)).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&rank| shares[rank] < 1.0);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            table[poor] = ((shares[poor] * f64::from(u32::MAX)) as u32, rich as u32);
            shares[rich] -= 1.0 - shares[poor];
            if shares[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Self { table, tail: (tail * (1u64 << 63) as f64) as u64 * 2 }
    }

    /// A rank, from 0.
    pub(crate) fn draw(&self, rng: &mut Rng) -> usize {
        if self.tail > 0 && rng.next() < self.tail {
            return (self.table.len() as f64 / (1.0 - rng.unit())).min(4e9) as usize;
        }
        let bits = rng.next();
        let slot = (((bits >> 32) * self.table.len() as u64) >> 32) as usize;
        let (share, alias) = self.table[slot];
        if bits as u32 <= share { slot } else { alias as usize }
    }
}
