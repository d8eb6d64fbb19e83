//! `compare --pairs`: many pairs, JSON Lines in and out.

use serde_json::{Value, json};

use crate::support::{Folder, Ran, Random, gzip, line, rows, story, zstd};

/// Answers to pairs from a file.
fn answered(input: impl AsRef<[u8]>, args: &[&str]) -> Ran {
    let folder = Folder::new();
    folder.write("pairs.jsonl", input);
    folder.retold(&[&["compare", "--pairs", "pairs.jsonl"][..], args].concat())
}

fn pair(id: &Value, a: &str, b: &str) -> String {
    line(&json!({"id": id, "a": a, "b": b}))
}

/// Pairs of all kinds: copies, edited copies, strangers, lists of sentences.
fn mixed(count: u64) -> Vec<String> {
    let pair = |n: u64| {
        let told = Random(n).story(60 + 40 * (n as usize % 4));
        let other = match n % 3 {
            0 => told.clone(),
            1 => Random(n + 1000).edited(&told, 6),
            _ => story(n + 2000),
        };
        let split = |text: &str| text.split(". ").map(str::to_owned).collect::<Vec<_>>();
        match n % 2 {
            0 => line(&json!({"id": n, "a": told, "b": other})),
            _ => line(&json!({"id": n, "a": split(&told), "b": split(&other)})),
        }
    };
    (0..count).map(pair).collect()
}

/// What stands in an error.
#[track_caller]
fn refused(row: &Value, id: &Value, says: &[&str]) {
    assert_eq!(row.as_object().map(serde_json::Map::len), Some(2), "{row}");
    assert_eq!(row["id"], *id, "{row}");
    let error = row["error"].as_str().unwrap_or_else(|| panic!("no error: {row}"));
    for part in says {
        assert!(error.contains(part), "{part:?} is not in {error:?}");
    }
}

#[test]
fn an_answer_has_the_fields_of_the_schema() {
    let told = "The ferry to Port Ansel ran aground on Monday. Nobody was hurt, said Ida Kray.";
    let out = answered(pair(&json!("x"), told, told), &[]).exits(0).out;
    let row = &rows(&out)[0];
    let names: Vec<&String> = row.as_object().unwrap().keys().collect();
    let all = ["claims", "confidence", "containment_a", "containment_b", "id", "links", "relation", "similarity"];
    assert_eq!(names, all);
    assert_eq!(
        (&row["relation"], &row["containment_a"], &row["similarity"]),
        (&json!("near-duplicate"), &json!(1.0), &json!(1.0))
    );
    let links: Vec<(&Value, &Value, &Value, &Value)> =
        row["links"].as_array().unwrap().iter().map(|l| (&l["a"], &l["b"], &l["kind"], &l["reordered"])).collect();
    let same = |at: u64| (json!([at]), json!([at]), json!("verbatim"), json!(false));
    let expected = [same(0), same(1)];
    assert_eq!(links, expected.each_ref().map(|(a, b, kind, reordered)| (a, b, kind, reordered)));
}

#[test]
fn ids_come_back_exactly() {
    let ids = [
        "1",
        "1.0",
        "1e3",
        "-0",
        "123456789012345678901234567890",
        "\"\"",
        "\"caf\\u00e9 \\u0000 \\ud83d\\ude80\"",
        "null",
        "true",
        "[1, {\"b\":2,  \"a\":[]}]",
        "{\"z\": 1, \"a\": \"x\"}",
    ];
    let lines: Vec<String> = ids.iter().map(|id| format!("{{\"b\":\"one\",\"id\":{id},\"a\":\"two\"}}\n")).collect();
    let out = answered(lines.concat(), &[]).exits(0).out;
    for (id, row) in ids.iter().zip(out.lines()) {
        assert!(row.starts_with(&format!("{{\"id\":{id},\"relation\":")), "{id}: {row}");
    }
    // And with an error.
    let lines: Vec<String> = ids.iter().map(|id| format!("{{\"id\":{id},\"a\":\"two\"}}\n")).collect();
    let out = answered(lines.concat(), &["--max-bad", "100%"]).exits(0).out;
    for (id, row) in ids.iter().zip(out.lines()) {
        assert!(row.starts_with(&format!("{{\"id\":{id},\"error\":")), "{id}: {row}");
    }
}

