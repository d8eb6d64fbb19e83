//! What an article is found and judged by: [`shingles`] for its wording, [`facts`] for what it says, [`terms`] for what
//! it is about; [`repeats`] marks what does not count, [`tokens`] are the words of a sentence with their spellings, [`vocabulary`] has what the words of
//! a whole collection count as.

pub mod facts;
mod forms;
pub mod kindred;
pub mod repeats;
pub mod shingles;
pub mod terms;
pub mod tokens;
pub mod vocabulary;
