//! The run directory, and what a run keeps outside memory.

pub mod run_directory;
pub mod spool;
pub mod tables;
