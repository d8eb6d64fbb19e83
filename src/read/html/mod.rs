//! A page of HTML is one article: its main text, and what the page says of itself.

mod blocks;
mod dom;
mod features;
mod fragment;
mod hostile;
mod main_text;
mod metadata;
mod model;
mod signs;

use std::sync::Arc;

use crate::article::{Article, Date, Place};
use crate::error::{Reason, Reject};

pub(super) use fragment::without_markup;

/// The bytes of a page.
#[derive(Debug)]
pub struct Html {
    place: Place,
    bytes: Vec<u8>,
}

/// What a page holds. All is as the page gives it; nothing is `Some` of an empty string.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Page {
    /// The main text, a paragraph a line.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Day or time of publication.
    pub date: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Address the page gives as its own.
    pub url: Option<String>,
    /// Language code the page declares.
    pub lang: Option<String>,
}

/// Takes the article out of a page.
#[must_use]
pub fn page(html: &str) -> Page {
    let dom = dom::Dom::parse(html);
    let found = metadata::metadata(hostile::cheap(hostile::readable(html), dom.cost));
    let text = main_text::main_text(&dom, found.title.as_deref());
    Page { text, ..found }
}

/// The blocks of a page, each with what the model of the main text is told of it: what the model is fitted on.
#[must_use]
pub fn blocks(html: &str) -> Vec<(String, Vec<f32>)> {
    main_text::rows(html)
}

impl Html {
    /// The page of a file.
    pub(super) fn new(path: &Arc<str>, bytes: Vec<u8>) -> Self {
        Self { place: Place::file(path), bytes }
    }

    pub(super) fn parse(&self) -> Result<Article, Reject> {
        article(&self.bytes, None, &self.place, self.place.path.to_string())
    }
}

/// The article of a page; `label` is what the outside says of its encoding.
pub(super) fn article(bytes: &[u8], label: Option<&str>, place: &Place, id: String) -> Result<Article, Reject> {
    let html = super::charset::html(bytes, label);
    let page = super::guard::guarded(|| page(&html)).ok_or_else(|| Reject {
        place: place.clone(),
        reason: Reason::Unreadable,
        detail: "the page could not be taken apart; not used".into(),
    })?;
    Ok(Article {
        id,
        url: page.url,
        title: page.title,
        date: page.date,
        outlet: page.outlet,
        lang: page.lang,
        text: page.text,
        is_page: true,
        place: place.clone(),
    })
}
