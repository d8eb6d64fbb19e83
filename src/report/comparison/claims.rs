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
