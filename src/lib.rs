//! t
#![allow(missing_docs)]
pub mod article;
pub mod candidates;
pub mod cluster;
pub mod collection;
pub mod compare;
pub mod costs;
pub mod document;
pub mod duplicates;
pub mod error;
pub mod features;
pub mod read;
pub mod report;
pub mod runs;
pub mod statistics;
pub mod store;
pub mod watch;
