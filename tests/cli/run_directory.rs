//! The run directory: whole or not there, never in the place of something else, and complete.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::{Folder, cut, line, record, samples, story};

/// The tables and the fields of their rows, in order.
const TABLES: [(&str, &[&str]); 7] = [
    (
        "articles",
        &[
            "id",
            "path",
            "line",
            "url",
            "title",
            "date",
            "outlet",
            "lang",
            "words",
            "sentences",
            "duplicate_group",
            "duplicate_of",
            "containment",
            "story",
            "novel",
        ],
    ),
    ("texts", &["id", "text"]),
    ("spans", &["id", "kind", "start", "end", "reason"]),
    ("pairs", &["a", "b", "relation", "confidence", "similarity", "containment_a", "containment_b", "jaccard", "why"]),
    ("passages", &["a", "b", "a_start", "a_end", "b_start", "b_end", "words"]),
    (
        "stories",
        &[
            "story",
            "size",
            "duplicate_groups",
            "independent_sources",
            "title",
            "representative",
            "first",
            "last",
            "min_confidence",
        ],
    ),
    ("rejects", &["path", "line", "byte", "reason", "detail"]),
];

fn with_news() -> Folder {
    let folder = Folder::new();
    folder.write("news.jsonl", record("one", &story(1)) + &record("two", &story(2)));
    folder
}

#[test]
fn a_finished_run_is_replaced_with_force_only() {
    let folder = with_news();
    folder.retold(&["cluster", "news.jsonl", "-o", "run"]).exits(0);
    folder.write("run/notes.txt", "mine");
    folder.write("other.jsonl", record("three", &story(3)));
    let ran = folder.retold(&["cluster", "other.jsonl", "-o", "run"]).exits(2);
    ran.says(&["run holds a finished run", "--force", "-o"]);
    assert_eq!(folder.ids("run"), ["one", "two"]);
    folder.retold(&["cluster", "other.jsonl", "-o", "run", "--force"]).exits(0);
    assert_eq!(folder.ids("run"), ["three"]);
    assert_eq!(folder.entries(), ["news.jsonl", "other.jsonl", "run"]);
    assert!(!folder.path("run/notes.txt").exists(), "the old run is still there in part");
}

#[test]
fn a_run_that_fails_replaces_nothing() {
    let folder = with_news();
    folder.retold(&["cluster", "news.jsonl", "-o", "run"]).exits(0);
    folder.retold(&["cluster", "missing.jsonl", "-o", "run", "--force"]).exits(2);
    assert_eq!(folder.ids("run"), ["one", "two"]);
    assert_eq!(folder.entries(), ["news.jsonl", "run"]);
}

#[test]
fn folders_of_others_are_left_alone() {
    let folder = with_news();
    folder.write("photos/ferry.txt", "mine");
    folder.write("other-schema/run.json", "{\"schema\": \"elsewhere/7\", \"parameters\": {}}");
    folder.write("broken/run.json", "{");
    for (target, inside) in [("photos", "ferry.txt"), ("other-schema", "run.json"), ("broken", "run.json")] {
        for force in [&[][..], &["--force"]] {
            let ran = folder.retold(&[&["cluster", "news.jsonl", "-o", target][..], force].concat()).exits(2);
            ran.says(&[target, "is no run of retold", "choose another name"]);
            assert!(folder.path(target).join(inside).exists());
        }
    }
    assert_eq!(folder.entries(), ["broken", "news.jsonl", "other-schema", "photos"]);
}

#[test]
fn a_file_is_no_run_directory() {
    let folder = with_news();
    folder.write("run", "mine");
    for force in [&[][..], &["--force"]] {
        let ran = folder.retold(&[&["cluster", "news.jsonl", "-o", "run"][..], force].concat()).exits(2);
        ran.says(&["run is a file", "choose another name"]);
    }
    assert_eq!(folder.read("run"), "mine");
    assert_eq!(folder.entries(), ["news.jsonl", "run"]);
}

