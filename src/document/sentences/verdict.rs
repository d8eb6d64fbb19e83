//! Whether a sentence ends with an end mark.

use super::Line;
use super::cluster::Cluster;
use super::following::{Begins, Following};
use super::marks::{Mark, is_bracket_start, is_unspaced};
use super::preceding::Preceding;
use super::rules::Roles;

impl Line<'_> {
    pub(super) fn ends(&mut self, cluster: &Cluster) -> bool {
        let after = &self.text[cluster.end..];
        let rest = after.trim_start();
        let Some(following) = Following::read(rest) else { return false };
        let before = Preceding::read(&self.text[self.start..cluster.start]);
        if rest.len() == after.len() {
            return self.ends_without_blank(cluster, &before, &following, rest);
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
            return !cluster.quote && !following.dash && !following.quote && self.is_casual();
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
        if before.is_empty() || is_again || following.begins == Begins::Lower {
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
        let roles = self.abbreviation(before);
        if cluster.bracket && (roles.has(Roles::ABBREVIATION) || is_short(before.word)) {
            return self.begins_anew(following);
        }
        if roles.has(Roles::FORWARD) {
            return false;
        }
        if roles.has(Roles::NUMBER)
            && (following.begins == Begins::Digit || is_roman(following.word) && !following.starts(self.rules))
        {
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
        if self.rules.ordinals && before.word.chars().nth(1).is_some() && is_roman(before.word) {
            return self.begins_anew(following);
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

    fn ends_before_lower(&mut self, cluster: &Cluster, before: &Preceding, following: &Following) -> bool {
        if cluster.quote || cluster.bracket || following.dash || following.quote {
            return false;
        }
        let is_word = before.word.chars().all(char::is_alphabetic)
            && before.word.chars().nth(2).is_some()
            && !is_roman(before.word);
        is_word && !self.abbreviation(before).has(Roles::ABBREVIATION) && (following.bracket || self.is_casual())
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

    fn ends_without_blank(&self, cluster: &Cluster, before: &Preceding, following: &Following, rest: &str) -> bool {
        let Some(first) = rest.chars().next() else { return false };
        if self.text[cluster.start..].starts_with([':', '։']) {
            return following.begins == Begins::Upper || following.quote;
        }
        if cluster.mark == Mark::Full || is_unspaced(first) {
            let last = self.text[..cluster.start].chars().next_back().unwrap_or(' ');
            // A bracket in a sentence does not end it, whatever it holds.
            let is_inside = cluster.bracket && !self.text[self.start..].trim_start().starts_with(is_bracket_start);
            let is_end = cluster.mark != Mark::Stop || is_unspaced(last);
            return is_end && !is_inside && !is_speech_of_unspaced(cluster, rest);
        }
        if before.word.contains(['/', '@', '_', '&']) || following.rest.starts_with(['@', '/', '=', '_', '&']) {
            return false;
        }
        let letter = self.text[..cluster.start].chars().next_back();
        let is_closed = cluster.quote || cluster.bracket;
        match following.begins {
            Begins::Caseless => {
                let is_long = |word: &str| word.chars().nth(2).is_some();
                is_closed || cluster.mark == Mark::Strong || is_long(before.word) && is_long(following.word)
            }
            Begins::Upper if is_closed || following.quote => cluster.mark != Mark::Stop || !self.is_abbreviated(before),
            // `in 1945.The`
            Begins::Upper if before.word.len() == 4 && before.word.bytes().all(|byte| byte.is_ascii_digit()) => true,
            Begins::Upper if letter.is_some_and(char::is_lowercase) => match cluster.mark {
                Mark::Stop => self.is_lost_blank(before, following),
                // `I...I do not know`
                _ => before.word != following.word,
            },
            _ => false,
        }
    }

    /// `at dawn.Drivers waited`, but not `Node.Js`.
    fn is_lost_blank(&self, before: &Preceding, following: &Following) -> bool {
        let is_word = |word: &str| word.chars().all(char::is_alphabetic);
        let is_small = |word: &str| word.chars().skip(1).all(char::is_lowercase);
        let is_long = before.word.chars().nth(1).is_some();
        is_long
            && is_word(before.word)
            && is_word(following.word)
            && is_small(following.word)
            && !self.is_abbreviated(before)
            && !following.rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
            && !(before.word.starts_with(char::is_uppercase) && is_suffix(following.word))
    }

    fn is_abbreviated(&self, before: &Preceding) -> bool {
        is_short(before.word) || self.rules.roles(before.word).has(Roles::ABBREVIATION)
    }

    /// Whether sentences begin in lower case here: where the line does, or where it says `i`.
    fn is_casual(&mut self) -> bool {
        let (text, is_english) = (self.text, self.rules.roles("the").has(Roles::STARTS));
        *self.is_casual.get_or_insert_with(|| {
            text.trim_start().starts_with(char::is_lowercase) || is_english && text.contains(" i ")
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

/// Ends of host and file names that are written with a capital now and then.
fn is_suffix(word: &str) -> bool {
    const SUFFIXES: [&str; 16] =
        ["com", "org", "net", "gov", "edu", "info", "biz", "tv", "uk", "ru", "de", "js", "io", "ai", "am", "az"];
    SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(word))
}

/// Whether a quotation that closes is followed by who spoke, in Japanese or Chinese: `」と述べた`, `？”他说`.
fn is_speech_of_unspaced(cluster: &Cluster, rest: &str) -> bool {
    if !cluster.quote {
        return false;
    }
    const PARTICLES: [&str; 14] =
        ["と", "は", "が", "を", "に", "の", "も", "で", "や", "って", "など", "という", "だ", "、"];
    if PARTICLES.iter().any(|particle| rest.starts_with(particle)) {
        return true;
    }
    let clause = rest.chars().take(16).take_while(|c| !matches!(c, '，' | '。' | '：' | '、' | '！' | '？' | ','));
    let last = clause.last().unwrap_or(' ');
    matches!(last, '说' | '說' | '道' | '问' | '問' | '称' | '稱' | '答' | '喊' | '示')
}
