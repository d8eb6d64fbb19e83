//! Finds where the same news story is told twice in a collection of scraped articles: near-duplicates, articles that
//! share a substantial passage, and stories, the articles on one event in whatever words. Puts two texts side by side:
//! which sentences say the same, and where their claims differ.
//!
//! Built for collections in which reports are reprinted, cut, edited, merged, told anew and framed by the furniture of
//! web pages. How much two articles share is counted on each side (*containment*), the facts in the shared part must
//! agree, and reporting is judged apart from quotation; whether they report one event is told by what each begins with.
//! The result is the same for any number of threads and any order of the input.
//!
//! # The pipeline
//! One way: a stage knows the ones before it and none after.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`article`] | a record as read: id, text, and what else the input gives |
//! | [`read`] | files to articles, as a stream: formats, compression, fields, rejects |
//! | [`document`] | an article prepared for comparison: folded characters, words hashed in place, lines |
//! | [`collection`] | all documents in memory, in an order of their own; repeats and revisions resolved |
//! | [`statistics`] | what only the whole collection can tell: lines that recur in one outlet are boilerplate; how much a word tells |
//! | [`features`] | what an article is found by (sampled runs of words, terms) and judged by (numbers, dates, names) |
//! | [`candidates`] | who might belong together: articles that share keys, by sorted runs; for stories, keys that weigh much |
//! | [`compare`] | every candidate pair measured word by word, then judged; shared passages; two texts sentence by sentence, claim by claim |
//! | [`cluster`] | groups of near-duplicates, joined only where most members agree; stories, by average linkage |
//! | [`duplicates`] | the stages from statistics to groups of near-duplicates, in one call |
//! | [`stories`] | the stages from groups to articles on one event, in one call |
//! | [`store`] | the run directory: tables as JSON Lines |
//! | [`report`] | what is shown to people, safe for a terminal |
//!
//! Beside it: [`error`] (what ends a run, and what rejects a record), [`watch`] (progress, and how to stop a run),
//! [`costs`] (what each stage took) and [`runs`] (sorted runs).
//!
//! # Two texts
//! ```
//! use retold::compare::Comparer;
//! use retold::compare::relation::{self, Outlets, Relation};
//! use retold::document::Preparer;
//!
//! let mut preparer = Preparer::default();
//! let report = preparer.prepare("The ferry to Port Ansel ran aground on 9 March with 112 people on board. Nobody was hurt.");
//! let copy = preparer.prepare("PORT ANSEL – The ferry to Port Ansel ran aground on 9 March with 112 people on board.");
//! let mut comparer = Comparer::default();
//! let measures = comparer.compare(&report.words, &copy.words);
//! let judgement = relation::judge(&measures, Outlets::Different, &comparer, &report.words, &copy.words);
//!
//! assert_eq!(judgement.map(|judgement| judgement.relation), Some(Relation::NearDuplicate));
//! assert!(measures.b.containment() > measures.a.containment()); // more of the copy is in the report
//! ```
//! [`compare::versions::compare`] tells more of two texts: linked sentences, claims, whether they report one event.
//!
//! # A collection
//! ```
//! use std::sync::atomic::AtomicBool;
//!
//! use retold::collection::{Collection, Keep};
//! use retold::costs::Costs;
//! use retold::duplicates::{self, Options};
//! use retold::read::{self, Reader};
//! use retold::watch::Watch;
//!
//! let stop = AtomicBool::new(false);
//! let watch = Watch::new(&stop, &|_| {});
//! let sources = read::find(&["data/samples/news.jsonl".to_owned()])?;
//! let reader = Reader::new(sources.files, read::Options::default());
//! let mut collection = Collection::read(reader, sources.rejects, Keep::default(), &watch)?;
//! let found = duplicates::find(&mut collection, Options::default(), &mut Costs::default(), &watch)?;
//!
//! for group in &found.groups {
//!     let ids: Vec<&str> = group.members.iter().map(|(id, _)| collection.entry(*id).id.as_str()).collect();
//!     assert!(ids.len() >= 2);
//! }
//! assert_eq!(found.groups.len(), 10);
//! # Ok::<(), retold::error::Error>(())
//! ```
//!
//! # Features
//! | feature | by default | what it adds |
//! | --- | --- | --- |
//! | `cli` | yes | the command line `retold`; the library does not need it |
//! | `mimalloc` | yes | a faster allocator for the command line; needs a C compiler |
//! | `parquet` | yes | Parquet as input; the largest of the dependencies |

pub mod article;
pub mod candidates;
pub mod cluster;
pub mod collection;
pub mod compare;
pub mod costs;
pub mod document;
pub mod duplicates;
pub mod error;
pub mod features;
pub mod read;
pub mod report;
pub mod runs;
pub mod statistics;
pub mod store;
pub mod stories;
pub mod watch;
