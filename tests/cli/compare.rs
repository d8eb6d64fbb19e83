//! `compare`: two texts side by side.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

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
    assert!(ran.out.contains("\nnear-duplicate  confidence 0."), "{}", ran.out);
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
fn different_stories_are_unrelated() {
    let folder = pair(&story(1), &story(2));
    let row = as_json(&folder);
    assert_eq!((&row["relation"], &row["passages"]), (&json!("unrelated"), &json!([])));
    let ran = folder.retold(&["compare", "a.txt", "b.txt"]).exits(0);
    assert!(ran.out.contains("\nunrelated  confidence 0."), "{}", ran.out);
    assert!(!ran.out.contains(" passage"), "{}", ran.out);
}

#[test]
fn the_record_has_the_fields_of_the_tables() {
    let row = as_json(&pair(&story(1), &story(1)));
    let has = |row: &Value, names: &[&str]| {
        for name in names {
            assert!(row.get(name).is_some(), "no {name} in {row}");
        }
    };
    has(&row, &["a", "b", "relation", "confidence", "similarity", "containment_a", "containment_b", "jaccard"]);
    has(&row, &["aligned_a", "aligned_b", "why", "links", "passages", "claims", "spellings", "similarity_titles"]);
    has(&row, &["lang_a", "lang_b", "sentences_a", "sentences_b"]);
    assert_eq!(row["type"], "pairs");
    has(&row["links"][0], &["a_sentences", "b_sentences", "a_start", "a_end", "b_start", "b_end"]);
    has(&row["links"][0], &["score", "kind", "reordered"]);
    has(&row["passages"][0], &["a_start", "a_end", "b_start", "b_end", "words", "text"]);
    has(&row["why"][0], &["kind", "a", "b", "weight"]);
}