#[test]
fn an_empty_folder_and_missing_parents_will_do() {
    let folder = with_news();
    std::fs::create_dir(folder.path("empty")).unwrap();
    for run in ["empty", "new/and/deep", "slash/"] {
        folder.retold(&["cluster", "news.jsonl", "-o", run]).exits(0);
        assert_eq!(folder.ids(run), ["one", "two"], "{run}");
    }
    assert_eq!(folder.entries(), ["empty", "new", "news.jsonl", "slash"]);
}

/// Taken or refused at once; not refused when all work is done.
#[test]
fn the_current_folder_where_it_is_empty() {
    let (news, here) = (with_news(), Folder::new());
    let ran = here.retold(&["cluster", &news.path("news.jsonl").display().to_string(), "-o", "."]);
    match ran.code {
        Some(0) => assert_eq!(here.ids("."), ["one", "two"]),
        Some(2) => assert!(!ran.err.contains("kept") && here.entries().is_empty(), "{ran:?}"),
        _ => panic!("{ran:?}"),
    }
}

#[test]
fn run_needs_a_directory_and_does_what_cluster_does() {
    let folder = with_news();
    folder.retold(&["run", "news.jsonl"]).exits(2).says(&["--output <RUN>"]);
    folder.retold(&["run", "news.jsonl", "-o", "a"]).exits(0);
    folder.retold(&["cluster", "news.jsonl", "-o", "b"]).exits(0);
    for (name, _) in TABLES {
        // Sentences are counted and languages are found by `run` alone.
        let without = |run: &str| {
            let mut rows = folder.table(run, name);
            for row in &mut rows {
                row.as_object_mut().unwrap().retain(|field, _| field != "sentences" && field != "lang");
            }
            rows
        };
        assert_eq!(without("a"), without("b"));
    }
}

#[test]
fn a_place_that_cannot_be_written() {
    let folder = with_news();
    folder.write("file", "mine");
    let ran = folder.retold(&["cluster", "news.jsonl", "-o", "file/run"]).exits(4);
    ran.says(&["error: cannot write file"]);
    assert_eq!(folder.entries(), ["file", "news.jsonl"]);
    let ran = folder.retold(&["cluster", "news.jsonl", "-o", "/proc/run"]);
    assert!(ran.code == Some(4) && ran.err.contains("error: cannot write /proc"), "{ran:?}");
}

#[test]
fn a_run_that_fails_leaves_nothing_behind() {
    let folder = with_news();
    folder.retold(&["cluster", "missing.jsonl", "-o", "run"]).exits(2);
    assert_eq!(folder.entries(), ["news.jsonl"]);
    // Nor the folders it had made for it.
    folder.retold(&["cluster", "missing.jsonl", "-o", "new/deep/run"]).exits(2);
    assert_eq!(folder.entries(), ["news.jsonl"]);
}

/// Whoever reads what goes to standard output does not decide on what goes to disk.
#[test]
fn a_run_directory_is_written_though_nobody_reads_standard_output() {
    use std::process::{Command, Stdio};
    let folder = Folder::new();
    let lines: String = (0..400).map(|n| record(&format!("r{n:03}"), &story(n))).collect();
    folder.write("news.jsonl", lines);
    let mut child = Command::new(crate::support::RETOLD)
        .args(["cluster", "news.jsonl", "--json", "-o", "run"])
        .current_dir(folder.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.counts("run"), [400, 400, 0, 0]);
}

#[test]
fn every_table_is_there_and_every_row_has_every_field() {
    let folder = Folder::new();
    let news = samples().join("news.jsonl").display().to_string();
    folder.retold(&["run", &news, "-o", "run", "--max-bad", "1"]).exits(0);
    let files: BTreeSet<String> = TABLES.iter().map(|(name, _)| format!("{name}.jsonl")).collect();
    let found: BTreeSet<String> = std::fs::read_dir(folder.path("run"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "run.json")
        .collect();
    assert_eq!(found, files);
    for (name, fields) in TABLES {
        let table = folder.read(&format!("run/{name}.jsonl"));
        assert!(!table.is_empty(), "no row in {name}");
        for (row, line) in folder.table("run", name).iter().zip(table.lines()) {
            let keys: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, fields.iter().copied().collect(), "{name}: {line}");
            // In their order, as a person would like to read them.
            let places: Vec<_> = fields.iter().map(|field| line.find(&format!("\"{field}\":")).unwrap()).collect();
            assert!(places.is_sorted(), "{name}: {line}");
        }
    }
}

