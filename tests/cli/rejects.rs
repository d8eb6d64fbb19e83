//! Records that cannot be used: each is named with its place, its reason and a way out, and costs no other record.

use serde_json::{Value, json};

use crate::support::{Folder, Ran, gzip, line, record, story, zstd};

/// What is expected of one bad record or file.
struct Bad<'a> {
    reason: &'a str,
    line: Option<u64>,
    byte: Option<u64>,
    /// What the message says beside reason and place: what was found, what to do.
    says: &'a [&'a str],
}

/// Two good records.
fn good() -> String {
    record("good-1", &story(1)) + &record("good-2", &story(2))
}

/// Reads `content` as `name` beside a good file: one reject as described, everything else kept. `also` are the ids
/// that the file itself gives.
#[track_caller]
fn is_rejected(name: &str, content: impl AsRef<[u8]>, also: &[&str], bad: &Bad<'_>) {
    let folder = Folder::new();
    folder.write(name, content);
    has_reject(&folder, name, also, bad);
}

#[track_caller]
fn has_reject(folder: &Folder, name: &str, also: &[&str], bad: &Bad<'_>) {
    let place = place(name, bad);
    let check = |ran: Ran| ran.says(&[&format!("reject {place}: {}: ", bad.reason)]).says(bad.says);
    folder.write("good.jsonl", good());
    check(folder.retold(&["cluster", "good.jsonl", name, "-o", "run"]).exits(3)).says(&["--max-bad"]);
    let mut ids = vec!["good-1", "good-2"];
    ids.extend(also);
    ids.sort_unstable();
    assert_eq!(folder.ids("run"), ids);
    assert_eq!(folder.counts("run"), [ids.len() as u64 + 1, ids.len() as u64, 0, 1]);
    let rejects = folder.table("run", "rejects");
    let row = &rejects[0];
    assert_eq!(row["detail"].as_str().map(str::is_empty), Some(false));
    let short = json!({"path": row["path"], "line": row["line"], "byte": row["byte"], "reason": row["reason"]});
    assert_eq!(short, json!({"path": name, "line": bad.line, "byte": bad.byte, "reason": bad.reason}));
    // Accepted: the same result, and a success.
    check(folder.retold(&["cluster", "good.jsonl", name, "-o", "accepted", "--max-bad", "100%"]).exits(0));
    check(folder.retold(&["cluster", "good.jsonl", name, "-o", "accepted-too", "--max-bad", "1"]).exits(0));
    assert_eq!(folder.table("accepted", "rejects"), rejects);
    if also.is_empty() {
        // Alone there is nothing to work on, and no share of rejects makes that a success.
        let alone = folder.retold(&["cluster", name, "--max-bad", "100%"]).exits(2);
        assert!(alone.err.contains("error: ") && alone.out.is_empty(), "{alone:?}");
    }
}

fn place(name: &str, bad: &Bad<'_>) -> String {
    let line = bad.line.map_or_else(String::new, |line| format!(":{line}"));
    let byte = bad.byte.map_or_else(String::new, |byte| format!(": byte {byte}"));
    format!("{name}{line}{byte}")
}

const NOWHERE: Bad<'_> = Bad { reason: "", line: None, byte: None, says: &[] };

#[test]
fn an_empty_file() {
    is_rejected("bad.jsonl", "", &[], &Bad { reason: "empty", says: &["the file is empty"], ..NOWHERE });
    is_rejected("bad.txt", "", &[], &Bad { reason: "empty", says: &["the file is empty"], ..NOWHERE });
    is_rejected("bad.txt.gz", gzip(b""), &[], &Bad { reason: "empty", says: &["the file is empty"], ..NOWHERE });
}

