//! What the model is told of each block of a page: numbers that hold for pages of any site and language.
//!
//! They are of the block itself, its neighbours, the elements around it, the blocks of the same kind, and of where it stands.

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::Block;
use super::dom::Dom;
use super::signs::{self, Names};

/// Farther away than any element that counts.
const FAR: f32 = 30.0;

/// A block with at least so many words, and no more of them linked than a third, is taken for reading text.
pub(super) const READING: f32 = 15.0;

/// What is known of a page apart from its blocks.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Words of the headline.
    pub(super) title: FxHashSet<String>,
    /// Triples of words of the text that the page gives to machines.
    pub(super) body: FxHashSet<u64>,
}

/// What a block is by itself.
#[derive(Debug, Default, Clone)]
pub(super) struct Own {
    words: f32,
    linked: f32,
    says: u32,
    heading: f32,
    signature: u64,
    repeats: bool,
    reading: f32,
    like_title: f32,
}

/// Sums over the blocks in an element, or of one kind.
#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    blocks: f32,
    words: f32,
    linked: f32,
    reading: f32,
}

impl Sum {
    fn add(&mut self, own: &Own) {
        self.blocks += 1.0;
        self.words += own.words;
        self.linked += own.words * own.linked;
        self.reading += own.reading;
    }

    fn features(&self, whole: &Self, into: &mut Vec<f32>) {
        into.extend([
            self.words.ln_1p(),
            self.linked / self.words.max(1.0),
            self.words / self.blocks.max(1.0),
            self.reading / whole.reading.max(1.0),
            self.reading / self.words.max(1.0),
        ]);
    }
}

/// All that is needed for the features of a page.
pub(super) struct Page<'d> {
    dom: &'d Dom,
    blocks: &'d [Block],
    own: Vec<Own>,
    /// Signs in the names of each element.
    signs: Vec<u32>,
    depth: Vec<u16>,
    /// Of each element, how many with its parent, tag and names there are.
    alike: Vec<u16>,
}

impl<'d> Page<'d> {
    pub(super) fn new(dom: &'d Dom, blocks: &'d [Block], known: &Known) -> Self {
        let mut names = Names::default();
        let mut signs = vec![0; dom.nodes.len()];
        let mut depth = vec![0_u16; dom.nodes.len()];
        for node in 1..dom.nodes.len() {
            depth[node] = depth[dom.nodes[node].parent].saturating_add(1);
            if let Some(element) = dom.element(node).filter(|element| !matches!(element.tag.as_str(), "html" | "body"))
            {
                signs[node] = names.of(&element.names);
            }
        }
        let mut seen = FxHashSet::default();
        let own = blocks.iter().map(|block| own(dom, block, known, &mut seen)).collect();
        Self { dom, blocks, own, signs, depth, alike: alike(dom) }
    }

    /// The features of all blocks.
    pub(super) fn features(&self, known: &Known) -> Vec<Vec<f32>> {
        let sums = self.sums();
        let kinds = self.kinds();
        let whole = sums.first().copied().unwrap_or_default();
        let cores = [0.5, 0.75, 0.9].map(|share| self.core(&sums, whole.reading * share));
        let best = self.best();
        let linked_lines = self.linked_lines();
        let title = self.title();
        let mut run = Run::default();
        let mut rows = Vec::with_capacity(self.blocks.len());
        for (index, block) in self.blocks.iter().enumerate() {
            let own = &self.own[index];
            let mut row = Vec::with_capacity(160);
            text_features(block, own, &mut row);
            self.tag_features(block.node, &mut row);
            self.name_features(block.node, &mut row);
            for step in [-2, -1, 1, 2] {
                let near = index.checked_add_signed(step).and_then(|at| self.own.get(at));
                row.extend(near.map_or([-1.0, -1.0, -1.0], |near| [near.words, near.linked, near.heading]));
            }
            for sum in self.levels(block.node, &sums) {
                sum.features(&whole, &mut row);
            }
            let kind = kinds.get(&own.signature).copied().unwrap_or_default();
            row.push(kind.blocks.ln_1p());
            kind.features(&whole, &mut row);
            row.extend(cores.map(|core| self.away(block.node, core)));
            row.push(self.away(block.node, best));
            self.item_features(block.node, &sums, &linked_lines, &mut row);
            run.position(index, self.blocks.len(), title, &whole, &mut row);
            run.add(own);
            row.push(overlap(&block.text, &known.body));
            row.push(if known.body.len() > 50 { 1.0 } else { 0.0 });
            row.extend([
                whole.words.ln_1p(),
                whole.reading.ln_1p(),
                whole.blocks.ln_1p(),
                whole.linked / whole.words.max(1.0),
            ]);
            rows.push(row);
        }
        rows
    }