#[test]
fn rows_are_sorted_and_refer_to_articles() {
    let folder = Folder::new();
    let news = samples().join("news.jsonl").display().to_string();
    folder.retold(&["run", &news, "-o", "run", "--max-bad", "1"]).exits(0);
    let key = |row: &Value, names: &[&str]| names.iter().map(|name| row[*name].clone().to_string()).collect::<Vec<_>>();
    let articles = folder.ids("run");
    assert!(articles.is_sorted());
    let known: BTreeSet<String> = articles.iter().map(|id| format!("{id:?}")).collect();
    assert_eq!(known.len(), articles.len());
    for (table, ids) in [("texts", &["id"][..]), ("spans", &["id"]), ("pairs", &["a", "b"]), ("passages", &["a", "b"])]
    {
        let keys: Vec<Vec<String>> = folder.table("run", table).iter().map(|row| key(row, ids)).collect();
        assert!(keys.is_sorted(), "{table} is not sorted");
        assert!(keys.iter().flatten().all(|id| known.contains(id)), "{table} names an article that is not there");
        assert!(keys.iter().all(|ids| ids.is_sorted()), "{table}: a is not before b");
    }
    let pairs: BTreeSet<_> = folder.table("run", "pairs").iter().map(|row| key(row, &["a", "b"])).collect();
    assert!(folder.table("run", "passages").iter().all(|row| pairs.contains(&key(row, &["a", "b"]))));
}

#[test]
fn groups_have_one_representative_each() {
    let folder = Folder::new();
    let news = samples().join("news.jsonl").display().to_string();
    folder.retold(&["run", &news, "-o", "run", "--max-bad", "1"]).exits(0);
    let mut representatives: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let articles = folder.table("run", "articles");
    for row in &articles {
        let is_alone = row["duplicate_group"].is_null();
        let is_apart = !row["duplicate_of"].is_null();
        assert_eq!(is_apart, !row["containment"].is_null(), "{row}");
        assert!(!is_alone || !is_apart, "{row}");
        if !is_alone && !is_apart {
            representatives.entry(row["duplicate_group"].to_string()).or_default().push(row["id"].clone());
        }
    }
    for row in articles.iter().filter(|row| !row["duplicate_of"].is_null()) {
        assert_eq!(representatives[&row["duplicate_group"].to_string()], [row["duplicate_of"].clone()], "{row}");
        let share = row["containment"].as_f64().unwrap();
        assert!(share > 0.0 && share <= 1.0, "{row}");
    }
}

#[test]
fn positions_lead_back_to_the_text() {
    let folder = Folder::new();
    let news = samples().join("news.jsonl").display().to_string();
    folder.retold(&["run", &news, "-o", "run", "--max-bad", "1"]).exits(0);
    let texts: BTreeMap<String, String> = folder
        .table("run", "texts")
        .iter()
        .map(|row| (row["id"].to_string(), row["text"].as_str().unwrap().to_owned()))
        .collect();
    let of = |id: &Value, start: &Value, end: &Value| cut(&texts[&id.to_string()], start, end);
    // What is set aside is a line or part of one.
    for row in folder.table("run", "spans") {
        let aside = of(&row["id"], &row["start"], &row["end"]);
        let text = &texts[&row["id"].to_string()];
        assert!(text.lines().any(|line| line.contains(&aside)) && !aside.contains('\n'), "{row}: {aside}");
    }
    // A passage says the same on both sides; case, marks, white space and what is set aside in it left out of account.
    let mut stories: BTreeMap<String, Vec<char>> =
        texts.iter().map(|(id, text)| (id.clone(), text.chars().collect())).collect();
    for row in folder.table("run", "spans") {
        let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
        stories.get_mut(&row["id"].to_string()).unwrap()[start..end].fill(' ');
    }
    let of = |id: &Value, start: &Value, end: &Value| {
        let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
        stories[&id.to_string()][start..end].iter().collect::<String>()
    };
    let plain = |text: String| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let passages = folder.table("run", "passages");
    assert!(passages.iter().any(|row| row["a_start"] != row["b_start"]));
    for row in passages {
        let a = plain(of(&row["a"], &row["a_start"], &row["a_end"]));
        let b = plain(of(&row["b"], &row["b_start"], &row["b_end"]));
        assert!(!a.is_empty() && a == b, "{row}:\n{a}\n{b}");
        assert!(row["words"].as_u64().unwrap() >= 12, "{row}");
    }
}

