//! Who an article says it is from: bylines, agency marks, biographies; and all of it together as evidence.
//!
//! How many sources tell a story is counted by them, so a document keeps hashes ([`Origin`]) and the words themselves
//! are taken from the text where they are to be shown ([`Credit`]).

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::asides::{Aside, Found};
use super::{cues, dateline};

/// What the credit lines of an article say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Credit {
    /// The agency: its usual name where it is a known one, else as it is written.
    pub agency: Option<String>,
    /// The place of the dateline, as written, without the date.
    pub place: Option<String>,
    /// Persons and whoever else is named in bylines and lines of contributors, as written, each once.
    pub names: Vec<String>,
}

/// The same as hashes, 0 where nothing is said: small enough to be kept of every document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// Of the agency.
    pub agency: u32,
    /// Of the place.
    pub place: u32,
    /// Of the first name.
    pub name: u32,
}

impl Credit {
    /// Reads the credit of a text at the places that were found.
    pub(super) fn of(text: &str, found: &[Found]) -> Self {
        let mut credit = Self::default();
        for Found { range, aside } in found {
            let line = &text[range.clone()];
            match aside {
                // Behind it the sentence begins, by which it was known.
                Aside::Dateline => credit.take_dateline(text[range.start..].lines().next().unwrap_or(line)),
                Aside::Byline => credit.take_names(line),
                Aside::Contributors => credit.take_contributors(line),
                Aside::Agency => credit.take_agency(line),
                _ => {}
            }
        }
        credit
    }

    fn take_dateline(&mut self, line: &str) {
        let Some(found) = dateline::find(line) else { return };
        let place = found.place.map(|place| place.split([',', '.']).next().unwrap_or(place).trim().to_owned());
        self.place = self.place.take().or(place);
        if let Some(sign) = found.agency {
            let name = cues::agency(sign).map_or(sign, |known| known.name);
            self.agency.get_or_insert_with(|| name.to_owned());
        }
    }

    fn take_agency(&mut self, line: &str) {
        // `Source: AP`
        let name = line.rsplit([':', '：']).next().unwrap_or(line);
        let is_mark = |c: char| !c.is_alphanumeric();
        if let Some(known) = cues::agency(line).or_else(|| cues::agency(name)) {
            self.agency.get_or_insert_with(|| known.name.to_owned());
        } else if line.len() != name.len() && !name.trim_matches(is_mark).is_empty() {
            self.add_name(name.trim_matches(is_mark));
        }
    }

    fn take_contributors(&mut self, line: &str) {
        for word in line.split([' ', ',', ';', '(', ')']) {
            if self.agency.is_none()
                && word.len() > 1
                && let Some(known) = cues::agency(word)
            {
                self.agency = Some(known.name.to_owned());
            }
        }
        if self.agency.is_none() && line.to_lowercase().contains("associated press") {
            self.agency = Some("AP".to_owned());
        }
        self.take_names(line);
    }

    /// Runs of two to four capitalised words are names, wherever they stand in a line of credit, but where they are
    /// said to be places.
    fn take_names(&mut self, line: &str) {
        for part in line.split([',', ';', ':', '(', ')', '|', '/', '\n']) {
            let mut run: Vec<&str> = Vec::new();
            let mut before = "";
            for word in part.split_whitespace().chain(["."]) {
                if is_name_word(word) && !is_no_name(word) {
                    run.push(word);
                    continue;
                }
                if (2..=4).contains(&run.len()) && !matches!(before, "in" | "from" | "at" | "for") {
                    self.add_name(run.join(" ").trim_end_matches('.'));
                }
                run.clear();
                before = word;
            }
        }
    }

    fn add_name(&mut self, name: &str) {
        const NAMES: usize = 12;
        if self.names.len() < NAMES && cues::agency(name).is_none() && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }

