//! What claims are seen in pairs of sentences, by kind.

use jiff::civil::date;
use proptest::prelude::*;

use super::{Claim, Kind, claims};
use crate::compare::text::{Reader, Text};
use crate::statistics::weights::Weights;

fn read(sentence: &str) -> Text {
    Reader::default().sentences(&[sentence])
}

fn of(a: &str, b: &str) -> Vec<Claim> {
    claims(&read(a), &read(b), &[], Weights::background(), [None, None])
}

/// The kinds on which two sentences differ.
fn differ(a: &str, b: &str) -> Vec<Kind> {
    of(a, b).iter().filter(|claim| claim.agree == Some(false)).map(|claim| claim.kind).collect()
}

/// Asserts that no claim of the two differs, either way round.
#[track_caller]
fn agree(a: &str, b: &str) {
    assert_eq!(differ(a, b), [], "{a} | {b}");
    assert_eq!(differ(b, a), [], "{b} | {a}");
}

/// Asserts that a claim of this kind differs, either way round.
#[track_caller]
fn differs(kind: Kind, a: &str, b: &str) {
    assert!(differ(a, b).contains(&kind), "{a} | {b}: {:?}", of(a, b));
    assert!(differ(b, a).contains(&kind), "{b} | {a}: {:?}", of(b, a));
}

/// The part of the text that a claim points at.
fn text(text: &Text, span: Option<crate::document::Span>) -> String {
    let span = span.unwrap_or(crate::document::Span { start: 0, end: 0 });
    text.text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}

#[test]
fn numbers_agree_however_they_are_written() {
    agree("A quarter of a century ago the dam was built.", "The dam was built 25 years ago.");
    agree("A dozen men were arrested in Orven on Monday.", "12 men were arrested in Orven on Monday.");
    agree("Two-thirds of the members voted for the plan.", "67 percent of the members voted for the plan.");
    agree("Half of the houses in Orven have no water.", "50 % of the houses in Orven have no water.");
    agree("The party won 45 of the 90 seats.", "The party won half of the 90 seats.");
    agree("Twenty-five thousand people came to Orven.", "25,000 people came to Orven.");
    agree("Tens of thousands marched through Dorvale.", "Some 40,000 people marched through Dorvale.");
}

#[test]
fn another_number_in_the_same_place_differs() {
    differs(Kind::Number, "376 people were killed in the flood.", "367 people were killed in the flood.");
    differs(Kind::Number, "By 5 July it had 244,890 men under arms.", "By 5 July it had 24,490 men under arms.");
    differs(Kind::Number, "The first train arrived in Orven.", "The second train arrived in Orven.");
    differs(Kind::Number, "Hundreds of people marched in Dorvale.", "Some 40,000 people marched in Dorvale.");
    differs(Kind::Number, "The Borea7 has two engines.", "The Borea8 has two engines.");
}

#[test]
fn ranges_bounds_and_rounding_are_understood() {
    agree("Between 300 and 400 people were in the hall.", "376 people were in the hall.");
    differs(Kind::Number, "Between 300 and 400 people were in the hall.", "576 people were in the hall.");
    agree("More than 300 people were killed.", "376 people were killed.");
    differs(Kind::Number, "More than 300 people were killed.", "More than 400 people were killed.");
    agree("Nearly 300 people were killed.", "294 people were killed.");
    agree("24,490 soldiers were under arms.", "24,500 soldiers were under arms.");
    agree("The well is 100 m to 250 m deep.", "The well is 100 to 250 metres deep.");
}

#[test]
fn measures_are_converted() {
    agree("The ferry sank 15 kilometres off Saltmere.", "The ferry sank about nine miles off Saltmere.");
    differs(Kind::Measure, "The ferry sank 15 kilometres off Saltmere.", "The ferry sank 15 miles off Saltmere.");
    agree("The siege lasted two weeks.", "The siege lasted 14 days.");
    differs(Kind::Measure, "The siege lasted two weeks.", "The siege lasted two months.");
    agree("It was 40 degrees Celsius in Orven.", "It was 104 degrees Fahrenheit in Orven.");
    differs(Kind::Measure, "It was 40 degrees Celsius in Orven.", "It was 40 degrees Fahrenheit in Orven.");
    differs(Kind::Measure, "Unemployment rose by 5 percentage points.", "Unemployment rose by 5 percent.");
}

