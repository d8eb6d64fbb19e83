//! Ids: given or made, repeated or revised, and the files of folders.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support::{Folder, line, record, story};

#[test]
fn the_same_id_with_the_same_text_is_a_repeat() {
    let folder = Folder::new();
    folder.write("a.jsonl", record("one", &story(1)) + &record("two", &story(2)) + &record("one", &story(1)));
    folder.write("b.jsonl", record("two", &story(2)));
    let ran = folder.retold(&["cluster", "a.jsonl", "b.jsonl", "-o", "run"]).exits(0);
    ran.says(&["read 4 = kept 2 + repeated 2 + rejected 0"]);
    assert_eq!((folder.counts("run"), folder.ids("run")), ([4, 2, 2, 0], vec!["one".into(), "two".into()]));
    // The first place is the one that counts.
    let places: Vec<_> =
        folder.table("run", "articles").iter().map(|row| (row["path"].clone(), row["line"].clone())).collect();
    assert_eq!(places, [(json!("a.jsonl"), json!(1)), (json!("a.jsonl"), json!(2))]);
    assert_eq!(folder.groups("run"), Vec::<Vec<String>>::new());
}

#[test]
fn the_same_text_under_another_id_is_kept_as_a_duplicate() {
    let folder = Folder::new();
    folder.write("a.jsonl", record("one", &story(1)) + &record("two", &story(1)));
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    let rows = folder.table("run", "articles");
    assert_eq!(folder.groups("run"), [["one", "two"]]);
    assert_eq!((&rows[0]["duplicate_of"], &rows[0]["containment"]), (&json!(null), &json!(null)));
    assert_eq!((&rows[1]["duplicate_of"], &rows[1]["containment"]), (&json!("one"), &json!(1.0)));
}

#[test]
fn revisions_are_numbered_by_date_whatever_the_order() {
    let dated = |date: &str, number| line(&json!({"id": "live", "date": date, "text": story(number)}));
    let lines = [
        dated("2026-11-03", 3),
        dated("2026-11-01", 1),
        line(&json!({"id": "live", "text": story(4)})),
        dated("2026-11-02", 2),
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let folder = Folder::new();
        folder.write("a.jsonl", order.map(|i| lines[i].clone()).concat());
        folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0).says(&["read 4 = kept 4"]);
        assert_eq!(folder.ids("run"), ["live", "live~2", "live~3", "live~4"]);
        for (id, number) in [("live", 1), ("live~2", 2), ("live~3", 3), ("live~4", 4)] {
            assert_eq!(folder.text("run", id), story(number), "{id} in order {order:?}");
        }
    }
}

#[test]
fn revisions_without_dates_are_numbered_by_their_text() {
    let numbering = |order: [u64; 3]| {
        let folder = Folder::new();
        folder.write("a.jsonl", order.map(|number| record("live", &story(number))).concat());
        folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
        assert_eq!(folder.counts("run"), [3, 3, 0, 0]);
        folder.read("run/texts.jsonl")
    };
    let first = numbering([1, 2, 3]);
    assert_eq!(numbering([3, 1, 2]), first);
    assert_eq!(numbering([2, 3, 1]), first);
}

/// A text that comes back under its id is a repeat, whatever stood there in between.
#[test]
fn a_revision_that_is_taken_back_is_a_repeat() {
    let dated = |date: &str, number| line(&json!({"id": "live", "date": date, "text": story(number)}));
    let folder = Folder::new();
    folder.write("a.jsonl", dated("2026-11-01", 1) + &dated("2026-11-02", 2) + &dated("2026-11-03", 1));
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert_eq!((folder.ids("run"), folder.counts("run")), (vec!["live".into(), "live~2".into()], [3, 2, 1, 0]));
}

#[test]
fn a_number_that_is_an_id_already_is_passed_over() {
    let folder = Folder::new();
    folder.write("a.jsonl", record("live", &story(1)) + &record("live~2", &story(2)) + &record("live", &story(3)));
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert_eq!(folder.ids("run"), ["live", "live~2", "live~3"]);
    assert_eq!(folder.text("run", "live~2"), story(2));
}

#[test]
fn ids_that_are_missing_empty_or_numbers() {
    let folder = Folder::new();
    let lines = [
        json!({"text": story(1)}),
        json!({"id": "", "text": story(2)}),
        json!({"id": null, "text": story(3)}),
        json!({"id": 17, "text": story(4)}),
        json!({"id": "17", "text": story(4)}),
    ];
    folder.write("in/news.jsonl", lines.map(|record| line(&record)).concat());
    folder.write("in/deep/note.txt", story(5));
    folder.retold(&["cluster", "in", "-o", "run"]).exits(0);
    assert_eq!(folder.ids("run"), ["17", "deep/note.txt", "news.jsonl#1", "news.jsonl#2", "news.jsonl#3"]);
    assert_eq!(folder.counts("run"), [6, 5, 1, 0]);
}

