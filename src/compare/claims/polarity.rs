//! Whether something is so: negations, and what they are about.

use super::matching::{Matching, near};
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
    "not", "never", "no", "nobody", "none", "nothing", "neither", "nor", "nowhere", "cannot", "without", "non",
    "unable", "cant",
];

#[rustfmt::skip]
const IMPLIED: [&str; 60] = [
    "refus", "deni", "deny", "fail", "reject", "lack", "prevent", "avoid", "hardly", "barely", "scarcely", "rarely",
    "seldom", "few", "little", "only", "unless", "until", "instead", "rather", "except", "ban", "bans", "banned", "stop",
    "halt", "block", "miss", "absence", "absent", "impossib", "unlikely", "declin", "far", "less", "prohibit", "forbid",
    "forbad", "exclu", "beyond", "cease", "quit", "oppos", "disagree", "contrary", "despite", "although", "however",
    "free", "short", "nor", "too", "doubt", "but", "ignor", "neglect", "away", "anti", "rule", "resist",
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
            let strength = if matches!(view.form(at + 1), "only" | "just" | "merely" | "simply" | "least" | "until")
                && form == "not"
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
    IMPLIED.iter().any(begins) || form.len() >= 7 && form.starts_with("un")
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
        "not" => view.form_before(at, 1) == "or" && view.form_before(at, 2) == "whether",
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
        let least = [0.0, 0.3, 0.1][round];
        take_best(pairs(wanted), &mut free_a, &mut free_b, |score, i, j| {
            let taken = score >= least;
            if taken {
                both.push((i, j));
            }
            taken
        });
    }
    let span = |view: &View<'_>, at: usize| Some(view.span(&(at..at + 1)));
    for (i, j) in both {
        if a[i].strength == Strength::Plain || b[j].strength == Strength::Plain {
            let (a, b) = (span(&sides.a.view, a[i].at), span(&sides.b.view, b[j].at));
            found.push(Claim { kind: Kind::Negation, agree: Some(true), a, b });
        }
    }
    for (i, negator) in a.iter().enumerate().filter(|&(i, negator)| free_a[i] && negator.strength == Strength::Plain) {
        let (agree, other) = alone(sides.a.view.words.len(), negator, &matching.in_b, matching.coverage);
        let b = other.and_then(|at| span(&sides.b.view, at)).filter(|_| agree.is_some());
        found.push(Claim { kind: Kind::Negation, agree, a: span(&sides.a.view, a[i].at), b });
    }
    for (j, negator) in b.iter().enumerate().filter(|&(j, negator)| free_b[j] && negator.strength == Strength::Plain) {
        let (agree, other) = alone(sides.b.view.words.len(), negator, &matching.in_a, matching.coverage);
        let a = other.and_then(|at| span(&sides.a.view, at)).filter(|_| agree.is_some());
        found.push(Claim { kind: Kind::Negation, agree, a, b: span(&sides.b.view, b[j].at) });
    }
}

fn add(negators: &mut Vec<Negator>, at: usize) {
    negators.retain(|negator| negator.at != at);
    negators.push(Negator { at, scope: Some(at), strength: Strength::Plain });
}

/// Whether a negation without counterpart contradicts the other side, and the word there that it would negate.
fn alone(words: usize, negator: &Negator, found: &[Option<usize>], coverage: f32) -> (Option<bool>, Option<usize>) {
    let near = (negator.at.saturating_sub(3)..(negator.at + 4).min(words)).filter(|&at| at != negator.at);
    let (mut all, mut met) = (0.0, 0.0);
    for at in near {
        all += 1.0;
        met += f32::from(found[at].is_some());
    }
    let around: f32 = if all > 0.0 { met / all } else { 0.0 };
    let scope = negator.scope.and_then(|scope| found[scope]);
    let differs = match scope {
        Some(_) => around >= 0.3 && coverage >= 0.3,
        None => around >= 0.6 && coverage >= 0.5,
    };
    let other = scope.or_else(|| (negator.at + 1..words).chain((0..negator.at).rev()).find_map(|at| found[at]));
    if differs && other.is_some() { (Some(false), other) } else { (None, None) }
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
            let same =
                |form: &str| form == base || near(form, base) >= 0.8 && form.as_bytes()[..3] == base.as_bytes()[..3];
            let twin = (0..other.words.len()).find(|&at| other_found[at].is_none() && same(other.form(at)));
            if let Some(twin) = twin.filter(|twin| pairs.iter().all(|(_, taken)| taken != twin)) {
                pairs.push((at, twin));
                break;
            }
        }
    }
    pairs
}
