//! Pages made so that a parser takes for ever. What parsers of browsers do is costly in three places: every attribute of a tag
//! is compared with those before it, every tag looks through the elements that are open, and a formatting element that nobody
//! closed is opened again in each paragraph after it. No page for readers goes near the limits here.

/// A page is read up to the first tag with more attributes than this.
const MAX_ATTRIBUTES: usize = 2000;

/// Elements open at once, and formatting elements left open, up to which a page may be given to a parser of browsers.
const MAX_OPEN: usize = 2000;
const MAX_LEFT_OPEN: usize = 1000;

/// What the tree of a page costs a parser of browsers.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Cost {
    /// Most elements open at once.
    pub(super) open: usize,
    /// Formatting elements that ended without an end tag.
    pub(super) left_open: usize,
}

impl Cost {
    fn is_too_much(self) -> bool {
        self.open > MAX_OPEN || self.left_open > MAX_LEFT_OPEN
    }
}

/// The part of the page that can be given to any parser: all of it, or of a page that would cost too much its head.
pub(super) fn cheap(html: &str, cost: Cost) -> &str {
    if !cost.is_too_much() {
        return html;
    }
    let body = memchr::memchr_iter(b'<', html.as_bytes()).find(|at| starts_with(&html.as_bytes()[*at..], b"<body"));
    body.map_or("", |body| &html[..body])
}

/// The page up to a tag with too many attributes.
pub(super) fn readable(html: &str) -> &str {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let tag = &bytes[start..];
        at = match (starts_with(tag, b"<script"), starts_with(tag, b"<style")) {
            (true, _) => start + after(tag, b"</script"),
            (_, true) => start + after(tag, b"</style"),
            _ if starts_with(tag, b"<!--") => start + after(tag, b"-->"),
            _ if !tag.get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/') => start + 1,
            _ => match tag_end(tag) {
                Some(end) => start + end,
                None => return &html[..start],
            },
        };
    }
    html
}

/// Where a tag ends; nothing where it has too many attributes.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let (mut at, mut attributes) = (1, 0);
    while let Some(byte) = tag.get(at) {
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if tag[at - 1] == b'=' => {
                at += 1 + memchr::memchr(*byte, &tag[at + 1..]).unwrap_or(tag.len());
                attributes += 1;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'"' | b'\'' => attributes += 1,
            _ => {}
        }
        if attributes > MAX_ATTRIBUTES {
            return None;
        }
        at += 1;
    }
    Some(tag.len())
}

/// The place after the next of these, at the end of the text if there is none.
fn after(text: &[u8], end: &[u8]) -> usize {
    let mut places = memchr::memchr_iter(end[0], text).skip(1);
    places.find(|at| starts_with(&text[*at..], end)).map_or(text.len(), |at| at + end.len())
}

fn starts_with(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_for_readers_are_read_whole() {
        let words = "word ".repeat(5000);
        for page in [
            format!("<p>{words}"),
            format!("<p title=\"{words}\">a"),
            format!("<script>if (a<b) {{ {words} }}</script><p>a"),
            format!("<!-- <p {words} --><p>a"),
            format!("1 < 2 {words}<p>é"),
            "<".to_owned(),
            "<p title='".to_owned(),
        ] {
            assert_eq!(readable(&page), page);
        }
    }

    #[test]
    fn a_tag_with_too_many_attributes_ends_the_page() {
        for attribute in ["a ", "a='b'", "a/", "a\"b"] {
            assert_eq!(readable(&format!("<p>é</p><div {}>b", attribute.repeat(100_000))), "<p>é</p>", "{attribute}");
        }
    }

    #[test]
    fn of_a_costly_page_the_head_is_left() {
        let page = "<title>é</title><BODY><p>a";
        assert_eq!(cheap(page, Cost { open: 20, left_open: 2 }), page);
        assert_eq!(cheap(page, Cost { open: 20_000, left_open: 2 }), "<title>é</title>");
        assert_eq!(cheap("<p>a", Cost { open: 2, left_open: 20_000 }), "");
    }
}
