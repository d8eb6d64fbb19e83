//! The whole collection in memory: every article once, prepared, in an order that does not depend on the input's.
//!
//! What stays in memory of an article is its fields and its document, about six bytes a word. Its text goes to a
//! [`Spool`] where a later stage needs it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::article::{Article, Date, Place};
use crate::document::{Aside, Document, Fingerprint, Preparer, language, sentences};
use crate::error::{Error, Reason, Reject, Result};
use crate::features::vocabulary::{Spelled, Vocabulary};
use crate::read::{Ahead, Fields, Reader};
use crate::statistics::{self, DocId, OutletKey, Page};
use crate::store::spool::{Slot, Spool};
use crate::watch::{Event, Watch};

/// An article that was kept, less its text.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id, unique in the collection.
    pub id: String,
    /// Where it stood.
    pub place: Place,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication.
    pub date: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The same, for comparing.
    pub outlet_key: OutletKey,
    /// Language code: in one form where it is given, else found in the text if that was asked for.
    pub lang: Option<String>,
    /// Where its text is kept, if texts are.
    pub text: Option<Slot>,
    /// Number of its sentences, if they were counted.
    pub sentences: Option<u32>,
    /// What stands in the text is the title, because there was no text.
    pub is_title: bool,
}

/// *read = kept + repeated + rejected*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records met, used or not.
    pub read: u64,
    /// Articles kept.
    pub kept: u64,
    /// Records with the id and the text of one kept.
    pub repeated: u64,
    /// Records that could not be used.
    pub rejected: u64,
}

/// All articles, in the order of the hash of their ids: [`DocId`] is the index into both lists.
#[derive(Debug, Default)]
pub struct Collection {
    /// The articles.
    pub entries: Vec<Entry>,
    /// What is compared of them.
    pub documents: Vec<Document>,
    /// Their places in the order of the ids.
    ranks: Vec<u32>,
    /// What could not be used, by place.
    pub rejects: Vec<Reject>,
    /// How many of each.
    pub counts: Counts,
    /// What the words count as, where stories are wanted.
    pub vocabulary: Vocabulary,
    /// Fields found in each file that has fields.
    pub fields: Vec<(Arc<str>, Fields)>,
    /// Files in folders that are no text.
    pub skipped: u64,
    /// Records of web archives that hold no article.
    pub passed_over: u64,
}

/// What is kept of an article besides what is compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keep<'a> {
    /// Its text, here.
    pub texts: Option<&'a Spool>,
    /// The number of its sentences, which takes longer to find than all the rest; of pages it is always counted,
    /// because a page takes longer still.
    pub sentences: bool,
    /// Its language, found in the text where the input does not give it; of pages it is always found.
    pub languages: bool,
    /// What stories are found by: what the words count as, the words of titles, languages.
    pub stories: bool,
    /// Articles without a word, which cannot be compared, for what else is known of them.
    pub wordless: bool,
}

/// Articles in the order in which they were read.
type Read = Vec<(Raw, Document)>;

/// What one thread made of a chunk.
#[derive(Default)]
struct Batch {
    read: Read,
    rejects: Vec<Reject>,
    texts: String,
}

/// What all threads made so far.
#[derive(Default)]
struct Batches {
    read: Vec<Read>,
    rejects: Vec<Reject>,
    spelled: Vec<Spelled>,
}

struct Raw {
    entry: Entry,
    /// Hash of the text as read.
    text: u128,
}

