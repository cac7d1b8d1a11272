//! Rank correlations and their bootstrap intervals: for a sample of 200 cells and for all of NAS-Bench-201.
#![allow(missing_docs)] // of the functions that criterion's macro makes
use cellscope::stats::{Bootstrap, Pairs, bootstrap, kendall, spearman};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rand_core::{RngCore, SeedableRng};
use rand_pcg::Pcg32;
use std::hint::black_box;

/// A score and an accuracy that agree in part; the accuracy in steps of 0.01, so with ties.
fn columns(n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut generator = Pcg32::seed_from_u64(1);
    let mut uniform = || f64::from(generator.next_u32()) / f64::from(u32::MAX);
    (0..n)
        .map(|_| {
            let x = uniform();
            (x, ((x + 0.5 * uniform()) * 2000.0).round() / 100.0)
        })
        .unzip()
}

fn stats(c: &mut Criterion) {
    let mut group = c.benchmark_group("stats");
    for n in [200, 15_625] {
        let (x, y) = columns(n);
        group.bench_function(BenchmarkId::new("spearman", n), |b| {
            b.iter(|| Pairs::new(black_box(&x), &y).map(|pairs| spearman(&pairs)))
        });
        group.bench_function(BenchmarkId::new("kendall", n), |b| {
            b.iter(|| Pairs::new(black_box(&x), &y).map(|pairs| kendall(&pairs)))
        });
        let pairs = Pairs::new(&x, &y).expect("columns of equal length");
        group.sample_size(if n > 1000 { 10 } else { 50 });
        group.bench_function(BenchmarkId::new("bootstrap of 200 resamples", n), |b| {
            b.iter(|| bootstrap(black_box(&pairs), 200, 1))
        });
        // As a row of the page's matrix: seven accuracies share what is drawn.
        group.bench_function(BenchmarkId::new("bootstrap of 200 resamples, seven columns", n), |b| {
            b.iter(|| {
                let mut run = Bootstrap::new(vec![black_box(&pairs).clone(); 7], 200, 1);
                run.step(usize::MAX);
                run.intervals(6)
            })
        });
    }
    group.finish();
}

criterion_group!(benches, stats);
criterion_main!(benches);
