//! He or she: pronouns, titles and nouns that name a man or a woman.

use super::matching::Matching;
use super::numbers::take_best;
use super::view::View;
use super::{Claim, Kind, Sides};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

#[derive(Debug, Clone, Copy)]
struct Gendered {
    at: usize,
    gender: Gender,
    /// Words that can stand for each other: he and she, king and queen.
    role: usize,
}

/// Words for a man and for a woman in one role; pronouns come first.
#[rustfmt::skip]
const PAIRS: [(&str, &str); 47] = [
    ("he", "she"), ("him", "her"), ("his", "her"), ("his", "hers"), ("himself", "herself"),
    ("mr", "mrs"), ("mr", "ms"), ("mr", "miss"), ("sir", "madam"), ("sir", "dame"), ("lord", "lady"),
    ("man", "woman"), ("men", "women"), ("boy", "girl"), ("boys", "girls"), ("father", "mother"), ("fathers", "mothers"),
    ("dad", "mum"), ("dad", "mom"), ("son", "daughter"), ("sons", "daughters"), ("brother", "sister"),
    ("brothers", "sisters"), ("husband", "wife"), ("husbands", "wives"), ("uncle", "aunt"), ("nephew", "niece"),
    ("grandfather", "grandmother"), ("grandson", "granddaughter"), ("king", "queen"), ("prince", "princess"),
    ("duke", "duchess"), ("actor", "actress"), ("waiter", "waitress"), ("policeman", "policewoman"),
    ("businessman", "businesswoman"), ("spokesman", "spokeswoman"), ("chairman", "chairwoman"),
    ("congressman", "congresswoman"), ("sportsman", "sportswoman"), ("widower", "widow"), ("bridegroom", "bride"),
    ("monk", "nun"), ("male", "female"), ("males", "females"), ("boyfriend", "girlfriend"), ("gentleman", "lady"),
];
/// How many of the pairs are pronouns, which all play one role.
const PRONOUNS: usize = 5;

fn gendered(view: &View<'_>) -> Vec<Gendered> {
    let of = |form: &str| {
        let at = PAIRS.iter().position(|(male, female)| *male == form || *female == form)?;
        let gender = if PAIRS.iter().any(|(male, _)| *male == form) { Gender::Male } else { Gender::Female };
        Some((gender, if at < PRONOUNS { 0 } else { at }))
    };
    let words = view.words.iter().enumerate();
    words.filter_map(|(at, word)| of(&word.form).map(|(gender, role)| Gendered { at, gender, role })).collect()
}

/// A pronoun or title of one gender where the other side has its counterpart of the other gender.
pub(super) fn claims(sides: &Sides<'_>, matching: &Matching, found: &mut Vec<Claim>) {
    let (a, b) = (gendered(&sides.a.view), gendered(&sides.b.view));
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let pairs = |same: bool| {
        let mut pairs = Vec::new();
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                let role = x.role == y.role || PAIRS[x.role].0 == PAIRS[y.role].0 && x.role >= PRONOUNS;
                if (x.gender == y.gender) == same && role {
                    let here = x.at..x.at + 1;
                    let slot = matching.slot(&sides.a.view, &here, &sides.b.view, &(y.at..y.at + 1));
                    pairs.push((slot, i, j));
                }
            }
        }
        pairs
    };
    let mut claim = |i: usize, j: usize, agree: bool| {
        let span = |view: &View<'_>, at: usize| Some(view.span(&(at..at + 1)));
        found.push(Claim {
            kind: Kind::Gender,
            agree: Some(agree),
            a: span(&sides.a.view, a[i].at),
            b: span(&sides.b.view, b[j].at),
        });
    };
    take_best(pairs(true), &mut free_a, &mut free_b, |_, i, j| {
        claim(i, j, true);
        true
    });
    take_best(pairs(false), &mut free_a, &mut free_b, |slot, i, j| {
        let differs = slot >= 0.2;
        if differs {
            claim(i, j, false);
        }
        differs
    });
}
