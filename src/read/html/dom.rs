//! A page as a flat tree: every node in the order of the page, with where its subtree ends.
//!
//! The tokens are those of the standard (`html5ever`), the tree is built here, for three reasons: pages nested hundreds of
//! thousands of elements deep must cost no more than others (the standard's tree builder looks through all open elements at
//! every tag), an element that nobody closed (`<a>`, `<b>`) must not swallow the rest of the page as the standard has it, and
//! passes over the page are plain loops over a vector.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::{Attribute, LocalName};

use super::hostile::{self, Cost};

/// Elements deeper than this are taken as if their tags were not there.
const MAX_DEPTH: usize = 400;

/// Nodes after this many are not read.
const MAX_NODES: usize = 400_000;

/// A page. Node 0 is the root, an element without a name.
#[derive(Debug)]
pub(super) struct Dom {
    pub(super) nodes: Vec<Node>,
    pub(super) cost: Cost,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: usize,
    /// The first node after those in this one.
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    Text(String),
    Element(Element),
}

/// An element, with what is asked of its attributes.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) tag: String,
    /// Class, id, role and what else names the purpose of an element, with spaces between.
    pub(super) names: String,
    pub(super) is_link: bool,
    /// Not shown, by its own attributes.
    pub(super) is_hidden: bool,
    /// A script that holds data in JSON.
    pub(super) is_data: bool,
}

impl Dom {
    pub(super) fn parse(html: &str) -> Self {
        let tokenizer = Tokenizer::new(Builder::new(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(hostile::readable(html)));
        // It stops early only where the sink asks for it, and this one never does.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.finish()
    }

    pub(super) fn element(&self, node: usize) -> Option<&Element> {
        match &self.nodes[node].kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    pub(super) fn tag(&self, node: usize) -> &str {
        self.element(node).map_or("", |element| &element.tag)
    }

    /// The node and what it is in, from the inside out, without the root.
    pub(super) fn up(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |node| Some(self.nodes[*node].parent)).take_while(|node| *node != 0)
    }

    /// All text in a node, as it stands.
    pub(super) fn text(&self, node: usize) -> String {
        let texts = self.nodes[node..self.nodes[node].end].iter().filter_map(|node| match &node.kind {
            Kind::Text(text) => Some(text.as_str()),
            Kind::Element(_) => None,
        });
        texts.collect()
    }
}

/// Elements that stand in a line of text. All others begin a line of their own.
pub(super) fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "br"
    )
}

fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "basefont"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// What may stand in the head of a page; anything else ends the head.
fn is_of_head(tag: &str) -> bool {
    matches!(tag, "base" | "link" | "meta" | "noscript" | "script" | "style" | "template" | "title")
}

