//! The program as its users meet it: files in, tables and messages out, exit codes.
//!
//! Every text, name and place in these tests is invented.

// Test helpers may fail loudly: that is what a failing test is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

mod compare;
mod compare_pairs;
mod determinism;
mod filter;
mod formats;
mod hostile;
mod ids;
mod inputs;
mod options;
mod property;
mod rejects;
mod run_directory;
mod samples;
mod seeds;
mod signals;
mod stories;
mod usage;
