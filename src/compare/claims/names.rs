//! Who and what is named: whether a name of one side is said by the other in any form, and which names stand against
//! each other.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::matching::{Matching, alike, near};
use super::numbers::{stand_against, take_best};
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
const MOSTLY_CAPITALS: f64 = 0.6;
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
            && (word.is_acronym || !is_function(&word.form))
            && !NO_NAMES.contains(&&*word.form)
            && !is_taken(at)
            && (!word.is_initial || begins_with_name(view, at, other))
    };
    let mut found: Vec<Name> = Vec::new();
    for at in (0..view.words.len()).filter(|&at| is_name(at)) {
        match found.last_mut() {
            Some(last) if last.words.end == at && goes_on(&view.words[at - 1]) => last.words.end = at + 1,
            _ => found.push(Name { words: at..at + 1, unsaid: Vec::new() }),
        }
    }
    found
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
}

/// Marks the words of `names` that `other` does not say in any form.
fn mark(view: &View<'_>, names: &mut [Name], other: &View<'_>) {
    for name in names {
        let is_short = name.words.clone().any(|at| other_has_acronym(view, at, other));
        let unsaid = |&at: &usize| !says(other, &view.words[at]);
        name.unsaid =
            if is_short || is_written_apart(view, &name.words, other) || is_acronym_of(view, &name.words, other) {
                Vec::new()
            } else {
                name.words.clone().filter(unsaid).collect()
            };
    }
}

/// Whether `other` has the same letters in a row, cut into words elsewhere: Huo Xiang, Huoxiang.
fn is_written_apart(view: &View<'_>, words: &Range<usize>, other: &View<'_>) -> bool {
    let joined = |words: &[Word<'_>]| words.iter().map(|word| &*word.plain).collect::<String>();
    let name = joined(&view.words[words.clone()]);
    if name.len() < 5 {
        return false;
    }
    let capital = |at: usize| other.words[at].is_capital;
    (0..other.words.len()).filter(|&at| capital(at)).any(|from| {
        let mut letters = String::new();
        other.words[from..].iter().take(6).any(|word| {
            letters.push_str(&word.plain);
            letters == name
        })
    })
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
    begins
        || near
        || short.len() >= 5
            && long.as_bytes()[0] == short.as_bytes()[0]
            && skeleton(long).len() >= 3
            && skeleton(long) == skeleton(short)
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
    let (from, to) = (words.start.saturating_sub(4), (words.end + 5).min(view.words.len()));
    let capital: Vec<usize> = (from..to).filter(|&at| view.words[at].is_capital).collect();
    let initial = |at: usize| view.words[at].form.chars().next().unwrap_or(' ');
    other.words.iter().filter(|word| word.is_acronym && word.form.len() >= 2).any(|word| {
        let letters: Vec<char> = word.form.chars().collect();
        capital.windows(letters.len()).any(|run| {
            let meets = run.iter().any(|at| words.contains(at));
            meets && run.iter().zip(&letters).all(|(&at, &letter)| initial(at) == letter)
        })
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
    for (i, x) in names_a.iter().enumerate() {
        for (j, y) in names_b.iter().enumerate() {
            if names_another(a, x) + names_another(b, y) >= 3 {
                pairs.push((matching.slot(a, &extent(x), b, &extent(y)), i, j));
            }
        }
    }
    let only = pairs.len() == 1;
    let coverage = matching.coverage;
    let mut differ = Vec::new();
    take_best(pairs, &mut free_a, &mut free_b, |score, i, j| {
        let differs = stand_against(score, coverage, only);
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
    for (_, name) in names_a.iter().enumerate().filter(|(i, _)| free_a[*i]) {
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

/// How surely the words of a name that the other side does not say make it another name: 2 where one is no ordinary
/// word, 1 where none of its words is said, else 0.
fn names_another(view: &View<'_>, name: &Name) -> u8 {
    if name.unsaid.iter().any(|&at| !COMMON.contains(&*view.words[at].form)) {
        2
    } else {
        u8::from(!name.unsaid.is_empty() && name.unsaid.len() == name.words.len())
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