#[test]
fn an_address_can_be_the_id_and_names_the_outlet() {
    let folder = Folder::new();
    folder.write("a.jsonl", line(&json!({"url": "https://www.tide.example/a?b", "body": story(1), "headline": "T"})));
    let ran = folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    ran.says(&["fields text=body id=url url=url title=headline  (a.jsonl)"]);
    let row = &folder.table("run", "articles")[0];
    assert_eq!((&row["id"], &row["outlet"], &row["title"]), (&row["url"], &json!("tide.example"), &json!("T")));
}

#[test]
fn fields_can_be_named() {
    let folder = Folder::new();
    let record = json!({"nr": "n1", "id": "wrong", "was": story(1), "text": "wrong", "kopf": "K", "wann": "2026-11-02",
                        "wer": "Flut", "spr": "de"});
    folder.write("a.jsonl", line(&record));
    let named =
        ["--text", "was", "--id", "nr", "--title", "kopf", "--date", "wann", "--outlet", "wer", "--lang", "spr"];
    folder.retold(&[&["cluster", "a.jsonl", "-o", "run"][..], &named].concat()).exits(0);
    let row = &folder.table("run", "articles")[0];
    let found = ["id", "title", "date", "outlet", "lang"].map(|name| row[name].clone());
    assert_eq!(found, ["n1", "K", "2026-11-02", "Flut", "de"].map(|value| json!(value)));
    assert_eq!(folder.text("run", "n1"), story(1));
}

#[test]
fn a_file_given_twice_is_all_repeats() {
    let folder = Folder::new();
    folder.write("a.jsonl", record("one", &story(1)) + &line(&json!({"text": story(2)})));
    folder.write("b.txt", story(3));
    folder.retold(&["cluster", "a.jsonl", "b.txt", "a.jsonl", "./b.txt", "-o", "run"]).exits(0);
    assert_eq!(folder.counts("run"), [6, 3, 3, 0]);
    assert_eq!(folder.ids("run"), ["a.jsonl#2", "b.txt", "one"]);
}

#[test]
fn files_of_one_name_in_two_folders_are_different_articles() {
    let folder = Folder::new();
    folder.write("monday/1.txt", story(1));
    folder.write("tuesday/1.txt", story(1));
    folder.write("monday/news.jsonl", line(&json!({"text": story(2)})));
    folder.write("tuesday/news.jsonl", line(&json!({"text": story(3)})));
    folder.retold(&["cluster", "monday", "tuesday", "-o", "run"]).exits(0);
    assert_eq!(folder.ids("run"), ["monday/1.txt", "monday/news.jsonl#1", "tuesday/1.txt", "tuesday/news.jsonl#1"]);
    assert_eq!(folder.groups("run"), [["monday/1.txt", "tuesday/1.txt"]]);
    // Paths do not depend on how they were typed.
    let absolute = folder.path("tuesday").display().to_string();
    folder.retold(&["cluster", "./monday/", &absolute, "-o", "again"]).exits(0);
    assert_eq!(folder.read("again/articles.jsonl"), folder.read("run/articles.jsonl"));
}

#[cfg(unix)]
#[test]
fn hidden_linked_and_special_files_in_folders_are_skipped() {
    let link = |from: &Path, to: &Path| std::os::unix::fs::symlink(from, to).unwrap();
    let folder = Folder::new();
    folder.write("in/seen.txt", story(1));
    folder.write("in/.hidden.txt", story(2));
    folder.write("in/.git/config.txt", story(3));
    folder.write("in/photo.jpg", b"\xff\xd8\xff\xe0");
    folder.write("out/elsewhere.txt", story(4));
    link(&folder.path("out/elsewhere.txt"), &folder.path("in/link.txt"));
    link(&folder.path("out"), &folder.path("in/link"));
    link(&folder.path("in"), &folder.path("in/circle"));
    assert!(Command::new("mkfifo").arg(folder.path("in/pipe")).status().unwrap().success());
    // Reading the pipe would take forever.
    let ran = folder.retold(&["cluster", "in", "-o", "run"]).exits(0);
    ran.says(&["skipped 7 entries of folders: hidden, linked, special or no text", "read 1 = kept 1"]);
    assert_eq!(folder.ids("run"), ["seen.txt"]);
    // What is named is meant.
    folder.retold(&["cluster", "in/link.txt", "in/.hidden.txt", "-o", "named"]).exits(0);
    assert_eq!(folder.ids("named"), [".hidden.txt", "link.txt"]);
}
