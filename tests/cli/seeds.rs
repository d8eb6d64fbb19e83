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

/// The number of the sentence of each line's `sentences` that holds a string.
fn sentence_with(record: &Value, held: &str) -> u64 {
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let sentences = record["sentences"].as_array().unwrap();
    let holds = |span: &Value| {
        let [start, end] = [0, 1].map(|end| span[end].as_u64().unwrap() as usize);
        text[start..end].iter().collect::<String>().contains(held)
    };
    sentences.iter().position(holds).unwrap_or_else(|| panic!("no sentence with {held}")) as u64
}

#[test]
fn sentences_of_the_seeds_are_linked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.exists() {
        eprintln!("skipped: there are no seed articles in {}", folder.display());
        return;
    }
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json")).unwrap()).unwrap();
    let [(a, record_a, _), (b, record_b, _)] =
        ["a", "b"].map(|side| extracted(&folder.join(gold[side].as_str().unwrap())));
    let pair = serde_json::json!({"id": "seeds", "a": a, "b": b}).to_string();
    let out = Folder::new().retold_with(&["compare", "--pairs", "-"], pair).exits(0).out;
    let links = rows(&out).remove(0)["links"].clone();
    let mut linked = BTreeSet::new();
    for link in links.as_array().unwrap() {
        let numbers =
            |side: &str| link[side].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect::<Vec<_>>();
        let b = numbers("b");
        linked.extend(numbers("a").into_iter().flat_map(|a| b.iter().map(move |&b| (a, b))));
    }
    let marks = gold["alignment"].as_array().unwrap().iter();
    let mark = |mark: &Value| {
        let held = |side: &str| mark[side].as_str().unwrap().to_owned();
        (sentence_with(&record_a, &held("a")), sentence_with(&record_b, &held("b")))
    };
    let marks: BTreeSet<(u64, u64)> = marks.map(mark).collect();
    let found = linked.intersection(&marks).count();
    assert!(found >= 10 && 2 * found >= linked.len(), "{found} of {} on {} marks", linked.len(), marks.len());
}
