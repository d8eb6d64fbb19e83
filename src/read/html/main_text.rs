//! The main text of a page, without navigation, teasers, comments and what else stands around it.

use dom_smoothie::{Config, Readability, TextMode};

/// The main text, a paragraph a line; empty where the page has none. `title` is the headline, which is no part of it.
pub(super) fn main_text(html: &str, _title: Option<&str>) -> String {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    article.map_or_else(|_| String::new(), |article| article.text_content.trim().to_owned())
}
