//! Who and what is named: whether a name of one side is said by the other in any form, and which names stand against
//! each other.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::forms;
use super::matching::{Matching, alike};
use super::numbers::{stand_against, take_best};
use super::view::{View, Word, is_function};
use super::{Claim, Kind, Sides};

/// Capitalised words in a row.
#[derive(Debug, Clone)]
struct Name {
    words: Range<usize>,
    /// Those of its words that the other side does not say.
    unsaid: Vec<usize>,
    /// The first word of a sentence, which need not be a name.
    is_doubtful: bool,
}

impl Name {
    /// Whether the other side says no word of it.
    fn is_unsaid(&self) -> bool {
        !self.unsaid.is_empty() && self.unsaid.len() == self.words.len()
    }
}

/// Names of places that are no rare words.
static PLACE_NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("../../../data/rules/place_names.txt")));

/// Words that make no other name by themselves.
static COMMON: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("../../../data/rules/common_in_names.txt")));

fn words_of(list: &'static str) -> FxHashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Share of capitalised words from which capitals say nothing, as in headlines.
const MOSTLY_CAPITALS: f64 = 0.75;
/// Weight from which a word at the begin of a sentence is taken for a name.
const RARE: f32 = 6.0;
/// Weight of words that the background table does not have.
const UNKNOWN: f32 = 8.0;

/// Coverage from which the one name that each side has for itself stands for the same, wherever it stands.
const SAME_SENTENCE: f32 = 0.25;
/// The same where one is known for a place and the other is not.
const OTHER_KIND: f32 = 0.32;

/// Titles and words of time that are capitalised and name nobody.
#[rustfmt::skip]
const NO_NAMES: [&str; 50] = [
    "i", "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "lord", "president", "minister", "prime", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "gov", "governor", "sen", "senator", "gen",
    "general", "professor", "chancellor", "king", "queen", "god", "am", "pm", "gmt", "covid", "tv", "internet", "ok",
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
            && (word.is_acronym || !is_function(&word.form))
            && !NO_NAMES.contains(&&*word.form)
            && !is_taken(at)
            && !super::units::is_unit(&word.form)
            && !is_address(view, at)
            && (!word.is_initial || begins_with_name(view, at, other))
    };
    let mut found: Vec<Name> = Vec::new();
    for at in (0..view.words.len()).filter(|&at| is_name(at)) {
        match found.last_mut() {
            Some(last) if is_one_name(view, last.words.end, at) => last.words.end = at + 1,
            _ => found.push(Name { words: at..at + 1, unsaid: Vec::new(), is_doubtful: false }),
        }
    }
    let doubtful = (0..view.words.len()).filter(|&at| may_be_name(view, at) && !is_taken(at) && !is_name(at));
    found.extend(doubtful.map(|at| Name { words: at..at + 1, unsaid: Vec::new(), is_doubtful: true }));
    found
}

/// Part of an address: joined to a neighbour by a full stop alone.
fn is_address(view: &View<'_>, at: usize) -> bool {
    let word = &view.words[at];
    let joined = word.before == "." || word.after == "." && at + 1 < view.words.len();
    joined && !word.is_acronym && word.form.len() > 2
}

/// Whether the name that ends at `end` goes on at word `at`: beside it, or over a small word.
fn is_one_name(view: &View<'_>, end: usize, at: usize) -> bool {
    let joined = (end - 1..at).all(|at| goes_on(&view.words[at]));
    let small = |form: &str| {
        let in_names =
            matches!(form, "de" | "da" | "di" | "del" | "la" | "van" | "von" | "der" | "den" | "al" | "el" | "bin");
        in_names || form == "of" && COMMON.contains(view.form(end - 1))
    };
    joined && (end == at || end + 1 == at && small(view.form(end)))
}

/// Whether a name goes on behind this word of it, also over the full stop of an abbreviation.
fn goes_on(word: &Word<'_>) -> bool {
    let is_short =
        word.is_acronym || matches!(&*word.form, "st" | "ste" | "mt" | "jr") || word.form.chars().count() == 1;
    word.runs_on() || is_short && matches!(word.after, ". " | "." | "'" | "’")
}

