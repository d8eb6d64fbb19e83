//! The whole job in one process on all threads, from a file to groups and stories, and what each stage has of it.

#![allow(missing_docs, unreachable_pub, reason = "what the macros of criterion make")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and stop")]
#![allow(clippy::print_stdout, reason = "prints the shares of the stages")]

mod cpu;
mod generator;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use cpu::CpuTime;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use retold::collection::{Collection, Keep};
use retold::costs::Costs;
use retold::duplicates::{self, Options};
use retold::stories::decisions::Decisions;
use retold::stories::{self, Stories};
use retold::watch::Watch;
use tempfile::NamedTempFile;

const ARTICLES: u64 = 10_000;
/// Runs of which the median is printed.
const RUNS: usize = 5;

fn job(file: &NamedTempFile, costs: &mut Costs) -> Stories {
    let stop = AtomicBool::new(false);
    let watch = Watch::new(&stop, &|_| {});
    let reader = generator::reader(file).unwrap();
    let keep = Keep { stories: true, ..Keep::default() };
    let mut collection = costs.stage("read", || Collection::read(reader, Vec::new(), keep, &watch)).unwrap();
    let duplicates = duplicates::find(&mut collection, Options::default(), costs, &watch).unwrap();
    stories::find(&collection, &duplicates, Options::default(), &Decisions::default(), costs, &watch).unwrap()
}

fn bench(c: &mut Criterion<CpuTime>) {
    let file = generator::file(7, ARTICLES).unwrap();
    print_shares(&file);
    let mut group = c.benchmark_group("pipeline");
    group.sample_size(10);
    group.throughput(Throughput::Elements(ARTICLES));
    group.bench_function("10k_articles", |b| b.iter(|| job(&file, &mut Costs::default())));
    group.finish();
}

/// Median CPU time of each stage, and its share of the sum.
fn print_shares(file: &NamedTempFile) {
    let mut seconds: BTreeMap<(usize, &str), Vec<f64>> = BTreeMap::new();
    for _ in 0..RUNS {
        let mut costs = Costs::default();
        job(file, &mut costs);
        for (number, cost) in costs.stages().iter().enumerate() {
            seconds.entry((number, cost.stage)).or_default().push(cost.cpu_seconds);
        }
    }
    let medians: Vec<(&str, f64)> = seconds
        .into_iter()
        .map(|((_, stage), mut seconds)| {
            seconds.sort_unstable_by(f64::total_cmp);
            (stage, seconds[seconds.len() / 2])
        })
        .collect();
    let sum: f64 = medians.iter().map(|(_, seconds)| seconds).sum();
    println!("{ARTICLES} articles, CPU time on {} threads, median of {RUNS} runs", rayon::current_num_threads());
    for (stage, seconds) in medians.iter().chain([&("sum", sum)]) {
        let each = 1e6 * seconds / ARTICLES as f64;
        println!("{stage:>16}  {:>7.1} ms  {each:>6.1} µs an article  {:>5.1} %", 1e3 * seconds, 100.0 * seconds / sum);
    }
}

criterion_group! { name = benches; config = cpu::criterion(); targets = bench }
criterion_main!(benches);
