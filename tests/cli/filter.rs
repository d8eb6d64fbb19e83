//! `filter`: a collection without its duplicates, its records untouched.

use std::collections::BTreeSet;
use std::io::Read;

use serde_json::json;

use crate::support::{Folder, Random, line, record, rows, samples, story, text};

/// The four numbers of the closing line: kept, removed, repeats, rejects.
fn told(err: &str) -> [u64; 4] {
    let line = err.lines().find(|line| line.starts_with("kept ")).unwrap_or_else(|| panic!("no account in {err}"));
    let numbers: Vec<u64> = line.split(' ').filter_map(|word| word.replace(',', "").parse().ok()).collect();
    numbers.try_into().unwrap_or_else(|numbers| panic!("{numbers:?} in {line}"))
}

/// Three versions of one story, each best in another way, and a story of its own. In `one.jsonl`, `two.jsonl`.
fn versions() -> (Folder, [String; 4]) {
    let folder = Folder::new();
    let told = story(1);
    let longer = told.clone() + "\n\nThe harbour master of Ostrel would not say when the crane will stand again.";
    let version = |id: &str, date: &str, text: &str| line(&json!({"id": id, "date": date, "text": text}));
    let lines = [
        version("first", "2026-11-03", &told),
        version("earliest", "2026-11-01", &Random(9).edited(&told, 15)),
        version("longest", "2026-11-02", &longer),
        version("alone", "2026-11-02", &story(2)),
    ];
    folder.write("one.jsonl", lines[..2].concat());
    folder.write("two.jsonl", lines[2..].concat());
    (folder, lines)
}

#[test]
fn records_come_out_byte_for_byte() {
    let folder = Folder::new();
    // Fields that retold does not know, odd spacing, escapes, another order of fields, a comma in a number's place.
    let odd = [
        format!(
            "{{ \"tags\" : [1, 2.50, {{\"a\":null}}],\"text\":\"{}\", \"id\":\"x\"  }}",
            story(1).replace('\n', "\\n")
        ),
        format!(
            "{{\"id\":\"\\u0079\",\"views\":1e3,\"text\":\"\\u00e9t\\u00e9 {}\"}}\t",
            story(2).replace('\n', "\\n")
        ),
        format!(
            "{{\"text\":\"{}\",\"id\":3,\"id2\":\"🚢\",\"big\":12345678901234567890123}}",
            story(3).replace('\n', "\\n")
        ),
    ];
    folder.write("news.jsonl", format!("{}\n\n{}\n{}", odd[0], odd[1], odd[2]));
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(0);
    assert_eq!(folder.read("left.jsonl"), odd.join("\n") + "\n");
    let ran = folder.retold(&["filter", "run", "-o", "-"]).exits(0);
    assert_eq!(ran.out, folder.read("left.jsonl"));
}

#[test]
fn which_version_is_kept_can_be_chosen() {
    let (folder, lines) = versions();
    folder.retold(&["run", "one.jsonl", "two.jsonl", "-o", "run"]).exits(0);
    assert_eq!(folder.groups("run"), [["earliest", "first", "longest"]]);
    let [first, earliest, longest, alone] = &lines;
    for (keep, kept) in [("first", first), ("earliest", earliest), ("longest", longest)] {
        let (left, gone) = (format!("{keep}.jsonl"), format!("{keep}-removed.jsonl"));
        let ran = folder.retold(&["filter", "run", "-o", &left, "--keep", keep, "--removed", &gone]).exits(0);
        assert_eq!(told(&ran.err), [2, 2, 0, 0]);
        assert_eq!(folder.read(&left), format!("{kept}{alone}"), "--keep {keep}");
        let gone = rows(&folder.read(&gone));
        let ids: BTreeSet<String> = gone.iter().map(|row| text(&row["id"])).collect();
        let others: BTreeSet<String> =
            ["first", "earliest", "longest"].into_iter().filter(|id| *id != keep).map(str::to_owned).collect();
        assert_eq!(ids, others);
        assert!(gone.iter().all(|row| row["kept"] == keep && row["duplicate_group"].is_string()), "{gone:?}");
    }
    // The fullest is kept unless something else is asked for.
    folder.retold(&["filter", "run", "-o", "default.jsonl"]).exits(0);
    assert_eq!(folder.read("default.jsonl"), folder.read("longest.jsonl"));
}

