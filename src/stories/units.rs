//! What is compared for stories: one article for each group of near-duplicates, and every article that is in none.
//!
//! Units are numbered like articles, in the order of their leaders, and go by [`DocId`] in all that is about stories.

use crate::collection::Collection;
use crate::duplicates::Duplicates;
use crate::statistics::DocId;

use super::decisions::Decisions;

/// Articles that are one text, or one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The one that stands for all.
    pub leader: DocId,
    /// All of them, the leader included.
    pub members: Vec<DocId>,
}

/// All units of a collection.
#[derive(Debug, Default)]
pub struct Units {
    units: Vec<Unit>,
    /// Unit of each article.
    of: Vec<DocId>,
}

impl Units {
    /// The units of a collection: its groups of near-duplicates, as far as the user did not take them apart.
    #[must_use]
    pub fn of(collection: &Collection, duplicates: &Duplicates, decisions: &Decisions) -> Self {
        let mut in_group = vec![false; collection.entries.len()];
        let mut units = Vec::new();
        for group in &duplicates.groups {
            group.members.iter().for_each(|(id, _)| in_group[id.index()] = true);
            let mut members: Vec<DocId> = group.members.iter().map(|(id, _)| *id).collect();
            // The representative first: it leads where the group stays whole.
            members.sort_by_key(|&id| id != group.representative);
            units
                .extend(decisions.taken_apart(members).into_iter().map(|members| Unit { leader: members[0], members }));
        }
        let single = |id: DocId| Unit { leader: id, members: vec![id] };
        units.extend(collection.ids().filter(|id| !in_group[id.index()]).map(single));
        units.sort_unstable_by_key(|unit| unit.leader);
        let mut of = vec![DocId(0); collection.entries.len()];
        for (number, unit) in (0..).zip(&units) {
            unit.members.iter().for_each(|id| of[id.index()] = DocId(number));
        }
        Self { units, of }
    }

    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// All numbers, in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = DocId> + use<> {
        (0..self.units.len() as u32).map(DocId)
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, unit: DocId) -> &Unit {
        &self.units[unit.index()]
    }

    /// The article that stands for a unit.
    #[must_use]
    pub fn leader(&self, unit: DocId) -> DocId {
        self.unit(unit).leader
    }

    /// The unit of an article.
    #[must_use]
    pub fn of_article(&self, id: DocId) -> DocId {
        self.of[id.index()]
    }
}
