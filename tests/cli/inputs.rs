//! Ways in which input comes: pipes, archives, line ends, marks, names.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::support::{Folder, RETOLD, gzip, line, record, story, zstd};

fn lines(range: std::ops::Range<u64>) -> String {
    range.map(|n| record(&format!("r{n}"), &story(n))).collect()
}

#[test]
fn standard_input() {
    let folder = Folder::new();
    folder.retold_with(&["cluster", "-", "-o", "run"], lines(0..3)).exits(0).says(&["(-)", "read 3 = kept 3"]);
    assert_eq!(folder.ids("run"), ["r0", "r1", "r2"]);
    assert!(folder.table("run", "articles").iter().all(|row| row["path"] == "-"));
    folder.retold_with(&["cluster", "-", "-o", "packed"], gzip(lines(0..3).as_bytes())).exits(0);
    assert_eq!(folder.read("packed/texts.jsonl"), folder.read("run/texts.jsonl"));
    folder.retold_with(&["cluster", "-", "-o", "text"], story(9)).exits(0);
    assert_eq!((folder.ids("text"), folder.text("text", "-")), (vec!["-".into()], story(9)));
    folder.write("file.jsonl", lines(3..4));
    folder.retold_with(&["cluster", "-", "file.jsonl", "-o", "both"], lines(0..3)).exits(0);
    assert_eq!(folder.ids("both"), ["r0", "r1", "r2", "r3"]);
    folder.retold(&["cluster", "-"]).exits(2).says(&["reject -: empty"]);
}

