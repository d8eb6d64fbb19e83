//! Which triples a text has: open addressing, small and mostly free, so that the first look nearly always decides.

/// Slots for triples by their hash. Half the hash is kept of each, which is enough for the triples of one text.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// What is kept of the triple in a slot; 0 is free.
    slots: Vec<u32>,
}

impl Index {
    /// Makes it empty, for at most `triples` of them.
    pub(super) fn clear(&mut self, triples: usize) {
        self.slots.clear();
        self.slots.resize((4 * triples).next_power_of_two().max(64), 0);
    }

    /// Number of slots.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Slot of a triple, or the free one where it belongs.
    #[inline]
    pub(super) fn find(&self, triple: u64) -> usize {
        let tag = tag(triple);
        let last = self.slots.len() - 1;
        let mut slot = triple as usize & last;
        // One question, not two: whether the triple is there cannot be guessed.
        while (self.slots[slot] != 0) & (self.slots[slot] != tag) {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Whether a slot is taken.
    #[inline]
    pub(super) fn is_taken(&self, slot: usize) -> bool {
        self.slots[slot] != 0
    }

    /// Slot of a triple, which takes it if it is free.
    #[inline]
    pub(super) fn insert(&mut self, triple: u64) -> usize {
        let slot = self.find(triple);
        self.slots[slot] = tag(triple);
        slot
    }
}

/// What is kept of a triple.
#[inline]
fn tag(triple: u64) -> u32 {
    ((triple >> 32) as u32).max(1)
}
