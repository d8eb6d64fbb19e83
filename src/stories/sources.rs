//! How many sources tell a story: ten reprints of one report of an agency are one.

use xxhash_rust::xxh3::xxh3_64;

use super::units::Units;
use crate::collection::Collection;
use crate::document::words::mix;
use crate::statistics::{DocId, OutletKey};

/// Sources of the units of a story that do not depend on each other, as far as is known: a text has one source, however
/// often it was printed: the agency that one of its prints names, else who printed it first. What one agency or one
/// outlet says twice is from one source.
#[must_use]
pub fn independent(collection: &Collection, units: &Units, story: &[DocId]) -> u32 {
    let mut sources: Vec<u64> = story.iter().map(|&unit| source(collection, units, unit)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.len() as u32
}

/// Kinds of sources, so that their hashes do not meet.
const AGENCY: u64 = 1;
const OUTLET: u64 = 2;
const NAME: u64 = 3;
const TEXT: u64 = 4;

fn source(collection: &Collection, units: &Units, unit: DocId) -> u64 {
    let members = &units.unit(unit).members;
    let agencies = members.iter().map(|&id| collection.document(id).origin.agency).filter(|&agency| agency != 0);
    if let Some(agency) = agencies.min() {
        return mix(AGENCY, u64::from(agency));
    }
    let by_time = |id: &&DocId| {
        let date = collection.entry(**id).date;
        (date.is_none(), date, collection.rank(**id))
    };
    let first = *members.iter().min_by_key(by_time).unwrap_or(&units.leader(unit));
    let entry = collection.entry(first);
    if let (true, Some(outlet)) = (entry.outlet_key != OutletKey::UNKNOWN, &entry.outlet) {
        return mix(OUTLET, xxh3_64(outlet.to_lowercase().as_bytes()));
    }
    match collection.document(first).origin.name {
        0 => mix(TEXT, u64::from(unit.0)),
        name => mix(NAME, u64::from(name)),
    }
}