    /// The hashes of it.
    #[must_use]
    pub fn origin(&self) -> Origin {
        let key = |words: &str| (xxh3_64(words.to_lowercase().as_bytes()) as u32).max(1);
        Origin {
            agency: self.agency.as_deref().map_or(0, key),
            place: self.place.as_deref().map_or(0, key),
            name: self.names.first().map_or(0, |name| key(name)),
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Capitalised words of credit lines that belong to no name: those of the trade, and whose writer it is (`NPR's`).
fn is_no_name(word: &str) -> bool {
    const TRADE: [&str; 22] = [
        "by",
        "von",
        "por",
        "par",
        "di",
        "door",
        "associated",
        "press",
        "writer",
        "writers",
        "reporting",
        "editing",
        "additional",
        "contributing",
        "with",
        "story",
        "written",
        "reported",
        "the",
        "автор",
        "compiled",
        "news",
    ];
    word.ends_with(['\'', '’'])
        || word.ends_with("'s")
        || word.ends_with("’s")
        || TRADE.contains(&word.to_lowercase().as_str())
}

/// Capitalised, or a particle of names.
fn is_name_word(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    let letters = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‑');
    let is_particle = matches!(
        word,
        "de" | "van" | "von" | "der" | "bin" | "al" | "el" | "la" | "di" | "da" | "dos" | "du" | "le" | "ter"
    );
    is_particle
        || word.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
            && word.chars().all(letters)
}

/// Words that join the names of a byline.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "und"
            | "et"
            | "y"
            | "e"
            | "i"
            | "и"
            | "та"
            | "&"
            | "en"
            | "with"
            | "in"
            | "|"
            | "і"
            | "ve"
            | "for"
            | "of"
            | "special"
            | "to"
            | "at"
    )
}

/// Whether what follows "by" is names, with what they are behind a comma: `Ida Kray and JON HOLT, court reporter`.
pub(super) fn are_names(text: &str) -> bool {
    let text = text.trim();
    let mut parts = text.split([',', '|', '•', '/', '–', '—']);
    let Some(first) = parts.next() else { return false };
    let words: Vec<&str> = first.split_whitespace().collect();
    let names = words
        .iter()
        .filter(|word| is_name_word(word) && word.chars().next().is_some_and(|c| !c.is_lowercase()))
        .count();
    let last_is_initial = text.trim_end_matches('.').chars().rev().take_while(|c| c.is_alphabetic()).count() <= 3;
    (2..=12).contains(&words.len())
        && names >= 2
        && words.iter().all(|word| is_name_word(word) || is_joint(word))
        && (!text.ends_with(['.', '!', '?', ':']) || last_is_initial)
        && parts.map(|part| part.split_whitespace().count()).sum::<usize>() <= 12
}

/// Whether a line is the name of one or two persons and nothing else.
pub(super) fn is_name_line(line: &str) -> bool {
    let mut words = 0;
    line.len() <= 60
        && line.split_whitespace().all(|word| {
            words += 1;
            is_name_word(word) && word.starts_with(char::is_uppercase) || word == "and"
        })
        && (2..=6).contains(&words)
        && !line.ends_with(['.', '!', '?', ':'])
}

/// The same, or one capitalised word.
pub(super) fn is_name_line_or_word(line: &str) -> bool {
    is_name_line(line) || !line.contains(' ') && starts_name(line)
}

fn starts_name(word: &str) -> bool {
    is_name_word(word) && word.starts_with(char::is_uppercase)
}

/// What authors are said to be beside their articles.
const ROLES: [&str; 20] = [
    "reporter",
    "columnist",
    "editor",
    "correspondent",
    "contributor",
    "contributing",
    "freelance",
    "journalist",
    "author of",
    "author,",
    "host of",
    "fellow at",
    "fellow with",
    "fellow in",
    "staff writer",
    "blogger",
    "professor",
    "writer for",
    "lecturer",
    "producer",
];

/// Bytes behind the verb in which the role stands.
const ROLE: usize = 140;

/// Whether a line at the begin or end of `text` says who its author is: `Ida Kray is a reporter at …`. The author of an
/// article is no person of its story, so the name must stand nowhere else than in a byline, and nothing is said.
pub(super) fn is_biography(line: &str, text: &str) -> bool {
    let line = line.trim_start_matches(['•', '*', '-', '—', '–', ' ']);
    let Some(verb) = verb(line) else { return false };
    let mut parts = line[..verb].split(',');
    let name = parts.next().unwrap_or("").trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(surname) = words.last().filter(|word| word.len() >= 3) else { return false };
    let are_a_name = (2..=4).contains(&words.len())
        && words.iter().all(|word| is_name_word(word) && word.starts_with(char::is_uppercase));
    let is_titled =
        ["The", "Rep.", "Sen.", "Gov.", "President", "In", "On", "At", "Mr.", "Ms.", "Mrs."].contains(&words[0]);
    if !are_a_name || is_titled {
        return false;
    }
    let behind = line[verb..].to_lowercase();
    let role = &behind[..behind.floor_char_boundary(ROLE)];
    let elsewhere = text.matches(surname).count() - line.matches(surname).count();
    let bylines =
        usize::from(text.lines().take(6).any(|first| first.len() < 100 && first != line && first.contains(surname)));
    ROLES.iter().any(|known| role.contains(known))
        && elsewhere <= bylines
        && !behind.contains(" said")
        && !behind.contains(" says")
}

/// Where the verb of a biography stands, behind a name. Few lines begin with two capitals, and it is near.
fn verb(line: &str) -> Option<usize> {
    const WORDS: usize = 14;
    if !line.split(' ').take(2).all(|word| word.starts_with(char::is_uppercase)) {
        return None;
    }
    let mut at = 0;
    line.split(' ').take(WORDS).find_map(|word| {
        let start = at;
        at += word.len() + 1;
        matches!(word, "is" | "are" | "covers" | "writes").then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_by() {
        for text in [
            "Ida Kray",
            "IDA KRAY and Jon Holt",
            "Jonas Trebitsch, court reporter",
            "Ida van der Kray, Associated Press",
            "Jon D. Holt",
        ] {
            assert!(are_names(text), "{text}");
        }
        for text in ["Wednesday night the water rose", "Ida", "Ida Kray left.", "the mayor of Dorvale"] {
            assert!(!are_names(text), "{text}");
        }
    }

    #[test]
    fn authors_are_named_nowhere_else() {
        let line = "Ida Kray is a reporter at the Dorvale Post.";
        assert!(is_biography(line, &format!("Rain fell.\n{line}")));
        assert!(is_biography(line, &format!("By Ida Kray\nRain fell.\n{line}")));
        assert!(!is_biography(
            line,
            &format!("Rain fell.\nRain fell. Rain fell.\n“No,” said Kray.\nKray left.\n{line}")
        ));
        assert!(!is_biography("Ida Kray is ill.", "Ida Kray is ill."));
    }
}
