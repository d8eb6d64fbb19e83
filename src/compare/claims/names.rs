//! Who and what is named: whether a name of one side is said by the other in any form, and which names stand against
//! each other.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::matching::{Matching, alike, near};
use super::numbers::take_best;
use super::view::{View, Word, is_function};
use super::{Claim, Kind, Sides};

/// Capitalised words in a row.
#[derive(Debug, Clone)]
struct Name {
    words: Range<usize>,
    /// Those of its words that the other side does not say.
    unsaid: Vec<usize>,
}

const PLACES: &str = include_str!("../../../data/rules/places.tsv");

/// Forms of a place that share too few letters, each with the number of its line.
static SAME_PLACE: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = PLACES.lines().filter(|line| !line.starts_with('#')).enumerate();
    lines.flat_map(|(at, line)| line.split('\t').map(move |form| (form, at))).collect()
});

/// Share of capitalised words from which capitals say nothing, as in headlines.
const MOSTLY_CAPITALS: f64 = 0.6;
/// Slot likeness from which two different names stand for one thing.
const SAME_SLOT: f32 = 0.4;
/// The same where each side has no other name left.
const ONLY_ONES: f32 = 0.25;

/// Weight from which a word at the begin of a sentence is taken for a name.
const RARE: f32 = 6.0;

/// Titles and words of time that are capitalised and name nobody.
#[rustfmt::skip]
const NO_NAMES: [&str; 50] = [
    "i", "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "lord", "president", "minister", "prime", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "gov", "governor", "sen", "senator", "gen",
    "general", "professor", "chancellor", "king", "queen", "god", "am", "pm", "gmt", "us$", "tv", "internet", "ok",
];

fn names(view: &View<'_>, other: &View<'_>, taken: &[Range<usize>]) -> Vec<Name> {
    let capitals = view.words.iter().filter(|word| word.is_capital).count();
    if view.words.len() > 4 && capitals as f64 > MOSTLY_CAPITALS * view.words.len() as f64 {
        return Vec::new();
    }
    let is_taken = |at: usize| taken.iter().any(|range| range.contains(&at));
    let is_name = |at: usize| {
        let word = &view.words[at];
        word.is_capital
            && !word.is_digits()
            && !NO_NAMES.contains(&&*word.form)
            && !is_taken(at)
            && (!word.is_initial || begins_with_name(view, at, other))
    };
    let mut found: Vec<Name> = Vec::new();
    for at in (0..view.words.len()).filter(|&at| is_name(at)) {
        match found.last_mut() {
            Some(last) if last.words.end == at && view.words[at - 1].runs_on() => last.words.end = at + 1,
            _ => found.push(Name { words: at..at + 1, unsaid: Vec::new() }),
        }
    }
    found
}

/// Whether the first word of a sentence is a name: the other side has it as one, or a name follows, or it is rare.
fn begins_with_name(view: &View<'_>, at: usize, other: &View<'_>) -> bool {
    let word = &view.words[at];
    if is_function(&word.form) || word.form.chars().count() < 2 {
        return false;
    }
    let in_other = |name: bool| {
        other.words.iter().any(|y| (if name { y.is_name() } else { !y.is_capital }) && alike(word, y) >= 0.6)
    };
    if in_other(false) {
        return false;
    }
    let next = view.words.get(at + 1).is_some_and(Word::is_name) && word.runs_on();
    let is_adverb = ["ly", "ing", "ed"].iter().any(|ending| word.form.ends_with(ending));
    in_other(true) || word.is_acronym || !is_adverb && (word.weight >= RARE || next && word.weight >= 3.0)
}

/// Marks the words of `names` that `other` does not say in any form.
fn mark(view: &View<'_>, names: &mut [Name], other: &View<'_>) {
    for name in names {
        let is_short = name.words.clone().any(|at| other_has_acronym(view, at, other));
        let unsaid = |&at: &usize| !says(other, &view.words[at]);
        name.unsaid = if is_short || is_acronym_of(view, &name.words, other) {
            Vec::new()
        } else {
            name.words.clone().filter(unsaid).collect()
        };
    }
}

/// Whether a word of `view` names what `word` does.
fn says(view: &View<'_>, word: &Word<'_>) -> bool {
    view.words.iter().any(|other| same_name(word, other))
}

fn same_name(x: &Word<'_>, y: &Word<'_>) -> bool {
    if alike(x, y) >= 0.6 || near(&x.plain, &y.plain) >= 0.6 {
        return true;
    }
    let place = |word: &Word<'_>| SAME_PLACE.get(&*word.plain).copied();
    if place(x).is_some() && place(x) == place(y) {
        return true;
    }
    if !y.is_capital {
        return false;
    }
    let (long, short) = if x.plain.len() >= y.plain.len() { (&x.plain, &y.plain) } else { (&y.plain, &x.plain) };
    // A country and its people, a short form of a name.
    let begins = short.len() >= 4 && long.as_bytes()[..4] == short.as_bytes()[..4];
    let near = short.len() >= 4 && strsim::normalized_damerau_levenshtein(long, short) >= 0.65;
    begins || near || short.len() >= 5 && skeleton(long) == skeleton(short)
}

