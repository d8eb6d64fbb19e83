//! What is known of the wording of pages: phrases that lines of them begin, end or are made of, and the names of news
//! agencies. Both are tables in `data/rules`, compiled in; nothing here knows a site.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::asides::Aside;

const PHRASES: &str = include_str!("../../data/rules/boilerplate.tsv");
const AGENCIES: &str = include_str!("../../data/rules/agencies.tsv");

/// Where a phrase may stand in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Line,
    Begin,
    /// Begin of a line near the begin or the end of the text.
    Edge,
    /// Begin of a line, behind a bracket.
    Bracket,
    /// Begin of a line, in capitals.
    Capitals,
    End,
    List,
    Name,
}

#[derive(Debug)]
struct Cue {
    phrase: &'static str,
    stand: Stand,
    aside: Aside,
}

/// What a line says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is this.
    Is(Aside),
    /// Headlines follow.
    List,
    /// Its last sentence is this.
    EndsIn(Aside),
    /// Names follow behind so many bytes of the plain line.
    Name(usize),
}

/// A line as cues are looked up in: lower case, one kind of apostrophe and dash, single blanks, no marks before the
/// first letter.
#[derive(Debug, Default)]
pub(super) struct Plain {
    text: String,
    whole: bool,
}

impl Plain {
    /// Bytes of a line that cues are looked for in.
    const REACH: usize = 120;

    /// Takes in the first word of a line, and the rest of its begin if a cue begins with that word.
    fn begin(&mut self, line: &str) -> Option<&'static [Cue]> {
        let line = without_marks(line);
        self.fill(first_word(line));
        let cues = CUES.by_first.get(self.text.as_str())?;
        let reach = line.floor_char_boundary(Self::REACH);
        self.fill(&line[..reach]);
        self.whole = reach == line.len();
        Some(cues)
    }

    /// Takes in the last word of a line, without the marks behind it, and the rest if a cue ends in that word.
    fn end(&mut self, line: &str) -> Option<&'static [Cue]> {
        let line = line.trim_end_matches(|c: char| !c.is_alphanumeric());
        self.fill(last_word(line));
        let cues = CUES.by_last.get(self.text.as_str())?;
        self.fill(&line[line.ceil_char_boundary(line.len().saturating_sub(Self::REACH))..]);
        Some(cues)
    }

    fn fill(&mut self, text: &str) {
        self.text.clear();
        if text.is_ascii() && !text.contains("  ") {
            self.text.push_str(text);
            return self.text.make_ascii_lowercase();
        }
        for c in text.chars() {
            match c {
                '‘' | '’' | 'ʼ' => self.text.push('\''),
                '–' | '—' | '‒' | '―' => self.text.push('-'),
                _ if c.is_whitespace() => {
                    if !self.text.ends_with(' ') {
                        self.text.push(' ');
                    }
                }
                _ if c.is_ascii() => self.text.push(c.to_ascii_lowercase()),
                _ => self.text.extend(c.to_lowercase()),
            }
        }
    }
}

/// The line from its first letter, digit or sign that a cue can begin with.
fn without_marks(line: &str) -> &str {
    line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '@'))
}