#[test]
fn a_text_without_a_word() {
    let bad = Bad { reason: "empty", says: &["no word in it"], ..NOWHERE };
    is_rejected("bad.txt", " \n\n ... \u{2014}\n", &[], &bad);
    let content = record("x", &story(3)) + &record("hollow", " \u{200b} \u{2014}!") + &record("y", &story(4));
    let bad = Bad { reason: "empty", line: Some(2), says: &["no word in its text", "--text"], ..NOWHERE };
    is_rejected("bad.jsonl", content, &["x", "y"], &bad);
}

#[test]
fn pictures_and_other_binary_files() {
    let files: [(&str, &[u8], &str); 4] = [
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "looks like a JPEG picture"),
        ("page.txt", b"%PDF-1.7\n%\xe2\xe3", "looks like a PDF document"),
        (
            "office.jsonl",
            b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml",
            "looks like an office document",
        ),
        ("dump.txt", b"some text\x00and more", "looks like binary data"),
    ];
    for (name, content, found) in files {
        is_rejected(name, content, &[], &Bad { reason: "binary", says: &[found, "convert it to text"], ..NOWHERE });
    }
}

#[test]
fn bytes_that_are_not_utf_8() {
    let bad = Bad { reason: "binary", says: &["is no text in any encoding", "convert it to text"], ..NOWHERE };
    is_rejected("noise.txt", b"\x01\x02\x03\x04\x05\xff\xfe\xfd\x06\x07", &[], &bad);
    let mut content = record("x", &story(3)).into_bytes();
    content.extend(b"{\"id\":\"latin\",\"text\":\"caf\xe9 open\"}\n");
    content.extend(record("y", &story(4)).into_bytes());
    let says = &["byte 25 (0xe9 0x20) is not UTF-8", "convert the file to UTF-8"];
    let bad = Bad { reason: "bad-utf8", line: Some(2), byte: Some(25), says };
    is_rejected("latin.jsonl", content, &["x", "y"], &bad);
}

#[test]
fn lines_that_are_no_json_objects() {
    for (wrong, byte) in [
        ("{\"id\":\"cut\",\"text\":\"The mayor sa", 32),
        ("[1, 2]", 0),
        ("{\"text\": \"two\"} {}", 16),
        ("just words", 0),
    ] {
        let content = format!("{}{wrong}\n{}", record("x", &story(3)), record("y", &story(4)));
        let folder = Folder::new();
        folder.write("bad.jsonl", content);
        let ran = folder.retold(&["cluster", "bad.jsonl", "-o", "run"]).exits(3);
        ran.says(&["reject bad.jsonl:2: ", "bad-json", "one JSON object a line is wanted, or an array"]);
        assert_eq!((folder.ids("run"), folder.counts("run")), (vec!["x".into(), "y".into()], [3, 2, 0, 1]));
        let row = &folder.table("run", "rejects")[0];
        assert_eq!((row["line"].as_u64(), row["reason"].as_str()), (Some(2), Some("bad-json")), "{wrong}");
        // Where the fault is, give or take the token it is in.
        let at = row["byte"].as_u64().unwrap();
        assert!(at.abs_diff(byte) <= 1, "{wrong}: byte {at}, not {byte}");
    }
}

#[test]
fn nesting_without_end() {
    let content = format!("{{\"text\":{}\n{}", "[".repeat(200_000), record("y", &story(4)));
    let folder = Folder::new();
    folder.write("bad.jsonl", content);
    folder.retold(&["cluster", "bad.jsonl", "-o", "run"]).exits(3).says(&["reject bad.jsonl:1", "bad-json"]);
    assert_eq!(folder.ids("run"), ["y"]);
}