/// The consonants of a name, those that alphabets render differently as one.
fn skeleton(form: &str) -> String {
    let mut skeleton = String::new();
    for c in form.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' => continue,
            'q' | 'c' => 'k',
            'z' => 's',
            'w' => 'v',
            _ => c,
        };
        if !skeleton.ends_with(c) {
            skeleton.push(c);
        }
    }
    skeleton
}

/// Whether these words are spelled out what an acronym of `other` stands for.
fn is_acronym_of(view: &View<'_>, words: &Range<usize>, other: &View<'_>) -> bool {
    // The name may go on over small words: Ministry of Foreign Affairs.
    let initials = |range: Range<usize>| -> String {
        let capital = range.filter(|&at| view.words[at].is_capital);
        capital.filter_map(|at| view.words[at].form.chars().next()).collect()
    };
    let (from, to) = (words.start.saturating_sub(4), (words.end + 5).min(view.words.len()));
    other.words.iter().filter(|word| word.is_acronym && word.form.len() >= 2).any(|word| {
        let near = initials(words.clone()) == *word.form;
        near || word.form.len() >= 3 && initials(from..to).contains(&*word.form)
    })
}

/// Whether word `at` is an acronym whose words `other` spells out.
fn other_has_acronym(view: &View<'_>, at: usize, other: &View<'_>) -> bool {
    let word = &view.words[at];
    if !word.is_acronym || word.form.len() < 2 {
        return false;
    }
    let initial = |word: &Word<'_>| word.form.chars().next();
    let capitals: String = other.words.iter().filter(|word| word.is_capital).filter_map(initial).collect();
    let all: String = other.words.iter().filter_map(initial).collect();
    capitals.contains(&*word.form) || word.form.len() >= 3 && all.contains(&*word.form)
}

/// The claims on names.
pub(super) fn claims(sides: &Sides<'_>, matching: &mut Matching, found: &mut Vec<Claim>) {
    let (a, b) = (&sides.a.view, &sides.b.view);
    let mut names_a = names(a, b, &sides.a.taken);
    let mut names_b = names(b, a, &sides.b.taken);
    mark(a, &mut names_a, b);
    mark(b, &mut names_b, a);
    let (mut free_a, mut free_b) = (vec![true; names_a.len()], vec![true; names_b.len()]);
    let mut pairs = Vec::new();
    for (i, x) in names_a.iter().enumerate().filter(|(_, x)| !x.unsaid.is_empty()) {
        for (j, y) in names_b.iter().enumerate().filter(|(_, y)| !y.unsaid.is_empty()) {
            pairs.push((matching.slot(a, &extent(x), b, &extent(y)), i, j));
        }
    }
    let bound = if pairs.len() == 1 { ONLY_ONES } else { SAME_SLOT };
    let coverage = matching.coverage;
    let mut differ = Vec::new();
    take_best(pairs, &mut free_a, &mut free_b, |score, i, j| {
        let differs = score * (0.4 + coverage) >= bound;
        if differs {
            differ.push((i, j));
        }
        differs
    });
    for (i, j) in differ {
        let (x, y) = (extent(&names_a[i]), extent(&names_b[j]));
        matching.join(x.start, y.start);
        found.push(Claim { kind: Kind::Name, agree: Some(false), a: Some(a.span(&x)), b: Some(b.span(&y)) });
    }
    for (i, name) in names_a.iter().enumerate().filter(|(i, _)| free_a[*i]) {
        let said = name.unsaid.len() < name.words.len();
        let other = name.words.clone().find_map(|at| matching.in_b[at]).filter(|_| said);
        found.push(claim(a.span(&name.words), other.map(|at| b.span(&(at..at + 1)))));
        if let Some(j) = other.and_then(|at| names_b.iter().position(|name| name.words.contains(&at))) {
            free_b[j] = false;
        }
    }
    for (_, name) in names_b.iter().enumerate().filter(|(j, _)| free_b[*j]) {
        found.push(Claim { kind: Kind::Name, agree: None, a: None, b: Some(b.span(&name.words)) });
    }
}

fn claim(a: crate::document::Span, b: Option<crate::document::Span>) -> Claim {
    Claim { kind: Kind::Name, agree: b.map(|_| true), a: Some(a), b }
}

/// From the first word of a name that the other side does not say to the last.
fn extent(name: &Name) -> Range<usize> {
    let first = name.unsaid.first().copied().unwrap_or(name.words.start);
    first..name.unsaid.last().map_or(name.words.end, |last| last + 1)
}
