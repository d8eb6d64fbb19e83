//! What options change in the result, and what is found at all.

use serde_json::{Value, json};

use crate::support::{Folder, Random, line, record, story};

fn run(lines: &str, options: &[&str]) -> Folder {
    let folder = Folder::new();
    folder.write("news.jsonl", lines);
    folder.retold(&[&["run", "news.jsonl", "-o", "run"][..], options].concat()).exits(0);
    folder
}

fn no_groups() -> Vec<Vec<String>> {
    Vec::new()
}

/// Records with a date, all of one text or of edits of it.
fn dated(dates: &[(&str, Value)], edited: bool) -> String {
    let told = story(1);
    let text = |i: usize| if edited && i > 0 { Random(i as u64).edited(&told, 15) } else { told.clone() };
    dates.iter().enumerate().map(|(i, (id, date))| line(&json!({"id": id, "date": date, "text": text(i)}))).collect()
}

#[test]
fn only_articles_close_in_time() {
    for edited in [false, true] {
        let lines = dated(&[("a", json!("2026-11-01T08:00:00Z")), ("b", json!("2026-11-04T09:00:00Z"))], edited);
        assert_eq!(run(&lines, &[]).groups("run"), [["a", "b"]]);
        assert_eq!(run(&lines, &["--window", "72h"]).groups("run"), no_groups(), "edited: {edited}");
        assert_eq!(run(&lines, &["--window", "73h"]).groups("run"), [["a", "b"]], "edited: {edited}");
        assert_eq!(run(&lines, &["--window", "1w"]).groups("run"), [["a", "b"]]);
        assert!(run(&lines, &["--window", "72h"]).table("run", "pairs").is_empty());
    }
}

#[test]
fn a_date_without_a_time_is_any_time_of_the_day() {
    let lines = dated(&[("a", json!("2026-11-01")), ("b", json!("2026-11-04T09:00:00Z"))], true);
    assert_eq!(run(&lines, &["--window", "72h"]).groups("run"), [["a", "b"]]);
    assert_eq!(run(&lines, &["--window", "24h"]).groups("run"), no_groups());
}

#[test]
fn articles_without_a_date_are_compared_with_all() {
    let lines = dated(&[("a", json!("2026-11-01T08:00:00Z")), ("b", json!(null)), ("c", json!("soon"))], true);
    assert_eq!(run(&lines, &["--window", "1h"]).groups("run"), [["a", "b", "c"]]);
}

#[test]
fn pairs_inside_one_outlet_can_be_skipped() {
    let told = story(1);
    let from = |id: &str, outlet: Option<&str>, text: &str| line(&json!({"id": id, "outlet": outlet, "text": text}));
    let edited = Random(2).edited(&told, 15);
    for (one, other) in [(&told, &told), (&told, &edited)] {
        let inside = from("a", Some("Tide"), one) + &from("b", Some("tide"), other);
        assert_eq!(run(&inside, &[]).groups("run"), [["a", "b"]]);
        assert_eq!(run(&inside, &["--across", "outlet"]).groups("run"), no_groups());
        let across = from("a", Some("Tide"), one) + &from("b", Some("Gull"), other);
        assert_eq!(run(&across, &["--across", "outlet"]).groups("run"), [["a", "b"]]);
        // Two that do not say where they are from may be from anywhere.
        let unknown = from("a", None, one) + &from("b", None, other);
        assert_eq!(run(&unknown, &["--across", "outlet"]).groups("run"), [["a", "b"]]);
    }
}

#[test]
fn unsure_pairs_can_be_left_out() {
    let told = Random(1).story(200);
    let lines =
        record("a", &told) + &record("b", &Random(2).edited(&told, 20)) + &record("c", &Random(3).edited(&told, 3));
    let all = run(&lines, &[]);
    assert_eq!(all.groups("run"), [["a", "b", "c"]]);
    let confidences: Vec<f64> =
        all.table("run", "pairs").iter().map(|row| row["confidence"].as_f64().unwrap()).collect();
    let least = confidences.iter().copied().fold(1.0, f64::min);
    let most = confidences.iter().copied().fold(0.0, f64::max);
    assert!(least < most, "{confidences:?}");
    let between = ((least + most) / 2.0).to_string();
    let sure = run(&lines, &["--min-confidence", &between]);
    assert_eq!(sure.groups("run"), [["a", "b"]]);
    assert!(sure.table("run", "pairs").iter().all(|row| row["confidence"].as_f64().unwrap() >= (least + most) / 2.0));
    // Exact copies are sure.
    let copies = run(&(lines + &record("d", &told)), &["--min-confidence", "1"]);
    assert_eq!(copies.groups("run"), [["a", "d"]]);
}