#[test]
fn what_cannot_be_compared_is_an_error_and_the_rest_is_done() {
    let good = pair(&json!("good"), "The ferry is late.", "The ferry was late.");
    let bad: [(&[u8], Value, &[&str]); 16] = [
        (b"{\"id\":1,\"a\":\"x\"", Value::Null, &["line 2", "EOF"]),
        (b"no json", Value::Null, &["line 4", "no JSON object"]),
        (b"[1,2]", Value::Null, &["line 6", "no JSON object"]),
        (b"{\"id\":2,\"a\":\"x\"}", json!(2), &["b is missing"]),
        (b"{\"id\":3,\"b\":\"x\"}", json!(3), &["a is missing"]),
        (b"{\"a\":\"x\"}", Value::Null, &["line 12", "b is missing"]),
        (b"{\"id\":4,\"a\":null,\"b\":\"x\"}", json!(4), &["a is missing or null"]),
        (b"{\"id\":5,\"a\":7,\"b\":\"x\"}", json!(5), &["a is neither a text nor a list"]),
        (b"{\"id\":6,\"a\":\"x\",\"b\":[\"x\",7]}", json!(6), &["b: ", "string"]),
        (b"{\"id\":7,\"a\":\"\",\"b\":\"x\"}", json!(7), &["a has no word"]),
        (b"{\"id\":8,\"a\":\"x\",\"b\":[]}", json!(8), &["b has no word"]),
        (b"{\"id\":9,\"a\":[\"\",\" - \"],\"b\":\"x\"}", json!(9), &["a has no word"]),
        (b"{\"id\":10,\"a\":\"\xff\",\"b\":\"x\"}", Value::Null, &["line 26", "not UTF-8"]),
        (b"{\"id\":11,\"a\":\"\\ud800\",\"b\":\"x\"}", json!(11), &["a: "]),
        (b"{\"id\":12,\"a\":\"x\",\"a\":\"y\",\"b\":\"x\"}", Value::Null, &["line 30", "duplicate"]),
        (b"{\"id\":13,\"a\":{\"text\":\"x\"},\"b\":\"x\"}", json!(13), &["a is neither"]),
    ];
    let mut input = good.clone().into_bytes();
    for (line, ..) in &bad {
        input.extend([line, &b"\n"[..], good.as_bytes()].concat());
    }
    let ran = answered(&input, &[]).exits(3).says(&["16 pairs could not be compared", "--max-bad"]);
    let found = rows(&ran.out);
    assert_eq!(found.len(), 2 * bad.len() + 1);
    assert!(found.iter().step_by(2).all(|row| *row == found[0] && row["id"] == "good" && row["relation"].is_string()));
    for ((_, id, says), row) in bad.iter().zip(found.iter().skip(1).step_by(2)) {
        refused(row, id, says);
    }
    answered(&input, &["--max-bad", "15"]).exits(3);
    answered(&input, &["--max-bad", "16"]).exits(0);
    answered(&input, &["--max-bad", "50%", "-j", "1"]).exits(0);
}

#[test]
fn lines_longer_than_allowed_are_errors() {
    let good = pair(&json!("good"), "The ferry is late.", "The ferry was late.");
    // Longer than what is read at a time, and a little longer than allowed.
    for length in [600_000, 3000] {
        let input = [&good[..], &pair(&json!("long"), &"word ".repeat(length / 5), "x"), &good].concat();
        let found = rows(&answered(&input, &["--max-record", "2k"]).exits(3).out);
        assert_eq!((found.len(), &found[0]["id"], &found[2]["id"]), (3, &json!("good"), &json!("good")));
        refused(&found[1], &Value::Null, &["line 2", "longer than 2048 bytes"]);
    }
}

#[test]
fn order_threads_and_cuts_change_nothing() {
    let pairs = mixed(90);
    let whole = answered(pairs.concat(), &["-j", "1"]).exits(0).out;
    let answers: Vec<&str> = whole.lines().collect();
    assert_eq!(answers.len(), pairs.len());
    for threads in ["2", "7"] {
        assert!(answered(pairs.concat(), &["-j", threads]).exits(0).out == whole, "-j {threads}");
    }
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    Random(5).shuffle(&mut order);
    let shuffled: String = order.iter().map(|&at| pairs[at].as_str()).collect();
    let expected: String = order.iter().map(|&at| answers[at].to_owned() + "\n").collect();
    assert!(answered(shuffled, &[]).exits(0).out == expected);
    let split: String = pairs.chunks(17).map(|part| answered(part.concat(), &[]).exits(0).out).collect();
    assert!(split == whole);
}

