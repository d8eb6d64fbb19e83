//! JSON arrays and documents, from bytes to articles: every record is an article or a reject, whatever the bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use retold_fuzz::read;

fuzz_target!(|bytes: &[u8]| read("a.json", bytes));
