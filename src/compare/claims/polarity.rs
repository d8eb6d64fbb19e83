//! Whether something is so: negations, and what they are about.

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

const PLAIN: [&str; 11] =
    ["not", "never", "no", "nobody", "none", "nothing", "nowhere", "cannot", "without", "unable", "cant"];

/// Words, or begins of words, that say no in one of the ways in which another sentence can use a plain negation.
#[rustfmt::skip]
const IMPLIED: [&str; 49] = [
    "refus", "deni", "deny", "denying", "fail", "reject", "lack", "prevent", "avoid", "hardly", "barely", "scarcely", "rarely",
    "seldom", "few", "unless", "until", "instead", "except", "ban", "banned", "stop", "stopped", "halt", "block", "miss",
    "absen", "impossib", "unlikely", "declin", "prohibit", "forbid", "forbad", "exclud", "cease", "oppos", "disagree",
    "doubt", "ignor", "neglect", "lose", "lost", "losing", "neither", "nor", "ill", "difficult", "only", "less",
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
            let differ = round == 0 && (score < 0.25 && others >= 1 || score < 0.5 && others == 2);
            let taken = score >= least && !differ;
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
        Some(_) => around >= 0.2 && coverage >= 0.25,
        None => around >= 0.2 && coverage >= 0.4,
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