/// All cues, by their first word, or by their last where they end lines.
struct Cues {
    by_first: FxHashMap<&'static str, Vec<Cue>>,
    by_last: FxHashMap<&'static str, Vec<Cue>>,
    inside: Vec<(Finder<'static>, Aside)>,
    /// Words that times are written in, and whether they say that it is the time of publication.
    stamps: FxHashMap<&'static str, bool>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues {
        by_first: FxHashMap::default(),
        by_last: FxHashMap::default(),
        inside: Vec::new(),
        stamps: FxHashMap::default(),
    };
    for (phrase, aside, stand) in rows(PHRASES) {
        let stand = match stand {
            "line" => Stand::Line,
            "begin" => Stand::Begin,
            "edge" => Stand::Edge,
            "bracket" => Stand::Bracket,
            "capitals" => Stand::Capitals,
            "end" => Stand::End,
            "list" => Stand::List,
            "name" => Stand::Name,
            "in" => {
                cues.inside.push((Finder::new(phrase), aside));
                continue;
            }
            _ => {
                cues.stamps.insert(phrase, stand == "time");
                continue;
            }
        };
        let (map, word) = match stand {
            Stand::End => (&mut cues.by_last, last_word(phrase)),
            _ => (&mut cues.by_first, first_word(phrase)),
        };
        map.entry(word).or_default().push(Cue { phrase, stand, aside });
    }
    // What is said in more words is meant.
    cues.by_first.values_mut().for_each(|cues| cues.sort_by_key(|cue| std::cmp::Reverse(cue.phrase.len())));
    cues
});

/// The rows of the table of phrases: phrase, reason, place.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Aside, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t').skip(2);
        let aside = Aside::named(fields.next()?)?;
        Some((fields.next()?, aside, fields.next()?))
    })
}

/// Writes no blanks between words: one character is as much as a word can be.
fn is_unspaced(c: char) -> bool {
    c >= '\u{3040}' && super::fold::is_unspaced(c)
}

fn first_word(text: &str) -> &str {
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if ascii > 0 && text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return &text[..ascii];
    }
    let end = match text.chars().next() {
        Some(c) if is_unspaced(c) || !c.is_alphanumeric() => c.len_utf8(),
        _ => text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len()),
    };
    &text[..end]
}

fn last_word(text: &str) -> &str {
    let ascii = text.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let start = text.len() - ascii;
    if ascii > 0 && text.as_bytes()[..start].last().is_none_or(u8::is_ascii) {
        return &text[start..];
    }
    let before = text.char_indices().rev().find(|(_, c)| !c.is_alphanumeric());
    before.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// What a line says by its first words; `edge` where it stands near the begin or the end of its text.
pub(super) fn begins(line: &str, edge: bool, plain: &mut Plain) -> Option<Says> {
    let cues = plain.begin(line)?;
    let text = plain.text.as_str();
    let alone = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let fits = |cue: &&Cue| match cue.stand {
        Stand::Line | Stand::List => plain.whole && alone == cue.phrase,
        Stand::Begin => starts_with(text, cue.phrase),
        Stand::Edge | Stand::Name => edge && starts_with(text, cue.phrase),
        Stand::Bracket => line.starts_with(['(', '（']) && starts_with(text, cue.phrase),
        Stand::Capitals => starts_with(text, cue.phrase) && is_in_capitals(line, cue.phrase),
        Stand::End => false,
    };
    let found = |cue: &Cue| match cue.stand {
        Stand::List => Says::List,
        Stand::Name => Says::Name(cue.phrase.len()),
        _ => Says::Is(cue.aside),
    };
    // A line that is a phrase and no more announces what follows, if it can.
    cues.iter().filter(fits).min_by_key(|cue| cue.stand != Stand::List).map(found)
}

fn is_in_capitals(line: &str, phrase: &str) -> bool {
    !without_marks(line).chars().take(phrase.chars().count()).any(char::is_lowercase)
}

/// Whether the text begins with the phrase and no word goes on behind it; a number may (`copyright 20`).
fn starts_with(text: &str, phrase: &str) -> bool {
    let Some(rest) = text.strip_prefix(phrase) else { return false };
    let may_go_on = |c: char| match phrase.chars().next_back() {
        Some(last) if last.is_ascii_digit() => c.is_ascii_digit(),
        Some(last) => !last.is_alphanumeric(),
        None => false,
    };
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || is_unspaced(c) || may_go_on(c))
}

