//! ε of one cell on 64 images: every convolution 3×3 (undefined), a mixture of operations, and cut off.

use cellscope::{
    epsilon::{Batch, Evaluator},
    space,
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

const CELLS: [(&str, &str); 4] = [
    (
        "all conv 3x3, undefined",
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|",
    ),
    (
        "residual",
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|",
    ),
    (
        "mixed",
        "|nor_conv_1x1~0|+|avg_pool_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|avg_pool_3x3~1|skip_connect~2|",
    ),
    ("cut off", "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|"),
];

fn epsilon(criterion: &mut Criterion) {
    let space = space::find("nasbench201").expect("known space");
    let batch = Batch::leaves(0, 64).expect("in range");
    let mut evaluator = Evaluator::new(&batch, space.epsilon_weights()).expect("positive weights");
    for (name, text) in CELLS {
        let network = space.parse(text).expect("a cell").full(1).expect("in range");
        criterion.bench_function(&format!("epsilon/evaluate/{name}"), |b| {
            b.iter(|| evaluator.evaluate(black_box(&network)));
        });
        criterion.bench_function(&format!("epsilon/score/{name}"), |b| {
            b.iter(|| evaluator.score(black_box(&network)));
        });
    }
    criterion.bench_function("epsilon/leaves", |b| b.iter(|| Batch::leaves(black_box(0), 64)));
}

criterion_group!(benches, epsilon);
criterion_main!(benches);
