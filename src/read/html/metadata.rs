//! What a page says of itself: headline, date, outlet, address, language.

use dom_smoothie::Readability;

use super::Page;
use crate::article::Date;

/// All fields of a page but its text.
pub(super) fn metadata(html: &str) -> Page {
    let Ok(page) = Readability::new(html, None, None) else { return Page::default() };
    let found = page.get_article_metadata(page.parse_json_ld());
    let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Page {
        text: String::new(),
        title: filled(found.title),
        date: found.published_time.as_deref().and_then(Date::parse),
        outlet: found.site_name.and_then(filled),
        url: found.url.and_then(filled),
        lang: found.lang.and_then(filled),
    }
}
