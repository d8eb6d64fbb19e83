//! Words that one outlet puts where another puts the next one, and words that say the contrary of one another:
//! `data/background/kindred.txt` and `opposites.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::terms::{Term, Terms};

/// A group of words a line.
const KINDRED: &str = include_str!("../../data/background/kindred.txt");

/// Two groups a line, a bar between them.
const OPPOSITES: &str = include_str!("../../data/background/opposites.txt");

/// Groups of a term, at most.
const MOST: usize = 6;

/// The groups that a term stands in; 0 is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Groups {
    /// Groups of words of one meaning, by number.
    kindred: [u16; MOST],
    /// Sides of pairs of groups, which are numbered one after the other from an even number on.
    sides: [u16; MOST],
}

static KNOWN: LazyLock<FxHashMap<Term, Groups>> = LazyLock::new(|| {
    let mut terms = Terms::default();
    let mut known = FxHashMap::<Term, Groups>::default();
    for (line, number) in lines(KINDRED).zip(1..) {
        for word in line.split(' ') {
            add(&mut known.entry(terms.term(word)).or_default().kindred, number);
        }
    }
    for (side, number) in lines(OPPOSITES).flat_map(|line| line.split('|')).zip(2..) {
        for word in side.split(' ') {
            add(&mut known.entry(terms.term(word)).or_default().sides, number);
        }
    }
    known
});

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Puts a group where one is free.
fn add(groups: &mut [u16; MOST], number: u16) {
    if let Some(free) = groups.iter_mut().find(|group| **group == 0 || **group == number) {
        *free = number;
    }
}

impl Groups {
    /// The groups of a term.
    #[must_use]
    pub fn of(term: Term) -> Self {
        KNOWN.get(&term).copied().unwrap_or_default()
    }

    /// Whether two terms can stand for one another.
    #[must_use]
    pub fn meet(&self, other: &Self) -> bool {
        known(&self.kindred).any(|group| other.kindred.contains(&group))
    }

    /// Whether two terms say the contrary of one another.
    #[must_use]
    pub fn oppose(&self, other: &Self) -> bool {
        known(&self.sides).any(|side| other.sides.contains(&(side ^ 1)))
    }
}

fn known(groups: &[u16; MOST]) -> impl Iterator<Item = u16> {
    groups.iter().copied().take_while(|group| *group != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kindred_words_meet_in_any_form() {
        let mut terms = Terms::default();
        let mut meet = |a, b| Groups::of(terms.term(a)).meet(&Groups::of(terms.term(b)));
        assert!(meet("bought", "acquires"));
        assert!(meet("film", "movies"));
        assert!(!meet("film", "police"));
        assert!(!meet("dorvale", "ansel"));
    }

    #[test]
    fn opposites_oppose_in_any_form() {
        let mut terms = Terms::default();
        let mut oppose = |a, b| Groups::of(terms.term(a)).oppose(&Groups::of(terms.term(b)));
        assert!(oppose("rose", "falling"));
        assert!(oppose("daughters", "son"));
        assert!(!oppose("rise", "climb"));
        assert!(!oppose("dorvale", "ansel"));
    }
}
