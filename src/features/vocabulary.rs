//! What the words of a collection count as. A document keeps hashes of its words alone, and a word counts as the same
//! in every place, so what is kept of the spellings is one row for each different word of the whole collection.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::terms::{Term, Terms};
use crate::document::Word;

/// A word of a collection and what it counts as.
pub type Spelled = (u32, Term);

/// Takes in words while texts are read: each different one once. One for each thread.
#[derive(Debug)]
pub struct Spellings {
    terms: Terms,
    known: FxHashSet<u64>,
    /// Words met lately, by the first bits of their keys: most words of a text are among them.
    recent: Box<[u64]>,
    met: Vec<Spelled>,
}

const RECENT_BITS: u32 = 14;

impl Default for Spellings {
    fn default() -> Self {
        Self {
            terms: Terms::default(),
            known: FxHashSet::default(),
            recent: vec![0; 1 << RECENT_BITS].into(),
            met: Vec::new(),
        }
    }
}

impl Spellings {
    /// Takes in a word with its spelling in the folded text.
    #[inline]
    pub(crate) fn meet(&mut self, word: Word, folded: &[u8]) {
        // Not by the hash of the word: of two words that share one, the same must win in any order of the texts.
        let key = xxh3_64(folded);
        let recent = &mut self.recent[(key >> (u64::BITS - RECENT_BITS)) as usize];
        if *recent != key {
            *recent = key;
            self.learn(key, word, folded);
        }
    }

    #[cold]
    fn learn(&mut self, key: u64, word: Word, folded: &[u8]) {
        if self.known.insert(key)
            && let Ok(form) = std::str::from_utf8(folded)
        {
            self.met.push((word.hash(), self.terms.term(form)));
        }
    }

    /// The words met since this was asked for last.
    pub fn take(&mut self) -> Vec<Spelled> {
        std::mem::take(&mut self.met)
    }
}

/// What each word of a collection counts as.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary(FxHashMap<u32, Term>);

impl Vocabulary {
    /// From what all threads met, in any order.
    #[must_use]
    pub fn new(mut met: Vec<Spelled>) -> Self {
        met.sort_unstable();
        // Of words that share a hash, one that does not depend on who came first.
        met.dedup_by_key(|(hash, _)| *hash);
        Self(met.into_iter().collect())
    }

    /// What a word counts as; a word that was never met, as itself.
    #[must_use]
    pub fn term(&self, word: Word) -> Term {
        self.0.get(&word.hash()).copied().unwrap_or(Term(word.hash()))
    }

    /// Number of different words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no word was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