/// Whether the first word of a sentence is a name: the other side has it as one, or a name follows, or it is rare.
fn begins_with_name(view: &View<'_>, at: usize, other: &View<'_>) -> bool {
    let word = &view.words[at];
    if is_function(&word.form) && !word.is_acronym || word.form.chars().count() < 2 {
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
    in_other(true)
        || word.is_acronym
        || PLACE_NAMES.contains(&*word.plain)
        || !is_adverb && (word.weight >= RARE || next && word.weight >= 3.0)
        || next && word.weight >= UNKNOWN
}

/// Whether the first word of a sentence can be a name at all.
fn may_be_name(view: &View<'_>, at: usize) -> bool {
    let word = &view.words[at];
    let is_adverb = ["ly", "ing", "ed"].iter().any(|ending| word.form.ends_with(ending));
    word.is_initial
        && word.is_capital
        && word.is_content()
        && !is_adverb
        && word.form.len() >= 4
        && !NO_NAMES.contains(&&*word.form)
}

/// Marks the words of `names` that `other` does not say in any form.
fn mark(view: &View<'_>, names: &mut [Name], other: &View<'_>) {
    for name in names {
        let is_short = name.words.clone().any(|at| forms::other_has_acronym(view, at, other));
        let unsaid = |&at: &usize| !forms::says(other, &view.words[at]);
        name.unsaid = if is_short
            || forms::is_written_apart(view, &name.words, other)
            || forms::is_acronym_of(view, &name.words, other)
        {
            Vec::new()
        } else {
            name.words.clone().filter(unsaid).collect()
        };
    }
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
    for (i, x) in names_a.iter().enumerate() {
        for (j, y) in names_b.iter().enumerate() {
            if names_another(a, x) + names_another(b, y) >= 3 && (!is_doubtful(x, y) || goes_on_alike(x, y, matching)) {
                pairs.push((matching.slot(a, &extent(x), b, &extent(y)), i, j));
            }
        }
    }
    let is_place = |view: &View<'_>, name: &Name| {
        name.words.clone().any(|at| {
            let form = &*view.words[at].plain;
            PLACE_NAMES.contains(form) || forms::is_place(form)
        })
    };
    let sure = |view: &View<'_>, name: &Name| name.is_unsaid() && !name.is_doubtful && names_another(view, name) == 2;
    let (count_a, count_b) =
        (names_a.iter().filter(|x| sure(a, x)).count(), names_b.iter().filter(|y| sure(b, y)).count());
    let coverage = matching.coverage;
    let mut differ = Vec::new();
    take_best(pairs, &mut free_a, &mut free_b, |slot, i, j| {
        let (x, y) = (&names_a[i], &names_b[j]);
        let both = sure(a, x) && sure(b, y);
        let only = both && (count_a, count_b) == (1, 1);
        let one_sided = both && count_a.min(count_b) == 1 && slot >= 0.1 && coverage >= 0.4;
        let whole = x.is_unsaid() && y.is_unsaid() && count_a + count_b == 1 && coverage >= 0.45;
        let differs = stand_against(slot, coverage, only)
            || only && coverage >= if is_place(a, x) == is_place(b, y) { SAME_SENTENCE } else { OTHER_KIND }
            || one_sided
            || whole
            || is_doubtful(x, y);
        if differs {
            differ.push((i, j));
        }
        differs
    });
    for (i, j) in differ {
        let (x, y) = (extent(&names_a[i]), extent(&names_b[j]));
        matching.join(x.start, y.start);
        found.push(sides.claim(Kind::Name, Some(false), Some((&x, value(a, &x))), Some((&y, value(b, &y)))));
    }
    if let Some((x, y)) = exchanged(a, &names_a, b, matching) {
        found.push(sides.claim(Kind::Name, Some(false), Some((&x, value(a, &x))), Some((&y, value(b, &y)))));
    }
    for (_, name) in names_a.iter().enumerate().filter(|(i, name)| free_a[*i] && !name.is_doubtful) {
        let other = (!name.is_unsaid()).then(|| name.words.clone().find_map(|at| matching.in_b[at])).flatten();
        let twin = other.and_then(|at| names_b.iter().position(|name| name.words.contains(&at)));
        if let Some(twin) = twin {
            free_b[twin] = false;
        }
        let there = other.map(|at| twin.map_or(at..at + 1, |twin| names_b[twin].words.clone()));
        let there = there.as_ref().map(|words| (words, value(b, words)));
        let agree = there.is_some().then_some(true);
        found.push(sides.claim(Kind::Name, agree, Some((&name.words, value(a, &name.words))), there));
    }
    for (_, name) in names_b.iter().enumerate().filter(|(j, name)| free_b[*j] && !name.is_doubtful) {
        found.push(sides.claim(Kind::Name, None, None, Some((&name.words, value(b, &name.words)))));
    }
}

/// Two names that changed places: from one to the other on this side, from the other to the one on that.
fn exchanged(a: &View<'_>, names: &[Name], b: &View<'_>, matching: &Matching) -> Option<(Range<usize>, Range<usize>)> {
    let leads = |view: &View<'_>, at: usize| match view.form_before(at, 1) {
        "from" => Some(false),
        "to" => Some(true),
        _ => None,
    };
    let place = |name: &Name| {
        let there = matching.in_b.get(name.words.start).copied().flatten()?;
        Some((leads(a, name.words.start)?, leads(b, there)?, name.words.clone(), there))
    };
    let places: Vec<_> = names.iter().filter_map(place).collect();
    let turned = |to: bool| places.iter().find(|(here, there, ..)| *here == to && *there != to);
    turned(true)?;
    let (_, _, here, there) = turned(false)?;
    Some((here.clone(), *there..there + 1))
}

/// A name in one form: lower case, without accents.
fn value(view: &View<'_>, words: &Range<usize>) -> String {
    view.words[words.clone()].iter().map(|word| &*word.plain).collect::<Vec<_>>().join(" ")
}

/// Whether it is not sure that both are names.
fn is_doubtful(x: &Name, y: &Name) -> bool {
    x.is_doubtful || y.is_doubtful
}

/// Whether one of two is surely a name and the sentences go on behind them in the same way.
fn goes_on_alike(x: &Name, y: &Name, matching: &Matching) -> bool {
    let next = matching.in_b.get(x.words.end).copied().flatten();
    x.is_doubtful != y.is_doubtful && x.is_unsaid() && y.is_unsaid() && next == Some(y.words.end)
}

/// How surely the words of a name that the other side does not say make it another name: 2 where one is no ordinary
/// word, 1 where none of its words is said, else 0.
fn names_another(view: &View<'_>, name: &Name) -> u8 {
    if name.unsaid.iter().any(|&at| !COMMON.contains(&*view.words[at].form)) { 2 } else { u8::from(name.is_unsaid()) }
}

/// From the first word of a name that the other side does not say to the last.
fn extent(name: &Name) -> Range<usize> {
    let first = name.unsaid.first().copied().unwrap_or(name.words.start);
    first..name.unsaid.last().map_or(name.words.end, |last| last + 1)
}
