//! What it costs to compare two texts side by side, and to look at two that are ready.

#![allow(missing_docs, unreachable_pub, reason = "what the macros of criterion make")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and stop")]

mod cpu;

use std::hint::black_box;

use cpu::CpuTime;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use retold::compare::Comparer;
use retold::compare::alignment::align;
use retold::compare::articles::{Counts, Profile};
use retold::compare::text::{Reader, Text};
use retold::compare::versions::{self, Circumstances};
use retold::report::pairs::Answerer;
use retold::statistics::weights::Weights;
use serde_json::{Value, json};

/// Articles of the samples in English, put together to about 500 words each.
fn articles() -> Vec<String> {
    let samples = include_str!("../data/samples/news.jsonl");
    let records = samples.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let english = records.filter(|record| record["lang"] == "en");
    let mut texts: Vec<String> = Vec::new();
    let mut words = 500;
    for text in english.filter_map(|record| record["text"].as_str().map(str::to_owned)) {
        if words >= 500 {
            texts.push(String::new());
            words = 0;
        }
        words += text.split_whitespace().count();
        texts.last_mut().unwrap().push_str(&(text + "\n\n"));
    }
    let cut = |text: String| text.split_inclusive(' ').take(500).collect();
    texts.into_iter().map(cut).collect()
}

fn bench(c: &mut Criterion<CpuTime>) {
    let articles = articles();
    let weights = Weights::background();
    let mut reader = Reader::default();
    let texts: Vec<Text> = articles.iter().map(|text| reader.text(text, Some("en"))).collect();
    let profiles: Vec<Profile> = texts.iter().map(|text| Profile::new(&Counts::from(text), weights)).collect();
    let pairs: Vec<(usize, usize)> =
        (0..articles.len()).flat_map(|a| (0..a).map(move |b| (a, b))).filter(|(a, b)| (a + b) % 3 == 0).collect();
    let lines: Vec<String> =
        pairs.iter().map(|&(a, b)| json!({"id": [a, b], "a": articles[a], "b": articles[b]}).to_string()).collect();

    let mut group = c.benchmark_group("compare");
    group.sample_size(10);
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("read", |b| {
        b.iter(|| articles.iter().map(|text| reader.text(text, Some("en")).sentences.len()).sum::<usize>());
    });
    group.throughput(Throughput::Elements(pairs.len() as u64));
    group.bench_function("align", |b| {
        b.iter(|| pairs.iter().map(|&(a, b)| align(&texts[a], &texts[b], weights).len()).sum::<usize>());
    });
    let mut comparer = Comparer::default();
    group.bench_function("compare", |b| {
        b.iter(|| {
            for &(a, b) in &pairs {
                black_box(versions::compare(&texts[a], &texts[b], Circumstances::UNKNOWN, weights, &mut comparer));
            }
        });
    });
    // From a line of JSON to the answer, as `compare --pairs` does it.
    let mut answerer = Answerer::default();
    group.bench_function("answer", |b| {
        b.iter(|| {
            for (number, text) in (1..).zip(&lines) {
                black_box(answerer.answer(&Ok(retold::read::Line { number, text })));
            }
        });
    });
    group.bench_function("profiles", |b| {
        b.iter(|| pairs.iter().map(|&(a, b)| profiles[a].likeness(&profiles[b])).sum::<f32>());
    });
    group.finish();
}

criterion_group! { name = benches; config = cpu::criterion(); targets = bench }
criterion_main!(benches);
