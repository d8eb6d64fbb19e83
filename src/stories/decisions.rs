//! What the user decided: pairs of articles that are one story, and pairs that are not.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::units::Units;
use crate::cluster::stories::Edge;
use crate::collection::Collection;
use crate::statistics::DocId;

/// A line that cannot be obeyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Decisions of a user about a collection that do not contradict each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    same: Vec<(DocId, DocId)>,
    different: Vec<(DocId, DocId)>,
}

impl Decisions {
    /// Reads lines `same A B` and `different A B`, A and B ids of articles, between blanks or tabs; ids with blanks
    /// stand between tabs. Empty lines and lines that begin with `#` are passed over. What cannot be obeyed is left out
    /// and told: lines of another form, ids that are not in the collection, and articles that are said to be different
    /// though other lines, together, say that they are the same.
    #[must_use]
    pub fn read(text: &str, collection: &Collection) -> (Self, Vec<Fault>) {
        let (mut decisions, mut faults) = (Self::default(), Vec::new());
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.lines().map(|line| line.trim_start_matches('\u{feff}').trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match decision(line, collection) {
                Ok((true, pair)) => decisions.same.push(pair),
                Ok((false, pair)) => lines.push((number, pair)),
                Err(what) => faults.push(Fault { line: number, what }),
            }
        }
        let sets = Sets::new(&decisions.same);
        for (number, (a, b)) in lines {
            if sets.of(a) == sets.of(b) {
                let [a, b] = [a, b].map(|id| &collection.entry(id).id);
                let what = format!("{a} and {b} are said to be the same by other lines; not obeyed");
                faults.push(Fault { line: number, what });
            } else {
                decisions.different.push((a, b));
            }
        }
        faults.sort_by_key(|fault| fault.line);
        (decisions, faults)
    }

    /// The articles of one text, in parts that hold no two that are said to be different.
    pub(super) fn taken_apart(&self, members: Vec<DocId>) -> Vec<Vec<DocId>> {
        let held: FxHashSet<DocId> = self.different.iter().flat_map(|&(a, b)| [a, b]).collect();
        if !members.iter().any(|id| held.contains(id)) {
            return vec![members];
        }
        let different = |a: DocId, b: DocId| self.different.contains(&(a, b)) || self.different.contains(&(b, a));
        let mut parts: Vec<Vec<DocId>> = Vec::new();
        for id in members {
            match parts.iter_mut().find(|part| part.iter().all(|&other| !different(id, other))) {
                Some(part) => part.push(id),
                None => parts.push(vec![id]),
            }
        }
        parts
    }

    /// The same about units.
    pub(super) fn between(&self, units: &Units) -> Between {
        let unit = |&(a, b): &(DocId, DocId)| (units.of_article(a), units.of_article(b));
        let same: Vec<(DocId, DocId)> = self.same.iter().map(unit).collect();
        let sets = Sets::new(&same);
        let mut kin: BTreeMap<DocId, Vec<DocId>> = BTreeMap::new();
        same.iter().flat_map(|&(a, b)| [a, b]).for_each(|unit| kin.entry(sets.of(unit)).or_default().push(unit));
        for units in kin.values_mut() {
            units.sort_unstable();
            units.dedup();
        }
        let different = self.different.iter().map(unit).map(|(a, b)| ordered(sets.of(a), sets.of(b))).collect();
        Between { same, sets, kin, different }
    }
}

/// Reads one line: whether the articles are the same, and which.
fn decision(line: &str, collection: &Collection) -> Result<(bool, (DocId, DocId)), String> {
    let parts: Vec<&str> = match line.contains('\t') {
        true => line.split('\t').map(str::trim).filter(|part| !part.is_empty()).collect(),
        false => line.split_whitespace().collect(),
    };
    let [word, a, b] = parts[..] else {
        return Err("`same A B` or `different A B` is wanted, with tabs where an id has blanks".to_owned());
    };
    let same = match word {
        "same" => true,
        "different" => false,
        _ => return Err(format!("`{word}` is neither `same` nor `different`")),
    };
    let find = |id: &str| collection.find(id).ok_or_else(|| format!("no article has the id {id}"));
    match (find(a)?, find(b)?) {
        (a, b) if a == b && !same => Err("an article is not different from itself".to_owned()),
        pair => Ok((same, pair)),
    }
}

fn ordered(a: DocId, b: DocId) -> (DocId, DocId) {
    (a.min(b), a.max(b))
}

