//! Collections of any size for measuring, with planted duplicates and the truth about them.
//!
//! The same seed and size give the same collection. It comes as a stream in the order of publication, a couple of
//! thousand articles a day, copies a few days after their original at most: what is held at a time is the copies that
//! are due, however long the stream. Imitated is what makes such collections hard:
//!
//! * words by Zipf's law, of which a larger collection has more (Heaps); words of topics and of events; turns of
//!   phrase, names and numbers
//! * lines at the head and foot of each outlet's pages, notices that groups of outlets share, two styles of marks
//! * one story in copies of many kinds ([`Level`]), among them agency stories with 25 to 60
//! * articles that are *not* duplicates: forms filled in anew, independent reports with the same two quotations, and
//!   articles merged from two others

#![allow(dead_code, reason = "shared by several programs, none of which uses all of it")]

pub(crate) mod language;
pub(crate) mod rng;
pub(crate) mod stories;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::atomic::AtomicBool;

use retold::collection::{Collection, Keep};
use retold::error::Result;
use retold::read::Reader;
use retold::watch::Watch;
use serde::{Deserialize, Serialize};

use language::Language;
use rng::Rng;
use stories::{Form, Outlets, Story};

/// An article, with its fields in the order in which they are written.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) outlet: String,
    pub(crate) date: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) lang: &'static str,
}

impl Article {
    /// Writes it as one line of JSON.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

/// How an article came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// Written by itself; others may be copies of it.
    Original,
    /// A form filled in.
    Form,
    /// Written by itself, with two quotations that stand in another article too.
    Quotations,
    /// The same page again.
    Exact,
    /// The same page in other blanks and another case.
    Spacing,
    /// The same text on the page of another outlet.
    Reprint,
    /// The same, and 40 to 120 words behind it.
    Footer,
    /// The same with 5 % of the words changed.
    #[serde(rename = "edited_5")]
    Edited5,
    /// 15 %.
    #[serde(rename = "edited_15")]
    Edited15,
    /// 30 %.
    #[serde(rename = "edited_30")]
    Edited30,
    /// The first half.
    Half,
    /// Most of the paragraphs of two stories.
    Merged,
}

/// Kinds of copies and how many of a hundred are such.
const COPIES: [(Level, usize); 8] = [
    (Level::Exact, 10),
    (Level::Spacing, 10),
    (Level::Reprint, 16),
    (Level::Footer, 12),
    (Level::Edited5, 16),
    (Level::Edited15, 14),
    (Level::Edited30, 10),
    (Level::Half, 12),
];
/// The same for agency stories.
const AGENCY_COPIES: [(Level, usize); 5] =
    [(Level::Reprint, 45), (Level::Edited5, 20), (Level::Footer, 15), (Level::Edited15, 10), (Level::Half, 10)];

/// The truth about one article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Gold {
    pub(crate) id: String,
    /// Articles of one family are duplicates of each other; a merged article is in none.
    pub(crate) family: Option<u64>,
    pub(crate) level: Level,
    /// Ids of the articles it was made from.
    pub(crate) sources: Vec<String>,
}

/// Articles a day.
const DAILY: u64 = 2000;
/// Articles to one agency story.
const AGENCY: u64 = 5000;
const FORMS: usize = 60;
/// 2025-01-01.
const START: i64 = 1_735_689_600;

mod kind {
    pub(super) const WORLD: u64 = 100;
    pub(super) const FAMILY: u64 = 101;
    pub(super) const COPY: u64 = 102;
}

/// A story that was put on a page, from which copies are made.
#[derive(Debug)]
struct Published {
    story: Story,
    family: u64,
    level: Level,
    outlet: usize,
    /// The state from which the page was made.
    page: Rng,
    /// Number of the article, once it is out.
    number: Cell<u64>,
}

#[derive(Debug)]
enum Due {
    Original(Rc<Published>),
    Copy(Rc<Published>, Level),
    Merged(Rc<Published>, Rc<Published>),
}

/// The stream.
#[derive(Debug)]
pub(crate) struct Generator {
    seed: u64,
    size: u64,
    language: Language,
    outlets: Outlets,
    forms: Vec<Form>,
    /// Articles that are out, families begun, agency stories begun.
    out: u64,
    families: u64,
    agency: u64,
    /// By the number at which it is due, and the order of planning.
    due: BTreeMap<(u64, u64), Due>,
    planned: u64,
}