impl Collection {
    /// Reads all of `reader` on the threads of the current pool; `rejects` are those met before.
    ///
    /// # Errors
    /// Where the spool cannot be written, or the user stops the run.
    pub fn read(reader: Reader, rejects: Vec<Reject>, keep: Keep<'_>, watch: &Watch<'_>) -> Result<Self> {
        let batches = Mutex::new(Batches { rejects, ..Batches::default() });
        let (skipped, passed_over) = (AtomicU64::new(0), AtomicU64::new(0));
        let ahead = Ahead::new(reader, 2 * rayon::current_num_threads());
        let preparer = || if keep.stories { Preparer::with_spellings() } else { Preparer::default() };
        ahead.chunks(watch).par_bridge().try_for_each_init(preparer, |preparer, chunk| {
            skipped.fetch_add(chunk.files_skipped(), Ordering::Relaxed);
            passed_over.fetch_add(chunk.records_skipped(), Ordering::Relaxed);
            let mut batch = Batch::default();
            chunk.parse(|record| batch.take(record, preparer, keep));
            watch.tell(Event::Records((batch.read.len() + batch.rejects.len()) as u64));
            let start = keep.texts.map(|spool| spool.append(&batch.texts)).transpose()?;
            for (raw, _) in &mut batch.read {
                raw.entry.text = raw.entry.text.zip(start).map(|(slot, start)| slot.moved(start));
            }
            let mut all = batches.lock().unwrap_or_else(PoisonError::into_inner);
            all.read.push(batch.read);
            all.rejects.append(&mut batch.rejects);
            all.spelled.append(&mut preparer.take_spelled());
            Ok::<_, Error>(())
        })?;
        if watch.is_stopped() {
            // The reader may be waiting for input that never comes: it is not waited for.
            return Err(Error::Interrupted);
        }
        let fields = ahead.into_reader().map_or_else(Vec::new, |reader| reader.guesses().to_vec());
        let Batches { read, mut rejects, spelled } = batches.into_inner().unwrap_or_else(PoisonError::into_inner);
        rejects.par_sort_unstable_by(|x, y| (&x.place, x.reason, &x.detail).cmp(&(&y.place, y.reason, &y.detail)));
        let mut collection = Self {
            rejects,
            fields,
            skipped: skipped.into_inner(),
            passed_over: passed_over.into_inner(),
            vocabulary: Vocabulary::new(spelled),
            ..Self::default()
        };
        collection.resolve(read);
        Ok(collection)
    }

    /// Gives every article an id of its own, leaves out repeats and brings all into their order.
    fn resolve(&mut self, batches: Vec<Read>) {
        let total: usize = batches.iter().map(Vec::len).sum();
        let mut read: Read = Vec::with_capacity(total);
        batches.into_iter().for_each(|batch| read.extend(batch));
        let kept = without_repeats(&read);
        let ids = ids(&read, &kept);
        let mut by_id: Vec<(String, u32)> = ids.into_iter().zip(kept).collect();
        by_id.par_sort_unstable();
        let hashes = by_id.par_iter().map(|(id, _)| xxh3_128(id.as_bytes()));
        let mut order: Vec<(u128, u32)> = hashes.zip(0..by_id.len() as u32).collect();
        // Ids of one hash stay in their own order.
        order.par_sort_unstable();
        self.ranks = order.iter().map(|&(_, rank)| rank).collect();
        self.counts = Counts {
            read: (total + self.rejects.len()) as u64,
            kept: by_id.len() as u64,
            repeated: (total - by_id.len()) as u64,
            rejected: self.rejects.len() as u64,
        };
        let mut read: Vec<Option<(Raw, Document)>> = read.into_iter().map(Some).collect();
        self.entries.reserve_exact(order.len());
        self.documents.reserve_exact(order.len());
        for (_, rank) in order {
            let (id, place) = std::mem::take(&mut by_id[rank as usize]);
            if let Some((raw, document)) = read[place as usize].take() {
                self.entries.push(Entry { id, ..raw.entry });
                self.documents.push(document);
            }
        }
    }

