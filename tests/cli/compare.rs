//! `compare`: what two texts share.

use serde_json::{Value, json};

use crate::support::{Folder, Ran, Random, cut, line, record, rows, story};

/// One text in each of two files.
fn pair(a: &str, b: &str) -> Folder {
    let folder = Folder::new();
    folder.write("a.txt", a);
    folder.write("b.txt", b);
    folder
}

fn as_json(folder: &Folder) -> Value {
    let ran = folder.retold(&["compare", "a.txt", "b.txt", "--json"]).exits(0);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    rows(&ran.out).remove(0)
}

/// Two long stories, and a third that takes half of each.
fn merged() -> [String; 3] {
    let mut random = Random(11);
    let [one, other] = [random.story(240), random.story(240)];
    let half = |story: &String| {
        let paragraphs: Vec<&str> = story.split("\n\n").collect();
        paragraphs[..paragraphs.len() / 2].join("\n\n")
    };
    let merger = half(&one) + "\n\n" + &half(&other);
    [one, other, merger]
}

#[test]
fn an_edited_copy_is_a_near_duplicate() {
    let told = Random(3).story(150);
    let folder = pair(&told, &Random(4).edited(&told, 12));
    let ran = folder.retold(&["compare", "a.txt", "b.txt"]).exits(0);
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert!(ran.out.contains("near-duplicate  confidence 0."), "{}", ran.out);
    assert!(ran.out.starts_with("A a.txt  "), "{}", ran.out);
    let row = as_json(&folder);
    assert_eq!((&row["a"], &row["b"], &row["relation"]), (&json!("a.txt"), &json!("b.txt"), &json!("near-duplicate")));
    for share in ["confidence", "containment_a", "containment_b", "jaccard"] {
        let share = row[share].as_f64().unwrap();
        assert!(share > 0.4 && share < 1.0, "{row}");
    }
    assert!(row["why"].as_array().unwrap().iter().any(|why| why["kind"] == "wording"), "{row}");
}

#[test]
fn an_excerpt_is_a_near_duplicate_on_one_side() {
    let told = Random(3).story(300);
    let excerpt: Vec<&str> = told.split("\n\n").take(3).collect();
    let row = as_json(&pair(&told, &excerpt.join("\n\n")));
    assert_eq!(row["relation"], "near-duplicate");
    assert_eq!(row["containment_b"], 1.0);
    assert!(row["containment_a"].as_f64().unwrap() < 0.6, "{row}");
}

#[test]
fn a_merged_report_overlaps_with_both_sources() {
    let [one, other, merger] = merged();
    for source in [&one, &other] {
        assert_eq!(as_json(&pair(&merger, source))["relation"], "overlap");
        let ran = pair(source, &merger).retold(&["compare", "a.txt", "b.txt"]).exits(0);
        assert!(ran.out.contains("overlap  confidence "), "{}", ran.out);
    }
}

#[test]
fn different_stories_have_no_relation() {
    let folder = pair(&story(1), &story(2));
    let row = as_json(&folder);
    assert_eq!((&row["relation"], &row["confidence"], &row["passages"]), (&Value::Null, &Value::Null, &json!([])));
    let ran = folder.retold(&["compare", "a.txt", "b.txt"]).exits(0);
    assert!(ran.out.contains("no relation that shared wording can show"), "{}", ran.out);
}

#[test]
fn the_same_words_are_identical_whatever_their_dress() {
    let told = "The crane fell into the harbour of Ostrel on Monday. Nobody was hurt, “but the ferry is late.”";
    let dressed =
        "THE CRANE FELL\n\ninto the harbour of Ostrel   on Monday; nobody was hurt, \"but the ferry is late\"";
    let folder = pair(told, dressed);
    let row = as_json(&folder);
    let found = ["relation", "confidence", "containment_a", "containment_b", "jaccard"].map(|name| row[name].clone());
    assert_eq!(found, [json!("near-duplicate"), json!(1.0), json!(1.0), json!(1.0), json!(1.0)]);
    let ran = folder.retold(&["compare", "a.txt", "b.txt"]).exits(0);
    assert!(ran.out.contains("near-duplicate: the same words in the same order"), "{}", ran.out);
    // As two words are as well.
    assert_eq!(as_json(&pair("Ferry late", "ferry late"))["relation"], "near-duplicate");
}