#[test]
fn money_has_a_magnitude_and_a_currency() {
    agree("The firm was fined $5m for the spill.", "The firm was fined 5 million dollars for the spill.");
    differs(
        Kind::Money,
        "The firm was fined $5m for the spill.",
        "The firm was fined 50 million dollars for the spill.",
    );
    differs(Kind::Money, "The firm was fined €5 million.", "The firm was fined $5 million.");
    agree("The company had sales of 1.2bn euros in 2019.", "The company had sales of €1,200 million in 2019.");
}

#[test]
fn dates_and_hours_agree_in_any_order_and_style() {
    agree("The vote was held on 9 March 2020.", "The vote was held on March 9, 2020.");
    agree("The court ruled on October 8, 2021.", "The court ruled on 08.10.2021.");
    differs(Kind::Date, "The vote was held on 9 March 2020.", "The vote was held on March 19, 2020.");
    differs(Kind::Date, "The council meets on Tuesday.", "The council meets on Thursday.");
    differs(Kind::Date, "The bridge was opened in 1984 by the queen.", "The bridge was opened in 1948 by the queen.");
    agree("The bridge was opened in the 1980s.", "The bridge was opened in 1984.");
    agree("The talks begin at 6pm on Friday.", "The talks begin at 18:00 on Friday.");
    differs(Kind::Date, "The talks begin at 6pm on Friday.", "The talks begin at 8pm on Friday.");
    agree(
        "It opened a yard at 6pm with 50,000 workers in 2020.",
        "In 2020 it opened a yard with 50,000 workers at 6 p.m.",
    );
}

#[test]
fn days_are_resolved_against_the_publication() {
    let published = |b: &str, on| {
        let a = read("The mayor of Orven resigned on 9 March 2020.");
        let days = [None, Some(on)];
        let found = claims(&a, &read(b), &[], Weights::background(), days);
        found.into_iter().find(|claim| claim.kind == Kind::Date).and_then(|claim| claim.agree)
    };
    let yesterday = "The mayor of Orven resigned yesterday.";
    assert_eq!(published(yesterday, date(2020, 3, 10)), Some(true));
    assert_eq!(published(yesterday, date(2020, 3, 11)), Some(false));
    assert_eq!(published("The mayor of Orven resigned on Monday.", date(2020, 3, 12)), Some(true));
    assert_eq!(published("The mayor of Orven resigned on Monday.", date(2020, 3, 19)), Some(false));
}

#[test]
fn a_negation_differs_unless_it_is_said_in_another_way() {
    differs(Kind::Negation, "The engineers did not sign the report.", "The engineers signed the report.");
    differs(Kind::Negation, "The mayor strongly disagrees with the plan.", "The mayor strongly agrees with the plan.");
    differs(Kind::Negation, "The contract is legal, the court said.", "The contract is illegal, the court said.");
    differs(Kind::Negation, "The general accepted the offer.", "The general rejected the offer.");
    agree("The captain refused to leave the ship.", "The captain did not want to leave the ship.");
    agree("The contract is not legal, the court said.", "The contract is illegal, the court said.");
    agree("The mayor failed to sign the contract.", "The mayor did not sign the contract.");
    agree("The plant has not been closed.", "The plant is still open.");
    agree("They unveiled the monument in Orven.", "The monument in Orven was unveiled.");
}

