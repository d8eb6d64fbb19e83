//! What it costs to look at a pair: measured, judged, shown; and to make groups of the pairs found.

#![allow(missing_docs, unreachable_pub, reason = "what the macros of criterion make")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and stop")]

mod cpu;
mod generator;

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use cpu::CpuTime;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use retold::candidates::{self, Candidate, Postings};
use retold::cluster::{self, Edge};
use retold::collection::Collection;
use retold::compare::relation::{self, Outlets};
use retold::compare::{Comparer, Relation, passages};
use retold::costs::Costs;
use retold::document::Word;
use retold::duplicates;
use retold::features::shingles::{self, Key};
use retold::statistics::DocId;
use retold::watch::Watch;

const ARTICLES: u64 = 4000;

/// All pairs that share enough keys, as the pipeline finds them.
fn candidates(collection: &Collection) -> Vec<Candidate> {
    let keys: Vec<Vec<Key>> = collection.documents.iter().map(|document| shingles::keys(&document.words)).collect();
    let batch = candidates::map(collection.ids().map(|id| (id, keys[id.index()].as_slice())));
    Postings::merge(vec![batch]).candidates(|id| keys[id.index()].len())
}

fn bench(c: &mut Criterion<CpuTime>) {
    let file = generator::file(7, ARTICLES).unwrap();
    let mut collection = generator::collection(&file).unwrap();
    let stop = AtomicBool::new(false);
    let watch = Watch::new(&stop, &|_| {});
    let options = duplicates::Options::default();
    // This sets boilerplate aside, as it is when pairs are compared.
    let found = duplicates::find(&mut collection, options, &mut Costs::default(), &watch).unwrap();
    let words = |id: DocId| &*collection.document(id).words;
    let candidates = candidates(&collection);
    // What is done with each pair, the text it is compared with loaded once for all its pairs.
    type Look = fn(&mut Comparer, &[Word], &[Word]);
    let each_pair = |comparer: &mut Comparer, look: Look| {
        for pairs in candidates.chunk_by(|x, y| x.a == y.a) {
            let a = words(pairs[0].a);
            comparer.load(a);
            pairs.iter().for_each(|pair| look(comparer, a, words(pair.b)));
        }
    };

    let mut group = c.benchmark_group("verification");
    group.sample_size(20);
    group.throughput(Throughput::Elements(candidates.len() as u64));
    let looks: [(&str, Look); 2] = [
        ("measure", |comparer, a, b| _ = black_box(comparer.against(a, b))),
        ("measure_and_judge", |comparer, a, b| {
            let measures = comparer.against(a, b);
            black_box(relation::judge(&measures, Outlets::Different, comparer, a, b));
        }),
    ];
    for (name, look) in looks {
        let mut comparer = Comparer::default();
        group.bench_function(name, |b| b.iter(|| each_pair(&mut comparer, look)));
    }
    group.throughput(Throughput::Elements(found.pairs.len() as u64));
    group.bench_function("passages", |b| {
        b.iter(|| found.pairs.iter().map(|pair| passages::passages(words(pair.a), words(pair.b)).len()).sum::<usize>());
    });
    // One edge for each pair of near-duplicates; grouping uses all threads.
    let edges: Vec<Edge> = found
        .pairs
        .iter()
        .filter(|pair| pair.judgement.relation == Relation::NearDuplicate)
        .map(|pair| Edge {
            a: pair.a.min(pair.b),
            b: pair.a.max(pair.b),
            strength: (1e4 * pair.measures.a.containment().max(pair.measures.b.containment())) as u32,
        })
        .collect();
    group.throughput(Throughput::Elements(edges.len() as u64));
    group.bench_function("groups", |b| {
        b.iter(|| {
            cluster::groups(&edges, || {
                let mut comparer = Comparer::default();
                move |a, b| relation::may_share_group(&comparer.compare(words(a), words(b)))
            })
        });
    });
    group.finish();
}

criterion_group! { name = benches; config = cpu::criterion(); targets = bench }
criterion_main!(benches);
