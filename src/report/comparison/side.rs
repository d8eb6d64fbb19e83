//! Text in two columns, or one below the other where there is no room for two. Widths are those of a terminal: a Chinese
//! character takes two places, a combining mark none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width below which two columns cannot be read.
const NARROW: usize = 64;
/// Between two columns.
const RULE: &str = " │ ";

/// How two sides are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Places for what stands before both sides.
    head: usize,
    /// Places for each side.
    columns: [usize; 2],
    is_stacked: bool,
}

/// A paragraph of one side: what it is known by, and its text, safe for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) label: String,
    pub(super) text: String,
}

impl Layout {
    /// For lines of `width` places that begin with `head` of them.
    pub(super) fn new(width: usize, head: usize) -> Self {
        if width < NARROW {
            return Self { head, columns: [width.saturating_sub(head).max(2); 2], is_stacked: true };
        }
        // The rule is in the middle whatever stands before the sides, so that it is one line down a page.
        let left = (width - RULE.width()) / 2;
        Self { head, columns: [left - head, width - RULE.width() - left], is_stacked: false }
    }

    /// Two sides with `head` before their first line, of each side at most `most` lines.
    pub(super) fn lines(self, head: &str, [a, b]: [&[Piece]; 2], most: usize) -> Vec<String> {
        let [a, b] = [column(a, self.columns[0], most), column(b, self.columns[1], most)];
        let heads = std::iter::once(head).chain(std::iter::repeat(""));
        let line = |head: &str, text: String| format!("{}{text}", padded(head, self.head)).trim_end().to_owned();
        if self.is_stacked {
            return heads.zip(a.into_iter().chain(b)).map(|(head, text)| line(head, text)).collect();
        }
        let height = a.len().max(b.len());
        let cell = |side: &[String], at: usize| side.get(at).cloned().unwrap_or_default();
        let both = (0..height).map(|at| format!("{}{RULE}{}", padded(&cell(&a, at), self.columns[0]), cell(&b, at)));
        heads.zip(both).map(|(head, text)| line(head, text)).collect()
    }
}

/// At most `most` lines of one side, with an ellipsis where there are more.
fn column(pieces: &[Piece], width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = pieces.iter().flat_map(|piece| piece.lines(width)).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last} …"), width);
        }
    }
    lines
}

impl Piece {
    /// Its lines in a column of `width` places.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        // A label that would take the whole column stands before the text without room of its own.
        let indent = self.label.width() + 1;
        if 2 * indent > width {
            return wrapped(&format!("{} {}", self.label, self.text), width);
        }
        let heads = std::iter::once(self.label.as_str()).chain(std::iter::repeat(""));
        let text = wrapped(&self.text, width - indent);
        heads.zip(text).map(|(head, line)| padded(head, indent) + &line).collect()
    }
}

/// Lines of at most `width` places: words are kept whole where they fit into a line.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = word.width();
        if needed <= width && used + usize::from(used > 0) + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if used > 0 {
            line.push(' ');
            used += 1;
        }
        for c in word.chars() {
            let places = c.width().unwrap_or(0);
            if used + places > width && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += places;
        }
    }
    lines.push(line);
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// At most `width` places, an ellipsis where something was cut off.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// `text` with blanks after it, `width` places in all.
pub(super) fn padded(text: &str, width: usize) -> String {
    text.to_owned() + &" ".repeat(width.saturating_sub(text.width()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn piece(label: &str, text: &str) -> Piece {
        Piece { label: label.into(), text: text.into() }
    }

    #[test]
    fn columns_stay_columns_whatever_is_in_them() {
        let chinese = [piece("A1", &"港口大桥在周一上午通车".repeat(4))];
        let marked = [piece("B12", "e\u{301}t\u{e9} was hot in Dorvale, said Ida Kray of the weather office there")];
        let lines = Layout::new(80, 3).lines("~", [&chinese, &marked], 99);
        assert!(lines.len() >= 3 && lines[0].starts_with("~  A1 港"), "{lines:#?}");
        for line in &lines {
            assert!(line.width() <= 80);
            assert_eq!(line.split('│').next().map(UnicodeWidthStr::width), Some(39), "{lines:#?}");
        }
    }

    #[test]
    fn narrow_terminals_have_one_side_below_the_other() {
        let a = [piece("A1", "The ferry is late.")];
        let b = [piece("B3", "Late is the ferry that was to leave at nine.")];
        let lines = Layout::new(34, 3).lines("~↕", [&a, &b], 99);
        assert_eq!(lines, ["~↕ A1 The ferry is late.", "   B3 Late is the ferry that was", "      to leave at nine."]);
    }

    #[test]
    fn long_sides_are_cut() {
        let a = [piece("A1", &"word ".repeat(60))];
        let lines = Layout::new(70, 3).lines("~", [&a, &[]], 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].contains('…'), "{lines:?}");
        assert_eq!([cut("abcdef", 4), cut("港港港", 4), cut("ab", 2)], ["abc…", "港…", "ab"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_too_long(text in "[a-z港 \u{301}]{0,200}", width in 2_usize..40) {
            let lines = wrapped(&text, width);
            prop_assert!(lines.iter().all(|line| line.width() <= width), "{:?}", lines);
            let letters = |text: &str| text.chars().filter(|&c| c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
