//! Whether something is so: negations, and what they are about.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::matching::Matching;
use super::numbers::take_best;
use super::view::View;
use super::{Claim, Kind, Sides};

/// A word that negates.
#[derive(Debug, Clone, Copy)]
struct Negator {
    at: usize,
    /// The word that it is about, if there is one.
    scope: Option<usize>,
    strength: Strength,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// Negates and nothing else: not, never, un-.
    Plain,
    /// Says no in a word of its own, which another sentence can say with a plain negation: refuse, without, hardly.
    Implied,
}

const PLAIN: [&str; 14] = [
    "not", "never", "no", "nobody", "none", "nothing", "nowhere", "cannot", "without", "unable", "non", "cant", "dont",
    "didnt",
];

/// Words, or begins of words, that say no in one of the ways in which another sentence can use a plain negation.
#[rustfmt::skip]
const IMPLIED: [&str; 51] = [
    "refus", "deni", "deny", "denying", "fail", "reject", "lack", "prevent", "avoid", "hardly", "barely", "scarcely", "rarely",
    "seldom", "few", "unless", "until", "instead", "except", "ban", "banned", "stop", "stopped", "halt", "block", "miss",
    "absen", "impossib", "unlikely", "declin", "prohibit", "forbid", "forbad", "exclud", "cease", "oppos", "disagree",
    "doubt", "ignor", "neglect", "lose", "lost", "losing", "neither", "nor", "ill", "difficult", "only", "less", "void", "anonym",
];
/// Words that begin with "un" and negate nothing.
#[rustfmt::skip]
const NO_PREFIX: [&str; 14] = [
    "under", "until", "unit", "union", "univer", "uniq", "uncle", "unveil", "uniform", "unfold", "unleash", "unanim", "unesco",
    "unif",
];

/// Prefixes that negate the rest of a word.
const PREFIXES: [&str; 7] = ["un", "in", "im", "il", "ir", "dis", "non"];

/// Words between a negator and what it is about.
const REACH: usize = 5;

fn negators(view: &View<'_>) -> Vec<Negator> {
    let mut found = Vec::new();
    for (at, word) in view.words.iter().enumerate() {
        let form = &*word.form;
        let plain = PLAIN.contains(&form) || form.ends_with("n't");
        if plain && !is_idle(view, at) {
            // "not only" says more, not less.
            let strength = if matches!(
                view.form(at + 1),
                "only" | "just" | "merely" | "simply" | "least" | "until" | "even" | "long" | "far"
            ) && form == "not"
            {
                Strength::Implied
            } else {
                Strength::Plain
            };
            found.push(Negator { at, scope: scope(view, at), strength });
        } else if implies(form) {
            found.push(Negator { at, scope: scope(view, at), strength: Strength::Implied });
        }
    }
    found
}

fn implies(form: &str) -> bool {
    let ending = |rest: &str| matches!(rest, "" | "s" | "ed" | "ing" | "es");
    let begins = |stem: &&str| form.strip_prefix(*stem).is_some_and(|rest| stem.len() >= 5 || ending(rest));
    let negates = form.len() >= 7 && form.starts_with("un");
    IMPLIED.iter().any(begins) || negates && !NO_PREFIX.iter().any(|begin| form.starts_with(begin))
}

/// A negator that negates nothing: No. 3, whether or not, no doubt, "no" as an answer.
fn is_idle(view: &View<'_>, at: usize) -> bool {
    let next = view.words.get(at + 1);
    let is_number = next.is_some_and(|next| next.is_digits()) && view.words[at].after.starts_with('.');
    match &*view.words[at].form {
        "no" => {
            is_number
                || matches!(view.form(at + 1), "doubt" | "wonder" | "fewer" | "less")
                || view.words[at].after.starts_with([',', '!'])
        }
        "not" => view.form_before(at, 1) == "or",
        _ => false,
    }
}

/// The next word that says something, but for adverbs.
fn scope(view: &View<'_>, at: usize) -> Option<usize> {
    let next = (at + 1..view.words.len().min(at + 1 + REACH))
        .take_while(|&next| !view.words[next - 1].after.contains(['.', ';', '?', '!', ':']));
    let mut content = next.filter(|&next| view.words[next].is_content() && !view.words[next].form.ends_with("ly"));
    content.next()
}