#[test]
fn links_lead_back_to_both_texts() {
    let a = "«Übersee» — 港 🚢\n\nThe ferry to Port Ansel ran aground on Monday. Mayor Ida Kray spoke of luck.";
    let b = "Dorvale. Mayor Ida Kray spoke of luck. Rain is to come. The ferry to Port Ansel ran aground on Monday.";
    let row = as_json(&pair(a, b));
    let links = row["links"].as_array().unwrap();
    let found: Vec<[String; 2]> = links
        .iter()
        .map(|link| [cut(a, &link["a_start"], &link["a_end"]), cut(b, &link["b_start"], &link["b_end"])])
        .collect();
    for sentence in ["The ferry to Port Ansel ran aground on Monday.", "Mayor Ida Kray spoke of luck."] {
        assert!(found.contains(&[sentence.to_owned(), sentence.to_owned()]), "{found:?}");
    }
    assert_eq!((row["sentences_b"].as_u64(), row["aligned_b"].as_f64()), (Some(4), Some(0.5)));
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

/// Lines of passages on a page.
fn passages(out: &str) -> Vec<&str> {
    out.lines().filter(|line| line.contains(" words  A ") && line.contains('“')).collect()
}

#[test]
fn a_page_has_the_longest_passages_and_all_has_everything() {
    // Nine runs of twenty words in common, with other words between them.
    let mut random = Random(8);
    let shared: Vec<String> = (0..9).map(|_| random.story(20)).collect();
    let between =
        |random: &mut Random| shared.iter().map(|run| format!("{run} {}", random.story(10))).collect::<Vec<_>>();
    let folder = pair(&between(&mut random).join("\n"), &between(&mut random).join("\n"));
    let show = |args: &[&str]| folder.retold(&[&["compare", "a.txt", "b.txt"][..], args].concat()).exits(0).out;
    let page = show(&["--width", "60"]);
    assert_eq!(passages(&page).len(), 3, "{page}");
    assert!(passages(&page).iter().all(|line| line.contains('…')) && page.contains("6 more (--all)"), "{page}");
    let all = show(&["--all"]);
    assert_eq!(passages(&all).len(), 9, "{all}");
    assert!(!all.contains('…') && !all.contains("--all"), "{all}");
}

#[test]
fn no_line_is_wider_than_asked_for_and_columns_stay_in_line() {
    let chinese = "岚港跨海大桥周一上午通车，第一个过海的是一名鱼贩。桥长四公里，耗资九亿元。";
    let tall = "The ferry to Port Ansel, e\u{301}te\u{301} 🚢, ran aground on Monday with 112 people on board. ";
    let a = format!("{}\n{chinese}\n{tall}Nobody was hurt.", Random(3).story(60));
    let b = format!("{}\n{chinese}\n{tall}The mayor was late.", Random(4).edited(&Random(3).story(60), 9));
    let folder = pair(&a, &b);
    for width in ["30", "44", "72", "100", "160"] {
        for more in [&[][..], &["--all"], &["--all", "--explain"]] {
            let args = [&["compare", "a.txt", "b.txt", "--width", width][..], more].concat();
            let out = folder.retold(&args).exits(0).out;
            let most: usize = width.parse().unwrap();
            for line in out.lines() {
                assert!(line.width() <= most, "{width} {more:?}: {line}\n{out}");
            }
            let rules: BTreeSet<usize> =
                out.lines().filter_map(|line| line.split_once('│')).map(|(left, _)| left.width()).collect();
            assert_eq!(rules.len(), usize::from(most >= 72), "{out}");
        }
    }
    // In a pipe there is no terminal to ask: a hundred.
    assert!(folder.retold(&["compare", "a.txt", "b.txt"]).out.lines().any(|line| line.width() > 90));
    folder.retold(&["compare", "a.txt", "b.txt", "--width", "29"]).exits(2).says(&["--width <N>", "30"]);
}

#[test]
fn sentences_stand_side_by_side_with_marks() {
    let a = "The ferry to Port Ansel ran aground on Monday with 112 people on board. Nobody was hurt in the accident \
             off Dorvale. Captain Ida Krayova was steering the ferry for the first time. Trains run as usual.";
    let b = "Captain Ida Krayeva was steering the ferry for the first time. The ferry to Port Ansel ran aground on \
             Monday with 112 people on board. Nobody was badly hurt in the accident off Dorvale. Rain fell in Hallin.";
    let out = pair(a, b).retold(&["compare", "a.txt", "b.txt", "--all", "--width", "200"]).exits(0).out;
    let row = |part: &str| out.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {out}"));
    assert!(row("A1 The ferry").starts_with("= ") && row("A1 The ferry").contains("│ B2 The ferry"), "{out}");
    assert!(
        row("A2 Nobody").starts_with("~ ") && row("A2 Nobody").contains("B3 Nobody was [badly] hurt in the"),
        "{out}"
    );
    assert!(
        row("A3 Captain Ida [").contains("Captain Ida [Krayova] was")
            && row("A3 Captain Ida [").contains("Captain Ida [Krayeva] was")
    );
    assert!(row("A4 Trains").starts_with("·  A4 Trains run as usual."), "{out}");
    assert!(row("B4 Rain").starts_with("·  ") && row("B4 Rain").ends_with("│ B4 Rain fell in Hallin."), "{out}");
    assert!(out.contains("spellings that differ\n") && out.contains("Krayova | Krayeva"), "{out}");
    let page = pair(a, b).retold(&["compare", "a.txt", "b.txt"]).exits(0).out;
    assert!(page.contains("1 sentence of A and 1 of B without a counterpart (--all)"), "{page}");
    assert!(!page.contains("Rain fell"), "{page}");
}

#[test]
fn long_runs_word_for_word_are_one_row() {
    let told = Random(3).story(150);
    let more = format!("{told}\n\n{}", Random(4).story(30));
    let folder = pair(&told, &more);
    let out = folder.retold(&["compare", "a.txt", "b.txt"]).exits(0).out;
    let sentences = as_json(&folder)["sentences_a"].as_u64().unwrap();
    assert!(out.contains(&format!("=  A1-A{sentences} {sentences} sentences, word for word")), "{out}");
    let all = folder.retold(&["compare", "a.txt", "b.txt", "--all"]).exits(0).out;
    assert!(!all.contains("sentences, word for word") && all.contains("A2 "), "{all}");
}

#[test]
fn titles_are_compared_apart() {
    let article = |title: &str| line(&json!({"id": "x", "title": title, "text": story(1)}));
    let folder = Folder::new();
    folder.write("a.jsonl", article("Ferry aground off Dorvale"));
    folder.write("b.jsonl", article("Ferry runs aground near Dorvale"));
    folder.write("c.jsonl", record("y", &story(1)));
    let out = folder.retold(&["compare", "a.jsonl", "b.jsonl"]).exits(0).out;
    assert!(out.contains("titles, 0.") && out.contains("   A Ferry aground off Dorvale"), "{out}");
    let out = folder.retold(&["compare", "a.jsonl", "c.jsonl"]).exits(0).out;
    assert!(!out.contains("titles"), "{out}");
    // Where a title stands for the text it is compared as that, and not twice.
    folder.write("d.jsonl", line(&json!({"id": "z", "title": "Ferry aground off Dorvale"})));
    folder.write("e.jsonl", line(&json!({"id": "z", "title": "Ferry aground off Dorvale", "text": ""})));
    let out = folder.retold(&["compare", "d.jsonl", "e.jsonl"]).exits(0).out;
    assert!(out.contains("the same words") && !out.contains("titles"), "{out}");
}

#[test]
fn two_languages_are_said() {
    let english = "The ferry to Port Ansel ran aground on Monday with many people on board, and nobody was hurt.";
    let german = "Die Fähre nach Port Ansel ist am Montag mit vielen Menschen an Bord auf Grund gelaufen.";
    let show = |a: &str, b: &str| pair(a, b).retold(&["compare", "a.txt", "b.txt"]).exits(0).out;
    assert!(show(english, german).contains("two languages, en and de: "), "{}", show(english, german));
    assert!(show(german, german).contains("in de: "), "{}", show(german, german));
    assert!(!show(english, english).contains(" made for English"));
    let row = as_json(&pair(english, german));
    assert_eq!((&row["lang_a"], &row["lang_b"]), (&json!("en"), &json!("de")));
}

#[test]
fn numbers_are_explained() {
    let told = Random(3).story(150);
    let folder = pair(&told, &Random(4).edited(&told, 12));
    let out = folder.retold(&["compare", "a.txt", "b.txt", "--explain"]).exits(0).out;
    for part in ["how the numbers came about", "  containment ", "  jaccard ", "  aligned ", "  relation ", "  A1 B1 "]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!folder.retold(&["compare", "a.txt", "b.txt"]).exits(0).out.contains("how the numbers"));
    folder.retold(&["compare", "a.txt", "b.txt", "--explain", "--json"]).exits(2).says(&["cannot be used with"]);
}

#[test]
fn what_articles_contain_does_nothing_to_the_terminal() {
    let evil = "\u{1b}[2J\u{202e}\u{7}";
    let article = |id: &str, word: &str| {
        let text = format!("The {evil} ferry to {evil}Port Ansel ran {word} on Monday with 112 people. {}", story(3));
        line(&json!({"id": format!("{id}{evil}"), "title": format!("{evil} {word}"), "text": text, "lang": evil}))
    };
    let folder = Folder::new();
    folder.write("a.jsonl", article("a", "aground"));
    folder.write("b.jsonl", article("b", "ashore"));
    let ran = folder.retold(&["compare", "a.jsonl", "b.jsonl", "--all", "--explain"]).exits(0);
    let is_harmless = |c: char| c == '\n' || !c.is_control() && c != '\u{202e}';
    assert!(ran.out.chars().all(is_harmless) && ran.err.chars().all(is_harmless), "{:?}", ran.out);
    assert!(ran.out.contains("\\u{1b}[2J"), "{}", ran.out);
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