/// Parts of a table: an end tag in a cell closes nothing outside of it.
fn is_of_table(tag: &str) -> bool {
    matches!(tag, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption")
}

/// The open elements that a start tag closes, and the element that stops the search.
fn closed_by(tag: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match tag {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
        "option" => (&["option"], &["select"]),
        _ => (&[], &[]),
    }
}

/// The tree while it is built. The tokenizer gives its sink a shared reference, hence the cell.
struct Builder(RefCell<Tree>);

struct Tree {
    nodes: Vec<Node>,
    /// The elements not yet closed, the root first.
    open: Vec<usize>,
    /// Open elements too deep to be kept.
    deeper: usize,
    cost: Cost,
}

impl Builder {
    fn new() -> Self {
        let root = Node { parent: 0, end: 0, kind: Kind::Element(Element::default()) };
        Self(RefCell::new(Tree { nodes: vec![root], open: vec![0], deeper: 0, cost: Cost::default() }))
    }

    fn finish(self) -> Dom {
        let mut tree = self.0.into_inner();
        tree.close_from(0);
        Dom { nodes: tree.nodes, cost: tree.cost }
    }
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut tree = self.0.borrow_mut();
        if tree.nodes.len() >= MAX_NODES {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::CharacterTokens(text) => tree.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return tree.start(&tag),
            Token::TagToken(tag) => tree.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Tree {
    fn tag(&self, node: usize) -> &str {
        match &self.nodes[node].kind {
            Kind::Element(element) => &element.tag,
            Kind::Text(_) => "",
        }
    }

    fn text(&mut self, text: &str) {
        let parent = self.open.last().copied().unwrap_or(0);
        match self.nodes.last_mut() {
            Some(Node { parent: before, kind: Kind::Text(whole), .. }) if *before == parent => whole.push_str(text),
            _ => {
                let end = self.nodes.len() + 1;
                self.nodes.push(Node { parent, end, kind: Kind::Text(text.to_owned()) });
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if matches!(name, "html" | "body") && self.open.iter().any(|open| self.tag(*open) == name) {
            return TokenSinkResult::Continue;
        }
        self.close_for(name);
        let void = is_void(name) || tag.self_closing && self.open.iter().any(|open| self.tag(*open) == "svg");
        if !void && self.open.len() >= MAX_DEPTH {
            self.deeper += 1;
        } else {
            self.push(tag, void);
        }
        self.cost.open = self.cost.open.max(self.open.len() + self.deeper);
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn push(&mut self, tag: &Tag, void: bool) {
        let node = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node { parent, end: node + 1, kind: Kind::Element(element(tag)) });
        if !void {
            self.open.push(node);
        }
    }

    /// Closes what a start tag closes without saying so.
    fn close_for(&mut self, name: &str) {
        let top = self.open.last().map_or("", |open| self.tag(*open));
        if top == "head" && !is_of_head(name) {
            self.close_from(self.open.len() - 1);
        }
        if name == "a" || !is_inline(name) && !is_of_head(name) {
            let wanted = if name == "a" { "a" } else { "p" };
            let place = self.open.iter().rposition(|open| self.tag(*open) == wanted || !is_inline(self.tag(*open)));
            if let Some(place) = place.filter(|place| self.tag(self.open[*place]) == wanted) {
                self.close_from(place);
            }
        }
        let (closed, stop) = closed_by(name);
        if closed.is_empty() {
            return;
        }
        let is_end = |open: &usize| closed.contains(&self.tag(*open)) || stop.contains(&self.tag(*open));
        if let Some(place) =
            self.open.iter().rposition(is_end).filter(|place| closed.contains(&self.tag(self.open[*place])))
        {
            self.close_from(place);
        }
    }

    fn end(&mut self, name: &LocalName) {
        let name: &str = name;
        if self.deeper > 0 && !is_void(name) {
            self.deeper -= 1;
            return;
        }
        if matches!(name, "body" | "html") {
            return; // What comes after it still belongs to the page.
        }
        let stops = |open: &usize| {
            let tag = self.tag(*open);
            is_inline(name) && !is_inline(tag) || !is_of_table(name) && matches!(tag, "td" | "th" | "table")
        };
        let place = self.open.iter().rposition(|open| self.tag(*open) == name || stops(open));
        if let Some(place) = place.filter(|place| self.tag(self.open[*place]) == name) {
            self.close_from(place);
        }
    }

    fn close_from(&mut self, place: usize) {
        let end = self.nodes.len();
        let left_open = self.open[(place + 1).min(self.open.len())..].iter().filter(|open| is_inline(self.tag(**open)));
        self.cost.left_open += left_open.count();
        for node in self.open.drain(place..) {
            self.nodes[node].end = end;
        }
    }
}

fn element(tag: &Tag) -> Element {
    let mut element = Element { tag: tag.name.to_string(), ..Element::default() };
    for Attribute { name, value } in &tag.attrs {
        let name: &str = &name.local;
        match name {
            "class" | "id" | "role" | "itemprop" | "data-component" | "data-testid" | "data-module" | "data-type"
            | "aria-label" => {
                element.names.push_str(value);
                element.names.push(' ');
            }
            "href" => element.is_link = tag.name == *"a",
            "hidden" => element.is_hidden = true,
            "style" => {
                let style: String =
                    value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                element.is_hidden |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            "type" => element.is_data = tag.name == *"script" && value.contains("ld+json"),
            _ => {}
        }
    }
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags and texts of a page with brackets around what is in an element.
    fn shape(html: &str) -> String {
        let dom = Dom::parse(html);
        let mut shape = String::new();
        let mut ends: Vec<usize> = Vec::new();
        for (place, node) in dom.nodes.iter().enumerate().skip(1) {
            while ends.last().is_some_and(|end| *end <= place) {
                ends.pop();
                shape.push(')');
            }
            match &node.kind {
                Kind::Text(text) => shape.push_str(text),
                Kind::Element(element) => {
                    shape.push_str(&element.tag);
                    shape.push('(');
                    ends.push(node.end);
                }
            }
        }
        ends.iter().for_each(|_| shape.push(')'));
        shape
    }

    #[test]
    fn ends_that_are_not_written() {
        assert_eq!(shape("<p>one<p>two<div>three</div>"), "p(one)p(two)div(three)");
        assert_eq!(shape("<ul><li>a<li>b<ul><li>c</ul></ul>"), "ul(li(a)li(bul(li(c))))");
        assert_eq!(shape("<table><tr><td>a<td>b<tr><td>c</table>d"), "table(tr(td(a)td(b))tr(td(c)))d");
        assert_eq!(shape("<dl><dt>a<dd>b<dt>c</dl>"), "dl(dt(a)dd(b)dt(c))");
        assert_eq!(shape("<head><title>a</title><p>b"), "head(title(a))p(b)");
    }

    #[test]
    fn an_open_link_ends_with_its_block() {
        assert_eq!(shape("<div><a href=x>one</div><p>two</p>"), "div(a(one))p(two)");
        assert_eq!(shape("<a href=x>one<a href=y>two</a>three"), "a(one)a(two)three");
    }

    #[test]
    fn ends_that_have_no_start() {
        assert_eq!(shape("<div>a</span></p></b>b</div>c</div></html>d"), "div(ab)cd");
        assert_eq!(shape("<div><table><tr><td>a</div>b</td></tr></table>c</div>d"), "div(table(tr(td(ab)))c)d");
        assert_eq!(shape("<b>a<p>b</b>c</p>"), "b(ap(bc))");
    }

    #[test]
    fn scripts_and_comments_are_no_markup() {
        assert_eq!(
            shape("a<!-- <p>b --><script>if (a<b) '<p>'</script>c&amp;d&eacute;"),
            "ascript(if (a<b) '<p>')c&dé"
        );
        assert_eq!(shape("<title>a<b></title><textarea><p></textarea>"), "title(a<b>)textarea(<p>)");
    }

    #[test]
    fn attributes() {
        let dom = Dom::parse(
            "<a href=x class=one id=two></a><a name=y></a><p style='color:red; DISPLAY : none'></p><p hidden></p>",
        );
        let element = |place: usize| dom.element(place).unwrap();
        assert_eq!((element(1).names.as_str(), element(1).is_link, element(1).is_hidden), ("one two ", true, false));
        assert_eq!((element(2).is_link, element(3).is_hidden, element(4).is_hidden), (false, true, true));
    }

    #[test]
    fn depth_and_size_have_an_end() {
        for tag in ["div", "b", "p", "a", "table", "li", "ul", "blockquote", "x-y", "svg", "noscript"] {
            let dom = Dom::parse(&format!("<{tag}>").repeat(20_000));
            assert!(dom.nodes.len() <= 20_001, "{tag}");
        }
        let dom = Dom::parse(&format!("{}text{}<p>after", "<div>".repeat(200_000), "</div>".repeat(200_000)));
        assert_eq!(dom.text(0), "textafter");
        assert_eq!(dom.nodes[dom.nodes.len() - 2].parent, 0);
        assert!(Dom::parse(&"<br>".repeat(500_000)).nodes.len() <= MAX_NODES);
    }

    #[test]
    fn broken_markup_is_read() {
        for html in [
            "",
            "<",
            "</",
            "<!--",
            "<p",
            "<p class",
            "<p class='",
            "&#",
            "&#xffffffff;",
            "\0<p\0>",
            "<![CDATA[",
            "<script>",
        ] {
            drop(Dom::parse(html));
        }
    }
}
