//! A comparison for a person: a page full, or everything.

use unicode_width::UnicodeWidthStr;

use super::side::{Layout, Piece, cut, wrapped};
use super::{Comparison, claim_table, explain, sentences, why};
use crate::compare::PASSAGE;
use crate::compare::evidence::Why;
use crate::document::language;
use crate::report::{count, counted, shown};

/// How a comparison is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Places in a line.
    pub width: usize,
    /// Everything, and in full.
    pub all: bool,
    /// With how each number came about.
    pub explain: bool,
}

/// Passages and spellings on a page that does not show everything.
const PASSAGES: usize = 3;
const SPELLINGS: usize = 6;

impl Comparison<'_> {
    /// As lines for a terminal.
    #[must_use]
    pub fn lines(&self, page: Page) -> Vec<String> {
        let mut lines = self.heads();
        lines.push(String::new());
        lines.push(self.verdict());
        lines.extend(self.reasons(page));
        let mut section = |heading: String, body: Vec<String>| {
            if !body.is_empty() {
                lines.extend([String::new(), heading]);
                lines.extend(body);
            }
        };
        if page.explain {
            let lines = explain::pieces(self).iter().flat_map(|piece| piece.lines(page.width)).collect();
            section("how the numbers came about".into(), lines);
        }
        if let Some(score) = self.titles {
            section(format!("titles, {score:.2} alike"), self.title_lines(page));
        }
        section("spellings that differ".into(), self.spelling_lines(page));
        for (agree, what) in [(Some(false), "differ"), (Some(true), "agree"), (None, "stand on one side only")] {
            let claim_table::Table { count: all, lines: body, left_out } =
                claim_table::table(&self.texts, &self.found.claims, agree, page.width, page.all);
            // Of the same words it goes without saying.
            let is_news = if self.shares.is_same { agree == Some(false) } else { agree.is_some() };
            if is_news || page.all {
                section(format!("claims that {what}: {}", count(all as u64)), with_more(body, left_out));
            }
        }
        let table = sentences::table(&self.texts, &self.found.links, page.width, page.all);
        let legend = "sentences side by side: = word for word, ~ reworded [what differs], ↕ in another place, · on one side only";
        section(legend.into(), with_more(table.lines, table.left_out));
        section(self.passage_heading(), self.passage_lines(page));
        if !page.all {
            lines.extend(self.rest());
        }
        lines.into_iter().flat_map(|line| fitted(line, page.width)).collect()
    }

    /// What the two articles are.
    fn heads(&self) -> Vec<String> {
        let head = |side: usize| {
            let text = &self.texts[side];
            let asides = text.sentences.iter().filter(|sentence| sentence.is_aside).count() as u64;
            let mut parts = vec![
                counted(self.shares.sentences[side] as u64, "sentence", "sentences"),
                counted(text.document.words.len() as u64, "word", "words"),
            ];
            parts.extend(self.langs[side].as_deref().map(shown));
            if asides > 0 {
                parts.push(format!("{} set aside", counted(asides, "sentence", "sentences")));
            }
            format!("{} {}  {}", ["A", "B"][side], shown(&self.articles[side].id), parts.join(", "))
        };
        let mut lines = vec![head(0), head(1)];
        lines.extend(self.about_languages());
        lines
    }

    /// What the languages mean for the comparison, where it is not two English texts.
    fn about_languages(&self) -> Option<String> {
        let [a, b] = [0, 1].map(|side: usize| self.langs[side].as_deref().map(language::primary));
        match (a, b) {
            (Some(a), Some(b)) if a != b => Some(format!(
                "two languages, {} and {}: only names, numbers and words that both have can meet",
                shown(a),
                shown(b)
            )),
            (Some(a), _) | (_, Some(a)) if a != "en" => Some(format!(
                "in {}: wording is compared as in any language, sentences and claims by rules made for English",
                shown(a)
            )),
            _ => None,
        }
    }

    fn verdict(&self) -> String {
        if self.shares.is_same {
            return "near-duplicate: the same words in the same order".into();
        }
        let judgement = self.found.judgement;
        let similarity = self.found.similarity;
        format!("{}  confidence {:.2}  similarity {similarity:.2}", judgement.relation.name(), judgement.confidence)
    }

    /// A line for each piece of evidence.
    fn reasons(&self, page: Page) -> Vec<String> {
        let parts: Vec<[String; 2]> = self.why.iter().map(|why| [why.a.to_string(), why.b.to_string()]).collect();
        let wide = parts.iter().flatten().map(String::len).max().unwrap_or(0);
        let reason = |(why, [a, b]): (&Why, &[String; 2])| {
            let line = format!("  {:<10} A {a:<wide$}  B {b:<wide$}  {:.2}", why.kind, why.weight);
            let told = format!("{line}  {}", why::counts(why.kind));
            if told.width() <= page.width { told } else { line }
        };
        let mut lines: Vec<String> = self.why.iter().zip(&parts).map(reason).collect();
        let links = &self.found.links;
        if !links.is_empty() {
            let verbatim = links.iter().filter(|link| link.is_verbatim).count() as u64;
            let reordered = links.iter().filter(|link| link.is_reordered).count() as u64;
            lines.push(format!(
                "  {:<10} {}: {} word for word, {} reworded; {} in another place",
                "links",
                count(links.len() as u64),
                count(verbatim),
                count(links.len() as u64 - verbatim),
                count(reordered)
            ));
        }
        lines
    }

    fn title_lines(&self, page: Page) -> Vec<String> {
        let piece = |side: usize| {
            let title = self.articles[side].title.as_deref().unwrap_or_default();
            [Piece { label: ["A", "B"][side].into(), text: shown(title) }]
        };
        Layout::new(page.width, 3).lines("", [&piece(0), &piece(1)], usize::MAX)
    }

    fn spelling_lines(&self, page: Page) -> Vec<String> {
        let shown_at_most = if page.all { self.spellings.len() } else { SPELLINGS.min(self.spellings.len()) };
        let spelling = |spelling: &super::Spelling| {
            let [a, b] = [0, 1].map(|side: usize| shown(&spelling.forms[side]));
            let often = if spelling.links > 1 { format!(" ({} times)", spelling.links) } else { String::new() };
            format!("{a} | {b}{often}")
        };
        let line: Vec<String> = self.spellings[..shown_at_most].iter().map(spelling).collect();
        if line.is_empty() {
            return line;
        }
        let body =
            wrapped(&line.join("   "), page.width.saturating_sub(3)).into_iter().map(|line| format!("   {line}"));
        with_more(body.collect(), self.spellings.len() - shown_at_most)
    }

    fn passage_heading(&self) -> String {
        let words: usize = self.passages.iter().map(|passage| passage.words).sum();
        let words = counted(words as u64, "word", "words");
        format!(
            "{} of {PASSAGE} words or more, {words} in all",
            counted(self.passages.len() as u64, "passage", "passages")
        )
    }

    /// The longest passages, or all of them.
    fn passage_lines(&self, page: Page) -> Vec<String> {
        let mut longest: Vec<_> = self.passages.iter().collect();
        longest.sort_by_key(|passage| std::cmp::Reverse(passage.words));
        let most = if page.all { longest.len() } else { PASSAGES.min(longest.len()) };
        let mut lines = Vec::new();
        for passage in &longest[..most] {
            let label = format!("{:>5} words  A {}  B {} ", passage.words, passage.a.start, passage.b.start);
            let text = format!("“{}”", shown(self.texts[0].at(passage.a)));
            if page.all {
                lines.extend(Piece { label, text }.lines(page.width));
            } else {
                lines.push(cut(&format!("{label} {text}"), page.width));
            }
        }
        with_more(lines, longest.len() - most)
    }

    /// What a page full does not show.
    fn rest(&self) -> Vec<String> {
        let [a, b] = [0, 1].map(|side: usize| (self.shares.sentences[side] - self.shares.linked[side]) as u64);
        let silent = self.found.claims.iter().filter(|claim| claim.agree.is_none()).count() as u64;
        let mut rest = Vec::new();
        if a + b > 0 {
            rest.push(format!(
                "{} of A and {} of B without a counterpart",
                counted(a, "sentence", "sentences"),
                count(b)
            ));
        }
        if silent > 0 {
            rest.push(format!("{} on one side only", counted(silent, "claim", "claims")));
        }
        if rest.is_empty() { Vec::new() } else { vec![String::new(), rest.join(", ") + " (--all)"] }
    }
}

/// A line, and what of it goes beyond the width below it.
fn fitted(line: String, width: usize) -> Vec<String> {
    if line.width() <= width {
        return vec![line];
    }
    let indent = " ".repeat(line.len() - line.trim_start().len());
    wrapped(&line, width.saturating_sub(indent.len())).into_iter().map(|line| indent.clone() + &line).collect()
}

/// Lines with a word on how many more there are.
fn with_more(mut lines: Vec<String>, more: usize) -> Vec<String> {
    if more > 0 {
        lines.push(format!("   {} more (--all)", count(more as u64)));
    }
    lines
}
