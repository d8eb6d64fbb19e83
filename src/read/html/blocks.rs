//! A page cut into blocks: the runs of text that stand on lines of their own.

use super::dom::{Dom, Kind, is_inline};

/// Blocks after this many are not read.
const MAX_BLOCKS: usize = 20_000;

/// A row of a table with more characters than this holds text for reading, not data.
const DATA_ROW: usize = 400;

/// A run of text.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// White space is even; a line break is one that the page asks for.
    pub(super) text: String,
    /// The innermost element around it that begins a line.
    pub(super) node: usize,
    /// Characters in all, in links, in bold.
    pub(super) chars: usize,
    pub(super) linked: usize,
    pub(super) bold: usize,
    /// Links.
    pub(super) links: usize,
    pub(super) is_hidden: bool,
    pub(super) in_button: bool,
}

/// What is never text: the hints at how to read a character cut its word, so they are not either.
fn is_left_out(tag: &str) -> bool {
    matches!(
        tag,
        "head"
            | "script"
            | "style"
            | "template"
            | "svg"
            | "math"
            | "select"
            | "iframe"
            | "video"
            | "audio"
            | "object"
            | "canvas"
            | "textarea"
            | "datalist"
            | "noframes"
            | "noembed"
            | "map"
            | "progress"
            | "rt"
            | "rp"
    )
}

/// Cuts the page. What stands in `noscript` is for readers without scripts and mostly said elsewhere: only `with_noscript`.
pub(super) fn blocks(dom: &Dom, with_noscript: bool) -> Vec<Block> {
    let mut walk = Walk { dom, found: Vec::new(), now: Block::default(), open: Vec::new(), row: None, breaks: 0 };
    let mut node = 0;
    while node < dom.nodes.len() && walk.found.len() < MAX_BLOCKS {
        walk.leave(node);
        match &dom.nodes[node].kind {
            Kind::Text(text) => walk.text(text),
            Kind::Element(element) => {
                if is_left_out(&element.tag) || element.tag == "noscript" && !with_noscript {
                    node = dom.nodes[node].end;
                    continue;
                }
                walk.enter(node);
            }
        }
        node += 1;
    }
    walk.flush();
    walk.found
}

struct Walk<'d> {
    dom: &'d Dom,
    found: Vec<Block>,
    now: Block,
    /// Elements around this place.
    open: Vec<usize>,
    /// The row of data that this is in.
    row: Option<usize>,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Walk<'_> {
    fn leave(&mut self, node: usize) {
        while let Some(last) = self.open.last().copied().filter(|last| self.dom.nodes[*last].end <= node) {
            self.border(self.dom.tag(last));
            self.open.pop();
            if self.row == Some(last) {
                self.row = None;
            }
        }
    }

    fn enter(&mut self, node: usize) {
        let tag = self.dom.tag(node);
        self.border(tag);
        self.open.push(node);
        match tag {
            "br" => self.line_break(),
            "tr" if self.row.is_none() && is_data_row(self.dom, node) => self.row = Some(node),
            "a" if self.dom.element(node).is_some_and(|a| a.is_link) => self.now.links += 1,
            _ => {}
        }
    }

    /// At the edge of an element a block ends, or in a row of data a cell.
    fn border(&mut self, tag: &str) {
        if is_inline(tag) {
        } else if self.row.is_none() || tag == "tr" {
            self.flush();
        } else if matches!(tag, "td" | "th") && !self.now.text.is_empty() && !self.now.text.ends_with("| ") {
            self.now.text.push_str(if self.now.text.ends_with(' ') { "| " } else { " | " });
        } else {
            self.space();
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 && self.row.is_none() {
            self.flush();
        } else if !self.now.text.is_empty() {
            self.now.text.truncate(self.now.text.trim_end().len());
            self.now.text.push('\n');
        }
    }

    fn space(&mut self) {
        if !self.now.text.is_empty() && !self.now.text.ends_with([' ', '\n']) {
            self.now.text.push(' ');
        }
    }

    fn text(&mut self, text: &str) {
        let marks = self.marks();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 && marks.is_verbatim {
                self.line_break();
                self.breaks = 0;
            } else if index > 0 {
                self.space();
            }
            self.line(line, &marks);
        }
    }

    fn line(&mut self, line: &str, marks: &Marks) {
        for c in line.chars() {
            if is_invisible(c) {
                continue;
            }
            if c.is_whitespace() {
                self.space();
                continue;
            }
            if self.now.text.is_empty() {
                self.now.is_hidden = marks.is_hidden;
                self.now.in_button = marks.in_button;
                self.now.node = marks.node;
            }
            self.breaks = 0;
            self.now.text.push(c);
            self.now.chars += 1;
            self.now.linked += usize::from(marks.is_linked);
            self.now.bold += usize::from(marks.is_bold);
        }
    }

    /// What the elements around say of a text.
    fn marks(&self) -> Marks {
        let mut marks = Marks::default();
        for node in self.open.iter().rev() {
            let Some(element) = self.dom.element(*node) else { continue };
            marks.is_hidden |= element.is_hidden;
            let inside = marks.node == 0;
            match element.tag.as_str() {
                "a" => marks.is_linked |= element.is_link,
                "b" | "strong" => marks.is_bold |= inside,
                "button" => marks.in_button = true,
                "pre" => marks.is_verbatim = true,
                _ => {}
            }
            if inside && !is_inline(&element.tag) {
                marks.node = *node;
            }
        }
        marks
    }

    fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.now);
        block.text.truncate(block.text.trim_end_matches([' ', '\n', '|']).len());
        if block.text.chars().any(char::is_alphanumeric) {
            self.found.push(block);
        }
        self.breaks = 0;
    }
}