#[test]
fn a_record_without_text_says_which_fields_it_has() {
    let content = record("x", &story(3)) + &line(&json!({"id": "z", "summary": "short", "paragraphs": ["a"]}));
    let says = &["no text under text", "fields seen: id, paragraphs, summary", "--text"];
    is_rejected("bad.jsonl", content, &["x"], &Bad { reason: "no-text", line: Some(2), says, ..NOWHERE });
    let content = record("x", &story(3)) + "{}\n";
    let says = &["fields seen: none"];
    is_rejected("bad.jsonl", content, &["x"], &Bad { reason: "no-text", line: Some(2), says, ..NOWHERE });
    // What it says to do works.
    let folder = Folder::new();
    folder.write("other.jsonl", line(&json!({"id": "z", "inhalt": story(5)})));
    folder.retold(&["cluster", "other.jsonl"]).exits(2).says(&["fields seen: id, inhalt"]);
    folder.retold(&["cluster", "other.jsonl", "--text", "inhalt", "-o", "run"]).exits(0);
    assert_eq!(folder.text("run", "z"), story(5));
}

#[test]
fn a_text_of_another_type() {
    for (wrong, kind) in [
        (json!(["a", "list"]), "a list"),
        (json!(7), "a number"),
        (json!(true), "true or false"),
        (json!({}), "an object"),
    ] {
        let content = record("x", &story(3)) + &line(&json!({"id": "w", "text": wrong}));
        let says: &[&str] = &[&format!("its text is {kind}, not text"), "make the field a string"];
        is_rejected("bad.jsonl", content, &["x"], &Bad { reason: "wrong-type", line: Some(2), says, ..NOWHERE });
    }
}

#[test]
fn records_above_the_limit() {
    let long = story(6).repeat(20);
    let folder = Folder::new();
    folder.write("lines.jsonl", record("x", &story(3)) + &record("long", &long) + &record("y", &story(4)));
    folder.write("long.txt", &long);
    folder.write("short.txt", story(7));
    let ran = folder.retold(&["cluster", "lines.jsonl", "long.txt", "short.txt", "--max-record", "2k", "-o", "run"]);
    ran.exits(3).says(&[
        "reject lines.jsonl:2: too-large: the record is longer than 2048 bytes",
        "reject long.txt: too-large: longer than 2048 bytes",
        "raise --max-record",
    ]);
    assert_eq!(folder.ids("run"), ["short.txt", "x", "y"]);
    assert_eq!(folder.counts("run"), [5, 3, 0, 2]);
    // Just enough is enough.
    let most = record("long", &long).trim_end().len().to_string();
    folder.retold(&["cluster", "lines.jsonl", "--max-record", &most]).exits(0);
}

#[test]
fn archives_that_break_off() {
    // Incompressible enough that half the archive holds about half the records.
    let lines: String = (0..400).map(|n| record(&format!("r{n:03}"), &story(100 + n))).collect();
    let content = lines.as_bytes();
    for (name, archive) in [("cut.jsonl.gz", gzip(content)), ("cut.jsonl.zst", zstd(content))] {
        let folder = Folder::new();
        folder.write(name, &archive[..archive.len() * 3 / 4]);
        folder.write("good.jsonl", good());
        let ran = folder.retold(&["cluster", "good.jsonl", name, "-o", "run"]).exits(3);
        let row = &folder.table("run", "rejects")[0];
        let line = row["line"].as_u64().unwrap();
        ran.says(&[&format!("reject {name}:{line}: cut-archive: "), "which were used", "--max-bad"]);
        assert_eq!((row["path"].as_str(), row["reason"].as_str()), (Some(name), Some("cut-archive")));
        // The records before the cut, all of them and unharmed, and the next line is the place.
        let ids = folder.ids("run");
        assert!(ids.len() > 100 && ids.len() < 402, "{name}: {} records", ids.len());
        assert_eq!(line, ids.len() as u64 - 1, "{name}");
        assert_eq!(folder.counts("run"), [line + 2, line + 1, 0, 1]);
        assert_eq!(folder.text("run", &format!("r{:03}", line - 2)), story(100 + line - 2));
        folder.retold(&["cluster", "good.jsonl", name, "--max-bad", "100%"]).exits(0);
    }
}

