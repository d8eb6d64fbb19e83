//! Claims side by side: where linked sentences agree and where they differ.

use super::sentences::label;
use super::side::{Layout, Piece};
use crate::compare::claims::Claim;
use crate::compare::text::Text;
use crate::document::Span;
use crate::report::shown;

/// Claims of one answer on a page that does not show everything, and lines of each.
const ROWS: usize = 5;
const LINES: usize = 2;
/// Places for the kind of a claim.
const HEAD: usize = 12;

/// What became of the claims of one kind of answer.
pub(super) struct Table {
    /// How many there are.
    pub(super) count: usize,
    pub(super) lines: Vec<String>,
    pub(super) left_out: usize,
}

/// The claims with one answer (`Some(false)`: they differ), in the order of the text.
pub(super) fn table(texts: &[Text; 2], claims: &[Claim], agree: Option<bool>, width: usize, all: bool) -> Table {
    let layout = Layout::new(width, HEAD);
    let mark = match agree {
        Some(true) => "=",
        Some(false) => "≠",
        None => "·",
    };
    let claims: Vec<&Claim> = claims.iter().filter(|claim| claim.agree == agree).collect();
    let (rows, most) = if all { (claims.len(), usize::MAX) } else { (ROWS.min(claims.len()), LINES) };
    let row = |claim: &&Claim| {
        let sides = [piece(texts, 0, claim.a), piece(texts, 1, claim.b)];
        layout.lines(&format!("{mark} {}", claim.kind.name()), [&sides[0], &sides[1]], most)
    };
    Table { count: claims.len(), lines: claims[..rows].iter().flat_map(row).collect(), left_out: claims.len() - rows }
}

fn piece(texts: &[Text; 2], side: usize, span: Option<Span>) -> Vec<Piece> {
    let text = &texts[side];
    let piece = |span: Span| Piece {
        label: format!("{:<4}", label(side, text.sentence_at(span.start))),
        text: shown(text.at(span)),
    };
    span.map(piece).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claims::Kind;
    use crate::compare::text::Reader;

    #[test]
    fn claims_stand_in_the_table_of_their_answer() {
        let mut reader = Reader::default();
        let texts = [
            reader.text("Rain fell. The ferry had 112 people on board.", None),
            reader.text("The ferry had 115 people on board. It left on Monday.", None),
        ];
        let span = |start, end| Some(Span { start, end });
        let claims = [
            Claim { kind: Kind::Number, agree: Some(false), a: span(25, 35), b: span(14, 24) },
            Claim { kind: Kind::Date, agree: None, a: None, b: span(46, 52) },
        ];
        let table = |agree| table(&texts, &claims, agree, 80, false).lines;
        assert_eq!(table(Some(false)), ["≠ number    A2   112 people                │ B1   115 people"]);
        assert_eq!(table(None), ["· date                                      │ B2   Monday"]);
        assert!(table(Some(true)).is_empty());
    }

    #[test]
    fn a_page_has_a_few() {
        let texts = [Reader::default().text("Ida Kray spoke.", None), Reader::default().text("Ida Kray spoke.", None)];
        let span = Some(Span { start: 0, end: 8 });
        let claims = vec![Claim { kind: Kind::Name, agree: Some(true), a: span, b: span }; 9];
        let page = table(&texts, &claims, Some(true), 80, false);
        assert_eq!((page.count, page.lines.len(), page.left_out), (9, ROWS, 9 - ROWS));
        assert_eq!(table(&texts, &claims, Some(true), 80, true).lines.len(), 9);
    }
}
