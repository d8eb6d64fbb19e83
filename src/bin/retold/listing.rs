//! Groups and stories on standard output: a table for a person, plain lines for a pipe.

use comfy_table::{CellAlignment, ContentArrangement, Table as Grid, presets};
use retold::error::Result;
use retold::report::{count, counted, groups::GroupLine, stories::StoryLine};

use crate::output::{self, Output};

/// Something that is listed on one line, with what belongs to it.
pub(crate) trait Listed {
    /// One of them, and many.
    const NAMES: [&'static str; 2];
    /// Heads of the columns of the table.
    const HEADS: &'static [&'static str];
    /// Columns of numbers.
    const NUMBERS: &'static [usize];
    /// The cells of the table.
    fn cells(&self) -> Vec<String>;
    /// The cells of a line for a pipe.
    fn plain(&self) -> Vec<String>;
    /// What belongs to it, line by line.
    fn members(&self) -> &[String];
}

impl Listed for GroupLine {
    const NAMES: [&'static str; 2] = ["group", "groups"];
    const HEADS: &'static [&'static str] = &["articles", "outlets", "days", "shared", "title of the fullest"];
    const NUMBERS: &'static [usize] = &[0, 1, 3];

    fn cells(&self) -> Vec<String> {
        let Self { articles, outlets, days, shared, title, .. } = self;
        vec![count(*articles as u64), count(*outlets as u64), days.clone(), shared.clone(), title.clone()]
    }

    fn plain(&self) -> Vec<String> {
        let Self { articles, outlets, days, shared, id, title, .. } = self;
        vec![articles.to_string(), outlets.to_string(), days.clone(), shared.clone(), id.clone(), title.clone()]
    }

    fn members(&self) -> &[String] {
        &self.members
    }
}

impl Listed for StoryLine {
    const NAMES: [&'static str; 2] = ["story", "stories"];
    const HEADS: &'static [&'static str] = &["articles", "outlets", "sources", "span", "relations", "story"];
    const NUMBERS: &'static [usize] = &[0, 1, 2, 3];

    fn cells(&self) -> Vec<String> {
        let Self { articles, outlets, sources, span, relations, title, .. } = self;
        let counts = [*articles as u64, *outlets as u64, u64::from(*sources)].map(count);
        counts.into_iter().chain([span.clone(), relations.clone(), title.clone()]).collect()
    }

    fn plain(&self) -> Vec<String> {
        let Self { articles, outlets, sources, span, relations, id, title, .. } = self;
        let counts = [articles.to_string(), outlets.to_string(), sources.to_string()];
        counts.into_iter().chain([span, relations, id, title].map(Clone::clone)).collect()
    }

    fn members(&self) -> &[String] {
        &self.versions
    }
}

/// Prints the first `top` of all.
pub(crate) fn print<L: Listed>(out: &mut Output, all: &[L], top: usize, verbose: bool) -> Result<()> {
    let first = &all[..all.len().min(top)];
    if !output::is_terminal() {
        for one in first {
            out.line(&one.plain().join("\t"))?;
            for member in one.members().iter().filter(|_| verbose) {
                out.line(&format!("\t{member}"))?;
            }
        }
        return Ok(());
    }
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    grid.set_header(L::HEADS.iter().copied());
    for one in first {
        grid.add_row(one.cells());
        for member in one.members().iter().filter(|_| verbose) {
            let mut cells = vec![String::new(); L::HEADS.len() - 1];
            cells.push(format!("  {member}"));
            grid.add_row(cells);
        }
    }
    for &right in L::NUMBERS {
        if let Some(column) = grid.column_mut(right) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    if !first.is_empty() {
        out.line(&grid.trim_fmt())?;
    }
    if all.len() > first.len() {
        let [one, many] = L::NAMES;
        out.line(&format!("{} more (-n)", counted((all.len() - first.len()) as u64, one, many)))?;
    }
    Ok(())
}