/// What a line says by its last words.
pub(super) fn ends(line: &str, plain: &mut Plain) -> Option<Says> {
    let cues = plain.end(line)?;
    let cue = cues.iter().find(|cue| plain.text.ends_with(cue.phrase))?;
    Some(if cue.aside == Aside::Contributors { Says::EndsIn(cue.aside) } else { Says::Is(cue.aside) })
}

/// What a short line says by a phrase somewhere in it.
pub(super) fn holds(line: &str, plain: &mut Plain) -> Option<Says> {
    plain.fill(line);
    let text = plain.text.as_bytes();
    CUES.inside.iter().find(|(phrase, _)| phrase.find(text).is_some()).map(|(_, aside)| Says::Is(*aside))
}

/// Whether a line is the time of publication: digits, no other words than those times are written in, and a year or a
/// word such as "updated" among them. Without that it may be when something will take place.
pub(super) fn is_time(line: &str, plain: &mut Plain) -> bool {
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    plain.fill(line);
    let words = || plain.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 4;
    let is_year = |word: &str| is_number(word) && (word.starts_with("19") || word.starts_with("20")) && word.len() == 4;
    // 5pm, 15th
    let is_both = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && CUES.stamps.contains_key(&word[digits..])
    };
    words().all(|word| is_number(word) || CUES.stamps.contains_key(word) || is_both(word))
        && words().count() >= 2
        && words().any(|word| is_year(word) || CUES.stamps.get(word) == Some(&true))
}

/// A news agency of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) name: &'static str,
}

/// Names of agencies by their forms in lower case, with the form as it is in the table.
static KNOWN: LazyLock<FxHashMap<String, (&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = AGENCIES.lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let name = line.split('\t').next().unwrap_or(line);
            line.split('\t').map(move |form| (form.to_lowercase(), (name, form)))
        })
        .collect()
});

/// The agency that a text names and nothing else; a word in small letters is one only where agencies write it so.
fn named(text: &str) -> Option<Known> {
    let (name, form) = KNOWN.get(&text.to_lowercase())?;
    (text == *form || !text.starts_with(char::is_lowercase)).then_some(Known { name })
}

/// The agency that a text names, alone or with others: `AP`, `dpa/lby`, `The Associated Press`, `CNN.com`.
pub(super) fn agency(text: &str) -> Option<Known> {
    let is_mark = |c: char| !c.is_alphanumeric();
    let text = text.trim_matches(is_mark);
    named(text)
        .or_else(|| text.split(['/', ',', ';']).find_map(|part| named(part.trim_matches(is_mark))))
        .or_else(|| named(text.rsplit_once('.')?.0))
}

/// The agency of a line that is a list of agencies and no more.
pub(super) fn agencies(line: &str) -> Option<Known> {
    let is_mark = |c: char| !c.is_alphanumeric();
    let mut parts =
        line.split(['/', ',', ';', '|']).map(|part| part.trim_matches(is_mark)).filter(|part| !part.is_empty());
    let first = named(parts.next()?)?;
    parts.all(|part| named(part).is_some()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        let lines = PHRASES.lines().filter(|line| !line.starts_with('#'));
        for line in lines.clone() {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 5, "{line}");
            let aside = Aside::named(fields[2]).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(aside.kind().name(), fields[1], "{line}");
            assert_eq!(fields[3], fields[3].to_lowercase(), "{line}");
            assert!(
                ["line", "begin", "edge", "bracket", "capitals", "end", "in", "list", "name", "stamp", "time"]
                    .contains(&fields[4]),
                "{line}"
            );
        }
        assert_eq!(rows(PHRASES).count(), lines.count());
    }

    #[test]
    fn agencies_are_known_by_their_forms() {
        let name = |text| agency(text).map(|known| known.name);
        assert_eq!(name("(The Associated Press)"), Some("AP"));
        assert_eq!(name("dpa/lby"), Some("dpa"));
        assert_eq!(name("РИА Новости"), Some("RIA Novosti"));
        assert_eq!(name("Ansel Post"), None);
    }
}