    /// Sums for all elements, the page first.
    fn sums(&self) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.dom.nodes.len()];
        for (block, own) in self.blocks.iter().zip(&self.own) {
            sums[block.node].add(own);
        }
        // Parents stand before their children, so going back each sum is complete when it is passed on.
        for node in (1..self.dom.nodes.len()).rev() {
            let sum = sums[node];
            let parent = &mut sums[self.dom.nodes[node].parent];
            parent.blocks += sum.blocks;
            parent.words += sum.words;
            parent.linked += sum.linked;
            parent.reading += sum.reading;
        }
        sums
    }

    fn kinds(&self) -> FxHashMap<u64, Sum> {
        let mut kinds: FxHashMap<u64, Sum> = FxHashMap::default();
        for own in &self.own {
            kinds.entry(own.signature).or_default().add(own);
        }
        kinds
    }

    /// The innermost element that holds more reading text than this.
    fn core(&self, sums: &[Sum], least: f32) -> usize {
        if least <= 0.0 {
            return 0;
        }
        (0..sums.len()).filter(|node| sums[*node].reading > least).max_by_key(|node| self.depth[*node]).unwrap_or(0)
    }

    /// The element that gathers most reading text close below it, as readers' views of browsers choose it.
    fn best(&self) -> usize {
        let mut scores: FxHashMap<usize, f32> = FxHashMap::default();
        for (block, own) in self.blocks.iter().zip(&self.own) {
            let parents = self.dom.up(self.dom.nodes[block.node].parent);
            for (step, node) in parents.take(3).enumerate() {
                *scores.entry(node).or_default() += own.reading / [1.0, 2.0, 6.0][step];
            }
        }
        let better = |a: &(usize, f32), b: &(usize, f32)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
        scores.into_iter().max_by(better).map_or(0, |(node, _)| node)
    }

    /// Of each element, how many blocks close below it are one link of some words: headlines that lead elsewhere.
    fn linked_lines(&self) -> Vec<u16> {
        let mut lines = vec![0_u16; self.dom.nodes.len()];
        for (block, own) in self.blocks.iter().zip(&self.own) {
            if own.linked > 0.8 && own.words >= 3.0 {
                self.dom.up(block.node).take(6).for_each(|node| lines[node] = lines[node].saturating_add(1));
            }
        }
        lines
    }

    /// The innermost of some elements that are alike, each with several blocks: an entry of a list of teasers, comments, steps.
    fn item_features(&self, node: usize, sums: &[Sum], linked_lines: &[u16], row: &mut Vec<f32>) {
        let item = self.dom.up(node).take(7).find(|node| self.alike[*node] > 1 && sums[*node].blocks > 1.0);
        row.extend(item.map_or([0.0; 5], |item| {
            let around = sums[self.dom.nodes[item].parent];
            let linked = f32::from(linked_lines[item]);
            [
                f32::from(self.alike[item].min(30)),
                linked,
                sums[item].words,
                sums[item].blocks,
                around.words / around.blocks.max(1.0),
            ]
        }));
    }

    /// How many steps up from an element another one, or one around both, is.
    fn away(&self, node: usize, core: usize) -> f32 {
        let (start, end) = (core, self.dom.nodes[core].end);
        if (start..end).contains(&node) {
            return 0.0;
        }
        let common = self.dom.up(core).find(|up| (*up..self.dom.nodes[*up].end).contains(&node)).unwrap_or(0);
        f32::from(self.depth[core] - self.depth[common])
    }

    /// The sums of the elements around: the block's own element, then three times the next that holds more blocks.
    fn levels(&self, node: usize, sums: &[Sum]) -> [Sum; 4] {
        let mut levels = [sums[node]; 4];
        let mut level = 0;
        for up in self.dom.up(node) {
            if sums[up].blocks > levels[level].blocks {
                level += 1;
                levels[level..].fill(sums[up]);
                if level == 3 {
                    break;
                }
            }
        }
        levels
    }

    /// The block that repeats the headline: the last that is most like it among the first half of the headings.
    fn title(&self) -> Option<usize> {
        let mut best = None;
        for (index, own) in self.own.iter().enumerate() {
            let like = own.like_title + if own.heading == 1.0 { 0.3 } else { 0.0 };
            if own.like_title > 0.5 && best.is_none_or(|(_, most)| like > most) {
                best = Some((index, like));
            }
        }
        let top = || self.own.iter().position(|own| own.heading == 1.0);
        best.map(|(index, _)| index).or_else(top)
    }

    fn tag_features(&self, node: usize, row: &mut Vec<f32>) {
        const AROUND: [&str; 14] = [
            "article",
            "main",
            "aside",
            "nav",
            "header",
            "footer",
            "form",
            "section",
            "li",
            "table",
            "figure",
            "blockquote",
            "dl",
            "details",
        ];
        let tag = self.dom.tag(node);
        let own = match tag {
            "p" => 1.0,
            "li" => 2.0,
            "td" | "th" => 3.0,
            "tr" => 4.0,
            "div" => 5.0,
            "section" | "article" | "main" | "body" => 6.0,
            "figcaption" => 7.0,
            "dt" | "dd" => 8.0,
            "pre" => 9.0,
            "blockquote" => 10.0,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => 11.0,
            "address" => 12.0,
            _ => 0.0,
        };
        row.extend([own, f32::from(self.depth[node])]);
        let mut steps = [FAR; AROUND.len()];
        for (step, up) in (0_u8..).zip(self.dom.up(node).take(29)) {
            if let Some(place) = AROUND.iter().position(|tag| *tag == self.dom.tag(up)) {
                steps[place] = steps[place].min(f32::from(step));
            }
        }
        row.extend(steps);
    }

    fn name_features(&self, node: usize, row: &mut Vec<f32>) {
        let mut steps = [FAR; signs::NAMES.len()];
        for (step, up) in (0_u8..).zip(self.dom.up(node).take(29)) {
            for (bit, steps) in steps.iter_mut().enumerate() {
                if self.signs[up] >> bit & 1 == 1 {
                    *steps = steps.min(f32::from(step));
                }
            }
        }
        row.extend(steps);
    }
}