#[test]
fn everything_read_is_accounted_for() {
    let folder = Folder::new();
    let news = samples().join("news.jsonl").display().to_string();
    folder.retold(&["run", &news, "-o", "run", "--max-bad", "1"]).exits(0);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl", "--removed", "gone.jsonl"]).exits(0);
    let [read, kept, repeated, rejected] = folder.counts("run");
    let [left, removed, repeats, rejects] = told(&ran.err);
    assert_eq!((left + removed, repeats, rejects), (kept, repeated, rejected));
    assert_eq!(left + removed + repeats + rejects, read);
    // What is left holds one of each group and all others, in the order of the input.
    let ids: Vec<String> = rows(&folder.read("left.jsonl")).iter().map(|row| text(&row["id"])).collect();
    assert_eq!(ids.len() as u64, left);
    let groups = folder.groups("run");
    assert!(groups.iter().all(|group| group.iter().filter(|id| ids.contains(id)).count() == 1));
    let input = std::fs::read_to_string(&news).unwrap();
    let mut rest = input.lines();
    assert!(folder.read("left.jsonl").lines().all(|line| rest.any(|other| other == line)), "not as in the input");
    // What went is listed, with a record that is still there.
    let gone = rows(&folder.read("gone.jsonl"));
    assert_eq!(gone.len() as u64, removed + repeats);
    assert!(gone.iter().all(|row| row["path"] == "news.jsonl" && row["line"].is_u64()), "{gone:?}");
    assert!(gone.iter().all(|row| ids.contains(&text(&row["kept"]))), "{gone:?}");
}

#[test]
fn rejects_are_the_same_as_in_the_run() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("one", &story(1)) + "{broken\n" + &record("two", &story(2)) + "{}\n");
    folder.retold(&["run", "news.jsonl", "gone.jsonl", "-o", "run", "--max-bad", "3"]).exits(0);
    assert_eq!(folder.counts("run"), [5, 2, 0, 3]);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(0);
    assert_eq!(told(&ran.err), [2, 0, 0, 3]);
}

#[test]
fn repeats_are_left_out_and_listed_with_what_is_kept() {
    let folder = Folder::new();
    let lines =
        [record("live", &story(1)), record("live", &story(2)), record("live", &story(2)), record("live", &story(1))];
    folder.write("news.jsonl", lines.concat());
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    assert_eq!(folder.counts("run"), [4, 2, 2, 0]);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl", "--removed", "gone.jsonl"]).exits(0);
    assert_eq!(told(&ran.err), [2, 0, 2, 0]);
    assert_eq!(folder.read("left.jsonl"), lines[..2].concat());
    // Each repeat under the id that its text has in the run.
    let gone = rows(&folder.read("gone.jsonl"));
    for (row, (line, number)) in gone.iter().zip([(3, 2), (4, 1)]) {
        assert_eq!(row["line"], line);
        assert_eq!(folder.text("run", &text(&row["kept"])), story(number), "{row}");
    }
}

#[test]
fn a_repeat_of_something_removed_names_what_is_kept() {
    let folder = Folder::new();
    let longer = story(1) + "\n\nThe harbour master of Ostrel would not say when the crane will stand again.";
    folder.write("news.jsonl", record("copy", &story(1)) + &record("full", &longer) + &record("copy", &story(1)));
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    folder.retold(&["filter", "run", "-o", "left.jsonl", "--removed", "gone.jsonl"]).exits(0);
    assert_eq!(folder.read("left.jsonl"), record("full", &longer));
    let gone = rows(&folder.read("gone.jsonl"));
    assert_eq!(gone.iter().map(|row| text(&row["kept"])).collect::<Vec<_>>(), ["full", "full"]);
}

#[test]
fn a_run_over_a_file_given_twice() {
    let folder = Folder::new();
    let lines = record("one", &story(1)) + &record("two", &story(2));
    folder.write("news.jsonl", &lines);
    folder.retold(&["run", "news.jsonl", "news.jsonl", "-o", "run"]).exits(0);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(0);
    assert_eq!(told(&ran.err), [2, 0, 2, 0]);
    assert_eq!(folder.read("left.jsonl"), lines);
}

#[test]
fn revisions_are_told_apart() {
    let folder = Folder::new();
    let lines = [record("live", &story(1)), record("live", &story(2)), record("other", &story(1))];
    folder.write("news.jsonl", lines.concat());
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl", "--keep", "first"]).exits(0);
    assert_eq!(told(&ran.err), [2, 1, 0, 0]);
    assert_eq!(folder.read("left.jsonl"), lines[..2].concat());
}

