//! Whether two forms name the same: other spellings and cuts, countries and their people, acronyms.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::matching::{alike, near};
use super::view::{View, Word, is_function};

const PLACES: &str = include_str!("../../../data/rules/places.tsv");

/// Forms of a place that share too few letters, each with the number of its line.
static SAME_PLACE: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = PLACES.lines().filter(|line| !line.starts_with('#')).enumerate();
    lines.flat_map(|(at, line)| line.split('\t').map(move |form| (form, at))).collect()
});

/// Whether the table of places knows a word.
pub(super) fn is_place(form: &str) -> bool {
    SAME_PLACE.contains_key(form)
}

/// Whether `other` has the same letters in a row, cut into words elsewhere: Huo Xiang, Huoxiang.
pub(super) fn is_written_apart(view: &View<'_>, words: &Range<usize>, other: &View<'_>) -> bool {
    let letters_of = |word: &Word<'_>| word.plain.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let joined = |words: &[Word<'_>]| words.iter().map(letters_of).collect::<String>();
    let name = joined(&view.words[words.clone()]);
    if name.len() < 5 {
        return false;
    }
    let capital = |at: usize| other.words[at].is_capital;
    (0..other.words.len()).filter(|&at| capital(at)).any(|from| {
        let mut letters = String::new();
        other.words[from..].iter().take(6).any(|word| {
            letters.push_str(&letters_of(word));
            letters == name
        })
    })
}

/// Whether a word of `view` names what `word` does.
pub(super) fn says(view: &View<'_>, word: &Word<'_>) -> bool {
    view.words.iter().any(|other| same_name(word, other))
}

fn same_name(x: &Word<'_>, y: &Word<'_>) -> bool {
    if alike(x, y) >= 0.6 || x.plain == y.plain || near(&x.plain, &y.plain) >= 0.6 {
        return true;
    }
    let place = |word: &Word<'_>| SAME_PLACE.get(&*word.plain).copied();
    if place(x).is_some() && place(x) == place(y) {
        return true;
    }
    if !y.is_capital {
        return false;
    }
    let (long, short) = if x.plain.len() >= y.plain.len() { (&*x.plain, &*y.plain) } else { (&*y.plain, &*x.plain) };
    // A country and its people, a short form of a name.
    let begins = short.len() >= 4 && long.as_bytes()[..4] == short.as_bytes()[..4];
    let cut = short.len() >= 2
        && !is_function(short)
        && (long.starts_with(short) || x.is_acronym && y.is_acronym && long.ends_with(short));
    let near = short.len() >= 4 && strsim::normalized_damerau_levenshtein(long, short) >= 0.65
        || short.len() >= 5 && strsim::jaro_winkler(long, short) >= 0.88;
    let sound = skeleton(long);
    begins || cut || near || sound.len() >= 3 && sound == skeleton(short)
}

/// The consonants of a name, those that alphabets render differently as one.
fn skeleton(form: &str) -> String {
    let mut skeleton = String::new();
    for c in form.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' => continue,
            'q' | 'c' | 'g' => 'k',
            'z' | 'x' => 's',
            'w' | 'v' => 'f',
            'd' => 't',
            'b' => 'p',
            _ => c,
        };
        if !skeleton.ends_with(c) {
            skeleton.push(c);
        }
    }
    skeleton
}

/// Whether these words are what an acronym of `other` stands for, maybe with their neighbours.
pub(super) fn is_acronym_of(view: &View<'_>, words: &Range<usize>, other: &View<'_>) -> bool {
    // The name may go on over small words: Ministry of Foreign Affairs.
    let around = words.start.saturating_sub(4)..(words.end + 5).min(view.words.len());
    let meets = |at: usize| words.contains(&at);
    other.words.iter().filter(|word| word.is_acronym).any(|word| spells_out(view, around.clone(), &word.form, meets))
}

/// Whether word `at` is an acronym whose words `other` spells out.
pub(super) fn other_has_acronym(view: &View<'_>, at: usize, other: &View<'_>) -> bool {
    let word = &view.words[at];
    word.is_acronym && spells_out(other, 0..other.words.len(), &word.form, |_| true)
}

/// Whether the first letters of words in a row are those of `acronym`: of the capitalised words, or of all where it is
/// long enough not to be met by chance. One word at least must be one that `meets`.
fn spells_out(view: &View<'_>, words: Range<usize>, acronym: &str, meets: impl Fn(usize) -> bool) -> bool {
    let first = |word: &Word<'_>| word.form.chars().next().map_or(0, char::len_utf8);
    let is_spelled = |run: &[usize]| {
        let (mut rest, mut met) = (acronym, false);
        for &at in run {
            // An acronym inside of the name gives all of its letters: USGS, US Geological Survey.
            let word = &view.words[at];
            let letters = if word.is_acronym { &*word.form } else { &word.form[..first(word)] };
            let Some(after) = rest.strip_prefix(letters) else { return false };
            (rest, met) = (after, met || meets(at));
            if rest.is_empty() {
                return met && letters.len() < acronym.len();
            }
        }
        false
    };
    let row = |only_capitals: bool| -> bool {
        let row: Vec<usize> = words.clone().filter(|&at| view.words[at].is_capital || !only_capitals).collect();
        (0..row.len()).any(|from| is_spelled(&row[from..]))
    };
    acronym.len() >= 2 && (row(true) || acronym.len() >= 3 && row(false))
}
