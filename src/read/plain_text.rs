//! A file of plain text is one article. It has no fields: its relative path is its id.

use std::io::Read;
use std::sync::Arc;

use crate::article::{Article, Place};
use crate::error::{Reason, Reject};

/// The bytes of a text file.
#[derive(Debug)]
pub struct Text {
    path: Arc<str>,
    bytes: Vec<u8>,
}

impl Text {
    /// Reads a whole file, up to `max` bytes.
    pub(super) fn read(content: &mut impl Read, path: &Arc<str>, max: usize) -> Result<Self, Reject> {
        let mut bytes = Vec::new();
        let reject = |reason, detail| Reject { place: Place::file(path), reason, detail };
        match super::fill(content, &mut bytes, max + 1) {
            Err(error) => Err(reject(
                Reason::CutArchive,
                format!("breaks off after {} bytes, so it was not used: {error}", bytes.len()),
            )),
            Ok(()) if bytes.len() > max => Err(reject(Reason::TooLarge, format!("longer than {max} bytes; not used"))),
            Ok(()) => Ok(Self { path: Arc::clone(path), bytes }),
        }
    }

    pub(super) fn parse(&self) -> Result<Article, Reject> {
        let place = Place::file(&self.path);
        let bytes = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.bytes);
        let text = super::json_lines::utf8(bytes, &place)?;
        if !super::json_lines::has_word(text) {
            return Err(Reject { place, reason: Reason::Empty, detail: "no word in it; not used".into() });
        }
        Ok(Article {
            id: self.path.to_string(),
            url: None,
            title: None,
            date: None,
            outlet: None,
            lang: None,
            text: text.into(),
            place,
        })
    }
}
