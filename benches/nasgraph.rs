//! NASGraph: one cell, a sample of 200, all of NAS-Bench-201; the graph itself, and the expected degree.
#![allow(missing_docs)] // of the functions that criterion's macro makes
use cellscope::{
    method::{Evaluator, Proxy, Settings},
    nasgraph::{Scorer, expected_degree},
    space::{self, Cell, Space, SurrogateOptions},
};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn nasbench201() -> &'static dyn Space {
    space::find("nasbench201").expect("known")
}

/// A residual-like cell with three 3 × 3 convolutions.
fn residual() -> Box<dyn Cell> {
    let text =
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";
    nasbench201().parse(text).expect("a cell")
}

fn score(cells: &[Box<dyn Cell>], proxies: &[Proxy]) -> f64 {
    let mut evaluator = Evaluator::new(Settings::default());
    let score = |cell: &dyn Cell| evaluator.values(nasbench201(), cell, proxies).expect("scored")[0];
    cells.iter().map(|cell| &**cell).map(score).sum()
}

fn one_cell(c: &mut Criterion) {
    let (cell, options) = (residual(), SurrogateOptions::default());
    let network = cell.surrogate(&options).expect("in range");
    let mut group = c.benchmark_group("nasgraph");
    group.bench_function("surrogate network", |b| b.iter(|| black_box(&cell).surrogate(&options)));
    group.bench_function("measures, new scorer", |b| {
        b.iter_batched_ref(|| Scorer::new(1), |scorer| scorer.measures(&network), BatchSize::LargeInput)
    });
    let mut scorer = Scorer::new(1);
    group.bench_function("measures, used scorer", |b| b.iter(|| scorer.measures(black_box(&network))));
    group.bench_function("graph, used scorer", |b| b.iter(|| scorer.graph(black_box(&network))));
    group.bench_function("expected degree", |b| b.iter(|| expected_degree(black_box(&network))));
    group.finish();
}

fn many_cells(c: &mut Criterion) {
    let cells = nasbench201().sample(200, 0);
    let all: Vec<_> = (0..15_625).filter_map(|index| nasbench201().at(index)).collect();
    let proxy = |id| Proxy::find(id).unwrap_or_else(|| panic!("no proxy {id}"));
    let degree = [proxy("average_degree")];
    let measures: Vec<Proxy> = Proxy::all().into_iter().filter(|p| p.method.id() == "nasgraph").collect();
    let mut group = c.benchmark_group("nasgraph, many cells");
    group.sample_size(20).bench_function("200, average degree", |b| b.iter(|| score(&cells, &degree)));
    group.sample_size(10);
    group.bench_function("15,625, average degree", |b| b.iter(|| score(&all, &degree)));
    group.bench_function("15,625, all measures", |b| b.iter(|| score(&all, &measures)));
    group.bench_function("15,625, expected degree", |b| b.iter(|| score(&all, &[proxy("expected-degree")])));
    group.finish();
}

criterion_group!(benches, one_cell, many_cells);
criterion_main!(benches);