impl Generator {
    /// `size` articles.
    pub(crate) fn new(seed: u64, size: u64) -> Self {
        let language = Language::new(seed);
        let mut rng = Rng::of(seed, kind::WORLD, 0);
        let outlets = Outlets::new(&language, &mut rng, 60 + (size as f64).sqrt() as usize / 2);
        let forms = (0..FORMS).map(|number| Form::new(&language, &mut rng, number)).collect();
        Self { seed, size, language, outlets, forms, out: 0, families: 0, agency: 0, due: BTreeMap::new(), planned: 0 }
    }

    /// Places left that nobody has claimed.
    fn room(&self) -> u64 {
        self.size - self.out - self.due.len() as u64
    }

    fn plan(&mut self, at: u64, due: Due) {
        self.due.insert((at, self.planned), due);
        self.planned += 1;
    }

    /// Some time after now: mostly within the day, at most a week or two.
    fn later(&self, rng: &mut Rng) -> u64 {
        let most = if rng.chance(0.1) { 10 * DAILY } else { DAILY };
        self.out + 1 + rng.below(most as usize) as u64
    }

    fn published(&mut self, story: Story, level: Level, rng: &mut Rng) -> Rc<Published> {
        let family = self.families;
        self.families += 1;
        let outlet = self.outlets.draw(rng);
        Rc::new(Published { story, family, level, outlet, page: rng.clone(), number: Cell::new(0) })
    }

    /// Begins a family and plans its copies; gives what is due now.
    fn begin(&mut self) -> Due {
        let mut rng = Rng::of(self.seed, kind::FAMILY, self.families);
        let rng = &mut rng;
        let is_agency = self.out / AGENCY >= self.agency;
        let members = match rng.below(100) {
            _ if is_agency => rng.range(26, 62),
            0..72 => 1,
            72..89 => 2,
            89..95 => 3,
            95..99 => rng.range(4, 7),
            _ => rng.range(7, 16),
        };
        if is_agency {
            self.agency += 1;
        }
        if members == 1 && rng.chance(0.05) {
            let form = rng.pick(&self.forms).filled(&self.language, rng);
            return Due::Original(self.published(form, Level::Form, rng));
        }
        let subject = self.language.subject(rng);
        let mut story = Story::new(&self.language, rng, &subject);
        if members == 1 && self.room() >= 2 && rng.chance(0.08) {
            let mut quotations = String::new();
            self.language.sentence(&mut quotations, rng, &subject);
            quotations.push(' ');
            self.language.sentence(&mut quotations, rng, &subject);
            let mut other = Story::new(&self.language, rng, &subject);
            story.share_quotations(&quotations, rng);
            other.share_quotations(&quotations, rng);
            let (one, other) =
                (self.published(story, Level::Quotations, rng), self.published(other, Level::Quotations, rng));
            let at = self.later(rng);
            self.plan(at, Due::Original(other));
            return Due::Original(one);
        }
        if members == 1 && self.room() >= 3 && rng.chance(0.05) {
            let subject = self.language.subject(rng);
            let other = Story::new(&self.language, rng, &subject);
            let (one, other) =
                (self.published(story, Level::Original, rng), self.published(other, Level::Original, rng));
            let at = self.later(rng);
            self.plan(at, Due::Original(Rc::clone(&other)));
            self.plan(at + 1 + rng.below(DAILY as usize) as u64, Due::Merged(Rc::clone(&one), other));
            return Due::Original(one);
        }
        let original = self.published(story, Level::Original, rng);
        let copies = if is_agency { &AGENCY_COPIES[..] } else { &COPIES[..] };
        for _ in 1..(members as u64).min(self.room()) {
            let at = self.later(rng);
            let mut share = rng.below(100);
            let level = copies.iter().find(|(_, percent)| {
                let is_chosen = share < *percent;
                share = share.saturating_sub(*percent);
                is_chosen
            });
            self.plan(at, Due::Copy(Rc::clone(&original), level.map_or(Level::Exact, |(level, _)| *level)));
        }
        Due::Original(original)
    }