#[test]
fn texts_in_archives_that_break_off() {
    let text = (0..600).map(|n| story(100 + n)).collect::<Vec<_>>().join("\n\n");
    for (name, archive) in [("cut.txt.gz", gzip(text.as_bytes())), ("cut.txt.zst", zstd(text.as_bytes()))] {
        let bad = Bad { reason: "cut-archive", says: &["breaks off after "], ..NOWHERE };
        is_rejected(name, &archive[..archive.len() * 3 / 4], &[], &bad);
    }
    // Nothing but the first bytes of an archive.
    let bad = Bad { reason: "cut-archive", says: &["cannot be unpacked"], ..NOWHERE };
    is_rejected("stub.jsonl.gz", &gzip(b"x")[..6], &[], &bad);
}

/// Half a text is no text: it is left out whole, and nothing else may be said.
#[test]
fn of_a_text_that_breaks_off_nothing_is_used() {
    let text = (0..600).map(|n| story(100 + n)).collect::<Vec<_>>().join("\n\n");
    let folder = Folder::new();
    let archive = gzip(text.as_bytes());
    folder.write("cut.txt.gz", &archive[..archive.len() / 2]);
    folder.write("good.jsonl", good());
    let ran = folder.retold(&["cluster", "good.jsonl", "cut.txt.gz", "-o", "run"]).exits(3);
    assert_eq!(folder.ids("run"), ["good-1", "good-2"]);
    assert!(!ran.err.contains("were used"), "{}", ran.err);
}

/// An archive whose check sum is wrong is damaged, however small it is.
#[test]
fn damaged_archives() {
    for records in [2, 400, 2500] {
        let lines: String = (0..records).map(|n| record(&format!("r{n:04}"), &story(100 + n))).collect();
        let mut archive = gzip(lines.as_bytes());
        let at = archive.len() - 5;
        archive[at] ^= 0xff;
        let folder = Folder::new();
        folder.write("damaged.jsonl.gz", archive);
        let ran = folder.retold(&["cluster", "damaged.jsonl.gz", "-o", "run"]).exits(3);
        ran.says(&["reject damaged.jsonl.gz:", "cut-archive", "ends early or is damaged"]);
        assert_eq!(folder.counts("run"), [records + 1, records, 0, 1]);
    }
}

#[test]
fn a_missing_file_beside_a_good_one() {
    let folder = Folder::new();
    has_reject(
        &folder,
        "missing.jsonl",
        &[],
        &Bad { reason: "unreadable", says: &["check that the file is there and may be read"], ..NOWHERE },
    );
}

#[test]
fn nothing_but_missing_files() {
    let folder = Folder::new();
    let ran = folder.retold(&["cluster", "missing.jsonl", "nowhere/"]).exits(2);
    ran.says(&["error: ", "missing.jsonl", "No such file"]);
    folder.write("empty/.hidden", "x");
    folder.retold(&["cluster", "empty"]).exits(2).says(&["error: ", "no file in empty"]);
}

#[test]
fn formats_that_are_not_read() {
    let tar = [&[b'a'; 257][..], b"ustar\x0000"].concat();
    let files: [(&str, &[u8], &str); 6] = [
        ("feed.xml", b"<?xml version=\"1.0\"?><rss/>", "looks like XML, as of a feed or a sitemap"),
        ("pages.zip", b"PK\x03\x04\x14\x00", "looks like a ZIP archive: unpack it and name the folder"),
        ("pages.tar.gz", &gzip(&tar), "looks like a tar archive: unpack it and name the folder"),
        ("pages.7z", b"7z\xbc\xaf\x27\x1c", "looks like a 7z archive"),
        ("table.avro", b"Obj\x01", "looks like an Avro file: write it as Parquet or JSON Lines"),
        ("page.mht", b"From: <Saved by Blink>\n", "looks like a page saved as MHTML: save it as HTML"),
    ];
    for (name, content, found) in files {
        let says = &[found, "unpack it, or convert it to JSON Lines, CSV or plain text"];
        is_rejected(name, content, &[], &Bad { reason: "unsupported-format", says, ..NOWHERE });
    }
}

