//! Predictions against dense matrices in f64, written down from the authors' description.

use crate::common::tgnas_bits::{SPACES, weights, words};
use cellscope::{
    predictor::{
        BatchNorm, Form, Hyper, Layer, Normalisation, OperatorGraph, Predictor, Readout, Target, Weights,
        Words,
    },
    random::Random,
    space,
};
use ndarray::{Array1, Array2, Axis, s};

/// One member's prediction for a graph in the model's form.
fn slow(weights: &Weights, member: usize, words: &Words, graph: &OperatorGraph) -> f64 {
    let hyper = &weights.hyper;
    let has_global = hyper.readout != Readout::Mean;
    let operators = graph.nodes().len();
    let nodes = operators.max(hyper.padding);
    let rows = nodes + usize::from(has_global);
    let mut a = Array2::<f64>::eye(rows);
    for &(source, target) in graph.edges() {
        a[(target, source)] = 1.0;
    }
    let mut x = Array2::<f64>::zeros((rows, hyper.features()));
    for (node, operator) in graph.nodes().iter().enumerate() {
        let vector = words.vector(words.find(&operator.text).expect("known"));
        vector.iter().enumerate().for_each(|(at, &number)| x[(node, at)] = f64::from(number));
    }
    if has_global {
        a.row_mut(rows - 1).fill(1.0);
        x[(rows - 1, hyper.inputs)] = 1.0;
    }
    if hyper.normalisation == Normalisation::Rows {
        let sums = a.sum_axis(Axis(1)).insert_axis(Axis(1));
        a /= &sums;
    }
    let member = &weights.members[member];
    for layer in &member.layers {
        let shape = (x.ncols(), hyper.width);
        let w = Array2::from_shape_vec(shape, layer.weight.iter().map(|&w| f64::from(w)).collect())
            .expect("a shape");
        let b: Array1<f64> = layer.bias.iter().map(|&b| f64::from(b)).collect();
        x = (a.dot(&x.dot(&w)) + b).mapv(|x| x.max(0.0));
    }
    let global = x.row(rows - 1).to_vec();
    let mean = x.slice(s![..operators, ..]).mean_axis(Axis(0)).expect("rows").to_vec();
    let read = match hyper.readout {
        Readout::Global => global,
        Readout::Mean => mean,
        Readout::Both => [global, mean].concat(),
    };
    f64::from(member.bias) + read.iter().zip(&member.readout).map(|(x, &w)| x * f64::from(w)).sum::<f64>()
}

/// Models of every kind.
fn hypers() -> Vec<Hyper> {
    let mut hypers = Vec::new();
    for (layers, width) in [(1, 8), (2, 64), (4, 33)] {
        for readout in [Readout::Global, Readout::Mean, Readout::Both] {
            for normalisation in [Normalisation::Plain, Normalisation::Rows] {
                for (form, padding) in [(Form::Authors, 7), (Form::Contracted, 0)] {
                    let target = Target::NormalScore;
                    let inputs = 384;
                    hypers.push(Hyper {
                        form,
                        target,
                        readout,
                        normalisation,
                        padding,
                        layers,
                        inputs,
                        width,
                    });
                }
            }
        }
    }
    hypers
}

#[test]
fn predictions_equal_the_oracle() {
    let (mut largest, mut spread) = (0.0f64, 0.0f64);
    for (seed, hyper) in hypers().into_iter().enumerate() {
        let weights = weights(hyper, 1 + seed % 2, seed as u64);
        let predictor = Predictor::new(weights.clone(), words()).expect("one width");
        let mut range = (f64::MAX, f64::MIN);
        for id in SPACES {
            for cell in space::find(id).expect("known").sample(12, seed as u64) {
                let full = cell.operator_graph().expect("covered");
                let found = f64::from(predictor.predict(full.clone()).expect("known words"));
                let (graph, _) = full.in_form(hyper.form);
                let members = weights.members.len();
                let sum: f64 = (0..members).map(|member| slow(&weights, member, &words(), &graph)).sum();
                let expected = sum / members as f64;
                let off = (found - expected).abs() / expected.abs().max(1.0);
                assert!(off < 1e-5, "{hyper:?} {}: {found} {expected}", cell.text());
                largest = largest.max(off);
                range = (range.0.min(expected), range.1.max(expected));
            }
        }
        spread = spread.max(range.1 - range.0);
    }
    println!("largest deviation {largest:e}; predictions spread over {spread}");
    // The models tell cells apart, so that the comparison means something.
    assert!(spread > 1.0);
}

