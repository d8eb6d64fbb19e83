//! The accounting of a run: what was read, and what became of it.

use std::collections::BTreeMap;

use super::{count, counted, shown};
use crate::collection::{Collection, Counts};
use crate::error::{Reason, Reject};

/// Rejects that are listed one by one.
const LISTED: usize = 10;

/// `read 48 = kept 45 + repeated 1 + rejected 2`.
#[must_use]
pub fn line(counts: Counts) -> String {
    let Counts { read, kept, repeated, rejected } = counts;
    let [read, kept, repeated, rejected] = [read, kept, repeated, rejected].map(count);
    format!("read {read} = kept {kept} + repeated {repeated} + rejected {rejected}")
}

/// The fields that were found, one line for each way in which files differ.
#[must_use]
pub fn fields(collection: &Collection) -> Vec<String> {
    let mut ways: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, fields) in &collection.fields {
        ways.entry(fields.to_string()).or_default().push(path);
    }
    let where_ = |paths: &[&str]| match paths {
        [path] => shown(path),
        [path, rest @ ..] => format!("{} and {}", shown(path), counted(rest.len() as u64, "other file", "other files")),
        [] => String::new(),
    };
    ways.iter()
        .map(|(fields, paths)| {
            let fields = if fields.is_empty() { "none known".to_owned() } else { shown(fields) };
            format!("fields {fields}  ({})", where_(paths))
        })
        .collect()
}

/// The first rejects, then how many there are of each reason.
#[must_use]
pub fn rejects(rejects: &[Reject]) -> Vec<String> {
    let mut lines: Vec<String> =
        rejects.iter().take(LISTED).map(|reject| format!("reject {}", shown(&reject.to_string()))).collect();
    if rejects.len() > LISTED {
        let mut reasons: BTreeMap<Reason, u64> = BTreeMap::new();
        for reject in rejects {
            *reasons.entry(reject.reason).or_default() += 1;
        }
        let reasons: Vec<String> = reasons.into_iter().map(|(reason, n)| format!("{} {reason}", count(n))).collect();
        lines.push(format!("rejects in all: {} (-o RUN lists every one in rejects.jsonl)", reasons.join(", ")));
    }
    lines
}
