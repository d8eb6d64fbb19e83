//! What articles contain is data: shown, never obeyed.

use serde_json::json;

use crate::support::{Folder, line, story, text};

/// Turns a terminal red, sets its title, goes back a line, turns the direction of writing and hides a mark.
const HOSTILE: &str = "\u{1b}[31mFerry\u{1b}]0;owned\u{7} \u{202e}late\u{2066}\r\u{9b}2J\u{0}\u{feff}\u{200f} end";

#[track_caller]
fn is_harmless(shown: &str) {
    let bad = shown.chars().find(|&c| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    });
    assert_eq!(bad, None, "{shown:?}");
}

#[test]
fn titles_and_ids_are_escaped_in_the_table() {
    let folder = Folder::new();
    let record = |id: &str| line(&json!({"id": id, "title": HOSTILE, "outlet": HOSTILE, "text": story(1)}));
    folder.write("news.jsonl", record(&format!("{HOSTILE}\n1\t")) + &record("plain"));
    let ran = folder.retold(&["cluster", "--only", "duplicates", "news.jsonl", "-v"]).exits(0);
    is_harmless(&ran.out);
    is_harmless(&ran.err);
    assert!(ran.out.contains("\\u{1b}[31mFerry") && ran.out.contains("\\u{202e}late"), "{}", ran.out);
    // One line a group, one a member, one tab a column, whatever stands in a title.
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
    assert_eq!(ran.out.matches('\t').count(), 5 + 2, "{}", ran.out);
    // The tables have the data itself.
    folder.retold(&["cluster", "news.jsonl", "-o", "run"]).exits(0);
    assert!(folder.table("run", "articles").iter().all(|row| text(&row["title"]) == HOSTILE));
    is_harmless(
        &folder.read("run/articles.jsonl").replace(['\u{202e}', '\u{2066}', '\u{feff}', '\u{200f}', '\u{9b}'], ""),
    );
}

#[test]
fn names_of_fields_and_files_are_escaped_in_messages() {
    let folder = Folder::new();
    let name = "fer\u{1b}[31mry\u{202e}.jsonl";
    folder.write(
        name,
        line(&json!({"id": "a", HOSTILE: 1})) + "{\"text\": \"\u{1b}[31m\n" + &line(&json!({"text": story(1)})),
    );
    let ran = folder.retold(&["cluster", name]).exits(3);
    is_harmless(&ran.err);
    let ran = ran.says(&["fer\\u{1b}[31mry\\u{202e}.jsonl:1: no-text"]);
    assert!(ran.err.contains("fields seen"), "{}", ran.err);
    let missing = folder.retold(&["cluster", "\u{1b}[31m\u{202e}.jsonl"]).exits(2);
    is_harmless(&missing.err);
    let named = folder.retold(&["cluster", name, "--text", HOSTILE.trim_matches('\0').replace('\0', "").as_str()]);
    is_harmless(&named.err);
}

#[test]
fn texts_are_escaped_by_compare() {
    let folder = Folder::new();
    let told = story(1).replacen(' ', &format!(" {} ", HOSTILE.replace('\0', "")), 3);
    folder.write("a.txt", &told);
    folder.write("b.jsonl", line(&json!({"id": HOSTILE, "text": told + " More."})));
    for args in [&["compare", "a.txt", "b.jsonl"][..], &["compare", "a.txt", "b.jsonl", "--all"]] {
        let ran = folder.retold(args).exits(0);
        is_harmless(&ran.out);
        is_harmless(&ran.err);
        assert!(ran.out.contains("near-duplicate"), "{}", ran.out);
    }
}

#[test]
fn a_long_title_is_cut() {
    let folder = Folder::new();
    let title = "Ferry late again ".repeat(10_000);
    let record = |id: &str| line(&json!({"id": id, "title": title, "text": story(1)}));
    folder.write("news.jsonl", record("a") + &record("b"));
    let ran = folder.retold(&["cluster", "news.jsonl"]).exits(0);
    assert!(ran.out.chars().count() < 200 && ran.out.contains('…'), "{}", ran.out);
}

/// A message about a bad record is a line, however long the record.
#[test]
fn messages_about_long_records_are_short() {
    let folder = Folder::new();
    let long = "a".repeat(200_000);
    let keys = line(&json!({ &long: 1 }));
    folder.write("news.jsonl", line(&json!({"text": story(1)})) + &format!("\"{long}\"\n") + &keys);
    let ran = folder.retold(&["cluster", "news.jsonl"]).exits(3);
    let longest = ran.err.lines().map(str::len).max().unwrap();
    assert!(longest < 2000, "a line of {longest} bytes");
}

#[test]
fn texts_made_to_be_costly_are_read_in_time() {
    let folder = Folder::new();
    let costly = [
        "a".repeat(2_000_000),
        "ferry ".repeat(300_000),
        "\u{301}".repeat(300_000) + "end",
        "\u{fdfa} ".repeat(50_000),
        "\n".repeat(1_000_000) + "end",
        "«\"'".repeat(300_000) + "end",
        "海".repeat(300_000),
    ];
    let lines = costly.iter().enumerate().flat_map(|(i, text)| {
        [format!("{i}a"), format!("{i}b")].map(|id| line(&json!({"id": id, "text": format!("{text} {id}")})))
    });
    folder.write("news.jsonl", line(&json!({"id": "short", "text": story(1)})) + &lines.collect::<String>());
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    assert_eq!(folder.counts("run"), [15, 15, 0, 0]);
}