#[test]
fn reports_from_one_form_are_no_duplicates() {
    let weather = |town: &str, n: [u32; 4]| {
        let [high, low, rain, wind] = n;
        format!(
            "Here is the weather for {town} and the coast. The morning stays dry, the sun comes out before noon, and \
             clouds follow in the afternoon. Highs of {high} degrees are expected in town and {low} degrees in the \
             hills. The chance of rain is {rain} percent. The wind comes from the west with {wind} kilometres an hour."
        )
    };
    let towns = [
        ("Ostrel", [17, 9, 20, 35]),
        ("Tarnby", [21, 12, 5, 11]),
        ("Velmark", [9, 3, 85, 60]),
        ("Sankt Odo", [14, 7, 40, 22]),
    ];
    let lines: String = towns.map(|(town, numbers)| record(town, &weather(town, numbers))).concat();
    let folder = run(&(lines + &record("copy", &weather("Ostrel", [17, 9, 20, 35]))), &[]);
    assert_eq!(folder.groups("run"), [["Ostrel", "copy"]]);
    assert_eq!(folder.table("run", "pairs"), Vec::<Value>::new());
}

#[test]
fn very_short_texts() {
    let lines =
        record("a", "Ferry late.") + &record("b", "ferry LATE") + &record("c", "Ferry lost.") + &record("d", "Fog");
    let folder = run(&(lines + &record("e", "fog!") + &record("f", "7")), &[]);
    assert_eq!(folder.groups("run"), [["a", "b"], ["d", "e"]]);
    assert_eq!(folder.counts("run"), [6, 6, 0, 0]);
}

#[test]
fn texts_in_chinese() {
    let told = "霜湾镇的旧钟楼星期一清晨停摆，镇上的面包师第一个发现。钟匠林阿诺说，齿轮里卡着一枚铜币，\
                已经磨得只剩一半。镇长答应下月底以前修好，费用由渔会和学校各出一半。";
    let edited = "霜湾镇的旧钟楼周一清晨停摆，镇上的面包师第一个发现。钟匠林阿诺说，齿轮里卡着一枚铜币，\
                  已经磨得只剩一半。镇长答应下月底以前修好，费用由渔会与学校各出一半。";
    let other = "沙丘岛的渡船昨天夜里在浓雾中搁浅，船上四十一名乘客全部获救。船长说导航灯早已损坏，\
                 港务处三次拖延更换。调查将在两周内结束，其间由小艇往返接送岛民。";
    let wide = told.replace('，', ", ").replace('。', ". ");
    let folder = run(&(record("a", told) + &record("b", edited) + &record("c", other) + &record("d", &wide)), &[]);
    assert_eq!(folder.groups("run"), [["a", "b", "d"]]);
    let pairs = folder.table("run", "pairs");
    assert!(!pairs.is_empty() && pairs.iter().all(|row| row["relation"] == "near-duplicate"), "{pairs:?}");
}

#[test]
fn other_scripts_and_spellings_of_one_text() {
    let told =
        "Паром из Острела снова опоздал на четыре часа, и никто в порту не знает почему, сказал смотритель маяка.";
    let composed =
        "Der Kran in Übersee fiel am Montag um, und in der Straße am Hafen war für Stunden kein Licht zu sehen.";
    let decomposed = composed.replace('ü', "u\u{308}").replace('Ü', "U\u{308}");
    let lines =
        record("a", told) + &record("b", &told.to_uppercase()) + &record("c", composed) + &record("d", &decomposed);
    assert_eq!(run(&lines, &[]).groups("run"), [["a", "b"], ["c", "d"]]);
}

#[test]
fn only_duplicates_is_what_there_is() {
    let lines = record("a", &story(1)) + &record("b", &story(1));
    assert_eq!(run(&lines, &["--only", "duplicates"]).groups("run"), [["a", "b"]]);
}