    /// Sets aside, in all documents, the lines that recur on the pages of their outlet; gives their number.
    pub fn set_boilerplate_aside(&mut self) -> u64 {
        // A page that an outlet shows twice counts once.
        let mut seen: Vec<(Fingerprint, OutletKey, DocId)> =
            self.ids().map(|id| (self.document(id).fingerprint, self.entry(id).outlet_key, id)).collect();
        seen.par_sort_unstable();
        seen.dedup_by_key(|(text, outlet, _)| (*text, *outlet));
        let mut pages: Vec<Page<'_>> =
            seen.into_iter().map(|(_, outlet, id)| Page { id, outlet, document: self.document(id) }).collect();
        pages.par_sort_unstable_by_key(|page| page.id);
        let rows = pages.par_chunks(PAGES).map(statistics::map).collect();
        let boilerplate = statistics::freeze(rows, &pages);
        let Self { entries, documents, .. } = self;
        entries.par_iter().zip(documents.par_iter_mut()).for_each(|(entry, document)| {
            document.set_aside(|line, _| boilerplate.contains(entry.outlet_key, line).then_some(Aside::Recurs));
        });
        boilerplate.len() as u64
    }

    /// The article with an id, if there is one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<DocId> {
        let hash = xxh3_128(id.as_bytes());
        let first = self.entries.partition_point(|entry| xxh3_128(entry.id.as_bytes()) < hash);
        // Ids of one hash follow each other.
        let same = self.entries[first..].iter().take_while(|entry| xxh3_128(entry.id.as_bytes()) == hash);
        same.zip(first as u32..).find(|(entry, _)| entry.id == id).map(|(_, number)| DocId(number))
    }

    /// All numbers, in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = DocId> + use<> {
        (0..self.entries.len() as u32).map(DocId)
    }

    /// All numbers in the order of the ids, which is that of the tables.
    #[must_use]
    pub fn by_id(&self) -> Vec<DocId> {
        let mut ids: Vec<DocId> = self.ids().collect();
        ids.par_sort_unstable_by_key(|&id| self.rank(id));
        ids
    }

    /// Place of an article in the order of the ids.
    #[must_use]
    pub fn rank(&self, id: DocId) -> u32 {
        self.ranks[id.index()]
    }

    /// An article.
    #[must_use]
    pub fn entry(&self, id: DocId) -> &Entry {
        &self.entries[id.index()]
    }

    /// What is compared of it.
    #[must_use]
    pub fn document(&self, id: DocId) -> &Document {
        &self.documents[id.index()]
    }
}

/// Pages that one thread counts at a time.
const PAGES: usize = 1024;

type Order<'a> = (bool, Option<Date>, u128, [Option<&'a str>; 4], &'a Place);

/// The order of records with one id.
fn order(raw: &Raw) -> Order<'_> {
    let entry = &raw.entry;
    let fields = [&entry.title, &entry.url, &entry.outlet, &entry.lang].map(Option::as_deref);
    (entry.date.is_none(), entry.date, raw.text, fields, &entry.place)
}

/// Places of the records that repeat no other: by id; those of one id by date, undated last, then by text. Of records
/// with one id and one text the first is taken.
fn without_repeats(read: &[(Raw, Document)]) -> Vec<u32> {
    let raw = |place: u32| &read[place as usize].0;
    let same = |x: &Raw, y: &Raw| x.entry.id.cmp(&y.entry.id).then(x.text.cmp(&y.text));
    let begins = begins_of_ids(read);
    let mut places: Vec<u32> = (0..read.len() as u32).collect();
    places.par_sort_unstable_by(|&x, &y| {
        // Nearly always decided here, without a look at the articles, which lie all over memory.
        let begins = begins[x as usize].cmp(&begins[y as usize]);
        begins.then_with(|| same(raw(x), raw(y))).then_with(|| order(raw(x)).cmp(&order(raw(y))))
    });
    places.dedup_by(|later, first| same(raw(*later), raw(*first)).is_eq());
    for texts in places.chunk_by_mut(|&x, &y| raw(x).entry.id == raw(y).entry.id) {
        texts.sort_unstable_by(|&x, &y| order(raw(x)).cmp(&order(raw(y))));
    }
    places
}