/// Articles or units that are the same by some chain of decisions.
#[derive(Debug, Default)]
struct Sets(FxHashMap<DocId, DocId>);

impl Sets {
    fn new(same: &[(DocId, DocId)]) -> Self {
        let mut sets = Self::default();
        for &(a, b) in same {
            let (a, b) = ordered(sets.of(a), sets.of(b));
            sets.0.insert(b, a);
        }
        sets
    }

    /// The least member of the set that something is in.
    fn of(&self, id: DocId) -> DocId {
        let mut id = id;
        while let Some(&up) = self.0.get(&id).filter(|&&up| up != id) {
            id = up;
        }
        id
    }
}

/// Decisions about units.
#[derive(Debug, Default)]
pub(super) struct Between {
    same: Vec<(DocId, DocId)>,
    sets: Sets,
    /// The units of each set of two or more.
    kin: BTreeMap<DocId, Vec<DocId>>,
    /// Pairs of sets.
    different: FxHashSet<(DocId, DocId)>,
}

/// Scores of what was decided: no mean with probabilities outweighs them.
const SAME: f32 = 1000.0;
const DIFFERENT: f32 = -1000.0;

/// Units of a set that are asked about, at most.
const ASKED: usize = 8;

impl Between {
    /// Whether the score of two units is not theirs alone.
    pub(super) fn bears_on(&self, a: DocId, b: DocId) -> bool {
        let (a, b) = ordered(self.sets.of(a), self.sets.of(b));
        self.kin.contains_key(&a) || self.kin.contains_key(&b) || self.different.contains(&(a, b))
    }

    /// The score of two units: as it was decided; else the best of all that each is the same as, so that what was said
    /// to be of a story takes nobody else out of it.
    pub(super) fn score(&self, a: DocId, b: DocId, score: impl Fn(DocId, DocId) -> f32) -> f32 {
        let sets = ordered(self.sets.of(a), self.sets.of(b));
        if sets.0 == sets.1 {
            return SAME;
        }
        if self.different.contains(&sets) {
            return DIFFERENT;
        }
        let pairs = self.kin(&a).iter().flat_map(|&a| self.kin(&b).iter().map(move |&b| ordered(a, b)));
        pairs.map(|(a, b)| score(a, b)).fold(0.0, f32::max)
    }

    fn kin<'a>(&'a self, unit: &'a DocId) -> &'a [DocId] {
        let kin = self.kin.get(&self.sets.of(*unit)).map_or(std::slice::from_ref(unit), Vec::as_slice);
        &kin[..kin.len().min(ASKED)]
    }

    pub(super) fn edges(&self) -> impl Iterator<Item = Edge> {
        self.same.iter().filter(|(a, b)| a != b).map(|&(a, b)| Edge { a: a.min(b), b: a.max(b), score: SAME })
    }

    /// Stories without any two units that are said to be different: each unit of such a story goes to the part that it
    /// is most like.
    pub(super) fn separated(&self, stories: Vec<Vec<DocId>>, score: impl Fn(DocId, DocId) -> f32) -> Vec<Vec<DocId>> {
        let mut out = Vec::with_capacity(stories.len());
        for story in stories {
            let mut sets: BTreeMap<DocId, Vec<DocId>> = BTreeMap::new();
            for unit in story {
                sets.entry(self.sets.of(unit)).or_default().push(unit);
            }
            let keys: Vec<DocId> = sets.keys().copied().collect();
            let clash = |a: DocId, b: DocId| self.different.contains(&ordered(a, b));
            let is_whole = !self.different.iter().any(|(a, b)| sets.contains_key(a) && sets.contains_key(b));
            if is_whole {
                out.push(sets.into_values().flatten().collect());
                continue;
            }
            let mut parts: Vec<Vec<DocId>> = Vec::new();
            for key in keys {
                let free = |part: &&mut Vec<DocId>| part.iter().all(|&other| !clash(key, other));
                let like = |part: &&mut Vec<DocId>| (1e6 * score(key, part[0]).max(0.0)) as u32;
                match parts.iter_mut().filter(free).max_by_key(|part| like(part)) {
                    Some(part) => part.push(key),
                    None => parts.push(vec![key]),
                }
            }
            let whole = |part: Vec<DocId>| part.iter().flat_map(|key| sets[key].iter().copied()).collect::<Vec<_>>();
            out.extend(parts.into_iter().map(whole).filter(|part| part.len() > 1));
        }
        out.iter_mut().for_each(|story| story.sort_unstable());
        out.sort_unstable();
        out
    }
}
