//! The same result for any number of threads, any order and any cut of the input.

use serde_json::{Value, json};

use crate::support::{Folder, Random, groups, line, rows, samples};

/// The tables of a run less what depends on where records stood.
fn tables(folder: &Folder, run: &str) -> Vec<(&'static str, String)> {
    ["articles", "pairs", "passages", "spans", "stories", "texts", "rejects"]
        .map(|name| (name, without_place(folder, run, name)))
        .into()
}

fn without_place(folder: &Folder, run: &str, name: &str) -> String {
    let table = folder.read(&format!("{run}/{name}.jsonl"));
    if !matches!(name, "articles" | "rejects") {
        return table;
    }
    let mut lines: Vec<String> = rows(&table)
        .into_iter()
        .map(|mut row| {
            for field in ["path", "line", "byte"] {
                row.as_object_mut().unwrap().remove(field);
            }
            line(&row)
        })
        .collect();
    if name == "rejects" {
        // Sorted by place.
        lines.sort();
    }
    lines.concat()
}

/// Runs `lines` in several ways and requires one result.
fn has_one_result(lines: &[String]) -> (Folder, Vec<Value>) {
    let folder = Folder::new();
    let mut random = Random(7);
    folder.write("whole.jsonl", lines.concat());
    let mut shuffled = lines.to_vec();
    random.shuffle(&mut shuffled);
    folder.write("shuffled.jsonl", shuffled.concat());
    random.shuffle(&mut shuffled);
    for (i, part) in shuffled.chunks(shuffled.len().div_ceil(5)).enumerate() {
        folder.write(&format!("split/{}/{i}.jsonl", i % 2), part.concat());
    }
    let runs: [(&str, &str, &str); 5] = [
        ("one", "1", "whole.jsonl"),
        ("two", "2", "whole.jsonl"),
        ("eight", "8", "whole.jsonl"),
        ("other-order", "2", "shuffled.jsonl"),
        ("parts", "8", "split"),
    ];
    for (run, threads, input) in runs {
        folder.retold(&["run", input, "-o", run, "-j", threads, "-q", "--max-bad", "100%"]).exits(0);
    }
    let expected = tables(&folder, "one");
    for (run, ..) in runs {
        for ((name, table), (_, expected)) in tables(&folder, run).iter().zip(&expected) {
            let different = table.lines().zip(expected.lines()).find(|(one, other)| one != other);
            assert!(table == expected, "{name} of run {run} is different, first in {different:#?}");
        }
        assert_eq!(folder.counts(run), folder.counts("one"), "{run}");
    }
    let articles = folder.table("one", "articles");
    (folder, articles)
}

#[test]
fn of_the_samples() {
    let news = std::fs::read_to_string(samples().join("news.jsonl")).unwrap();
    let lines: Vec<String> = news.lines().map(|line| format!("{line}\n")).collect();
    let (folder, _) = has_one_result(&lines);
    assert_eq!(folder.counts("one"), [45, 43, 1, 1]);
}

#[test]
fn of_two_thousand_articles() {
    let lines = collection();
    assert!(lines.len() > 2000);
    let (folder, articles) = has_one_result(&lines);
    let [read, kept, repeated, rejected] = folder.counts("one");
    assert_eq!((read, repeated, rejected), (lines.len() as u64, 20, 2));
    assert_eq!(kept, read - 22);
    // Not the same nothing each time: the planted groups are there.
    let found = groups(&articles);
    let with = |prefix: &str| found.iter().flatten().filter(|id| id.starts_with(prefix)).count();
    assert!(with("copy-") == 150 && with("edit-") >= 290 && with("cut-") >= 95, "{found:?}");
    assert_eq!(with("form-"), 0, "reports from one form are no duplicates");
    // Everything planted on one story is one group, and no group holds two stories.
    for group in &found {
        let stories: Vec<&str> =
            group.iter().map(|id| id.split('~').next().unwrap().rsplit('-').next().unwrap()).collect();
        assert!(stories.windows(2).all(|two| two[0] == two[1]), "{group:?}");
    }
    assert!(!folder.table("one", "pairs").is_empty() && !folder.table("one", "spans").is_empty());
    assert!(folder.table("one", "pairs").iter().any(|row| row["relation"] == "overlap"));
}