/// A pipe gives what it has: an archive is one even where its first byte comes alone.
#[test]
fn standard_input_in_small_pieces() {
    for (name, bytes) in [("gzip", gzip(lines(0..3).as_bytes())), ("zstd", zstd(lines(0..3).as_bytes()))] {
        let folder = Folder::new();
        let mut child = Command::new(RETOLD)
            .args(["cluster", "-", "-q", "-o"])
            .arg(folder.path("run"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        for piece in [&bytes[..1], &bytes[1..7], &bytes[7..]] {
            // A reader that gave up is found out below.
            let _ = input.write_all(piece);
            std::thread::sleep(Duration::from_millis(100));
        }
        drop(input);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(folder.ids("run"), ["r0", "r1", "r2"], "{name}");
    }
}

#[test]
fn archives_of_several_parts_are_read_to_their_end() {
    let folder = Folder::new();
    let parts = [lines(0..2), lines(2..5), lines(5..6)];
    folder.write("a.jsonl.gz", parts.each_ref().map(|part| gzip(part.as_bytes())).concat());
    folder.write("a.jsonl.zst", parts.each_ref().map(|part| zstd(part.as_bytes())).concat());
    // A part may end inside a record.
    let whole = lines(0..6);
    let (head, tail) = whole.as_bytes().split_at(whole.len() / 2 + 7);
    folder.write("b.jsonl.gz", [gzip(head), gzip(tail)].concat());
    folder.write("plain.jsonl", &whole);
    folder.retold(&["cluster", "plain.jsonl", "-o", "plain"]).exits(0);
    for (run, name) in [("gz", "a.jsonl.gz"), ("zst", "a.jsonl.zst"), ("split", "b.jsonl.gz")] {
        folder.retold(&["cluster", name, "-o", run]).exits(0);
        assert_eq!(folder.counts(run), [6, 6, 0, 0], "{name}");
        assert_eq!(folder.read(&format!("{run}/texts.jsonl")), folder.read("plain/texts.jsonl"), "{name}");
    }
}

#[test]
fn content_counts_and_not_the_name() {
    let folder = Folder::new();
    folder.write("plain.jsonl.gz", lines(0..2));
    folder.write("packed.jsonl", gzip(lines(2..4).as_bytes()));
    folder.write("packed.txt", zstd(lines(4..6).as_bytes()));
    folder.write("lines.txt", lines(6..8));
    folder.retold(&["cluster", "plain.jsonl.gz", "packed.jsonl", "packed.txt", "lines.txt", "-o", "run"]).exits(0);
    assert_eq!(folder.ids("run"), ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_anything() {
    let folder = Folder::new();
    folder.write("a.jsonl", format!("\u{feff}{}", lines(0..2)));
    folder.write("b.txt", format!("\u{feff}{}", story(7)));
    folder.retold(&["cluster", "a.jsonl", "b.txt", "-o", "run"]).exits(0).says(&["fields text=text id=id"]);
    assert_eq!(folder.ids("run"), ["b.txt", "r0", "r1"]);
    assert_eq!(folder.text("run", "b.txt"), story(7));
}

#[test]
fn line_ends_of_other_systems_and_blank_lines() {
    let folder = Folder::new();
    let content = lines(0..3).replace('\n', "\r\n\r\n  \t\r\n");
    folder.write("a.jsonl", format!("\n\n{content}"));
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert_eq!((folder.ids("run"), folder.counts("run")), (vec!["r0".into(), "r1".into(), "r2".into()], [3, 3, 0, 0]));
    // Lines are counted as an editor counts them.
    let found: Vec<_> = folder.table("run", "articles").iter().map(|row| row["line"].as_u64()).collect();
    assert_eq!(found, [Some(3), Some(6), Some(9)]);
    // A text with other line ends is the same text.
    folder.write("unix.txt", story(5));
    folder.write("dos.txt", story(5).replace('\n', "\r\n"));
    folder.retold(&["cluster", "unix.txt", "dos.txt", "-o", "texts"]).exits(0);
    assert_eq!(folder.groups("texts"), [["dos.txt", "unix.txt"]]);
}

#[test]
fn only_the_line_feed_ends_a_record() {
    let told = "The ferry came.\u{2028}Nobody left.\u{85}Nobody spoke.\u{2029}The gate of Ostrel stayed shut.";
    let folder = Folder::new();
    let content = format!("{{\"id\":\"odd\",\"text\":\"{told}\"}}\n{}", lines(0..1));
    folder.write("a.jsonl", content);
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert_eq!((folder.text("run", "odd"), folder.counts("run")), (told.to_owned(), [2, 2, 0, 0]));
}

#[test]
fn the_last_line_needs_no_end() {
    let folder = Folder::new();
    folder.write("a.jsonl", lines(0..3).trim_end());
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert_eq!(folder.ids("run"), ["r0", "r1", "r2"]);
    assert_eq!(folder.text("run", "r2"), story(2));
}

#[test]
fn texts_are_kept_as_they_were_read() {
    let told = "  «Café» 🚢 — é \"quoted\" \\ tab\there\n\n\u{200b}Straße — 北京。\r\nend ";
    let folder = Folder::new();
    folder.write("a.jsonl", record("odd", told));
    folder.write("b.txt", told);
    folder.retold(&["cluster", "a.jsonl", "b.txt", "-o", "run"]).exits(0);
    assert_eq!(folder.text("run", "odd"), told);
    assert_eq!(folder.text("run", "b.txt"), told);
}

#[test]
fn paths_with_blanks_and_other_letters() {
    let folder = Folder::new();
    folder.write("Märkte und Häfen/новости 1.jsonl", line(&json!({"text": story(1)})));
    folder.write("Märkte und Häfen/港 2.txt", story(2));
    folder.retold(&["cluster", "Märkte und Häfen", "-o", "der Lauf"]).exits(0).says(&["новости 1.jsonl"]);
    assert_eq!(folder.ids("der Lauf"), ["новости 1.jsonl#1", "港 2.txt"]);
    folder.retold(&["filter", "der Lauf", "-o", "übrig 1.jsonl"]).exits(0);
    assert_eq!(folder.read("übrig 1.jsonl").lines().count(), 2);
}

#[test]
fn a_title_stands_for_a_text_that_is_missing() {
    let folder = Folder::new();
    let title = "Ferry to Ostrel late for the fourth day in a row, and nobody knows why";
    let lines = [json!({"id": "a", "title": title, "text": ""}), json!({"id": "b", "title": title, "text": null})];
    folder.write("a.jsonl", lines.map(|record| line(&record)).concat());
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert_eq!((folder.counts("run"), folder.text("run", "a")), ([2, 2, 0, 0], String::new()));
    assert_eq!(folder.groups("run"), [["a", "b"]]);
}

/// Which field is which is found out however long the first records are.
#[test]
fn a_long_first_record() {
    let folder = Folder::new();
    let long: String = (0..3000).map(|n| story(n) + "\n\n").collect();
    assert!(long.len() > 1 << 20);
    folder.write("news.jsonl", record("long", &long) + &lines(0..2));
    let ran = folder.retold(&["cluster", "news.jsonl", "-o", "run"]).exits(0);
    ran.says(&["fields text=text id=id  (news.jsonl)"]);
    assert_eq!(folder.ids("run"), ["long", "r0", "r1"]);
}
