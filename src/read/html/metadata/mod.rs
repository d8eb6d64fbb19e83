//! What a page says of itself: headline, date, outlet, address, language.
//!
//! A page says each of these several times: in the head for search engines and social networks, in JSON-LD, in its
//! address, and to its readers. Nobody checks the ones that readers do not see, so what is asked is what the places
//! agree on, and the order in which they are believed is what the modules here are about.

mod date;
mod json_ld;
mod months;
mod parts;
mod title;
mod visible;
mod written;

use super::Page;
use json_ld::Entity;
use parts::Parts;

/// All fields of a page but its text.
pub(super) fn metadata(html: &str) -> Page {
    let parts = Parts::of(html);
    let entities = json_ld::entities(&parts.scripts);
    let outlet = outlet(&parts, &entities);
    let url = url(&parts, &entities);
    let title = title::title(&parts, &entities, outlet.as_deref(), url.as_deref());
    let lang = language(&parts, &entities);
    let headline = title.as_ref().and_then(|title| title.place);
    let date = date::date(&parts, &entities, headline, &date::Hints { url: url.as_deref(), lang: lang.as_deref() });
    Page {
        text: String::new(),
        title: title.map(|title| title.text),
        date,
        outlet: outlet.or_else(|| url.as_deref().and_then(host).map(str::to_owned)),
        url,
        lang,
    }
}

fn outlet(parts: &Parts, entities: &[Entity]) -> Option<String> {
    let publisher = || entities.iter().filter(|entity| entity.is_article()).find_map(|entity| entity.publisher.clone());
    let site = || entities.iter().find_map(|entity| entity.site().map(str::to_owned));
    let meta = |key| parts.meta(key).map(str::to_owned);
    meta("og:site_name")
        .or_else(publisher)
        .or_else(site)
        .or_else(|| meta("application-name"))
        .filter(|name| name.chars().any(char::is_alphanumeric))
}

fn url(parts: &Parts, entities: &[Entity]) -> Option<String> {
    let given = [parts.canonical.as_deref(), parts.meta("og:url"), parts.meta("twitter:url")];
    let entity = entities.iter().filter(|entity| entity.is_article()).filter_map(|entity| entity.url.as_deref());
    given.into_iter().flatten().chain(entity).find(|url| host(url).is_some()).map(str::to_owned)
}

/// The host of an absolute address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https:").or_else(|| url.strip_prefix("http:")).unwrap_or(url).strip_prefix("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

/// The language as declared, if it has the form of a language tag.
fn language(parts: &Parts, entities: &[Entity]) -> Option<String> {
    let metas = ["content-language", "og:locale", "dc.language", "language", "inlanguage"];
    let given = parts.lang.iter().map(String::as_str).chain(metas.into_iter().filter_map(|key| parts.meta(key)));
    let entity = entities.iter().filter_map(|entity| entity.lang.as_deref());
    given.chain(entity).find_map(tag)
}

/// A tag of BCP 47, with `-` between its parts, from what pages write for one.
fn tag(text: &str) -> Option<String> {
    let text = text.split([',', ';', '.']).next()?.trim();
    let mut parts = text.split(['-', '_']);
    let first = parts.next().filter(|first| matches!(first.len(), 2 | 3))?;
    let is_word = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if !first.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let rest: String = parts.take_while(|part| is_word(part)).take(3).map(|part| format!("-{part}")).collect();
    Some(first.to_ascii_lowercase() + &rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlet_address_and_language() {
        let page = metadata(
            "<html lang=en_gb><meta property=og:site_name content='The Courier'><link rel=canonical href=/pier>\
             <meta property=og:url content='https://www.courier.example/pier'>",
        );
        assert_eq!(page.outlet.as_deref(), Some("The Courier"));
        assert_eq!(page.url.as_deref(), Some("https://www.courier.example/pier"));
        assert_eq!(page.lang.as_deref(), Some("en-gb"));

        let page = metadata(
            "<link rel=canonical href='https://www.courier.example/pier'><script type=application/ld+json>\
             {\"@type\": \"NewsArticle\", \"inLanguage\": \"de-DE\"}</script>",
        );
        assert_eq!(page.outlet.as_deref(), Some("courier.example"));
        assert_eq!(page.lang.as_deref(), Some("de-DE"));
        assert_eq!(metadata(""), Page::default());
    }

    #[test]
    fn tags_of_languages() {
        for (given, expected) in [
            ("en", Some("en")),
            (" EN-US ", Some("en-US")),
            ("pt_BR", Some("pt-BR")),
            ("de, en", Some("de")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("ru_RU.UTF-8", Some("ru-RU")),
            ("", None),
            ("English", None),
            ("{{ lang }}", None),
            ("x", None),
            ("en-", Some("en")),
        ] {
            assert_eq!(tag(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn hostile_pages_are_read_in_time() {
        let many = 100_000;
        let pages = [
            // The parser itself looks through all open blocks at each new one: that many are all that is tried here.
            "<div class=date>".repeat(3000),
            "<span class=date>".repeat(many),
            "<h1 class='date sidebar'>1 May 2020".repeat(many),
            "<meta name=date content='x'>".repeat(many),
            format!("<script type='application/ld+json'>{}</script>", "[{\"a\":".repeat(many)),
            "<script type='application/ld+json'>{}</script>".repeat(many),
            format!("<title>{}</title>", "a | ".repeat(many)),
            format!("<title>a</title><p>{}</p>", "a\n".repeat(many)),
            format!("<meta property=og:url content='https://a.example/{}'>", "2020/03/".repeat(many)),
            format!("<h1>x</h1><time>{}", "2020-".repeat(many)),
            format!("<p>{}</p>", "15 de de March ".repeat(many)),
            "<time>\u{301}é2020-03-15".repeat(many),
        ];
        for page in pages {
            metadata(&page);
        }
    }
}
