//! TG-NAS: a cell from its parsed form to its prediction, by the authors' shape of model.
#![allow(missing_docs)] // of the functions that criterion's macro makes
use cellscope::{
    predictor::{Form, Hyper, Predictor, Weights, Words, occlusion},
    space,
};
use criterion::{Criterion, criterion_group, criterion_main};

fn tgnas(c: &mut Criterion) {
    let words = Words::read(include_bytes!("../www/data/operators.words")).expect("words");
    let mut group = c.benchmark_group("tgnas");
    for form in Form::ALL {
        let hyper = Hyper { form, ..Hyper::AUTHORS };
        let predictor = Predictor::new(Weights::random(hyper, 1, 1), words.clone()).expect("one width");
        for id in ["nasbench101", "nasbench201", "transnas101-micro", "nds-darts"] {
            let cells = space::find(id).expect("known").sample(64, 0);
            let mut cells = cells.iter().cycle();
            group.bench_function(format!("a cell of {id}, {}", form.id()), |b| {
                b.iter(|| {
                    let graph = cells.next().expect("endless").operator_graph().expect("covered");
                    predictor.predict(graph).expect("known words")
                })
            });
        }
        let graph = space::find("nasbench201").expect("known").sample(1, 0)[0].operator_graph();
        let graph = graph.expect("covered");
        group.bench_function(format!("changes by all words, nasbench201, {}", form.id()), |b| {
            b.iter(|| occlusion(&predictor, &graph).expect("known words").base)
        });
    }
}

criterion_group!(benches, tgnas);
criterion_main!(benches);