/// The claims on polarity: a negation on both sides, or on one where the other says the same without.
pub(super) fn claims(sides: &Sides<'_>, matching: &mut Matching, found: &mut Vec<Claim>) {
    let (mut a, mut b) = (negators(&sides.a.view), negators(&sides.b.view));
    let joins = prefixed(&sides.a.view, &matching.in_b, &sides.b.view, &matching.in_a);
    for (at, base) in joins {
        matching.join(at, base);
        add(&mut a, at);
    }
    for (at, base) in prefixed(&sides.b.view, &matching.in_a, &sides.a.view, &matching.in_b) {
        matching.join(base, at);
        add(&mut b, at);
    }
    for (x, y, is_in_a) in opposites(sides, matching) {
        matching.join(x, y);
        if is_in_a { add(&mut a, x) } else { add(&mut b, y) }
    }
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let kinship = |i: usize, j: usize| {
        let scopes = a[i].scope.and_then(|scope| matching.in_b[scope]).is_some_and(|scope| b[j].scope == Some(scope));
        let slot = matching.slot(&sides.a.view, &(a[i].at..a[i].at + 1), &sides.b.view, &(b[j].at..b[j].at + 1));
        slot + f32::from(scopes)
    };
    let pairs = |wanted: &dyn Fn(Strength, Strength) -> bool| -> Vec<(f32, usize, usize)> {
        let all = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
        all.filter(|&(i, j)| wanted(a[i].strength, b[j].strength)).map(|(i, j)| (kinship(i, j), i, j)).collect()
    };
    let mut both = Vec::new();
    // Equal strength first, then a plain negation against a word that implies one.
    let rounds: [&dyn Fn(Strength, Strength) -> bool; 3] = [
        &|x, y| x == Strength::Plain && y == Strength::Plain,
        &|x, y| x == Strength::Implied && y == Strength::Implied,
        &|x, y| x != y,
    ];
    for (round, wanted) in rounds.into_iter().enumerate() {
        let least = [0.0, 0.3, 0.35][round];
        take_best(pairs(wanted), &mut free_a, &mut free_b, |score, i, j| {
            // Two negations far apart, each about something that the other side has, are two different ones.
            let apart =
                |negator: &Negator, found: &[Option<usize>]| negator.scope.is_some_and(|at| found[at].is_some());
            let others = u8::from(apart(&a[i], &matching.in_b)) + u8::from(apart(&b[j], &matching.in_a));
            let of_all = |view: &View<'_>, negator: &Negator| {
                matches!(view.form(negator.at), "no" | "none" | "nobody" | "nothing")
            };
            let of_all = of_all(&sides.a.view, &a[i]) || of_all(&sides.b.view, &b[j]);
            let differ = round == 0 && !of_all && (score < 0.15 && others >= 1 || score < 0.6 && others == 2);
            let taken = score >= least && !differ;
            if taken {
                both.push((i, j));
            }
            taken
        });
    }
    let mut claim = |agree: Option<bool>, a: Option<usize>, b: Option<usize>| {
        let stated = |view: &View<'_>, at: usize| (at..at + 1, view.form(at).to_owned());
        let (x, y) = (a.map(|at| stated(&sides.a.view, at)), b.map(|at| stated(&sides.b.view, at)));
        let (x, y) = (x.as_ref().map(|(at, word)| (at, word.clone())), y.as_ref().map(|(at, word)| (at, word.clone())));
        found.push(sides.claim(Kind::Negation, agree, x, y));
    };
    for (i, j) in both {
        if a[i].strength == Strength::Plain || b[j].strength == Strength::Plain {
            claim(Some(true), Some(a[i].at), Some(b[j].at));
        }
    }
    for negator in left(&a, &free_a) {
        match contradicted(&sides.a.view, &negator, &matching.in_b, matching.coverage) {
            Some(there) => claim(Some(false), Some(negator.at), Some(there)),
            None => claim(None, Some(negator.at), None),
        }
    }
    for negator in left(&b, &free_b) {
        match contradicted(&sides.b.view, &negator, &matching.in_a, matching.coverage) {
            Some(there) => claim(Some(false), Some(there), Some(negator.at)),
            None => claim(None, None, Some(negator.at)),
        }
    }
}

/// The plain negations without counterpart; "cannot avoid" says no twice and is none.
fn left(negators: &[Negator], free: &[bool]) -> Vec<Negator> {
    let is_undone = |negator: &Negator| {
        let twice = negators.iter().zip(free).filter(|(other, free)| {
            **free && other.strength == Strength::Plain && other.scope.is_some() && other.scope == negator.scope
        });
        if twice.count() >= 2 {
            return true;
        }
        let mut others =
            negators.iter().zip(free).filter(|(other, free)| **free && other.strength == Strength::Implied);
        negator.scope.is_some_and(|scope| others.any(|(other, _)| other.at == scope))
    };
    let plain = negators.iter().zip(free).filter(|(negator, free)| **free && negator.strength == Strength::Plain);
    plain.filter(|(negator, _)| !is_undone(negator)).map(|(negator, _)| *negator).collect()
}

