//! Claims side by side: where linked sentences agree and where they differ.

use std::collections::BTreeSet;

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

/// The claims with one answer (`Some(false)`: they differ): all in the order of the text, or each once and those first
/// that say most.
pub(super) fn table(texts: &[Text; 2], claims: &[Claim], agree: Option<bool>, width: usize, all: bool) -> Table {
    let layout = Layout::new(width, HEAD);
    let mark = match agree {
        Some(true) => "=",
        Some(false) => "≠",
        None => "·",
    };
    let mut claims: Vec<&Claim> = claims.iter().filter(|claim| claim.agree == agree).collect();
    let count = claims.len();
    if !all {
        claims = telling(texts, claims);
    }
    let most = if all { usize::MAX } else { LINES };
    let row = |claim: &&Claim| {
        let sides = [piece(texts, 0, claim.a), piece(texts, 1, claim.b)];
        layout.lines(&format!("{mark} {}", claim.kind.name()), [&sides[0], &sides[1]], most)
    };
    Table { count, lines: claims.iter().flat_map(row).collect(), left_out: count - claims.len() }
}

/// The first of the claims that say most, each once: what is said in two ways before what is said in the same words,
/// figures before names.
fn telling<'c>(texts: &[Text; 2], mut claims: Vec<&'c Claim>) -> Vec<&'c Claim> {
    let said = |claim: &Claim| {
        [(0, claim.a), (1, claim.b)].map(|(side, span)| span.map(|span| texts[side].at(span).to_lowercase()))
    };
    let mut met = BTreeSet::new();
    claims.retain(|claim| met.insert((claim.kind, said(claim))));
    claims.sort_by_key(|claim| {
        let [a, b] = said(claim);
        (a == b, claim.kind)
    });
    claims.truncate(ROWS);
    claims
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
            Claim {
                kind: Kind::Number,
                agree: Some(false),
                a: span(25, 35),
                b: span(14, 24),
                a_value: None,
                b_value: None,
            },
            Claim { kind: Kind::Date, agree: None, a: None, b: span(46, 52), a_value: None, b_value: None },
        ];
        let table = |agree| table(&texts, &claims, agree, 80, false).lines;
        assert_eq!(table(Some(false)), ["≠ number    A2   112 people            │ B1   115 people"]);
        assert_eq!(table(None), ["· date                                 │ B2   Monday"]);
        assert!(table(Some(true)).is_empty());
    }

    #[test]
    fn a_page_has_a_few_each_once_and_what_is_said_in_two_ways_first() {
        let texts = ["Ida Kray spoke of 12 crowns, Ida Kray of twelve.", "Ida Kray spoke: 12 crowns, twelve of them."]
            .map(|text| Reader::default().text(text, None));
        let claim = |kind, a: [u32; 2], b: [u32; 2]| {
            let span = |[start, end]: [u32; 2]| Some(Span { start, end });
            Claim { kind, agree: Some(true), a: span(a), b: span(b), a_value: None, b_value: None }
        };
        let mut claims = vec![claim(Kind::Name, [0, 8], [0, 8]), claim(Kind::Name, [29, 37], [0, 8])];
        claims.push(claim(Kind::Number, [18, 20], [16, 18]));
        claims.push(claim(Kind::Number, [18, 20], [27, 33]));
        let page = table(&texts, &claims, Some(true), 70, false);
        assert_eq!((page.count, page.left_out), (4, 1));
        let said: Vec<String> =
            page.lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(said, ["= number A1 12 │ B1 twelve", "= number A1 12 │ B1 12", "= name A1 Ida Kray │ B1 Ida Kray"]);
        assert_eq!(table(&texts, &claims, Some(true), 70, true).lines.len(), 4);
    }
}
