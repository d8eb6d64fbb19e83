//! What is made of the words of an article, on one core, and what is counted over the collection.

#![allow(missing_docs, unreachable_pub, reason = "what the macros of criterion make")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and stop")]

mod cpu;
mod generator;

use std::hint::black_box;

use cpu::CpuTime;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use retold::features::{facts, shingles};
use retold::statistics::{self, Page};

const ARTICLES: u64 = 4000;
const BATCH: usize = 1024;

fn bench(c: &mut Criterion<CpuTime>) {
    let file = generator::file(7, ARTICLES).unwrap();
    let collection = generator::collection(&file).unwrap();
    let documents = &collection.documents;
    let mut group = c.benchmark_group("sketch");
    group.sample_size(20);
    group.throughput(Throughput::Elements(documents.iter().map(|document| document.words.len() as u64).sum()));
    group.bench_function("keys", |b| {
        b.iter(|| documents.iter().for_each(|document| drop(black_box(shingles::keys(&document.words)))));
    });
    group.bench_function("triples", |b| {
        let sum = |sum: u64, triple| sum.wrapping_add(triple);
        b.iter(|| documents.iter().map(|document| shingles::triples(&document.words).fold(0, sum)).fold(0, sum));
    });
    group.bench_function("facts", |b| {
        b.iter(|| documents.iter().map(|document| facts::facts(&document.words).count()).sum::<usize>());
    });
    group.finish();

    let mut group = c.benchmark_group("statistics");
    group.sample_size(10);
    group.throughput(Throughput::Elements(documents.len() as u64));
    let pages: Vec<Page<'_>> = collection
        .ids()
        .map(|id| Page { id, outlet: collection.entry(id).outlet_key, document: collection.document(id) })
        .collect();
    let map = || pages.chunks(BATCH).map(statistics::map).collect::<Vec<_>>();
    group.bench_function("map", |b| b.iter(map));
    // Freezing uses all threads.
    group.bench_function("freeze", |b| {
        b.iter_batched(map, |rows| statistics::freeze(rows, &pages), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group! { name = benches; config = cpu::criterion(); targets = bench }
criterion_main!(benches);