#[test]
fn arrays_that_break_off_or_are_damaged() {
    let [x, y] = [("x", 3), ("y", 4)].map(|(id, n)| record(id, &story(n)).trim_end().to_owned());
    let says: &[&str] = &["the file ends inside of a record, after 2 records, which were used"];
    let bad = Bad { reason: "bad-json", line: Some(4), says, ..NOWHERE };
    is_rejected("cut.json", format!("[\n{x},\n{y},\n{{\"id\": \"z\", \"te"), &["x", "y"], &bad);
    let says: &[&str] = &["the array is not closed: the file ends after 2 records, which were used"];
    let bad = Bad { reason: "bad-json", line: Some(3), says, ..NOWHERE };
    is_rejected("cut.json", format!("[\n{x},\n{y},"), &["x", "y"], &bad);
    let bad = Bad { reason: "bad-json", line: Some(3), byte: Some(10), says: &["or an array of objects"] };
    is_rejected("bad.json", format!("[\n{x},\n{{\"text\": the mayor}},\n{y}]"), &["x", "y"], &bad);
    let bad = Bad { reason: "bad-utf8", line: Some(4), byte: Some(12), says: &["(0xe9 0x22) is not UTF-8"] };
    let latin =
        [format!("[{x},\n{{\"id\": 1,\n\n").as_bytes(), b"\"text\": \"caf\xe9\"},", y.as_bytes(), b"]"].concat();
    is_rejected("latin.json", latin, &["x", "y"], &bad);
    let bad = Bad { reason: "empty", line: Some(1), says: &["the array is empty"], ..NOWHERE };
    is_rejected("empty.json", "[]", &[], &bad);
    let bad = Bad { reason: "no-text", line: Some(2), says: &["fields seen: id"], ..NOWHERE };
    is_rejected("other.json", format!("[{x},\n{{\"id\": 7}}]"), &["x"], &bad);
}

#[test]
fn rows_that_do_not_fit_their_table() {
    let (x, y) = (story(3).replace("\n\n", " "), story(4));
    let table = |bad: &str| format!("id,outlet,text\nx,a,\"{x}\"\n{bad}\ny,b,\"{y}\"\n");
    let bad = Bad {
        reason: "bad-csv-row",
        line: Some(3),
        says: &["has 2 cells, the first row 3", "mend the row"],
        ..NOWHERE
    };
    is_rejected("short.csv", table("w,a"), &["x", "y"], &bad);
    let bad = Bad { reason: "bad-csv-row", line: Some(3), says: &["has 4 cells, the first row 3"], ..NOWHERE };
    is_rejected("long.csv", table("w,a,b,c"), &["x", "y"], &bad);
    let bad = Bad { reason: "bad-csv-row", line: Some(3), says: &["a quotation mark is not closed"], ..NOWHERE };
    is_rejected("open.csv", table("w,a,\"so it goes"), &["x", "y"], &bad);
    let bad = Bad { reason: "empty", line: Some(3), says: &["no word in its text"], ..NOWHERE };
    is_rejected("hollow.csv", table("w,a,"), &["x", "y"], &bad);
    let bad =
        Bad { reason: "no-text", says: &["no column holds the text", "fields seen: id, inhalt", "--text"], ..NOWHERE };
    is_rejected("other.csv", "id,inhalt\n1,words\n2,words\n", &[], &bad);
    let bad = Bad { reason: "empty", line: Some(2), says: &["the table has no rows"], ..NOWHERE };
    is_rejected("none.csv", "id,text\n", &[], &bad);
}

