//! From a line of JSON to hashed words, on one core: the whole way, and the two halves of it.

#![allow(missing_docs, unreachable_pub, reason = "what the macros of criterion make")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and stop")]

mod cpu;
mod generator;

use std::hint::black_box;
use std::io::Write;

use cpu::CpuTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use generator::{Article, Generator, stories};
use retold::document::Preparer;
use retold::read::Chunk;

const ARTICLES: u64 = 1000;

/// A kind of text, and how the generated one is turned into it.
type Kind = (&'static str, fn(&str) -> String);

const KINDS: [Kind; 4] = [
    ("ascii", plain),
    // A few marks on each page, as most sites write them.
    ("typographic", |text| stories::typographic(&plain(text))),
    ("cyrillic", |text| stories::cyrillic(&plain(text))),
    ("chinese", |text| stories::chinese(&plain(text))),
];

fn plain(text: &str) -> String {
    text.replace(['“', '”'], "\"").replace('’', "'").replace('—', "-")
}

fn chunks(articles: &[Article]) -> Vec<Chunk> {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    articles.iter().for_each(|article| article.write(&mut file).unwrap());
    file.flush().unwrap();
    generator::reader(&file).unwrap().collect()
}

fn bench(c: &mut Criterion<CpuTime>) {
    for (name, turn) in KINDS {
        let articles: Vec<Article> =
            Generator::new(7, ARTICLES).map(|(article, _)| Article { text: turn(&article.text), ..article }).collect();
        let chunks = chunks(&articles);
        let lines: usize = articles.iter().map(|article| serde_json::to_vec(article).unwrap().len() + 1).sum();
        let texts: usize = articles.iter().map(|article| article.text.len()).sum();
        let mut group = c.benchmark_group(format!("front_end/{name}"));
        group.sample_size(20);
        group.throughput(Throughput::Bytes(lines as u64));
        both(&mut group, &chunks);
        group.bench_function("parse", |b| {
            b.iter(|| chunks.iter().for_each(|chunk| chunk.parse(|article| drop(black_box(article)))));
        });
        group.throughput(Throughput::Bytes(texts as u64));
        group.bench_function("prepare", |b| {
            let mut preparer = Preparer::default();
            b.iter(|| articles.iter().for_each(|article| drop(black_box(preparer.prepare(&article.text)))));
        });
        group.finish();
    }
}

fn both(group: &mut BenchmarkGroup<'_, CpuTime>, chunks: &[Chunk]) {
    group.bench_function("line_to_words", |b| {
        let mut preparer = Preparer::default();
        b.iter(|| {
            for chunk in chunks {
                chunk.parse(|article| drop(black_box(preparer.prepare(article.unwrap().body()))));
            }
        });
    });
}

criterion_group! { name = benches; config = cpu::criterion(); targets = bench }
criterion_main!(benches);