#[test]
fn output_can_be_packed() {
    let (folder, lines) = versions();
    folder.retold(&["run", "one.jsonl", "two.jsonl", "-o", "run"]).exits(0);
    folder.retold(&["filter", "run", "-o", "left.jsonl.gz", "--removed", "gone.jsonl.zst"]).exits(0);
    let mut left = String::new();
    let packed = std::fs::File::open(folder.path("left.jsonl.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut left).unwrap();
    assert_eq!(left, lines[2..].concat());
    let gone = zstd::decode_all(std::fs::File::open(folder.path("gone.jsonl.zst")).unwrap()).unwrap();
    assert_eq!(rows(&String::from_utf8(gone).unwrap()).len(), 2);
    // And read again.
    folder.retold(&["run", "left.jsonl.gz", "-o", "again"]).exits(0);
    assert_eq!(folder.ids("again"), ["alone", "longest"]);
    assert_eq!(folder.groups("again"), Vec::<Vec<String>>::new());
}

#[test]
fn packed_inputs_and_folders_are_read_again() {
    let folder = Folder::new();
    let lines = [record("a", &story(1)), record("b", &story(1)), record("c", &story(3))];
    folder.write("in/a.jsonl.gz", crate::support::gzip(lines[..2].concat().as_bytes()));
    folder.write("in/deep/c.jsonl", &lines[2]);
    folder.write("in/note.txt", story(4));
    folder.retold(&["run", "in", "-o", "run"]).exits(0);
    folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(0);
    // A text file is no record: it becomes one.
    assert_eq!(folder.read("left.jsonl"), format!("{}{}{}", lines[0], lines[2], record("note.txt", &story(4))));
}

#[test]
fn files_that_exist_are_replaced_with_force_only() {
    let (folder, lines) = versions();
    folder.retold(&["run", "one.jsonl", "two.jsonl", "-o", "run"]).exits(0);
    folder.write("left.jsonl", "mine");
    for args in [&["-o", "left.jsonl"][..], &["-o", "new.jsonl", "--removed", "left.jsonl"]] {
        let ran = folder.retold(&[&["filter", "run"][..], args].concat()).exits(2);
        ran.says(&["left.jsonl exists", "--force"]);
    }
    assert_eq!(folder.read("left.jsonl"), "mine");
    assert_eq!(folder.entries(), ["left.jsonl", "one.jsonl", "run", "two.jsonl"]);
    folder.retold(&["filter", "run", "-o", "left.jsonl", "--force"]).exits(0);
    assert_eq!(folder.read("left.jsonl"), lines[2..].concat());
    folder.retold(&["filter", "run", "-o", "run", "--force"]).exits(2).says(&["run is a folder"]);
    folder.retold(&["filter", "run", "-o", "left.jsonl/x"]).exits(4).says(&["error: cannot write left.jsonl/x"]);
}

#[test]
fn a_run_over_standard_input_says_what_to_do() {
    let folder = Folder::new();
    let lines = record("one", &story(1)) + &record("two", &story(1));
    folder.retold_with(&["run", "-", "-o", "run"], lines.clone()).exits(0);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(2);
    ran.says(&["error: ", "standard input", "--inputs"]);
    assert_eq!(folder.entries(), ["run"]);
    // What it says to do works.
    folder.write("saved.jsonl", &lines);
    folder.retold(&["filter", "run", "-o", "left.jsonl", "--inputs", "saved.jsonl"]).exits(0);
    assert_eq!(folder.read("left.jsonl"), record("one", &story(1)));
}

#[test]
fn inputs_that_moved_are_named_again() {
    let (folder, lines) = versions();
    folder.retold(&["run", "one.jsonl", "two.jsonl", "-o", "run"]).exits(0);
    std::fs::create_dir(folder.path("archive")).unwrap();
    for name in ["one.jsonl", "two.jsonl"] {
        std::fs::rename(folder.path(name), folder.path("archive").join(name)).unwrap();
    }
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(2);
    ran.says(&["one.jsonl", "--inputs"]);
    folder
        .retold(&["filter", "run", "-o", "left.jsonl", "--inputs", "archive/one.jsonl", "archive/two.jsonl"])
        .exits(0);
    assert_eq!(folder.read("left.jsonl"), lines[2..].concat());
}

/// Runs over `before`, then filters `after`: an error that says so, and no file.
#[track_caller]
fn change_is_noticed(before: &str, after: &str) {
    let folder = Folder::new();
    folder.write("news.jsonl", before);
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    folder.write("news.jsonl", after);
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl", "--removed", "gone.jsonl"]).exits(2);
    ran.says(&["error: ", "changed since", "nothing was written"]);
    assert_eq!(folder.entries(), ["news.jsonl", "run"]);
}

#[test]
fn records_that_went_since_are_noticed() {
    let [a, b, c] = [record("a", &story(1)), record("b", &story(2)), record("c", &story(3))];
    change_is_noticed(&(a.clone() + &b + &c), &(a.clone() + &b));
    change_is_noticed(&(a.clone() + &b + &c), &(a + &c));
}

#[test]
fn records_that_came_since_are_noticed() {
    let [a, b, c] = [record("a", &story(1)), record("b", &story(2)), record("c", &story(3))];
    change_is_noticed(&(a.clone() + &b), &(c.clone() + &a + &b));
    // At the end, where nothing else has moved: it was never compared.
    change_is_noticed(&(a.clone() + &b), &(a + &b + &c));
}

#[test]
fn a_text_that_changed_since_is_noticed() {
    change_is_noticed(
        &(record("a", &story(1)) + &record("b", &story(1))),
        &(record("a", &story(1)) + &record("b", &story(2))),
    );
}

#[test]
fn what_is_no_run_is_refused() {
    let folder = Folder::new();
    folder.write("photos/ferry.txt", "x");
    for target in ["photos", "missing"] {
        folder.retold(&["filter", target, "-o", "left.jsonl"]).exits(2).says(&["is not a table of a finished run"]);
    }
    folder.write("news.jsonl", record("a", &story(1)));
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    folder.write("run/articles.jsonl", "{\"id\": 7}\n");
    let ran = folder.retold(&["filter", "run", "-o", "left.jsonl"]).exits(2);
    ran.says(&["articles.jsonl is not a table of a finished run"]);
    assert_eq!(folder.entries(), ["news.jsonl", "photos", "run"]);
}