#[test]
fn web_archives_that_are_damaged() {
    let record = |n: u64| {
        let text = story(n);
        let length = text.len();
        format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {length}\r\n\r\n{text}\r\n\r\n")
    };
    let also = ["bad.warc#1", "bad.warc#3"];
    let begin = Some(record(1).len() as u64);
    let bad = Bad { reason: "bad-warc-record", line: Some(2), byte: begin, says: &["is not; not used"] };
    let wrong = record(2).replace("Content-Length: ", "Content-Length: 9");
    is_rejected("bad.warc", record(1) + &wrong + &record(3), &also, &bad);
    let bad = Bad { reason: "bad-warc-record", line: Some(2), byte: begin, says: &["it says no length"] };
    let wrong = record(2).replace("Content-Length: ", "Length: ");
    is_rejected("bad.warc", record(1) + &wrong + &record(3), &also, &bad);
    let bad = Bad { reason: "bad-warc-record", line: Some(2), byte: begin, says: &["should be the begin of a record"] };
    is_rejected("bad.warc", record(1) + "what is this\r\n" + &record(3), &also, &bad);
    let says: &[&str] = &["the archive ends inside of a record, after 1 records"];
    let bad = Bad { reason: "cut-archive", line: Some(2), byte: begin, says };
    let two = record(1) + &record(2);
    is_rejected("bad.warc", &two[..two.len() - 20], &["bad.warc#1"], &bad);
}

#[test]
fn rejects_are_listed_in_order_and_counted() {
    let folder = Folder::new();
    let bad: String = (0..15).map(|n| if n % 3 == 0 { "{}\n".to_owned() } else { "{broken\n".to_owned() }).collect();
    folder.write("b.jsonl", good() + &bad);
    folder.write("a.txt", b"\x01\x02");
    let ran = folder.retold(&["cluster", "b.jsonl", "a.txt", "-o", "run"]).exits(3);
    assert_eq!(ran.err.matches("\nreject ").count(), 10, "{}", ran.err);
    ran.says(&["rejects in all: 1 binary, 10 bad-json, 5 no-text", "rejects.jsonl", "16 records were rejected"]);
    let rows = folder.table("run", "rejects");
    let places: Vec<(String, Option<u64>)> =
        rows.iter().map(|row| (row["path"].to_string(), row["line"].as_u64())).collect();
    assert!(places.is_sorted() && places.len() == 16, "{places:?}");
    assert_eq!(folder.counts("run"), [18, 2, 0, 16]);
}

#[test]
fn in_folders_one_in_a_hundred_may_be_bad() {
    let folder = Folder::new();
    let lines: String = (0..100).map(|n| record(&format!("r{n}"), &story(n))).collect();
    folder.write("scrape/a.jsonl", lines + "{broken\n");
    folder.retold(&["cluster", "scrape", "-o", "run"]).exits(0).says(&["reject a.jsonl:101"]);
    assert_eq!(folder.counts("run"), [101, 100, 0, 1]);
    folder.retold(&["cluster", "scrape/a.jsonl"]).exits(3);
    folder.retold(&["cluster", "scrape", "--max-bad", "0"]).exits(3);
    folder.write("scrape/b.txt", "PK\x03\x04");
    folder.retold(&["cluster", "scrape"]).exits(3).says(&["2 records were rejected"]);
    folder.retold(&["cluster", "scrape", "--max-bad", "2"]).exits(0);
}

/// The message of a parser must not carry the text out again.
#[test]
fn a_reject_quotes_no_text() {
    let secret = "Nobody in Tarnby was to read this sentence about the old bell before Friday morning";
    let folder = Folder::new();
    let lines = [json!(secret), json!({"id": "z", "text": {"inner": secret}}), json!([secret])];
    let bad: String = lines.iter().map(Value::to_string).map(|line| line + "\n").collect();
    folder.write("bad.jsonl", good() + &bad);
    let ran = folder.retold(&["cluster", "bad.jsonl", "-o", "run", "--no-text"]).exits(3);
    assert_eq!(folder.counts("run"), [5, 2, 0, 3]);
    for told in [folder.read("run/rejects.jsonl"), ran.err] {
        assert!(!told.contains("Tarnby"), "{told}");
    }
}