/// A graph with its nodes in another order in which edges still lead to later nodes.
fn renumbered(graph: &OperatorGraph, random: &mut Random) -> OperatorGraph {
    let count = graph.nodes().len();
    let mut order: Vec<usize> = Vec::new();
    while order.len() < count - 1 {
        let ready = |&node: &usize| {
            let read = graph.edges().iter().filter(|edge| edge.1 == node);
            !order.contains(&node) && read.clone().all(|edge| order.contains(&edge.0))
        };
        let ready: Vec<usize> = (0..count - 1).filter(ready).collect();
        order.push(ready[random.below(ready.len() as u32) as usize]);
    }
    order.push(count - 1);
    let place = |node: usize| order.iter().position(|&other| other == node).expect("listed");
    let nodes = order.iter().map(|&node| graph.nodes()[node].clone()).collect();
    let edges = graph.edges().iter().map(|&(source, target)| (place(source), place(target)));
    OperatorGraph::new(nodes, edges.collect()).expect("legal")
}

#[test]
fn the_numbering_of_nodes_does_not_matter_to_the_last_bit() {
    let mut random = Random::new(1);
    let mut moved = 0;
    for hyper in hypers() {
        let predictor = Predictor::new(weights(hyper, 1, 5), words()).expect("one width");
        for id in SPACES {
            for cell in space::find(id).expect("known").sample(10, 8) {
                let graph = cell.operator_graph().expect("covered");
                let found = predictor.predict(graph.clone()).expect("known words");
                let other = renumbered(&graph, &mut random);
                moved += usize::from(other != graph);
                let other = predictor.predict(other).expect("known words");
                assert_eq!(found.to_bits(), other.to_bits(), "{}", cell.text());
            }
        }
    }
    assert!(moved > 100);
}

#[test]
fn equal_contracted_graphs_are_predicted_alike() {
    let hyper = Hyper { form: Form::Contracted, padding: 0, ..Hyper::AUTHORS };
    let predictor = Predictor::new(weights(hyper, 1, 2), words()).expect("one width");
    let space = space::find("nasbench201").expect("known");
    let predict = |text: &str| {
        let graph = space.parse(text).expect("a cell").operator_graph().expect("covered");
        predictor.predict(graph).expect("known words")
    };
    // A convolution from input to output, by four ways.
    let path = [
        "|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|",
        "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|",
        "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|skip_connect~2|",
        "|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|+|none~0|skip_connect~1|none~2|",
    ];
    for text in &path[1..] {
        assert_eq!(predict(text), predict(path[0]), "{text}");
    }
    assert_ne!(predict("|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|"), predict(path[0]));
}

#[test]
fn a_folded_batch_norm_is_the_batch_norm() {
    let mut random = Random::new(4);
    let mut draw = |count: usize| -> Vec<f32> { (0..count).map(|_| random.normal() as f32).collect() };
    let (inputs, outputs) = (5, 3);
    let layer = Layer { weight: draw(inputs * outputs), bias: draw(outputs) };
    let (scale, shift, mean, x) = (draw(outputs), draw(outputs), draw(outputs), draw(inputs));
    let variance: Vec<f32> = draw(outputs).iter().map(|v| v * v).collect();
    let norm = BatchNorm { scale: &scale, shift: &shift, mean: &mean, variance: &variance, epsilon: 1e-5 };
    let folded = layer.fold(norm);
    let apply = |layer: &Layer, j: usize| -> f64 {
        let products = (0..inputs).map(|i| f64::from(x[i]) * f64::from(layer.weight[i * outputs + j]));
        f64::from(layer.bias[j]) + products.sum::<f64>()
    };
    for j in 0..outputs {
        let [g, b, m, v] = [scale[j], shift[j], mean[j], variance[j]].map(f64::from);
        let expected = (apply(&layer, j) - m) / (v + 1e-5).sqrt() * g + b;
        assert!((apply(&folded, j) - expected).abs() < 1e-5 * (1.0 + expected.abs()));
    }
}
