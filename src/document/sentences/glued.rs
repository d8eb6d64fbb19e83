//! End marks with no blank after them.

use super::Line;
use super::cluster::Cluster;
use super::following::{Begins, Following};
use super::marks::{Mark, is_bracket_start, is_unspaced};
use super::preceding::Preceding;

impl Line<'_> {
    /// Whether a sentence ends where the next word follows at once: in scripts without blanks, and where one was lost.
    /// `last` is the character before the mark.
    pub(super) fn ends_without_blank(
        &self,
        cluster: &Cluster,
        last: char,
        before: &Preceding,
        following: &Following,
        rest: &str,
    ) -> bool {
        let Some(first) = rest.chars().next() else { return false };
        // `11:30`
        if self.text[cluster.start..].starts_with([':', '։']) {
            return following.begins == Begins::Upper || following.quote;
        }
        if cluster.mark == Mark::Full || is_unspaced(first) || is_unspaced(last) {
            // A bracket in a sentence does not end it, whatever it holds.
            let is_inside = cluster.bracket && !self.text[self.start..].starts_with(is_bracket_start);
            // `好.走吧`, but not `3.5元`
            let is_between = is_unspaced(last) && (is_unspaced(first) || !first.is_alphanumeric());
            let is_end = cluster.mark != Mark::Stop || is_between;
            return is_end && !is_inside && !is_speech_of_unspaced(cluster, rest);
        }
        if before.word.contains(['/', '@', '_', '&']) || following.rest.starts_with(['@', '/', '=', '_', '&']) {
            return false;
        }
        let is_closed = cluster.quote || cluster.bracket;
        match following.begins {
            Begins::Caseless => {
                let is_long = |word: &str| word.chars().nth(2).is_some();
                is_closed || cluster.mark == Mark::Strong || is_long(before.word) && is_long(following.word)
            }
            Begins::Upper if is_closed || following.quote => cluster.mark != Mark::Stop || !self.is_abbreviated(before),
            // `in 1945.The`
            Begins::Upper if before.word.len() == 4 && before.word.bytes().all(|byte| byte.is_ascii_digit()) => true,
            Begins::Upper if last.is_lowercase() => match cluster.mark {
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
}

/// Ends of host and file names that are written with a capital now and then.
fn is_suffix(word: &str) -> bool {
    const SUFFIXES: [&str; 16] =
        ["com", "org", "net", "gov", "edu", "info", "biz", "tv", "uk", "ru", "de", "js", "io", "ai", "am", "az"];
    SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(word))
}

/// Whether a quotation that closes is followed by who spoke, in Japanese or Chinese: `」と述べた`, `？”他说`.
pub(super) fn is_speech_of_unspaced(cluster: &Cluster, rest: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["と", "は", "が", "を", "に", "の", "も", "で", "や", "って", "など", "という", "だ", "、"];
    if !cluster.quote {
        return false;
    }
    if PARTICLES.iter().any(|particle| rest.starts_with(particle)) {
        return true;
    }
    let clause = rest.chars().take(16).take_while(|c| !matches!(c, '，' | '。' | '：' | '、' | '！' | '？' | ','));
    let last = clause.last().unwrap_or(' ');
    matches!(last, '说' | '說' | '道' | '问' | '問' | '称' | '稱' | '答' | '喊' | '示')
}