    fn copy(&self, original: &Published, level: Level, rng: &mut Rng) -> (usize, String) {
        let same_page = || self.outlets.page(original.outlet, &original.story, &mut original.page.clone());
        match level {
            Level::Exact => return (original.outlet, same_page()),
            Level::Spacing => return (original.outlet, stories::respaced(&same_page(), rng)),
            _ => {}
        }
        let outlet = self.outlets.draw(rng);
        let edited = |rng: &mut Rng, share| original.story.edited(&self.language, rng, share);
        let story = match level {
            Level::Edited5 => edited(rng, 0.05),
            Level::Edited15 => edited(rng, 0.15),
            Level::Edited30 => edited(rng, 0.30),
            Level::Half => original.story.half(),
            _ => original.story.clone(),
        };
        let mut text = self.outlets.page(outlet, &story, rng);
        if level == Level::Footer {
            let words = rng.range(40, 121);
            text = text + "\n\n" + &self.language.words(rng, words);
        }
        (outlet, text)
    }

    fn publish(&mut self, due: &Due, order: u64) -> (Article, Gold) {
        let number = self.out;
        self.out += 1;
        let mut rng = Rng::of(self.seed, kind::COPY, order);
        let (outlet, text, title, family, level, sources) = match due {
            Due::Original(original) => {
                original.number.set(number);
                let text = self.outlets.page(original.outlet, &original.story, &mut original.page.clone());
                (original.outlet, text, &original.story.title, Some(original.family), original.level, vec![])
            }
            Due::Copy(original, level) => {
                let (outlet, text) = self.copy(original, *level, &mut rng);
                let source = original.number.get();
                (outlet, text, &original.story.title, Some(original.family), *level, vec![source])
            }
            Due::Merged(one, other) => {
                let outlet = self.outlets.draw(&mut rng);
                let text = self.outlets.page(outlet, &one.story.merged(&other.story, &mut rng), &mut rng);
                let sources = vec![one.number.get(), other.number.get()];
                (outlet, text, &one.story.title, None, Level::Merged, sources)
            }
        };
        let outlet = self.outlets.get(outlet).host.clone();
        let seconds = START + (number * 86_400 / DAILY) as i64;
        let date = jiff::Timestamp::from_second(seconds).map(|date| date.to_string()).unwrap_or_default();
        let article = Article {
            id: id(number),
            url: format!("https://{outlet}/news/{}/{number}", &date[..10]),
            outlet,
            date,
            title: title.clone(),
            text,
            lang: "en",
        };
        let gold = Gold { id: id(number), family, level, sources: sources.into_iter().map(id).collect() };
        (article, gold)
    }
}

fn id(number: u64) -> String {
    format!("n{number:08}")
}

impl Iterator for Generator {
    type Item = (Article, Gold);

    fn next(&mut self) -> Option<Self::Item> {
        if self.out == self.size {
            return None;
        }
        let is_due = self.due.first_key_value().is_some_and(|(&(at, _), _)| at <= self.out);
        let (due, order) = match self.room() {
            0 => self.due.pop_first().map(|((_, order), due)| (due, order))?,
            _ if is_due => self.due.pop_first().map(|((_, order), due)| (due, order))?,
            _ => (self.begin(), 0),
        };
        Some(self.publish(&due, order))
    }
}

/// `size` articles in a file of their own, which is gone when it is dropped.
pub(crate) fn file(seed: u64, size: u64) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    let mut out = io::BufWriter::new(&mut file);
    for (article, _) in Generator::new(seed, size) {
        article.write(&mut out)?;
    }
    out.flush()?;
    drop(out);
    Ok(file)
}

/// A reader of a file.
pub(crate) fn reader(file: &tempfile::NamedTempFile) -> Result<Reader> {
    let sources = retold::read::find(&[file.path().display().to_string()])?;
    Ok(Reader::new(sources.files, retold::read::Options::default()))
}

/// A file as a collection.
pub(crate) fn collection(file: &tempfile::NamedTempFile) -> Result<Collection> {
    let stop = AtomicBool::new(false);
    Collection::read(reader(file)?, Vec::new(), Keep::default(), &Watch::new(&stop, &|_| {}))
}
