//! A file of plain text is one article. It has no fields: its relative path is its id.

use std::sync::Arc;

use super::charset;
use crate::article::{Article, Place};
use crate::error::{Reason, Reject};

/// The bytes of a text file.
#[derive(Debug)]
pub struct Text {
    path: Arc<str>,
    bytes: Vec<u8>,
}

impl Text {
    /// The text of a file.
    pub(super) fn new(path: &Arc<str>, bytes: Vec<u8>) -> Self {
        Self { path: Arc::clone(path), bytes }
    }

    pub(super) fn parse(&self) -> Result<Article, Reject> {
        let place = Place::file(&self.path);
        let text = charset::text(&self.bytes, None).ok_or_else(|| Reject {
            place: place.clone(),
            reason: Reason::Binary,
            detail: "is no text in any encoding; not used".into(),
        })?;
        Ok(Article {
            id: self.path.to_string(),
            url: None,
            title: None,
            date: None,
            outlet: None,
            lang: None,
            text: text.into(),
            is_page: false,
            place,
        })
    }
}