#[test]
fn sides_can_be_exchanged() {
    let told = Random(5).story(200);
    let edited = Random(6).edited(&told, 8);
    let (row, back) = (as_json(&pair(&told, &edited)), as_json(&pair(&edited, &told)));
    for name in ["relation", "confidence", "jaccard"] {
        assert_eq!(row[name], back[name]);
    }
    assert_eq!(row["containment_a"], back["containment_b"]);
}

#[test]
fn passages_cut_the_same_text_on_both_sides() {
    let [one, _, merger] = merged();
    // Marks and letters of several bytes before them.
    let one = format!("\u{feff}«Übersee» — 港 🚢\n\n{one}");
    let folder = pair(&one, &merger);
    let row = as_json(&folder);
    let passages = row["passages"].as_array().unwrap();
    assert!(!passages.is_empty());
    for passage in passages {
        let a = cut(one.trim_start_matches('\u{feff}'), &passage["a_start"], &passage["a_end"]);
        let b = cut(&merger, &passage["b_start"], &passage["b_end"]);
        assert_eq!((&a, &json!(a)), (&b, &passage["text"]));
        assert_ne!(passage["a_start"], passage["b_start"]);
        assert_eq!(passage["words"], a.split_whitespace().count());
    }
}

#[test]
fn width_cuts_what_is_shown_and_all_shows_everything() {
    // Nine runs of twenty words in common, with other words between them.
    let mut random = Random(8);
    let shared: Vec<String> = (0..9).map(|_| random.story(20)).collect();
    let between =
        |random: &mut Random| shared.iter().map(|run| format!("{run} {}", random.story(10))).collect::<Vec<_>>();
    let folder = pair(&between(&mut random).join("\n"), &between(&mut random).join("\n"));
    let show = |args: &[&str]| folder.retold(&[&["compare", "a.txt", "b.txt"][..], args].concat()).exits(0).out;
    let passages =
        |out: &str| out.lines().filter(|line| line.contains(" words  A ")).map(str::to_owned).collect::<Vec<_>>();
    let narrow = show(&["--width", "60"]);
    assert_eq!(passages(&narrow).len(), 5, "{narrow}");
    assert!(passages(&narrow).iter().all(|line| line.chars().count() <= 60 && line.contains('…')), "{narrow}");
    assert!(narrow.contains("4 more (--all)"), "{narrow}");
    // In a pipe there is no terminal to ask: a hundred.
    assert!(passages(&show(&[])).iter().all(|line| line.chars().count() <= 100));
    let all = show(&["--all"]);
    assert_eq!(passages(&all).len(), 9, "{all}");
    assert!(!all.contains('…') && !all.contains("--all"), "{all}");
    assert!(shared.iter().all(|run| all.contains(run.replace("\n\n", " ").trim_end_matches('.'))), "{all}");
}

#[test]
fn one_side_can_come_from_standard_input() {
    let folder = pair(&story(1), "");
    let ran = folder.retold_with(&["compare", "-", "a.txt"], story(1)).exits(0);
    assert!(ran.out.contains("the same words"), "{}", ran.out);
    folder.retold(&["compare", "-", "-"]).exits(2).says(&["error: ", "name a file for the other"]);
}

#[test]
fn records_and_archives_are_texts_too() {
    let folder = Folder::new();
    folder.write("a.jsonl.gz", crate::support::gzip(record("x", &story(1)).as_bytes()));
    folder.write("b.json", line(&json!({"id": "y", "inhalt": story(1)})));
    let ran = folder.retold(&["compare", "a.jsonl.gz", "b.json"]).exits(2);
    ran.says(&["b.json", "fields seen: id, inhalt"]);
    folder.write("b.json", line(&json!({"id": "y", "body": story(1)})));
    let ran = folder.retold(&["compare", "a.jsonl.gz", "b.json"]).exits(0);
    assert!(ran.out.starts_with("A x  "), "{}", ran.out);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let refused = |folder: &Folder, says: &[&str]| -> Ran {
        let ran = folder.retold(&["compare", "a.txt", "b.txt"]).exits(2).says(&["error: "]).says(says);
        assert!(ran.out.is_empty(), "{}", ran.out);
        ran
    };
    refused(&pair(&story(1), ""), &["b.txt", "empty"]);
    refused(&pair(" \n…", &story(1)), &["a.txt", "no word in it"]);
    refused(&pair(&story(1), &(record("x", &story(1)) + &record("y", &story(2)))), &["b.txt holds several articles"]);
    refused(&pair(&story(1), "a\0b"), &["b.txt", "binary"]);
    let folder = pair(&story(1), "");
    std::fs::remove_file(folder.path("b.txt")).unwrap();
    refused(&folder, &["b.txt", "No such file"]);
}
