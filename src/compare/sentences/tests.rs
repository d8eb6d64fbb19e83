use proptest::prelude::*;

use super::*;
use crate::compare::text::Reader;

fn both(a: &str, b: &str) -> Likeness {
    let text = Reader::default().sentences(&[a, b]);
    likeness(&text.sentences[0], &text.sentences[1], Weights::background())
}

fn score(a: &str, b: &str) -> f32 {
    both(a, b).score
}

fn part(name: &str, a: &str, b: &str) -> f32 {
    both(a, b).named().find(|part| part.0 == name).expect("a part of that name").1
}

const TOLD: &str = "Police arrested two men in Port Ansel on Tuesday after a ferry was set on fire.";

#[test]
fn the_same_words_are_the_same_statement() {
    assert!((score(TOLD, TOLD) - 1.0).abs() < 1e-6);
    assert!(score(TOLD, "Gardens bloom early") < 1e-6);
}

#[test]
fn the_nearer_telling_scores_higher() {
    let near = score(TOLD, "Two men were held by police in Port Ansel on Tuesday over a fire on a ferry.");
    let event = score(TOLD, "The ferry burned for hours before the fire was put out, police said.");
    let other = score(TOLD, "Shares of the bank fell on Tuesday after a weak report.");
    assert!(near > 0.6 && near > event + 0.15 && event > other, "{near} {event} {other}");
}

#[test]
fn forms_spellings_and_numbers_meet() {
    let apart = score("Ostrow met the delegates in Vale.", "Kray met the delegates in Ansel.");
    for (a, b) in [
        ("Pashinian met the delegates in Nagorno-Karabakh.", "Pashinyan met the delegates in Nagorny Karabakh."),
        ("Sergei Khalatov met the delegates in Vale.", "Sergey Halatow met the delegates in Vale."),
        ("The Syrian attacker killed five.", "Syria attack kills 5."),
        ("The firm paid $5m for 4,000 cars.", "The firm paid 5 million dollars for 4000 cars."),
        ("The group bought a film studio.", "The company acquired a movie studio."),
    ] {
        assert!(score(a, b) > apart, "{a} {b}: {} {apart}", score(a, b));
    }
    assert!(part("numbers shared", "Two hundred and ten people fled.", "210 people fled.") > 0.0);
}

#[test]
fn what_speaks_against_is_told_apart() {
    assert!(part("names apart", "The mayor of Dorvale resigned.", "The mayor of Ansel resigned.") < 0.0);
    assert!(part("numbers apart", "He found 12 boats.", "He found 70 boats.") < 0.0);
    assert!(part("negation", "The mayor did not resign.", "The mayor resigned.") < 0.0);
    assert!(part("opposites", "Prices rose in March.", "Prices fell in March.") < 0.0);
    assert!(part("names apart", "Mayor Of Paris Quits In Anger", "Mayor Of London Quits In Anger") < 0.0);
}

#[test]
fn the_parts_say_what_the_score_is() {
    let others = [
        "Fire on a ferry in Port Ansel.",
        "Two men were held in Port Ansel.",
        "Police did not arrest two men in Port Ansel.",
        "Nine died in Dorvale after a fire.",
        "Police said so.",
    ];
    let mut told: Vec<(f32, f32)> =
        others.map(|other| both(TOLD, other)).iter().map(|x| (x.parts.iter().sum(), x.score)).collect();
    told.sort_by(|x, y| x.0.total_cmp(&y.0));
    assert!(told.windows(2).all(|two| two[0].1 <= two[1].1), "{told:?}");
}

fn sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[A-Za-z]{1,9}",
        "[0-9]{1,5}",
        Just("not".to_owned()),
        Just("million".to_owned()),
        Just("Ida".to_owned()),
        Just("1,2.3".to_owned()),
        "\\PC{1,6}"
    ];
    prop::collection::vec(word, 0..25).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_two_sentences_have_one_likeness_in_either_order(a in sentence(), b in sentence()) {
        let (x, y) = (both(&a, &b), both(&b, &a));
        prop_assert!((0.0..=1.0).contains(&x.score));
        prop_assert!((x.score - y.score).abs() < 1e-5, "{} {}", x.score, y.score);
    }
}
