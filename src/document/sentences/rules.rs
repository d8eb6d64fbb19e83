//! What is known of the words of a language, read once from `data/rules/sentences.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The file as shipped. Its head says what each kind of list means.
const FILE: &str = include_str!("../../../data/rules/sentences.tsv");

/// No word of the lists has more bytes.
const LONGEST: usize = 32;

/// Languages that share the lists of another.
const SAME: [(&str, &str); 8] =
    [("hyw", "hy"), ("nb", "no"), ("nn", "no"), ("bs", "hr"), ("sh", "sr"), ("ca", "es"), ("gl", "pt"), ("cnr", "sr")];

/// The roles a word has, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles(u16);

impl Roles {
    /// Stands before what it belongs to.
    pub(super) const FORWARD: Self = Self(1);
    /// The same before a number.
    pub(super) const NUMBER: Self = Self(1 << 1);
    /// Ends a sentence only before a word that begins one.
    pub(super) const INSIDE: Self = Self(1 << 2);
    /// Ends a sentence before a capital, unless a name goes on.
    pub(super) const LAST: Self = Self(1 << 3);
    /// Begins a sentence and no name.
    pub(super) const STARTS: Self = Self(1 << 4);
    /// Has a capital and goes on after one of `LAST`.
    pub(super) const GOES_ON: Self = Self(1 << 5);
    /// Says who spoke.
    pub(super) const SPEECH: Self = Self(1 << 6);
    /// Is a name that ends in a mark.
    pub(super) const MARKED: Self = Self(1 << 7);
    /// Makes an ordinal of the number before it.
    pub(super) const ORDINALS: Self = Self(1 << 8);
    /// Stands before a letter that is no initial.
    pub(super) const LABELS: Self = Self(1 << 9);
    /// Begins a sentence, in lower case.
    pub(super) const SMALL: Self = Self(1 << 11);
    /// Is no word but a mark.
    const MARKS: Self = Self(1 << 10);
    /// Every kind of abbreviation.
    pub(super) const ABBREVIATION: Self = Self(0b1111);

    fn named(kind: &str) -> Option<Self> {
        Some(match kind {
            "forward" => Self::FORWARD,
            "number" => Self::NUMBER,
            "inside" => Self::INSIDE,
            "last" => Self::LAST,
            "starts" => Self::STARTS,
            "small" => Self::SMALL,
            "goes_on" => Self::GOES_ON,
            "speech" => Self::SPEECH,
            "marked" => Self::MARKED,
            "ordinals" => Self::ORDINALS,
            "labels" => Self::LABELS,
            "marks" => Self::MARKS,
            _ => return None,
        })
    }

    pub(super) fn has(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }
}

/// The lists of one language, those of all languages among them.
#[derive(Debug, Default)]
pub(super) struct Rules {
    roles: FxHashMap<String, Roles>,
    /// A number with a full stop is an ordinal.
    pub(super) ordinals: bool,
    /// The mark that ends a sentence in this language alone.
    pub(super) mark: Option<char>,
}

impl Rules {
    /// The rules for a code such as `en` or `en-GB`; general ones where the language has none.
    pub(super) fn of(lang: &str) -> &'static Self {
        static ALL: LazyLock<FxHashMap<&'static str, Rules>> = LazyLock::new(|| read(FILE));
        static NONE: LazyLock<Rules> = LazyLock::new(Rules::default);
        let code = lang.split(['-', '_']).next().unwrap_or(lang).to_ascii_lowercase();
        let code = SAME.iter().find(|same| same.0 == code).map_or(code.as_str(), |same| same.1);
        ALL.get(code).or_else(|| ALL.get("*")).unwrap_or(&NONE)
    }

    pub(super) fn roles(&self, word: &str) -> Roles {
        if word.len() > LONGEST { Roles::default() } else { self.roles.get(word).copied().unwrap_or_default() }
    }

    fn add(&mut self, kind: Roles, words: &str) {
        self.ordinals |= kind == Roles::ORDINALS;
        if kind == Roles::MARKS {
            self.mark = words.chars().next();
        }
        for word in words.split(' ') {
            let mut letters = word.chars();
            let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            // A capital is what tells a beginning, and `SO` or `ON` is a name as often.
            let is_letter = word.chars().nth(1).is_none();
            let forms = match kind {
                Roles::STARTS => vec![capital],
                Roles::SMALL => vec![word.to_owned()],
                Roles::FORWARD if word.contains('.') => vec![word.to_owned(), capital],
                // A capital by itself is an initial, as are those of `Н. Э. Ончуков`.
                _ if is_letter || word.contains('.') => vec![word.to_owned()],
                _ => vec![word.to_owned(), capital, word.to_uppercase()],
            };
            for form in forms {
                self.roles.entry(form).or_default().0 |= kind.0;
            }
        }
    }
}

fn read(file: &'static str) -> FxHashMap<&'static str, Rules> {
    let rows = || {
        file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut columns = line.splitn(3, '\t');
            Some((columns.next()?, Roles::named(columns.next()?)?, columns.next()?))
        })
    };
    let mut all: FxHashMap<&'static str, Rules> = FxHashMap::default();
    for (lang, kind, words) in rows() {
        all.entry(lang).or_default().add(kind, words);
    }
    for (lang, rules) in &mut all {
        for (_, kind, words) in rows().filter(|row| row.0 == "*" && *lang != "*") {
            rules.add(kind, words);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_understood() {
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(columns.len() == 3 && Roles::named(columns[1]).is_some(), "{line}");
            assert!(
                columns[2].split(' ').all(|word| (1..=LONGEST).contains(&word.len()) && !word.ends_with('.')),
                "{line}"
            );
        }
    }

    #[test]
    fn a_code_finds_its_lists() {
        assert!(Rules::of("en-GB").roles("Mr").has(Roles::FORWARD));
        assert!(Rules::of("hyw").roles("թ").has(Roles::INSIDE));
        assert!(Rules::of("de").ordinals && !Rules::of("en").ordinals);
        assert!(Rules::of("xx").roles("Dr").has(Roles::FORWARD));
        assert!(!Rules::of("en").roles("the").has(Roles::STARTS));
    }
}