#[test]
fn packed_marked_and_piped_input() {
    let pairs = mixed(6).concat();
    let plain = answered(&pairs, &[]).exits(0).out;
    let crlf = format!("\u{feff}\r\n{}\r\n \r\n", pairs.replace('\n', "\r\n\r\n"));
    let wide: Vec<u8> = format!("\u{feff}{pairs}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let inputs = [gzip(pairs.as_bytes()), zstd(pairs.as_bytes()), crlf.into_bytes(), wide, pairs.trim_end().into()];
    for (number, input) in inputs.iter().enumerate() {
        assert!(answered(input, &["--json"]).exits(0).out == plain, "input {number}");
    }
    let piped = Folder::new().retold_with(&["compare", "--pairs", "-"], gzip(pairs.as_bytes())).exits(0);
    assert!(piped.out == plain && piped.err.is_empty(), "{}", piped.err);
}

#[test]
fn what_is_whole_of_a_broken_file_is_answered() {
    let mut random = Random(9);
    let pairs: String = (0..400).map(|n| pair(&json!(n), &random.story(60), "The ferry is late.")).collect();
    let packed = gzip(pairs.as_bytes());
    let ran = answered(&packed[..packed.len() / 2], &[]).exits(3).says(&["warning: ", "cut-archive"]);
    let found = rows(&ran.out);
    assert!(found.len() > 50 && found.iter().enumerate().all(|(n, row)| row["id"] == n && row["error"].is_null()));
    let none = answered(&packed[..20], &[]).exits(2).says(&["error: ", "pairs.jsonl"]);
    assert!(none.out.is_empty());
}

#[test]
fn an_empty_file_has_no_pairs() {
    for input in ["", "\n \r\n"] {
        let ran = answered(input, &[]).exits(0).says(&["no pairs to compare"]);
        assert!(ran.out.is_empty());
    }
    assert!(answered("", &["-q"]).exits(0).err.is_empty());
}

#[test]
fn only_one_file_is_taken() {
    let folder = Folder::new();
    folder.write("more/pairs.jsonl", "");
    folder.retold(&["compare", "--pairs", "pairs.jsonl"]).exits(2).says(&["cannot read pairs.jsonl"]);
    folder.retold(&["compare", "--pairs", "more"]).exits(2).says(&["one file"]);
    folder.retold(&["compare", "--pairs", "more/*.jsonl"]).exits(2).says(&["one file"]);
}

#[test]
fn what_makes_no_sense_with_pairs_is_refused() {
    for option in [&["--all"][..], &["--explain"], &["--width", "80"], &["a.txt"]] {
        answered("", option).exits(2).says(&["cannot be used with"]);
    }
    answered("", &["--text", "body"]).exits(2).says(&["id, a and b"]);
    Folder::new().retold(&["compare", "a.txt", "b.txt", "--max-bad", "1"]).exits(2).says(&["--pairs"]);
}

#[test]
fn lists_of_sentences_keep_their_numbers() {
    let list = json!({"id": 1, "a": ["", "The ferry to Port Ansel ran aground.", "", "Nobody was hurt in Dorvale."],
                      "b": ["Nobody was hurt in Dorvale.", "\n", "The ferry to Port Ansel ran aground."]});
    let row = rows(&answered(line(&list), &[]).exits(0).out).remove(0);
    let links: Vec<[&Value; 2]> = row["links"].as_array().unwrap().iter().map(|l| [&l["a"], &l["b"]]).collect();
    assert_eq!(links, [[&json!([1]), &json!([2])], [&json!([3]), &json!([0])]]);
    // A list of one sentence is a sentence, whatever it looks like.
    let one = json!({"id": 2, "a": ["Late. Very late."], "b": "Late. Very late."});
    let row = rows(&answered(line(&one), &[]).exits(0).out).remove(0);
    assert_eq!(row["relation"], "near-duplicate");
}

#[test]
fn many_sentences() {
    let mut random = Random(21);
    let sentences: Vec<String> = (0..10_000).map(|_| random.story(6)).collect();
    let list = json!({"id": "long", "a": sentences, "b": [sentences[77], sentences[9_999]]});
    let row = rows(&answered(line(&list), &[]).exits(0).out).remove(0);
    let last = row["links"].as_array().unwrap().iter().find(|link| link["a"] == json!([9_999])).expect("the last");
    assert_eq!((&last["b"], &last["kind"]), (&json!([1]), &json!("verbatim")));
    // A run of words across the two is only there.
    assert!(row["containment_b"].as_f64().unwrap() > 0.9);
}

#[test]
fn many_sentences_with_as_many() {
    let mut random = Random(21);
    let sentences: Vec<String> = (0..2_000).map(|_| random.story(8)).collect();
    let turned: Vec<&String> = sentences.iter().rev().collect();
    let lists =
        line(&json!({"id": 1, "a": sentences, "b": turned})) + &line(&json!({"id": 2, "a": sentences, "b": sentences}));
    let found = rows(&answered(lists, &[]).exits(0).out);
    for (row, place) in found.iter().zip([1_999_u64, 0]) {
        let links = row["links"].as_array().unwrap();
        assert_eq!((links.len(), &links[0]["b"], &links[0]["kind"]), (2_000, &json!([place]), &json!("verbatim")));
    }
    assert_eq!((&found[1]["relation"], &found[1]["confidence"]), (&json!("near-duplicate"), &json!(1.0)));
}

#[test]
fn progress_is_silent_in_a_pipe_and_can_be_lines_of_json() {
    let pairs = mixed(3).concat();
    assert!(answered(&pairs, &[]).exits(0).err.is_empty());
    let ran = answered(&pairs, &["--progress", "json"]).exits(0);
    assert!(rows(&ran.err).iter().all(|line| line["type"] == "progress"), "{}", ran.err);
}
