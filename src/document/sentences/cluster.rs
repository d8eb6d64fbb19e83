//! End marks that stand together, and the closing marks and notes that belong to the sentence before.

use super::Line;
use super::marks::{Mark, closes, is_bracket_end, is_quote, mark};

/// A run of end marks with what closes after them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    /// First byte of the first mark.
    pub(super) start: usize,
    /// One past the last mark, closing mark or note.
    pub(super) end: usize,
    /// The strongest of the marks.
    pub(super) mark: Mark,
    /// How many of them there are.
    pub(super) marks: usize,
    /// A quotation closes after the marks.
    pub(super) quote: bool,
    /// A bracket closes after the marks, and no mark follows it.
    pub(super) bracket: bool,
}

/// A note in brackets after a sentence is no longer than this.
const NOTE: usize = 24;

impl Line<'_> {
    /// What begins with the character `c` at `start`, if that is an end mark.
    pub(super) fn cluster(&mut self, start: usize, before: char, c: char) -> Option<Cluster> {
        let first = mark(c, before, self.rules.mark)?;
        let end = start + c.len_utf8();
        let mut cluster = Cluster { start, end, mark: first, marks: 1, quote: false, bracket: false };
        let mut last = c;
        while let Some(next) = self.text[cluster.end..].chars().next() {
            if let Some(more) = mark(next, last, None).filter(|_| next != ':' && next != ';') {
                cluster.join(more, next);
            } else if is_bracket_end(next) {
                cluster.bracket = true;
            } else if is_quote(next) && self.closes_at(cluster.end, last) {
                cluster.quote = true;
                self.is_open &= next != '"';
            } else if let Some(skip) = self.goes_on_after_blank(&cluster, next, last) {
                cluster.end += skip;
                last = ' ';
                continue;
            } else {
                break;
            }
            cluster.end += next.len_utf8();
            last = next;
        }
        while let Some(note) = self.note(cluster.end) {
            cluster.end = note;
        }
        Some(cluster)
    }

    fn closes_at(&self, at: usize, before: char) -> bool {
        let mut chars = self.text[at..].chars();
        chars.next().is_some_and(|c| closes(before, c, chars.next(), self.is_open))
    }

    /// Length of the blank at the end of the cluster where a mark of it follows: `. . .`, `fermé. »`, `he left. "`
    fn goes_on_after_blank(&self, cluster: &Cluster, next: char, last: char) -> Option<usize> {
        if !next.is_whitespace() || next == '\n' || last == ' ' {
            return None;
        }
        let skip = next.len_utf8();
        let c = self.text[cluster.end + skip..].chars().next()?;
        let is_dot = c == '.' && matches!(cluster.mark, Mark::Stop | Mark::Dots) && last == '.';
        let is_same = matches!(c, '!' | '?') && cluster.mark == Mark::Strong && !cluster.quote;
        (is_dot || is_same || is_bracket_end(c) || (is_quote(c) && self.closes_at(cluster.end + skip, ' ')))
            .then_some(skip)
    }

    /// End of a note that follows at `at`: `[1]`, `[...]`, `[citation needed]`, `:-)`.
    fn note(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let text = rest.strip_prefix(' ').unwrap_or(rest);
        let skip = rest.len() - text.len();
        let length = [bracketed, face, footnote].into_iter().find_map(|read| read(text))?;
        let after = text[length..].chars().next();
        after.is_none_or(|c| c.is_whitespace() || c == '[').then_some(at + skip + length)
    }
}

impl Cluster {
    fn join(&mut self, more: Mark, c: char) {
        self.marks += 1;
        self.quote = false;
        self.bracket = false;
        self.mark = match (self.mark, more) {
            (Mark::Stop | Mark::Dots, Mark::Stop) if c == '.' => Mark::Dots,
            (Mark::Strong | Mark::Full, _) => self.mark,
            _ => more,
        };
    }
}

fn bracketed(text: &str) -> Option<usize> {
    if text.starts_with("(...)") {
        return Some(5);
    }
    let inner = text.strip_prefix('[')?;
    let close = inner.bytes().take(NOTE).position(|byte| byte == b']')?;
    let note = &inner[..close];
    let is_note = note == "citation needed" || note.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '…' | ' '));
    is_note.then_some(close + 2)
}

fn face(text: &str) -> Option<usize> {
    const FACES: [&str; 12] = [":)", ":-)", ";)", ";-)", ":(", ":-(", ":D", ":-D", ":P", ";P", "XD", "<3"];
    let typed = FACES.iter().find(|face| text.starts_with(**face)).map(|face| face.len());
    typed.or_else(|| {
        let is_face =
            |c: char| matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{200d}' | '\u{fe0f}');
        let end = text.char_indices().take(NOTE).find(|&(_, c)| !is_face(c)).map_or(text.len(), |(at, _)| at);
        (end > 0 && end <= 4 * NOTE).then_some(end)
    })
}

/// A number that is all the line has left.
fn footnote(text: &str) -> Option<usize> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    ((1..4).contains(&digits) && text[digits..].chars().next().is_none_or(|c| c == '\n')).then_some(digits)
}