/// What has been passed on the way down the page.
#[derive(Default)]
struct Run {
    words: f32,
    reading: f32,
    /// What the last heading said, how high it was, and how many words came since.
    says: u32,
    heading: f32,
    since: f32,
    /// Signs of comments and of other stories in headings so far.
    closing: bool,
    after_title: f32,
}

impl Run {
    fn position(&mut self, index: usize, count: usize, title: Option<usize>, whole: &Sum, row: &mut Vec<f32>) {
        let near = |index: usize| u16::try_from(index.min(2000)).map_or(2000.0, f32::from);
        let from_title = title.map_or(-500.0, |title| near(index) - near(title));
        row.extend([near(index), near(count - index), near(index) / near(count).max(1.0), from_title]);
        if title == Some(index) {
            self.after_title = 0.0;
        }
        row.push(if from_title >= 0.0 { self.after_title } else { -1.0 });
        row.extend([
            self.words / whole.words.max(1.0),
            self.reading / whole.reading.max(1.0),
            self.reading,
            whole.reading - self.reading,
        ]);
        row.extend([self.heading, self.since, if self.closing { 1.0 } else { 0.0 }]);
        row.extend([0, 2, 4, 6, 7, 9, 11].map(|bit| if self.says >> bit & 1 == 1 { 1.0 } else { 0.0 }));
    }

    fn add(&mut self, own: &Own) {
        self.words += own.words;
        self.reading += own.reading;
        self.since += own.words;
        self.after_title += own.words;
        if own.heading > 0.0 {
            (self.says, self.heading, self.since) = (own.says, own.heading, 0.0);
            self.closing |= own.says & 0b1_0001 != 0 && self.reading > 50.0;
        }
    }
}

fn alike(dom: &Dom) -> Vec<u16> {
    let key = |node: usize| dom.element(node).map(|element| (dom.nodes[node].parent, &element.tag, &element.names));
    let mut counts: FxHashMap<_, u16> = FxHashMap::default();
    for key in (1..dom.nodes.len()).filter_map(key) {
        let count = counts.entry(key).or_default();
        *count = count.saturating_add(1);
    }
    (0..dom.nodes.len()).map(|node| key(node).and_then(|key| counts.get(&key)).copied().unwrap_or(0)).collect()
}

fn own(dom: &Dom, block: &Block, known: &Known, seen: &mut FxHashSet<String>) -> Own {
    let words = words(&block.text);
    let linked = count(block.linked) / count(block.chars).max(1.0);
    let title: FxHashSet<String> = if words < 40.0 { word_set(&block.text) } else { FxHashSet::default() };
    let shared = count(title.intersection(&known.title).count());
    let parent = dom.nodes[block.node].parent;
    let name =
        |node: usize| dom.element(node).map_or(("", ""), |element| (element.tag.as_str(), element.names.as_str()));
    let heading = dom.up(block.node).take(3).find_map(|node| match dom.tag(node) {
        "h1" => Some(1.0),
        "h2" => Some(2.0),
        "h3" => Some(3.0),
        "h4" => Some(4.0),
        "h5" | "h6" => Some(5.0),
        _ => None,
    });
    Own {
        words,
        linked,
        says: signs::said(&block.text),
        heading: heading.unwrap_or(0.0),
        signature: hash(&(name(block.node), name(parent))),
        repeats: !seen.insert(block.text.clone()),
        reading: if words >= READING && linked < 0.34 { words } else { 0.0 },
        like_title: shared / count(title.len() + known.title.len()).max(1.0) * 2.0,
    }
}

