//! What a word could be spelled like: roots of derived words, transliterations of a name, near spellings.

use rapidfuzz::distance::indel;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// A word without diacritics and the genitive.
pub(super) fn plain(form: &str) -> String {
    let form = form.strip_suffix("'s").unwrap_or(form);
    if form.is_ascii() { form.to_owned() } else { form.nfd().filter(|&c| !is_combining_mark(c)).collect() }
}

/// Letters that derived words and their root share, at least.
const ROOT: usize = 4;

/// The first four letters of a word; 0 of a shorter one.
pub(super) fn head(form: &str) -> u32 {
    form.as_bytes().first_chunk().map_or(0, |head: &[u8; ROOT]| u32::from_le_bytes(*head))
}

/// What a root may end with that is lost in what is derived from it.
const LOST: [&str; 12] = ["", "e", "y", "a", "o", "d", "de", "t", "te", "ia", "se", "us"];

/// Endings that derive one word from another.
const DERIVING: [&str; 60] = [
    "n", "i", "an", "ans", "ian", "ians", "ean", "er", "ers", "or", "ors", "ler", "ist", "ists", "ism", "ish", "ese",
    "ic", "ical", "ics", "ion", "ions", "sion", "sions", "ssion", "tion", "tions", "ation", "ations", "ition", "ment",
    "ments", "ance", "ence", "ant", "ent", "al", "ial", "ual", "ive", "sive", "tive", "ative", "ity", "ness", "ship",
    "ful", "ous", "ing", "ings", "ed", "es", "ly", "ally", "able", "ery", "ian's", "dom", "hood", "ier",
];

/// Whether one of two words is derived from the other: `attack` and `attacker`, `explode` and `explosion`.
pub(super) fn is_derived(a: &str, b: &str) -> bool {
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let (Some(a), Some(b)) = (a.get(common..), b.get(common..)) else {
        return false;
    };
    let derives = |root: &str, word: &str| LOST.contains(&root) && DERIVING.contains(&word);
    common >= ROOT && (derives(a, b) || derives(b, a))
}

/// Spellings of one sound, each put in place of the first where it stands; longer ones first.
const SOUNDS: [(&str, &str); 36] = [
    ("tsch", "c"),
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("dzh", "j"),
    ("dsh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("dj", "j"),
    ("cz", "c"),
    ("sz", "s"),
    ("rz", "j"),
    ("tz", "s"),
    ("ts", "s"),
    ("ks", "x"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ay", "i"),
    ("ai", "i"),
    ("ie", "i"),
    ("w", "v"),
    ("q", "k"),
    ("y", "i"),
    ("z", "s"),
    ("o", "u"),
    ("e", "i"),
];

/// Hash of what all transliterations of a name have in common: its sounds, roughly; 0 of what is too short.
pub(super) fn sound(form: &str) -> u32 {
    let mut rest = form;
    let mut sounds = String::with_capacity(form.len());
    while let Some(first) = rest.chars().next() {
        let (sound, used) = match SOUNDS.iter().find(|(spelled, _)| rest.starts_with(spelled)) {
            Some((spelled, sound)) => (*sound, spelled.len()),
            None => (&rest[..first.len_utf8()], first.len_utf8()),
        };
        if !sounds.ends_with(sound) {
            sounds.push_str(sound);
        }
        rest = &rest[used..];
    }
    let sounds = sounds.trim_end_matches('i');
    if sounds.len() < ROOT { 0 } else { hash(sounds) }
}

/// Which letters a word has, one bit each; others share the last ones.
pub(super) fn letters(form: &str) -> u32 {
    form.bytes().fold(0, |set, byte| set | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 + byte % 6 })
}

/// Share of letters that two words of the same order have in common, 0 to 1 (Indel distance, normalized); 0 below `least`.
pub(super) fn near(a: &str, b: &str, least: f64) -> f64 {
    let args = indel::Args::default().score_cutoff(least);
    indel::normalized_similarity_with_args(a.chars(), b.chars(), &args).unwrap_or(0.0)
}

fn hash(text: &str) -> u32 {
    (xxh3_64(text.as_bytes()) as u32).max(1)
}
