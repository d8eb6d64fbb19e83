//! Stories: what is one event, who tells it, what each version adds, and what the user decided.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Folder, Ran, Random, line, text};

/// An article of a fire, a vote and a lost ship, each told by several outlets in words of their own.
const ARTICLES: [(&str, &str, &str, &str, &str); 8] = [
    (
        "fire-1",
        "courier.example",
        "2026-03-02T07:00:00Z",
        "Fire guts paper mill in Port Ansel",
        "A fire destroyed the Hallin paper mill in Port Ansel on Sunday night. Forty firemen fought the flames for six \
         hours, said fire chief Ida Kray. The 112 workers of the late shift were led out unhurt. The damage was put at \
         nine million crowns.",
    ),
    (
        "fire-2",
        "herald.example",
        "2026-03-02T10:00:00Z",
        "Hallin mill burns down",
        "Nothing is left of the Hallin mill at Port Ansel after a blaze that broke out in its paper store late on Sunday. \
         All 112 workers got out in time. Ida Kray, the fire chief, said that forty men had been needed. The owner spoke \
         of a damage of nine million crowns.",
    ),
    (
        "fire-3",
        "gull.example",
        "2026-03-03T09:00:00Z",
        "After the fire, Port Ansel asks what becomes of its mill",
        "The 112 people who worked at the Hallin paper mill in Port Ansel do not know whether they will ever go back. Fire \
         chief Ida Kray said on Tuesday that the blaze of Sunday had begun in the paper store. The union wants talks with \
         the owner, who lost nine million crowns.",
    ),
    (
        "vote-1",
        "courier.example",
        "2026-03-02T22:00:00Z",
        "Dorvale elects Tomas Berin",
        "Tomas Berin will be the next mayor of Dorvale. The teacher of 41 won 52.3 percent of the votes on Monday, ahead \
         of Greta Ahl with 44.1 percent. Turnout was the highest in twenty years. Berin promised a new tram line.",
    ),
    (
        "vote-2",
        "herald.example",
        "2026-03-03T06:00:00Z",
        "A teacher becomes mayor",
        "With 52.3 percent of the votes the teacher Tomas Berin was elected mayor of Dorvale on Monday. His rival Greta \
         Ahl, who came to 44.1 percent, congratulated him before midnight. A tram line to the harbour was the great matter \
         of the campaign.",
    ),
    (
        "ship-1",
        "courier.example",
        "2026-03-09T08:00:00Z",
        "Trawler Amalia missing off Saltmere",
        "The coastguard is searching for the trawler Amalia, which has not been heard of since she left Saltmere on \
         Saturday with a crew of seven. Captain Joren Maddick gave no sign of distress. Winds reached force ten.",
    ),
    (
        "ship-2",
        "gull.example",
        "2026-03-09T12:00:00Z",
        "No trace of the Amalia",
        "Aircraft found no trace on Monday of the Amalia, a trawler from Saltmere with seven men on board. Her captain, \
         Joren Maddick, had sailed on Saturday in spite of a warning of force ten winds.",
    ),
    (
        "alone",
        "gull.example",
        "2026-03-04T08:00:00Z",
        "Museum shows kites",
        "Some two hundred kites from eleven countries hang in the museum of Brackwater until May. The oldest is made of \
         silk and was flown by monks.",
    ),
];

fn articles() -> Vec<Value> {
    let article = |(id, outlet, date, title, text): (&str, &str, &str, &str, &str)| json!({"id": id, "outlet": outlet, "date": date, "title": title, "text": text});
    ARTICLES.into_iter().map(article).collect()
}

fn lines(articles: &[Value]) -> String {
    articles.iter().map(line).collect()
}

fn run(articles: &[Value], options: &[&str]) -> (Folder, Ran) {
    let folder = Folder::new();
    folder.write("news.jsonl", lines(articles));
    let ran = folder.retold(&[&["run", "news.jsonl", "-o", "run"][..], options].concat()).exits(0);
    (folder, ran)
}

/// The stories of a run, each as its ids.
fn stories(folder: &Folder) -> Vec<Vec<String>> {
    let mut stories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in folder.table("run", "articles") {
        if let Some(story) = row["story"].as_str() {
            stories.entry(story.to_owned()).or_default().push(text(&row["id"]));
        }
    }
    let mut stories: Vec<Vec<String>> = stories.into_values().collect();
    stories.sort();
    stories
}

const EXPECTED: [&[&str]; 3] = [&["fire-1", "fire-2", "fire-3"], &["ship-1", "ship-2"], &["vote-1", "vote-2"]];

