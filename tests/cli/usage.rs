//! The command line itself: help, mistakes, versions.

use crate::support::{Folder, record, story};

const COMMANDS: [(&str, &[&str]); 5] = [
    ("run", &["INPUT", "--output", "--window", "--across", "--min-confidence", "--max-bad", "--no-text", "--force"]),
    ("cluster", &["INPUT", "--output", "--json", "--top", "--text", "--id", "--date", "--max-record", "--only"]),
    ("filter", &["RUN", "--output", "--keep", "longest", "earliest", "first", "--removed", "--inputs", "--force"]),
    ("compare", &["--json", "--all", "--width", "--text"]),
    ("demo", &["--quiet"]),
];

#[test]
fn without_arguments_there_is_help() {
    let ran = Folder::new().retold::<&str>(&[]).exits(2);
    let help = Folder::new().retold(&["--help"]).exits(0);
    assert!(help.err.is_empty());
    assert_eq!(ran.err, help.out);
}

#[test]
fn help_of_the_program() {
    let help = Folder::new().retold(&["--help"]).exits(0).out;
    insta::assert_snapshot!("help", help);
}

#[test]
fn help_of_each_command_names_its_options() {
    let all = Folder::new().retold(&["--help"]).exits(0).out;
    for (command, names) in COMMANDS {
        let help = Folder::new().retold(&[command, "--help"]).exits(0).out;
        assert!(help.contains(&format!("Usage: retold {command}")) && all.contains(&format!("  {command} ")));
        for name in names.iter().chain(&["--threads", "--progress"]) {
            assert!(help.contains(name), "{command} --help does not name {name}:\n{help}");
        }
        assert!(help.lines().all(|line| line.chars().count() <= 110), "{help}");
    }
}

#[test]
fn the_version() {
    let ran = Folder::new().retold(&["--version"]).exits(0);
    assert_eq!(ran.out, format!("retold {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_mistyped_word_is_guessed() {
    let folder = Folder::new();
    folder.retold(&["clustr", "x"]).exits(2).says(&["'clustr'", "'cluster'"]);
    folder.retold(&["cluster", "x", "--windw", "3h"]).exits(2).says(&["'--windw'", "'--window'"]);
    folder.retold(&["filter", "run", "-o", "x", "--keep", "longer"]).exits(2).says(&["'longer'", "longest"]);
}

#[test]
fn missing_arguments_are_named() {
    let folder = Folder::new();
    folder.retold(&["cluster"]).exits(2).says(&["<INPUT>"]);
    folder.retold(&["filter", "run"]).exits(2).says(&["--output <FILE>"]);
    folder.retold(&["compare", "a.txt"]).exits(2).says(&["<B>"]);
}

#[test]
fn wrong_values_are_refused_before_anything_is_done() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("a", &story(1)));
    let wrong: [(&str, &[&str], &str); 7] = [
        ("-j", &["0", "-1", "many", "5000"], "--threads <N>"),
        ("--window", &["72", "h", "3y", "-3h", "99999999999999w", "3é"], "a time is wanted, as 90m, 72h, 3d or 2w"),
        ("--max-bad", &["-1", "101%", "few", "%", "nan%"], "wanted"),
        ("--min-confidence", &["1.5", "-0.1", "nan", "high"], "a number from 0 to 1 is wanted"),
        ("--max-record", &["0", "x", "99G", "-1", "M"], "a size"),
        ("--top", &["-1", "all"], "--top <N>"),
        ("--across", &["author"], "outlet"),
    ];
    for (option, values, says) in wrong {
        for value in values {
            let ran = folder.retold(&["run", "news.jsonl", "-o", "run", &format!("{option}={value}")]).exits(2);
            ran.says(&["error: ", value, says]);
        }
    }
    assert_eq!(folder.entries(), ["news.jsonl"]);
    for value in [["-j", "1"], ["--window", "90m"], ["--max-bad", "0.5%"], ["--max-record", "1MiB"]] {
        folder.retold(&[&["cluster", "news.jsonl"][..], &value].concat()).exits(0);
    }
}

#[test]
fn quiet_says_nothing_but_errors() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("a", &story(1)) + &record("b", &story(1)));
    let ran = folder.retold(&["cluster", "news.jsonl", "-q"]).exits(0);
    assert_eq!((ran.err.as_str(), ran.out.lines().count()), ("", 1));
    folder.retold(&["cluster", "missing.jsonl", "-q"]).exits(2).says(&["error: cannot read missing.jsonl"]);
}

#[test]
fn verbose_says_what_each_stage_took() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("a", &story(1)));
    folder.retold(&["cluster", "news.jsonl", "-v"]).exits(0).says(&["read  ", " CPU s"]);
    folder.retold(&["cluster", "news.jsonl", "-v", "-q"]).exits(2).says(&["cannot be used with"]);
}

#[test]
fn progress_can_be_lines_of_json() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("a", &story(1)));
    let ran = folder.retold(&["cluster", "news.jsonl", "-q", "--progress", "json"]).exits(0);
    let lines = crate::support::rows(&ran.err);
    assert!(!lines.is_empty() && lines.iter().all(|line| line["type"] == "progress" && line["stage"].is_string()));
}

#[test]
fn colours_on_request_only() {
    let folder = Folder::new();
    for (color, colored) in [("auto", false), ("never", false), ("always", true)] {
        let ran = folder.retold(&["cluster", "missing.jsonl", "--color", color]).exits(2);
        assert_eq!(ran.err.contains('\u{1b}'), colored, "--color {color}: {:?}", ran.err);
    }
}
