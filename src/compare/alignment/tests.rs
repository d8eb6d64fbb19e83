use proptest::prelude::*;

use super::*;
use crate::compare::text::Reader;

/// Links of two texts given as sentences.
fn links(a: &[&str], b: &[&str]) -> Vec<Link> {
    let mut reader = Reader::default();
    align(&reader.sentences(a), &reader.sentences(b), Weights::background())
}

/// The sentences of each link.
fn sides(links: &[Link]) -> Vec<(&[usize], &[usize])> {
    links.iter().map(|link| (link.a.as_slice(), link.b.as_slice())).collect()
}

const TOLD: [&str; 5] = [
    "The ferry Marisol ran aground off Port Ansel early on Tuesday with 210 people on board.",
    "Captain Ida Kray said the engine had failed twice during the storm.",
    "Rescue boats from Dorvale brought all passengers ashore within three hours.",
    "The harbour authority has opened an inquiry into the age of the vessel.",
    "Fishermen complained that the warning light on the reef had been dark for weeks.",
];

const RETOLD: [&str; 5] = [
    "Early Tuesday the Marisol, a ferry with 210 passengers, struck ground near Port Ansel.",
    "The engine failed two times in the storm, according to captain Ida Kray.",
    "Within three hours everybody was taken ashore by rescue boats that came from Dorvale.",
    "An inquiry into the vessel's age was opened by the harbour authority.",
    "For weeks the reef's warning light had been dark, fishermen complained.",
];

#[test]
fn a_text_in_other_words_is_linked_sentence_by_sentence() {
    let links = links(&TOLD, &RETOLD);
    let all: [&[usize]; 5] = [&[0], &[1], &[2], &[3], &[4]];
    assert_eq!(sides(&links), all.map(|n| (n, n)));
    assert!(links.iter().all(|link| !link.is_verbatim && !link.is_reordered && link.score > 0.2 && link.score < 1.0));
}

#[test]
fn what_the_other_text_leaves_out_has_no_link() {
    let found = links(&TOLD, &[RETOLD[0], RETOLD[2], "The mayor of Ostrel will not stand again.", RETOLD[4]]);
    assert_eq!(sides(&found), [(&[0][..], &[0][..]), (&[2], &[1]), (&[4], &[3])]);
}

#[test]
fn two_sentences_in_one_are_one_link() {
    let both = format!("{} {}", RETOLD[1], RETOLD[2]);
    let found = links(&TOLD, &[RETOLD[0], &both, RETOLD[3], RETOLD[4]]);
    assert_eq!(sides(&found)[1], (&[1, 2][..], &[1][..]));
    assert_eq!(found.len(), 4);
}

#[test]
fn a_sentence_that_adds_nothing_joins_no_link() {
    let again = "The engine had failed, captain Ida Kray said.";
    let found = links(&[TOLD[0], TOLD[1], again, TOLD[2]], &[RETOLD[0], TOLD[1], RETOLD[2]]);
    assert_eq!(sides(&found), [(&[0][..], &[0][..]), (&[1], &[1]), (&[3], &[2])]);
    assert!(found[1].is_verbatim);
}

#[test]
fn a_sentence_that_moved_is_reordered() {
    let found = links(&TOLD, &[RETOLD[4], RETOLD[0], RETOLD[1], RETOLD[2], RETOLD[3]]);
    let moved: Vec<bool> = found.iter().map(|link| link.is_reordered).collect();
    assert_eq!(moved, [false, false, false, false, true]);
    assert_eq!(found[4].b, [0]);
}

#[test]
fn a_shared_quotation_links_what_else_differs() {
    let a = "“We lost the light months before the ship came,” Oren Vale, who mends nets, told reporters at the pier \
             beside a heap of ropes and crates of herring.";
    let b = "Nobody in the council chamber on Friday had an answer for the old fisherman from Sorrel Bay, who wrote \
             in his letter: “We lost the light months before the ship came.”";
    let c = "The council meets again in spring.";
    assert_eq!(sides(&links(&[a], &[c, b])), [(&[0][..], &[1][..])]);
}

#[test]
fn equal_texts_are_linked_each_sentence_with_itself_also_where_one_recurs() {
    let text = ["Yes.", TOLD[0], "Yes.", TOLD[1], "Yes.", TOLD[2], "Yes."];
    let found = links(&text, &text);
    assert_eq!(found.len(), text.len(), "{found:?}");
    for (number, link) in found.iter().enumerate() {
        assert_eq!((&link.a[..], &link.b[..]), (&[number][..], &[number][..]));
        assert!(link.is_verbatim && !link.is_reordered && link.score == 1.0);
    }
}

#[test]
fn one_sentence_finds_its_own_among_many() {
    assert_eq!(sides(&links(&[RETOLD[3]], &TOLD)), [(&[0][..], &[3][..])]);
    assert!(links(&["A kitten was born in the zoo of Ostrel."], &TOLD).is_empty());
}

#[test]
fn texts_of_two_languages_and_empty_ones_have_no_links() {
    let russian = ["Паром сел на мель у порта рано утром.", "Капитан сообщил об отказе двигателя."];
    assert!(links(&TOLD, &russian).is_empty());
    assert!(links(&TOLD, &[]).is_empty());
    assert!(links(&TOLD, &["", "…"]).is_empty());
}

#[test]
fn boilerplate_takes_no_part() {
    let mut reader = Reader::default();
    let a = reader.sentences(&TOLD);
    let mut b = reader.sentences(&TOLD);
    b.sentences[2].is_aside = true;
    let found = align(&a, &b, Weights::background());
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|link| !link.b.contains(&2)));
}

#[test]
fn long_texts_stay_cheap_also_where_they_repeat_themselves() {
    let long: Vec<String> =
        (0..3000).map(|n| format!("Lot {n} went to bidder {} for {} crowns.", n * 7, n * 13)).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    assert!(links(&long, &long).iter().all(|link| link.a == link.b));
    let same = ["The same words again and again."; 3000];
    assert!(links(&same, &same).len() <= 3000);
}

proptest! {
    #[test]
    fn links_do_not_depend_on_which_text_is_first(
        a in prop::collection::vec("([a-f]{1,3} ){0,6}(\"[a-c]{2} [a-c]{2} d e f\")?", 0..9),
        b in prop::collection::vec("([a-f]{1,3} ){0,6}(\"[a-c]{2} [a-c]{2} d e f\")?", 0..9),
    ) {
        let mut reader = Reader::default();
        let (a, b) = (reader.sentences(&a), reader.sentences(&b));
        let found = align(&a, &b, Weights::background());
        let mut turned = align(&b, &a, Weights::background());
        turned.iter_mut().for_each(|link| std::mem::swap(&mut link.a, &mut link.b));
        turned.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        prop_assert_eq!(&found, &turned);
        for link in &found {
            prop_assert!((0.0..=1.0).contains(&link.score));
            prop_assert!(link.a.iter().all(|&n| n < a.sentences.len()) && link.b.iter().all(|&n| n < b.sentences.len()));
        }
    }
}
