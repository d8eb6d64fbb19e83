//! What an article is found and judged by: [`shingles`] for its wording, [`facts`] for what it says;
//! [`repeats`] marks what does not count.

pub mod facts;
pub mod repeats;
pub mod shingles;
