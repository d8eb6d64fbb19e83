//! Sentences side by side.

use std::collections::BTreeMap;

use super::changes;
use super::shares::is_compared;
use super::side::{Layout, Piece};
use crate::compare::alignment::Link;
use crate::compare::text::Text;
use crate::report::shown;

/// Rows on a page that does not show everything, and lines of each.
const ROWS: usize = 8;
const LINES: usize = 4;
/// Sentences in a row that are the same word for word, from which they are shown as one.
const RUN: usize = 3;

/// One row: what stands beside what.
#[derive(Debug, Clone, Copy)]
enum Row<'a> {
    Link(&'a Link),
    /// Links that follow each other on both sides, all word for word: the first and the last.
    Run(&'a Link, &'a Link, usize),
    /// A sentence of the one side or the other (0, 1) that says what none of the other says.
    Only(usize, usize),
}

/// The rows of a comparison and how many were left out.
pub(super) struct Table {
    pub(super) lines: Vec<String>,
    pub(super) left_out: usize,
}

/// The name of a sentence: people count from 1.
pub(super) fn label(side: usize, number: usize) -> String {
    format!("{}{}", ["A", "B"][side], number + 1)
}

/// Links in the order of the one text; with `all`, all sentences of both.
pub(super) fn table(texts: &[Text; 2], links: &[Link], width: usize, all: bool) -> Table {
    let rows = if all { everything(texts, links) } else { folded(links) };
    let count = rows.len();
    let rows = if all { rows } else { strongest(rows) };
    let layout = Layout::new(width, 3);
    let most = if all { usize::MAX } else { LINES };
    let drawn: Vec<(String, [Vec<Piece>; 2])> = rows.iter().map(|row| (row.mark(), row.pieces(texts))).collect();
    let labels = drawn.iter().flat_map(|(_, sides)| sides.iter().flatten()).map(|piece| piece.label.len()).max();
    let wide = labels.unwrap_or(0);
    let mut lines = Vec::new();
    for (mark, mut sides) in drawn {
        sides.iter_mut().flatten().for_each(|piece| piece.label = format!("{:<wide$}", piece.label));
        lines.extend(layout.lines(&mark, [&sides[0], &sides[1]], most));
    }
    Table { lines, left_out: count - rows.len() }
}

impl Row<'_> {
    /// What the row is, in a mark that needs no colour.
    fn mark(&self) -> String {
        match self {
            Self::Link(link) => {
                let kind = if link.is_verbatim { "=" } else { "~" };
                kind.to_owned() + if link.is_reordered { "↕" } else { "" }
            }
            Self::Run(..) => "=".into(),
            Self::Only(..) => "·".into(),
        }
    }

    fn pieces(&self, texts: &[Text; 2]) -> [Vec<Piece>; 2] {
        match *self {
            Self::Link(link) => linked(texts, link),
            Self::Run(first, last, sentences) => [0, 1].map(|side| {
                let [from, to] = [first, last].map(|link| label(side, if side == 0 { link.a[0] } else { link.b[0] }));
                let text = if side == 0 { format!("{sentences} sentences, word for word") } else { "the same".into() };
                vec![Piece { label: format!("{from}-{to}"), text }]
            }),
            Self::Only(side, number) => {
                let sentence = &texts[side].sentences[number];
                let note = if sentence.is_aside { "(set aside) " } else { "" };
                let text = note.to_owned() + &shown(texts[side].of(sentence));
                let mut sides = [Vec::new(), Vec::new()];
                sides[side].push(Piece { label: label(side, number), text });
                sides
            }
        }
    }
}

fn linked(texts: &[Text; 2], link: &Link) -> [Vec<Piece>; 2] {
    let numbers = [link.a.as_slice(), link.b.as_slice()];
    let marked = if link.is_verbatim { None } else { changes::marked(texts, numbers) };
    [0, 1].map(|side| {
        let read = |at: usize, number: usize| match &marked {
            Some(marked) => shown(&marked[side][at]),
            None => shown(texts[side].of(&texts[side].sentences[number])),
        };
        let piece = |(at, &number): (usize, &usize)| Piece { label: label(side, number), text: read(at, number) };
        numbers[side].iter().enumerate().map(piece).collect()
    })
}

/// The links, long runs of them that are word for word taken together.
fn folded(links: &[Link]) -> Vec<Row<'_>> {
    let follows = |x: &Link, y: &Link| {
        let is_plain = |link: &Link| link.is_verbatim && !link.is_reordered && link.a.len() == 1 && link.b.len() == 1;
        is_plain(x) && is_plain(y) && x.a[0] + 1 == y.a[0] && x.b[0] + 1 == y.b[0]
    };
    links.chunk_by(follows).flat_map(run).collect()
}

fn run(links: &[Link]) -> Vec<Row<'_>> {
    match links {
        [first, .., last] if links.len() >= RUN => vec![Row::Run(first, last, links.len())],
        _ => links.iter().map(Row::Link).collect(),
    }
}

/// The rows that tell most, in their order.
fn strongest(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let score = |row: &Row<'_>| match row {
        Row::Link(link) => link.score,
        _ => 1.0,
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&x, &y| score(&rows[y]).total_cmp(&score(&rows[x])));
    order.truncate(ROWS);
    order.sort_unstable();
    order.into_iter().map(|at| rows[at]).collect()
}

/// All sentences: those of the one text in their order, those that only the other has behind what they follow there.
fn everything<'a>(texts: &[Text; 2], links: &'a [Link]) -> Vec<Row<'a>> {
    let mut is_linked = [0, 1].map(|side: usize| vec![false; texts[side].sentences.len()]);
    let mut from: BTreeMap<usize, Vec<&Link>> = BTreeMap::new();
    for link in links {
        link.a.iter().for_each(|&number| is_linked[0][number] = true);
        link.b.iter().for_each(|&number| is_linked[1][number] = true);
        from.entry(link.a.first().copied().unwrap_or(0)).or_default().push(link);
    }
    let only = |side: usize, number: usize| {
        let sentence = &texts[side].sentences[number];
        let is_shown = is_compared(sentence) || !texts[side].of(sentence).trim().is_empty();
        (!is_linked[side][number] && is_shown).then_some(Row::Only(side, number))
    };
    // Sentences of the other text that are to come behind one of it which is linked.
    let behind = |number: usize| (number..is_linked[1].len()).take_while(|&at| !is_linked[1][at]);
    let mut is_met = vec![false; is_linked[1].len()];
    let mut rows: Vec<Row<'a>> = behind(0).filter_map(|number| only(1, number)).collect();
    for number in 0..texts[0].sentences.len() {
        rows.extend(only(0, number));
        for link in from.get(&number).into_iter().flatten() {
            rows.push(Row::Link(link));
            for &there in &link.b {
                if !std::mem::replace(&mut is_met[there], true) {
                    rows.extend(behind(there + 1).filter_map(|number| only(1, number)));
                }
            }
        }
    }
    rows
}