fn text_features(block: &Block, own: &Own, row: &mut Vec<f32>) {
    let text = &block.text;
    let share = |is: fn(char) -> bool| count(text.chars().filter(|c| is(*c)).count()) / count(block.chars).max(1.0);
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let last = text.chars().next_back().unwrap_or(' ');
    let first = text.chars().next().unwrap_or(' ');
    let ends = match last {
        '.' | '!' | '。' | '؟' => 3.0,
        '?' => 4.0,
        '"' | '”' | '“' | '»' | '’' | ')' => 2.0,
        ':' => 1.0,
        '…' => -1.0,
        _ => 0.0,
    };
    let sentences = count(text.split(['.', '!', '?', '。']).filter(|part| part.trim().chars().count() > 12).count());
    row.extend([
        own.words,
        count(block.chars) / own.words.max(1.0),
        own.linked,
        count(block.links),
        count(block.bold) / count(block.chars).max(1.0),
        ends,
        flag(first.is_uppercase()) - flag(first.is_lowercase()),
        sentences,
        count(text.matches([',', '،', '、']).count()) / own.words.max(1.0),
        share(|c| c.is_ascii_digit()),
        share(char::is_uppercase),
        share(|c| !c.is_alphanumeric() && !c.is_whitespace()),
        count(text.matches(['|', '·', '•', '»', '›', '/', '→']).count()),
        count(text.matches('\n').count()),
        own.heading,
        flag(block.is_hidden),
        flag(block.in_button),
        flag(own.repeats),
        own.like_title,
    ]);
    row.extend((0..signs::SAYS.len()).map(|bit| flag(own.says >> bit & 1 == 1)));
}

/// Words of a text. Scripts that put no space between words have about two characters in one.
pub(super) fn words(text: &str) -> f32 {
    let spaced = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    count(spaced) + count(text.chars().filter(|c| is_unspaced(*c)).count()) / 2.0
}

/// Chinese, Japanese, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// The words of a text without case and marks.
pub(super) fn word_set(text: &str) -> FxHashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Triples of words, hashed.
pub(super) fn triples(text: &str) -> Vec<u64> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3.min(words.len().max(1))).map(|triple| hash(&triple)).collect()
}

/// The share of a text's triples that the body has; -1 without a body.
fn overlap(text: &str, body: &FxHashSet<u64>) -> f32 {
    if body.is_empty() {
        return -1.0;
    }
    let triples = triples(text);
    count(triples.iter().filter(|triple| body.contains(triple)).count()) / count(triples.len()).max(1.0)
}

fn hash(of: &impl std::hash::Hash) -> u64 {
    std::hash::BuildHasher::hash_one(&rustc_hash::FxBuildHasher, of)
}

/// Counts of a page are far below where this loses anything.
pub(super) fn count(number: usize) -> f32 {
    u32::try_from(number).map_or(f32::MAX, |number| number as f32)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;

    fn rows(html: &str) -> Vec<Vec<f32>> {
        let dom = Dom::parse(html);
        let blocks = blocks(&dom, false);
        Page::new(&dom, &blocks, &Known::default()).features(&Known::default())
    }

    #[test]
    fn rows_are_equally_long_and_finite() {
        let rows =
            rows("<h1>A</h1><p>One two, three.</p><ul><li><a href=x>b</a></ul><table><tr><td>1<td>2</table>text");
        assert_eq!(rows.len(), 5);
        assert!(rows.iter().all(|row| row.len() == rows[0].len() && row.iter().all(|number| number.is_finite())));
        assert!(self::rows("").is_empty());
    }

    #[test]
    fn words_of_scripts_without_spaces() {
        assert_eq!(words("two words"), 2.0);
        assert!(words("法律では虐待をした親に専門家が") > 6.0);
        assert_eq!(words("– 1 –"), 1.0);
    }

    #[test]
    fn overlap_with_the_text_for_machines() {
        let body: FxHashSet<u64> = triples("the harbour was closed on Monday").into_iter().collect();
        assert_eq!(overlap("harbour was closed on", &body), 1.0);
        assert_eq!(overlap("nothing of the kind", &body), 0.0);
        assert_eq!(overlap("nothing", &FxHashSet::default()), -1.0);
    }

    #[test]
    fn many_blocks_deep_in_the_page() {
        let page = format!("{}{}", "<div>".repeat(390), "<p>a b c</p>".repeat(5_000));
        assert!(!rows(&page).is_empty());
    }
}
