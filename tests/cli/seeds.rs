//! The two seed articles, marked by hand, where they lie beside the repository.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, cut, rows};

/// A seed as `extract` sees it: its text, its record, and the lines (from 1) of which nothing is left.
fn extracted(path: &Path) -> (String, Value, BTreeSet<usize>) {
    let out = Folder::new().retold(&["extract", &path.display().to_string(), "--json", "-q"]).exits(0).out;
    let record = rows(&out).remove(0);
    let text = record["text"].as_str().unwrap().to_owned();
    let mut left: Vec<char> = text.chars().collect();
    for span in record["spans"].as_array().unwrap() {
        let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
        left[start..end].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
    }
    let left: String = left.into_iter().collect();
    let lines = text.lines().zip(left.lines()).enumerate();
    let gone = lines.filter(|(_, (read, left))| !read.trim().is_empty() && left.trim().is_empty());
    (text.clone(), record, gone.map(|(number, _)| number + 1).collect())
}

#[test]
fn boilerplate_and_credit_of_the_seeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.exists() {
        eprintln!("skipped: there are no seed articles in {}", folder.display());
        return;
    }
    let (text, record, gone) = extracted(&folder.join("000_f983e600a59fb805.txt"));
    assert_eq!(gone, BTreeSet::from([21, 22, 24, 26, 28, 30, 32, 34, 36, 38]));
    let spans = record["spans"].as_array().unwrap();
    let dateline = spans.iter().find(|span| span["reason"] == "dateline").expect("the dateline");
    assert_eq!(cut(&text, &dateline["start"], &dateline["end"]), "MOSCOW (AP) -");
    assert_eq!((&record["credit"]["agency"], &record["credit"]["place"]), (&"AP".into(), &"MOSCOW".into()));
    assert_eq!(record["credit"]["names"].as_array().unwrap().len(), 3);
    let (_, record, _) = extracted(&folder.join("001_abbe6b7906929135.txt"));
    assert_eq!(record["spans"], Value::Array(Vec::new()));
}
