//! NASGraph on every space: one architecture after another, none scored before.
//!
//! The authors' code takes, on one core, 0.43 s (NAS-Bench-101), 0.52 s (NAS-Bench-201), 1.6–12 s (TransNAS-Bench-101,
//! by task) and 1.8 s (NDS, 8 layers) an architecture.
#![allow(missing_docs)] // of the functions that criterion's macro makes
use cellscope::{
    nasgraph::Scorer,
    space::{self, SurrogateOptions, Task},
};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

/// Architectures that are scored in turn.
const SAMPLE: usize = 8;

fn spaces(c: &mut Criterion) {
    let mut group = c.benchmark_group("nasgraph, new scorer, 8 architectures");
    group.sample_size(10);
    let mut bench = |name: &str, id: &str, options: SurrogateOptions| {
        let space = space::find(id).expect("known");
        let build = |cell: &Box<dyn space::Cell>| cell.surrogate(&options).expect("in range");
        let networks: Vec<_> = space.sample(SAMPLE, 0).iter().map(build).collect();
        group.bench_function(name, |b| {
            b.iter_batched_ref(
                || Scorer::new(1),
                |scorer| networks.iter().map(|n| scorer.measures(n).map_or(0, |m| m.edges)).sum::<u64>(),
                BatchSize::LargeInput,
            )
        });
    };
    let default = SurrogateOptions::default();
    for id in ["nasbench101", "nasbench201", "nds-darts", "nds-enas", "nds-pnas", "nds-nasnet", "nds-amoeba"]
    {
        bench(id, id, default);
    }
    for id in ["transnas101-micro", "transnas101-macro"] {
        for task in [Task::ClassObject, Task::SegmentSemantic, Task::Autoencoder] {
            bench(&format!("{id}, {task}"), id, SurrogateOptions { task, ..default });
        }
    }
}

criterion_group!(benches, spaces);
criterion_main!(benches);