/// Words of the one side whose opposite stands in their slot on the other, and whether the negating one is in `a`.
fn opposites(sides: &Sides<'_>, matching: &Matching) -> Vec<(usize, usize, bool)> {
    let (a, b) = (&sides.a.view, &sides.b.view);
    let of = |view: &View<'_>, found: &[Option<usize>]| -> Vec<(usize, &'static [(usize, bool)])> {
        let open = (0..view.words.len()).filter(|&at| found[at].is_none());
        open.filter_map(|at| OPPOSITES.get(view.form(at)).map(|groups| (at, groups.as_slice()))).collect()
    };
    let (of_a, of_b) = (of(a, &matching.in_b), of(b, &matching.in_a));
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for (i, groups) in of_a {
        let opposed = |others: &[(usize, bool)]| {
            groups.iter().find(|(group, negates)| others.contains(&(*group, !negates))).map(|(_, negates)| *negates)
        };
        let mut twins = of_b.iter().filter_map(|(j, others)| opposed(others).map(|negates| (*j, negates)));
        let slot = |j: usize| matching.slot(a, &(i..i + 1), b, &(j..j + 1));
        let twin = twins.find(|(j, _)| slot(*j) >= OPPOSED && pairs.iter().all(|(_, taken, _)| taken != j));
        pairs.extend(twin.map(|(j, negates)| (i, j, negates)));
    }
    pairs
}

/// Likeness of the slots from which two opposites are said of one thing.
const OPPOSED: f32 = 0.3;

/// For each word that has an opposite the lines on which it stands, and whether it is the one that negates.
static OPPOSITES: LazyLock<FxHashMap<&'static str, Vec<(usize, bool)>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Vec<(usize, bool)>> = FxHashMap::default();
    let lines = include_str!("../../../data/rules/opposites.tsv").lines().filter(|line| !line.starts_with('#'));
    for (line, (one, other)) in lines.filter_map(|line| line.split_once('\t')).enumerate() {
        one.split(' ').for_each(|form| table.entry(form).or_default().push((line, false)));
        other.split(' ').for_each(|form| table.entry(form).or_default().push((line, true)));
    }
    table
});

fn add(negators: &mut Vec<Negator>, at: usize) {
    negators.retain(|negator| negator.at != at);
    negators.push(Negator { at, scope: Some(at), strength: Strength::Plain });
}

/// The word on the other side that a negation without counterpart contradicts, if it does: the word that it is about
/// stands there, or the rest of the sentence does.
fn contradicted(view: &View<'_>, negator: &Negator, found: &[Option<usize>], coverage: f32) -> Option<usize> {
    let words = view.words.len();
    let near = (negator.at.saturating_sub(3)..(negator.at + 4).min(words)).filter(|&at| at != negator.at);
    let met = near.clone().filter(|&at| found[at].is_some()).count() as f32;
    let around = met / near.count().max(1) as f32;
    let scope = negator.scope.and_then(|scope| found[scope]);
    // "No" and "without" are about their noun; "not" is about the whole statement.
    let form = view.form(negator.at);
    let is_of_all = matches!(form, "not" | "never" | "cannot") || form.ends_with("n't");
    let differs = match scope {
        Some(_) => around >= 0.2 && coverage >= 0.25,
        None => is_of_all && around >= 0.15 && coverage >= 0.38,
    };
    let next = || (negator.at + 1..words).chain((0..negator.at).rev()).find_map(|at| found[at]);
    scope.or_else(next).filter(|_| differs)
}

/// Words with a negating prefix whose bare form stands on the other side, with its place there.
fn prefixed(
    view: &View<'_>,
    found: &[Option<usize>],
    other: &View<'_>,
    other_found: &[Option<usize>],
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (at, word) in view.words.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
        for base in PREFIXES.iter().filter_map(|prefix| word.form.strip_prefix(prefix)).filter(|base| base.len() >= 4) {
            let same = |form: &str| is_form_of(form, base);
            let twin = (0..other.words.len()).find(|&at| other_found[at].is_none() && same(other.form(at)));
            if let Some(twin) = twin.filter(|twin| pairs.iter().all(|(_, taken)| taken != twin)) {
                pairs.push((at, twin));
                break;
            }
        }
    }
    pairs
}

/// Whether two words differ in their ending alone.
fn is_form_of(form: &str, base: &str) -> bool {
    let common = form.bytes().zip(base.bytes()).take_while(|(x, y)| x == y).count();
    form == base || common >= 4 && common + 2 >= base.len() && common + 2 >= form.len()
}
