use std::fmt::Write;

use proptest::prelude::*;

use super::*;

/// One language and line a row, `‖` where a sentence ends.
const CASES: &str = include_str!("cases.tsv");

fn split<'a>(text: &'a str, lang: &str) -> Vec<&'a str> {
    sentences(text, lang).into_iter().map(|range| &text[range]).collect()
}

#[test]
fn hard_cases_of_each_language() {
    let mut wrong = String::new();
    for row in CASES.lines().filter(|row| !row.starts_with('#')) {
        let (lang, marked) = row.split_once('\t').unwrap();
        let text = marked.replace(" ‖ ", " ").replace('‖', "");
        let (right, found) = (marked.split('‖').map(str::trim).collect::<Vec<_>>(), split(&text, lang));
        if right != found {
            writeln!(wrong, "{lang}: {}\n    {}", right.join(" ‖ "), found.join(" ‖ ")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "wanted and found:\n{wrong}");
}

#[test]
fn an_open_quotation_does_not_leak_into_the_next_line() {
    let text = "He said: “We stay. \nThe mayor left. Nobody followed.\n\"It is late. \n\nThey slept. \" \nAll of them.";
    let right = [
        "He said: “We stay.",
        "The mayor left.",
        "Nobody followed.",
        "\"It is late.",
        "They slept. \"",
        "All of them.",
    ];
    assert_eq!(split(text, "en"), right);
}

#[test]
fn a_line_is_a_sentence_even_without_a_word() {
    assert_eq!(split("It began.\n* * *\n \t\u{a0}\nIt ended. ---\n", "en"), ["It began.", "* * *", "It ended. ---"]);
    assert!(sentences("", "en").is_empty() && sentences(" \n\n", "").is_empty());
}

#[test]
fn time_grows_with_the_text_alone() {
    let units = [
        ".", "\"", ". ", "a.", "a. ", "? \"", ".\" ", "(", ".)", "… ", "x", "。", "：", "A. B", "[1", ".[", ". [", "'",
        "1.", ".\u{a0}",
    ];
    for unit in units {
        let text = unit.repeat((1 << 20) / unit.len());
        assert!(sentences(&text, "en").len() <= text.len());
    }
}

proptest! {
    #[test]
    fn every_word_is_in_exactly_one_sentence(
        text in "([A-Za-z]{1,6}|[.!?…\"“”'()\\[\\]:;,0-9\n ]|[。」։،؟—-]| \\PC){0,80}",
        lang in "en|de|ru|hy|ja|el|xx",
    ) {
        let mut next = 0;
        for sentence in sentences(&text, &lang) {
            prop_assert!(sentence.start >= next && sentence.start < sentence.end);
            prop_assert!(!text[next..sentence.start].contains(char::is_alphanumeric));
            prop_assert_eq!(text[sentence.clone()].trim(), &text[sentence.clone()]);
            next = sentence.end;
        }
        prop_assert!(!text[next..].contains(char::is_alphanumeric));
    }
}