/// Reports with planted copies, edits, cuts, mergers, filled-in forms, repeats, revisions and faults. What is made of
/// story `n` has an id that ends in `-n`.
fn collection() -> Vec<String> {
    let mut random = Random(2026);
    let furniture: Vec<[String; 2]> = (0..10).map(|_| [random.story(10), random.story(12)]).collect();
    let stories: Vec<String> = (0..1200)
        .map(|_| 60 + random.below(60))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|words| random.story(words))
        .collect();
    let mut lines = Vec::new();
    let mut add = |random: &mut Random, id: String, text: String| {
        let outlet = random.below(12);
        let text = match furniture.get(outlet) {
            Some([head, foot]) => format!("{head}\n\n{text}\n\n{foot}"),
            None => text,
        };
        let date = match random.below(9) {
            0 => Value::Null,
            day => format!("2026-11-{day:02}T{:02}:00:00Z", random.below(24)).into(),
        };
        let title = random.name();
        lines.push(line(
            &json!({"id": id, "title": title, "outlet": format!("outlet {outlet}"), "date": date, "text": text}),
        ));
    };
    for (n, story) in stories.iter().enumerate() {
        add(&mut random, format!("story-{n}"), story.clone());
    }
    let numbered = |range: std::ops::Range<usize>| range.clone().zip(&stories[range]);
    for (n, story) in numbered(0..150) {
        add(&mut random, format!("copy-{n}"), story.clone());
    }
    for (n, story) in numbered(100..400) {
        let text = random.edited(story, 12);
        add(&mut random, format!("edit-{n}"), text);
    }
    for (n, story) in numbered(350..450) {
        let part: Vec<&str> = story.split("\n\n").collect();
        add(&mut random, format!("cut-{n}"), part[..part.len().div_ceil(2)].join("\n\n"));
    }
    for n in 0..50 {
        // The beginnings of two stories and lines of its own: neither is mostly in it, and it is mostly in neither.
        let long = [random.story(300), random.story(300)];
        let [one, other] = long.each_ref().map(|story| {
            let paragraphs: Vec<&str> = story.split("\n\n").collect();
            paragraphs[..2].join("\n\n")
        });
        let merger = [one, other, random.story(80)].join("\n\n");
        for (i, story) in long.into_iter().enumerate() {
            add(&mut random, format!("long-{}", 30_000 + 2 * n + i), story);
        }
        add(&mut random, format!("merger-{}", 10_000 + n), merger);
    }
    for n in 0..200 {
        let text = form(&mut random);
        add(&mut random, format!("form-{}", 20_000 + n), text);
    }
    for n in 700..720 {
        // A revision.
        let text = random.story(60);
        add(&mut random, format!("story-{n}"), text);
    }
    let mut repeats: Vec<String> = lines[800..820].to_vec();
    for repeat in &mut repeats[..10] {
        // The same id and text with another title is a repeat still.
        let mut record: Value = serde_json::from_str(repeat).unwrap();
        record["title"] = random.name().into();
        *repeat = line(&record);
    }
    lines.extend(repeats);
    lines.extend(["{\"id\": \"broken\n".into(), "{\"id\": \"hollow\"}\n".into()]);
    lines
}

/// A filled-in weather report.
fn form(random: &mut Random) -> String {
    let mut number = |from: usize, range: usize| from + random.below(range);
    let (high, low, rain, wind) = (number(5, 25), number(0, 9), number(1, 99), number(3, 70));
    let [town, hill, coast] = [random.name(), random.name(), random.name()];
    format!(
        "The weather for {town} today: a dry morning with some sun, clouds from noon on. Highs of {high} degrees in \
         town and {low} degrees on {hill} hill. The chance of rain is {rain} percent until the evening, the wind comes \
         from the west with up to {wind} kilometres an hour and is stronger at {coast}."
    )
}
