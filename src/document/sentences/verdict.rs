//! Whether a sentence ends with an end mark.

use super::Line;
use super::cluster::Cluster;
use super::following::{Begins, Following};
use super::glued::is_speech_of_unspaced;
use super::marks::{Mark, is_unspaced};
use super::preceding::Preceding;
use super::rules::Roles;

impl Line<'_> {
    pub(super) fn ends(&mut self, cluster: &Cluster) -> bool {
        let after = &self.text[cluster.end..];
        let rest = after.trim_start();
        let Some(following) = Following::read(rest) else { return false };
        let is_glued = rest.len() == after.len();
        let last = self.text[..cluster.start].chars().next_back().unwrap_or(' ');
        let is_inner = matches!(following.begins, Begins::Lower | Begins::Digit);
        if is_glued && is_inner && cluster.mark != Mark::Full && !is_unspaced(last) {
            // `3.5`, `example.net`: most marks within a word.
            return false;
        }
        let before = Preceding::read(&self.text[self.start..cluster.start]);
        if is_glued {
            return self.ends_without_blank(cluster, last, &before, &following, rest);
        }
        match cluster.mark {
            Mark::Full => !is_speech_of_unspaced(cluster, rest),
            Mark::Strong => self.ends_after_strong(cluster, &before, &following),
            Mark::Dots => self.ends_after_dots(cluster, &before, &following),
            Mark::Stop => self.ends_after_stop(cluster, &before, &following),
        }
    }

    fn ends_after_strong(&mut self, cluster: &Cluster, before: &Preceding, following: &Following) -> bool {
        if following.begins == Begins::Lower {
            let is_plain = !cluster.quote && !following.dash && !following.quote;
            let is_name = self.rules.roles(before.word).has(Roles::MARKED);
            // `Oh! the shame`
            let is_call = is_name || before.is_first();
            return is_plain && (self.is_casual() || !is_call && self.is_clause(following));
        }
        // `Viva Maria! (1965)`
        if following.bracket && following.begins == Begins::Digit {
            return false;
        }
        if self.rules.roles(before.word).has(Roles::MARKED) && cluster.marks == 1 && !cluster.quote {
            return following.quote || following.starts(self.rules);
        }
        !(cluster.quote && self.is_speech(following))
    }

    fn ends_after_dots(&mut self, cluster: &Cluster, before: &Preceding, following: &Following) -> bool {
        // `I... I do not know`
        let is_again = before.word == following.word;
        // `Well … what now`; `over . . .` is another way to write dots, and not told from the end of a sentence.
        let dots = &self.text[cluster.start..cluster.end];
        let is_apart = !cluster.quote && self.text[..cluster.start].ends_with(' ') && !dots.contains(". .");
        if before.is_empty() || is_again || is_apart || following.begins == Begins::Lower {
            return false;
        }
        !(cluster.quote && self.is_speech(following))
    }

    fn ends_after_stop(&mut self, cluster: &Cluster, before: &Preceding, following: &Following) -> bool {
        if before.word.is_empty() {
            return following.begins != Begins::Lower;
        }
        if following.begins == Begins::Lower {
            return self.ends_before_lower(cluster, before, following);
        }
        if self.is_list_number(before) || following.dash && !cluster.quote && before.is_heading() {
            return false;
        }
        if before.word.chars().all(|c| c.is_ascii_digit()) {
            return !self.is_ordinal(before, following);
        }
        if self.rules.ordinals && before.word.chars().nth(1).is_some() && is_roman(before.word) {
            return self.begins_anew(following);
        }
        self.ends_after_word(cluster, before, following)
    }

    fn ends_after_word(&self, cluster: &Cluster, before: &Preceding, following: &Following) -> bool {
        let roles = self.abbreviation(before);
        if cluster.bracket && (roles.has(Roles::ABBREVIATION) || is_short(before.word)) {
            return self.begins_anew(following);
        }
        let is_number = following.begins == Begins::Digit || is_roman(following.word) && !following.starts(self.rules);
        if roles.has(Roles::FORWARD) || roles.has(Roles::NUMBER) && is_number {
            return false;
        }
        if roles.has(Roles::LAST) {
            return self.ends_after_last(before, following);
        }
        if roles.has(Roles::INSIDE) {
            return following.begins != Begins::Digit && self.begins_anew(following);
        }
        if is_short(before.word) && !is_vowel(before.word) {
            return self.is_labelled(before) || self.ends_after_letters(before, following);
        }
        true
    }

    /// What the word is known for, or with the one before it, `т. д.`, or without what is before a hyphen.
    fn abbreviation(&self, before: &Preceding) -> Roles {
        let pair = before.previous().filter(|previous| is_short(previous));
        let joined = pair.map(|previous| self.rules.roles(&format!("{previous}.{}", before.word))).unwrap_or_default();
        let alone = || self.rules.roles(before.word);
        let found = if joined.has(Roles::ABBREVIATION) { joined } else { alone() };
        if found.has(Roles::ABBREVIATION) { found } else { self.rules.roles(before.tail()) }
    }

    /// After `Inc.`, `etc.`, `p.m.`: before a capital, unless it is of a name or title.
    fn ends_after_last(&self, before: &Preceding, following: &Following) -> bool {
        if following.bracket || following.begins == Begins::Digit {
            return false;
        }
        if following.quote || following.starts(self.rules) {
            return true;
        }
        let roles = self.rules.roles(following.word);
        let is_abbreviation = following.rest.starts_with('.') && roles.has(Roles::ABBREVIATION);
        if roles.has(Roles::GOES_ON) || is_abbreviation || following.is_initial() || before.is_short() {
            return false;
        }
        following.begins != Begins::Symbol
            && following.next().is_none_or(|next| next.begins == Begins::Lower && next.word != "time")
    }

    /// After one letter, or letters with full stops between them: `J. Smith`, `U.S. Army`, `to point B. I knew`.
    fn ends_after_letters(&self, before: &Preceding, following: &Following) -> bool {
        // `— Я. — Заходи!`
        if following.dash && before.word.chars().nth(1).is_none() {
            return true;
        }
        matches!(following.begins, Begins::Upper | Begins::Symbol)
            && self.begins_anew(following)
            && (following.quote || following.next().is_none_or(|next| next.begins != Begins::Upper || next.word == "I"))
    }

    /// `vitamin C`, `from A to B`
    fn is_labelled(&self, before: &Preceding) -> bool {
        before.word.chars().nth(1).is_none()
            && before.previous().is_some_and(|word| self.rules.roles(word).has(Roles::LABELS))
    }

    fn begins_anew(&self, following: &Following) -> bool {
        !following.bracket && following.starts(self.rules)
    }

    /// Before a word without a capital only a bracket begins anew, or anything where nobody writes capitals.
    fn ends_before_lower(&mut self, cluster: &Cluster, before: &Preceding, following: &Following) -> bool {
        if cluster.quote || cluster.bracket || following.dash || following.quote {
            return false;
        }
        let is_word = before.word.chars().all(char::is_alphabetic) && !is_roman(before.word);
        if !is_word || is_short(before.word) || self.abbreviation(before).has(Roles::ABBREVIATION) {
            return false;
        }
        let is_long = before.word.chars().nth(2).is_some();
        is_long && (following.bracket || self.is_casual()) || before.is_small() && self.is_clause(following)
    }

    /// Whether a sentence of its own begins in lower case, and not who said the one before.
    fn is_clause(&self, following: &Following) -> bool {
        let is_speech = |next: Following| self.rules.roles(next.word).has(Roles::SPEECH);
        !following.bracket
            && self.rules.roles(following.word).has(Roles::SMALL)
            && !following.next().is_some_and(is_speech)
    }

    /// `1. The gate`, at the start or after a colon.
    fn is_list_number(&self, before: &Preceding) -> bool {
        let word = before.word;
        let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_letter = is_short(word) && word.chars().nth(1).is_none();
        let is_label = is_number || is_letter || is_roman(word);
        is_label && (before.is_first() || is_number && before.follows_colon())
    }

    /// A number whose full stop makes it an ordinal, or part of a date.
    fn is_ordinal(&self, before: &Preceding, following: &Following) -> bool {
        if !self.rules.ordinals {
            return false;
        }
        if self.rules.roles(following.word).has(Roles::ORDINALS) {
            return true;
        }
        before.word.len() <= 3 && !before.is_score() && !following.quote && !self.begins_anew(following)
    }

    /// `"Why?" Mary Holt asked`
    fn is_speech(&self, following: &Following) -> bool {
        // `"Why?" He left.`
        let is_new = following.word != "I" && following.starts(self.rules);
        if following.quote || following.bracket || is_new {
            return false;
        }
        let mut word = *following;
        for _ in 0..3 {
            let Some(next) = word.next() else { return false };
            if next.begins == Begins::Lower {
                return self.rules.roles(next.word).has(Roles::SPEECH);
            }
            word = next;
        }
        false
    }

    pub(super) fn is_abbreviated(&self, before: &Preceding) -> bool {
        is_short(before.word) || self.rules.roles(before.word).has(Roles::ABBREVIATION)
    }

    /// Whether sentences begin in lower case here: where the line does, or where it says `i` or `u`.
    fn is_casual(&mut self) -> bool {
        let (text, is_english) = (self.text, self.rules.roles("The").has(Roles::STARTS));
        *self.is_casual.get_or_insert_with(|| {
            let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
            text.trim_start().starts_with(char::is_lowercase)
                || is_english && says(&[" i ", " u ", " r ", " im ", " dont ", " lol"])
        })
    }
}

/// One letter, or letters with full stops between them.
fn is_short(word: &str) -> bool {
    let mut parts = word.split(['.', '-']);
    parts.all(|part| part.chars().nth(1).is_none())
        && !word.is_empty()
        && !word.contains(|c: char| c.is_ascii_digit() || is_unspaced(c))
}

/// One small vowel, which is a word.
fn is_vowel(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| "aeiouyàéèóùаеёиоуыэюяіїєўαεηιουω".contains(c)) && letters.next().is_none()
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 8 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'))
}