/// The first bytes of each id behind what all ids begin with, as a number that sorts as they do.
fn begins_of_ids(read: &[(Raw, Document)]) -> Vec<u64> {
    let ids = || read.iter().map(|(raw, _)| raw.entry.id.as_bytes());
    let shared = |x: &[u8], y: &[u8]| x.iter().zip(y).take_while(|(x, y)| x == y).count();
    let first = ids().next().unwrap_or_default();
    let common = ids().fold(first.len(), |common, id| shared(&first[..common], id));
    let begin = |id: &[u8]| {
        let mut begin = [0; 8];
        let rest = &id[common..];
        let length = rest.len().min(begin.len());
        begin[..length].copy_from_slice(&rest[..length]);
        u64::from_be_bytes(begin)
    };
    ids().map(begin).collect()
}

/// The ids of the records at `places`, in their order. The second text under an id becomes `id~2` and so on; a number
/// that is an id already is passed over.
fn ids(read: &[(Raw, Document)], places: &[u32]) -> Vec<String> {
    let given = |place: &u32| &read[*place as usize].0.entry.id;
    let mut ids: Vec<String> = places.iter().map(given).cloned().collect();
    if ids.windows(2).all(|two| two[0] != two[1]) {
        return ids;
    }
    let mut taken: FxHashSet<String> = ids.iter().cloned().collect();
    let mut number = 1;
    for i in 1..ids.len() {
        let base = given(&places[i]);
        number = if base == given(&places[i - 1]) { number } else { 1 };
        while base == given(&places[i - 1]) {
            number += 1;
            let id = format!("{base}~{number}");
            if taken.insert(id.clone()) {
                ids[i] = id;
                break;
            }
        }
    }
    ids
}

/// Words below which an article is the same as another only if its title is, too.
pub(crate) const TITLE_TELLS: usize = 16;

impl Batch {
    fn take(&mut self, record: std::result::Result<Article, Reject>, preparer: &mut Preparer, keep: Keep<'_>) {
        let article = match record {
            Ok(article) => article,
            Err(reject) => return self.rejects.push(reject),
        };
        let mut document = preparer.prepare(article.body());
        if let Some(title) = article.title.as_deref().filter(|_| document.words.len() < TITLE_TELLS) {
            // A few words under different titles are a caption, and not one article twice.
            document.fingerprint.add(preparer.prepare(title).fingerprint);
        }
        if document.words_as_read() == 0 && !keep.wordless {
            let what = if article.is_page { "the main text of the page" } else { "its text" };
            let detail = format!("no word in {what}; not used");
            return self.rejects.push(Reject { place: article.place, reason: Reason::Empty, detail });
        }
        let text = xxh3_128(article.body().as_bytes());
        let is_title = !article.is_page && article.text.trim().is_empty();
        if let Some(title) = article.title.as_deref().filter(|_| keep.stories && !is_title) {
            document.title = preparer.words(title);
        }
        let slot = keep.texts.is_some().then(|| {
            let text = if is_title { "" } else { &article.text };
            let start = self.texts.len();
            self.texts.push_str(text);
            Slot::new(start, text.len())
        });
        let is_told = keep.languages || keep.stories || article.is_page;
        let found = || is_told.then(|| language::detect(article.body())).flatten().map(str::to_owned);
        let given = article.lang.as_ref().map(|given| language::normalized(given).into_owned());
        let lang = given.or_else(found);
        let counts_sentences = (keep.sentences || article.is_page) && !is_title;
        let sentences =
            counts_sentences.then(|| sentences::sentences(&article.text, lang.as_deref().unwrap_or("en")).len() as u32);
        let entry = Entry {
            sentences,
            outlet_key: article.outlet.as_deref().map_or(OutletKey::UNKNOWN, OutletKey::new),
            id: article.id,
            place: article.place,
            url: article.url,
            title: article.title,
            date: article.date,
            outlet: article.outlet,
            lang,
            text: slot,
            is_title,
        };
        self.read.push((Raw { entry, text }, document));
    }
}