#[derive(Default)]
struct Marks {
    node: usize,
    is_hidden: bool,
    is_linked: bool,
    is_bold: bool,
    in_button: bool,
    is_verbatim: bool,
}

/// Soft hyphens and marks without width: they cut words for who reads the characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// A row of short cells without an inner structure is one line; in any other, each cell is text of its own.
fn is_data_row(dom: &Dom, row: usize) -> bool {
    let (mut cells, mut chars) = (0, 0);
    for node in row + 1..dom.nodes[row].end {
        match &dom.nodes[node].kind {
            Kind::Text(text) => chars += text.trim().len(),
            Kind::Element(element) => match element.tag.as_str() {
                "td" | "th" => cells += 1,
                "table" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "form" => return false,
                _ => {}
            },
        }
        if chars > DATA_ROW {
            return false;
        }
    }
    cells > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        blocks(&Dom::parse(html), false).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn elements_in_a_line_cut_no_word() {
        assert_eq!(texts("<p>un<b>believ</b>able <i>st</i>ory</p>"), ["unbelievable story"]);
        assert_eq!(texts("<p>soft\u{ad}ly, w<wbr>ide</p>"), ["softly, wide"]);
        assert_eq!(texts("<p><ruby>川<rt>かわ</rt></ruby>です</p>"), ["川です"]);
    }

    #[test]
    fn blocks_need_no_white_space_between_them() {
        assert_eq!(
            texts("<div><p>one</p><p>two</p><div>three</div>four</div>five"),
            ["one", "two", "three", "four", "five"]
        );
        assert_eq!(texts("<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>"), ["a", "b", "c", "d"]);
    }

    #[test]
    fn breaks() {
        assert_eq!(texts("one<br>two<br><br>three<br> <br>\n<br>four"), ["one\ntwo", "three", "four"]);
        assert_eq!(texts("<pre>let a;\n\nlet b;</pre>"), ["let a;\nlet b;"]);
        assert_eq!(texts("<p>one\n   two&nbsp; three</p>"), ["one two three"]);
    }

    #[test]
    fn rows_of_data_are_lines_and_other_cells_are_blocks() {
        assert_eq!(texts("<table><tr><th>a<th>b<tr><td><p>1</p><td>2</table>"), ["a | b", "1 | 2"]);
        let long = "word ".repeat(100);
        let page = format!("<table><tr><td>menu<td><p>{long}</p><p>second</p></table>");
        assert_eq!(texts(&page), ["menu", long.trim(), "second"]);
    }

    #[test]
    fn what_is_no_text() {
        let page = "<head><title>t</title></head><p>a<script>b</script><style>c</style></p><svg><text>d</text></svg>\
                    <select><option>e</select><iframe>f</iframe><noscript>g</noscript><p>* * *</p>";
        assert_eq!(texts(page), ["a"]);
        assert_eq!(blocks(&Dom::parse("<noscript><p>a</p></noscript>"), true).len(), 1);
    }

    #[test]
    fn what_is_known_of_a_block() {
        let dom = Dom::parse("<div><p>ab <a href=x>cd</a> <b>ef</b></p><div hidden><button>gh</button></div></div>");
        let blocks = blocks(&dom, false);
        let counts =
            |block: &Block| (block.chars, block.linked, block.bold, block.links, block.is_hidden, block.in_button);
        assert_eq!(counts(&blocks[0]), (6, 2, 2, 1, false, false));
        assert_eq!(counts(&blocks[1]), (2, 0, 0, 0, true, true));
        assert_eq!(dom.tag(blocks[0].node), "p");
    }
}
