//! From the keys of all articles to pairs worth comparing.

#![allow(missing_docs, unreachable_pub, reason = "what the macros of criterion make")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and stop")]

mod cpu;
mod generator;

use cpu::CpuTime;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use retold::candidates::{self, Postings};
use retold::features::shingles::{self, Key};
use retold::statistics::DocId;

const BATCH: usize = 1024;

fn bench(c: &mut Criterion<CpuTime>) {
    let mut group = c.benchmark_group("candidates");
    group.sample_size(10);
    for articles in [4000, 16_000] {
        let file = generator::file(7, articles).unwrap();
        let collection = generator::collection(&file).unwrap();
        let keys: Vec<Vec<Key>> = collection.documents.iter().map(|document| shingles::keys(&document.words)).collect();
        let ids: Vec<DocId> = collection.ids().collect();
        let of = |id: DocId| keys[id.index()].as_slice();
        let map =
            || ids.chunks(BATCH).map(|ids| candidates::map(ids.iter().map(|&id| (id, of(id))))).collect::<Vec<_>>();
        group.throughput(Throughput::Elements(articles));
        group.bench_function(BenchmarkId::new("map", articles), |b| b.iter(map));
        // Merging and pairing use all threads.
        group.bench_function(BenchmarkId::new("merge", articles), |b| {
            b.iter_batched(map, Postings::merge, BatchSize::LargeInput);
        });
        let postings = Postings::merge(map());
        group.bench_function(BenchmarkId::new("pair", articles), |b| {
            b.iter(|| postings.candidates(|id| of(id).len()));
        });
    }
    group.finish();
}

criterion_group! { name = benches; config = cpu::criterion(); targets = bench }
criterion_main!(benches);