#[test]
fn reports_in_other_words_are_one_story() {
    let (folder, _) = run(&articles(), &[]);
    assert_eq!(stories(&folder), EXPECTED);
    let rows = folder.table("run", "stories");
    assert_eq!(rows.len(), 3);
    let fire = rows.iter().find(|row| row["size"] == 3).unwrap();
    assert_eq!((&fire["independent_sources"], &fire["duplicate_groups"]), (&json!(3), &json!(0)), "{fire}");
    assert_eq!((&fire["first"], &fire["last"]), (&json!("2026-03-02T07:00:00Z"), &json!("2026-03-03T09:00:00Z")));
    assert!(fire["representative"].as_str().unwrap().starts_with("fire-") && fire["title"].is_string(), "{fire}");
    assert!((0.5..=1.0).contains(&fire["min_confidence"].as_f64().unwrap()), "{fire}");
    for pair in folder.table("run", "pairs") {
        assert!(["same-event", "rewrite"].contains(&pair["relation"].as_str().unwrap()), "{pair}");
        assert_eq!(text(&pair["a"])[..4], text(&pair["b"])[..4], "{pair}");
        assert!(pair["similarity"].as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)), "{pair}");
    }
}

#[test]
fn stories_can_be_left_out() {
    let (folder, _) = run(&articles(), &["--only", "duplicates"]);
    assert_eq!(stories(&folder), Vec::<Vec<String>>::new());
    assert!(!folder.path("run/stories.jsonl").exists());
    assert!(folder.table("run", "articles").iter().all(|row| row["novel"].is_null()));
}

#[test]
fn reprints_of_an_agency_are_one_source() {
    let mut all = articles();
    for outlet in ["north", "south", "east"] {
        let text = format!("PORT ANSEL (Norpress) - {}", ARTICLES[0].4);
        all.push(json!({"id": format!("print-{outlet}"), "outlet": format!("{outlet}.example"), "text": text}));
    }
    all[0]["text"] = format!("PORT ANSEL (Norpress) - {}", ARTICLES[0].4).into();
    let (folder, _) = run(&all, &[]);
    let rows = folder.table("run", "stories");
    let fire = rows.iter().find(|row| row["size"] == 6).unwrap();
    assert_eq!((&fire["independent_sources"], &fire["duplicate_groups"]), (&json!(3), &json!(1)), "{fire}");
}

#[test]
fn a_group_of_reprints_is_a_story() {
    let told = Random(4).story(150);
    let all: Vec<Value> = (0..4).map(|i| json!({"id": format!("copy-{i}"), "text": told})).collect();
    let (folder, _) = run(&all, &[]);
    assert_eq!(stories(&folder), [["copy-0", "copy-1", "copy-2", "copy-3"]]);
    let row = &folder.table("run", "stories")[0];
    assert_eq!((&row["independent_sources"], &row["first"], &row["title"]), (&json!(1), &Value::Null, &Value::Null));
}

#[test]
fn what_a_version_adds_is_told_where_dates_are_known() {
    let sentences: Vec<String> = (0..9).map(|i| Random(i).story(18).replace(['.', '\n'], " ") + ". ").collect();
    let article = |id: &str, date: Value, from: usize, to: usize| json!({"id": id, "date": date, "text": sentences[from..to].concat()});
    let (folder, _) = run(
        &[
            article("a", json!("2026-11-01T08:00:00Z"), 0, 6),
            article("b", json!("2026-11-02"), 0, 6),
            article("c", json!("2026-11-02"), 0, 8),
            article("d", json!("2026-11-03"), 0, 8),
            article("undated", Value::Null, 0, 6),
        ],
        &[],
    );
    assert_eq!(stories(&folder).len(), 1);
    let novel: BTreeMap<String, Value> =
        folder.table("run", "articles").into_iter().map(|row| (text(&row["id"]), row["novel"].clone())).collect();
    let expected =
        [("a", json!(1.0)), ("b", json!(0.0)), ("c", json!(0.25)), ("d", json!(0.0)), ("undated", Value::Null)];
    for (id, share) in expected {
        assert_eq!(novel[id], share, "{id}: {novel:?}");
    }
}

