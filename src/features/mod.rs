//! What an article is found and judged by: [`shingles`] for its wording, [`facts`] for what it says.

pub mod facts;
pub mod shingles;
