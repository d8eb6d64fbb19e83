//! Markup in a field that should hold a text: feeds and content systems give the body of an article as a piece of HTML.
//! All of it is the article, so nothing is chosen, only the tags go.

use dom_query::Document;

use super::super::{format, guard};

/// Tags that make a text markup.
const BLOCKS: [&[u8]; 14] = [
    b"p",
    b"/p",
    b"br",
    b"div",
    b"/div",
    b"/h1",
    b"/h2",
    b"/h3",
    b"/li",
    b"/ul",
    b"/section",
    b"/article",
    b"/table",
    b"/blockquote",
];
/// So many of them are no accident.
const ENOUGH: usize = 2;

/// The text without its tags, where it has tags.
pub(crate) fn without_markup(text: String) -> String {
    if memchr::memchr(b'<', text.as_bytes()).is_none() || !is_markup(text.as_bytes()) {
        return text;
    }
    let is_page = format::is_html(text.as_bytes()) && holds(&text, b"<body");
    let stripped = guard::guarded(|| if is_page { super::page(&text).text } else { strip(&text) });
    // What a foreign parser cannot take apart stays as it is, and so does what would be nothing.
    stripped.filter(|stripped| !stripped.trim().is_empty()).unwrap_or(text)
}

fn holds(text: &str, tag: &[u8]) -> bool {
    text.as_bytes().windows(tag.len()).any(|window| window.eq_ignore_ascii_case(tag))
}

fn is_markup(text: &[u8]) -> bool {
    let is_block = |&at: &usize| {
        let tag = &text[at + 1..];
        BLOCKS.iter().any(|name| {
            let fits = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            fits && tag.get(name.len()).is_some_and(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())
        })
    };
    memchr::memchr_iter(b'<', text).filter(is_block).take(ENOUGH).count() == ENOUGH
}

fn strip(html: &str) -> String {
    let document = Document::fragment(html);
    document.select("script, style, template, noscript").remove();
    document.formatted_text().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        without_markup(text.into())
    }

    #[test]
    fn tags_go_and_paragraphs_stay() {
        let text =
            "<p>The ferry &amp; the <b>bus</b> are late.</p>\n<p>Nobody knows why<br/>or how.</p><script>x()</script>";
        let lines: Vec<String> =
            stripped(text).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        assert_eq!(lines, ["The ferry & the bus are late.", "Nobody knows why", "or how."]);
    }

    #[test]
    fn a_text_is_left_alone() {
        for text in ["a < b and b > c", "Use <p> for a paragraph.", "x <3 y", "the <b>ferry</b> & more", "1 <2> 3 <4>"]
        {
            assert_eq!(stripped(text), text);
        }
        assert_eq!(stripped("<p></p><br>"), "<p></p><br>");
    }

    #[test]
    fn of_a_whole_page_the_main_text_is_taken() {
        let words =
            "The ferry from Ostrel to the islands was late again on Monday, said the harbour master of the town. ";
        let page = format!(
            "<html><head><title>x</title></head><body><nav><a href=/>Home</a></nav><article><p>{}</p><p>{}</p></article></body></html>",
            words.repeat(3),
            words.repeat(4)
        );
        let text = stripped(&page);
        assert!(text.contains("harbour master") && !text.contains("<p>"), "{text}");
    }
}