#[test]
fn decisions_are_obeyed() {
    let decided = |decisions: &str| {
        let folder = Folder::new();
        folder.write("news.jsonl", lines(&articles()));
        folder.write("decided.txt", decisions);
        let ran = folder.retold(&["run", "news.jsonl", "-o", "run", "--decisions", "decided.txt"]).exits(0);
        (stories(&folder), ran)
    };
    let (found, ran) = decided("# mine\nsame alone ship-2\ndifferent\tfire-3\tfire-1\n");
    assert!(!ran.err.contains("warning"), "{}", ran.err);
    assert!(found.iter().any(|story| story == &["alone", "ship-1", "ship-2"]), "{found:?}");
    let with = |id: &str| found.iter().find(|story| story.iter().any(|other| other == id));
    assert!(with("fire-1") != with("fire-3") || with("fire-1").is_none(), "{found:?}");
    let (_, ran) = decided(
        "same alone ship-2\nsame ship-2 vote-1\ndifferent vote-1 alone\nsame alone nobody\nmaybe a b\nsame a\n",
    );
    ran.says(&[
        "decided.txt:3",
        "vote-1 and alone",
        "decided.txt:4",
        "nobody",
        "decided.txt:5",
        "maybe",
        "decided.txt:6",
    ]);
    let folder = Folder::new();
    folder.write("news.jsonl", lines(&articles()));
    folder.retold(&["cluster", "news.jsonl", "--decisions", "missing.txt"]).exits(2).says(&["missing.txt"]);
}

#[test]
fn copies_can_be_told_apart_by_decision() {
    let told = Random(4).story(150);
    let all: Vec<Value> = ["a", "b", "c"].map(|id| json!({"id": id, "text": told})).into();
    let folder = Folder::new();
    folder.write("news.jsonl", lines(&all));
    folder.write("decided.txt", "different a c\n");
    folder.retold(&["run", "news.jsonl", "-o", "run", "--decisions", "decided.txt"]).exits(0);
    assert_eq!(stories(&folder).len(), 1);
    assert_eq!(stories(&folder)[0].len(), 2);
    assert_eq!(folder.groups("run"), [["a", "b", "c"]], "the text is the same still");
}

#[test]
fn a_pipe_gets_a_line_for_each_story() {
    let folder = Folder::new();
    folder.write("news.jsonl", lines(&articles()));
    let ran = folder.retold(&["cluster", "news.jsonl"]).exits(0);
    let fields: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(fields.len(), 3, "{}", ran.out);
    assert_eq!(fields[0][..4], ["3", "3", "3", "26 h"], "{}", ran.out);
    let told = folder.retold(&["cluster", "news.jsonl", "-n", "1", "-v"]).exits(0).out;
    let versions: Vec<&str> = told.lines().skip(1).collect();
    assert!(versions[0].starts_with("\t2026-03-02T07:00:00Z  courier.example  fire-1  100 % new"), "{told}");
    assert!(versions[2].starts_with("\t2026-03-03T09:00:00Z  gull.example  fire-3"), "{told}");
}

#[test]
fn decisions_that_cannot_be_used_are_told_before_anything_is_read() {
    let folder = Folder::new();
    folder.write("news.jsonl", "{\"id\": \"a\", \"text\": \"The ferry was late.\"}");
    folder.write("decided.txt", "same a b");
    let missing = folder.retold(&["cluster", "news.jsonl", "--decisions", "missing.txt"]).exits(2);
    assert!(missing.err.contains("cannot read the decisions in missing.txt: No such file"), "{}", missing.err);
    let useless = ["cluster", "news.jsonl", "--only", "duplicates", "--decisions", "decided.txt"];
    let useless = folder.retold(&useless).exits(2);
    assert!(useless.err.contains("--only duplicates leaves out"), "{}", useless.err);
    folder.retold(&["cluster", "news.jsonl", "--decisions", "decided.txt", "--only", "stories", "-o", "run"]).exits(0);
    let record = folder.record("run");
    let parameters = &record["parameters"];
    assert_eq!((&parameters["only"], &parameters["decisions"]), (&"stories".into(), &"../decided.txt".into()));
}

#[test]
fn one_article_many_times_and_one_template_many_times() {
    let mut random = Random(11);
    let told = random.story(120);
    let copy = |i: usize| json!({"id": format!("copy-{i:04}"), "date": "2050-01-01", "text": told});
    let mut all: Vec<Value> = (0..1500).map(copy).collect();
    let form = |i: usize, random: &mut Random| {
        let [town, other] = [random.name(), random.name()];
        let [high, low, wind] = [5 + random.below(25), random.below(9), random.below(90)];
        let text = format!(
            "The weather for {town} today: a dry morning with some sun, clouds from noon on. Highs of {high} degrees in \
             town and {low} degrees in {other}. The wind comes from the west with up to {wind} kilometres an hour."
        );
        json!({"id": format!("form-{i:04}"), "title": format!("Weather for {town}"), "text": text})
    };
    all.extend((0..1500).map(|i| form(i, &mut random)));
    let (folder, _) = run(&all, &[]);
    let found = stories(&folder);
    let copies = found.iter().find(|story| story[0].starts_with("copy-")).unwrap();
    assert_eq!(copies.len(), 1500);
    let largest = found.iter().filter(|story| story[0].starts_with("form-")).map(Vec::len).max();
    assert!(largest.unwrap_or(0) < 30, "a template was swallowed: {largest:?}");
}