#[test]
fn run_json_says_what_was_done() {
    let folder = with_news();
    folder.retold(&["run", "news.jsonl", "-o", "run", "--window", "72h", "--across", "outlet"]).exits(0);
    let record = folder.record("run");
    assert_eq!(record["schema"], "retold/0");
    assert_eq!(record["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(record["counts"], json!({"read": 2, "kept": 2, "repeated": 0, "rejected": 0}));
    let size = std::fs::metadata(folder.path("news.jsonl")).unwrap().len();
    assert_eq!(record["inputs"], json!([{"path": "news.jsonl", "size": size}]));
    assert_eq!(record["fields"][0]["fields"]["text"], "text");
    assert_eq!(
        (&record["parameters"]["window_seconds"], &record["parameters"]["across"]),
        (&json!(259_200), &json!("outlet"))
    );
    let stages: Vec<&str> = record["stages"].as_array().unwrap().iter().map(|s| s["stage"].as_str().unwrap()).collect();
    assert!(stages.starts_with(&["read"]) && stages.ends_with(&["write"]), "{stages:?}");
}

#[test]
fn without_text_no_text_gets_out() {
    let folder = Folder::new();
    let news = samples().join("news.jsonl");
    folder.retold(&["run", &news.display().to_string(), "-o", "run", "--max-bad", "1", "--no-text"]).exits(0);
    folder.retold(&["run", &news.display().to_string(), "-o", "full", "--max-bad", "1"]).exits(0);
    assert!(!folder.path("run/texts.jsonl").exists() && !folder.path("run/passages.jsonl").exists());
    // Any five words in a row of any text, unless a title has them too.
    let titles: String = folder.table("full", "articles").iter().map(|row| row["title"].to_string()).collect();
    let mut tables = folder.read("run/run.json");
    for name in ["articles", "spans", "pairs", "rejects"] {
        tables += &folder.read(&format!("run/{name}.jsonl"));
    }
    for row in folder.table("full", "texts") {
        let words: Vec<&str> = row["text"].as_str().unwrap().split_whitespace().collect();
        for run in words.windows(5) {
            let run = run.join(" ");
            assert!(titles.contains(&run) || !tables.contains(&run), "{run:?} of {} is in a table", row["id"]);
        }
    }
    // Nothing else is different.
    for name in ["articles", "spans", "pairs", "rejects"] {
        let path = format!("{name}.jsonl");
        assert_eq!(folder.read(&format!("run/{path}")), folder.read(&format!("full/{path}")), "{name}");
    }
}

#[test]
fn json_on_standard_output_is_the_tables() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("one", &story(1)) + &record("two", &story(1)) + &line(&json!({})));
    folder.retold(&["cluster", "news.jsonl", "-o", "run", "--max-bad", "1"]).exits(0);
    let ran = folder.retold(&["cluster", "news.jsonl", "--json", "--max-bad", "1"]).exits(0);
    let rows = crate::support::rows(&ran.out);
    let of = |name: &str| -> Vec<Value> {
        let strip = |mut row: Value| {
            row.as_object_mut().unwrap().remove("type");
            row
        };
        rows.iter().filter(|row| row["type"] == name).cloned().map(strip).collect()
    };
    for (name, _) in TABLES.iter().filter(|(name, _)| *name != "texts") {
        assert_eq!(of(name), folder.table("run", name), "{name}");
    }
    assert_eq!(of("run")[0]["counts"], folder.record("run")["counts"]);
    assert!(ran.out.lines().all(|line| line.starts_with("{\"type\":\"") || line.contains("\"type\":\"run\"")));
}