#[test]
fn a_name_agrees_in_other_forms_and_differs_from_another() {
    differs(Kind::Name, "Ida Kray won the vote in Orven.", "Edda Morn won the vote in Orven.");
    differs(Kind::Name, "Edda Kray won the vote in Orven.", "Ida Kray won the vote in Orven.");
    differs(Kind::Name, "The ferry sailed from Orven to Hallin.", "The ferry sailed from Hallin to Orven.");
    differs(Kind::Name, "The Russian minister was in Orven.", "The Turkish minister was in Orven.");
    agree("Ida Kray won the vote in Orven.", "Kray won the vote in Orven.");
    agree("The Russian minister was in Orven.", "The minister of Russia was in Orven.");
    agree("Prime Minister Davit Harunyan spoke in Orven.", "Davit Harunian spoke in Orven.");
    agree("The UN sent observers to the border.", "The United Nations sent observers to the border.");
    agree("Officials of the Orven Harbour Board met.", "Officials of the OHB met.");
    agree("The Fisheries Ministry of Dorvale met.", "The Fisheries Department of Dorvale met.");
}

#[test]
fn what_one_side_alone_says_is_no_difference() {
    let found = of("The bridge cost 3.5 million crowns to build.", "The bridge was built, Ida Kray said.");
    assert!(found.iter().all(|claim| claim.agree.is_none()), "{found:?}");
    assert!(found.iter().any(|claim| claim.kind == Kind::Money && claim.b.is_none()));
    assert!(found.iter().any(|claim| claim.kind == Kind::Name && claim.a.is_none()));
}

#[test]
fn he_and_she_differ_and_so_do_question_and_statement() {
    differs(Kind::Gender, "He told the police that he saw it.", "She told the police that she saw it.");
    differs(Kind::Gender, "Mr Holt said the plan was dropped.", "Mrs Holt said the plan was dropped.");
    agree("He told the police what his wife saw.", "He told the police what the woman saw.");
    differs(Kind::Question, "Will the mayor resign?", "The mayor will resign.");
}

#[test]
fn a_quotation_is_found_on_both_sides() {
    let found = of("“Nobody has asked us about the pier,” he said.", "He said: \"Nobody asked us about that pier.\"");
    let quoted: Vec<_> = found.iter().filter(|claim| claim.kind == Kind::Quotation).collect();
    assert!(matches!(quoted[..], [claim] if claim.agree == Some(true)), "{found:?}");
}

#[test]
fn claims_point_into_both_texts_and_name_the_value() {
    let (a, b) = (read("“Ältere” Häuser in Orven: 15 km off, 300 men."), read("In Orven, 300 men were 15 miles off."));
    let found = claims(&a, &b, &[], Weights::background(), [None, None]);
    let measure = found.iter().find(|claim| claim.kind == Kind::Measure).cloned();
    let Some(measure) = measure else { unreachable!("no measure: {found:?}") };
    assert_eq!((text(&a, measure.a), text(&b, measure.b)), ("15 km".to_owned(), "15 miles".to_owned()));
    assert_eq!(measure.a_value.as_deref(), Some("15000 length"));
    assert_eq!(measure.agree, Some(false));
}

proptest! {
    #[test]
    fn a_sentence_agrees_with_itself(words in prop::collection::vec(
        "Orven|Kray|Ida|from|to|not|never|5|12|3,5|1.200|\\$|half|two|million|%|km|pm|6:30|March|1984|he|she|\"|U\\.S\\.|-|,|\\.|ÄÖ|é|rose|fell|unable",
        1..25,
    )) {
        let sentence = words.join(" ");
        prop_assert_eq!(differ(&sentence, &sentence), []);
    }

    #[test]
    fn any_two_texts_give_spans_inside_of_them(a in "\\PC{0,60}", b in "([a-zA-Z0-9 .,%$€'’\"-]|é|[0-9]{3}){0,60}") {
        let (a, b) = (read(&a), read(&b));
        for claim in claims(&a, &b, &[], Weights::background(), [None, None]) {
            for (text, span) in [(&a, claim.a), (&b, claim.b)] {
                let length = text.text.chars().count() as u32;
                prop_assert!(span.is_none_or(|span| span.start <= span.end && span.end <= length));
            }
        }
    }
}
