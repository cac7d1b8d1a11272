//! Parameters and FLOPs of the full network against the known table, and against counts written out by hand.

use cellscope::{
    cost::{Cost, cost},
    known::KnownTable,
    network::{Op, Shape},
    space::{self, Cell, Space},
    stats::{Pairs, spearman},
};

fn nasbench201() -> &'static dyn Space {
    space::find("nasbench201").unwrap()
}

fn cost_of(cell: &dyn Cell, outputs: usize) -> Cost {
    cost(&cell.full(outputs).unwrap()).unwrap()
}

/// All 9,445 cells that have known figures: parameters equal to the last digit that the table has.
#[test]
fn parameters_equal_the_table() {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    let (params, flops) = (table.column("params_m").unwrap(), table.column("flops_m").unwrap());
    let (mut known, mut ours) = (Vec::new(), Vec::new());
    for (index, (&params, &flops)) in params.iter().zip(flops).enumerate().filter(|(_, row)| !row.0.is_nan())
    {
        let cell = nasbench201().at(index).unwrap();
        let cost = cost_of(&*cell, 10);
        // The table has parameters in millions, to six decimals.
        assert_eq!(cost.params as f64, (params * 1e6).round(), "{}", cell.text());
        // Its FLOPs also count batch norm and pooling, so they are never fewer than ours.
        assert!(flops * 1e6 >= cost.flops as f64, "{}: {flops} {}", cell.text(), cost.flops);
        known.push(flops);
        ours.push(cost.flops as f64);
    }
    assert_eq!(ours.len(), 9445);
    let correlation = spearman(&Pairs::new(&ours, &known).unwrap()).unwrap();
    assert!((correlation - 0.996).abs() < 0.0005, "{correlation}");
}

/// Weights of the stem, the two reductions and the classifier, by the formulas of the layers.
fn skeleton(outputs: u64) -> Cost {
    let conv = |kernel: u64, inputs: u64, outputs: u64| kernel * kernel * inputs * outputs;
    let mut cost = Cost { params: conv(3, 3, 16) + 2 * 16, flops: conv(3, 3, 16) * 32 * 32 };
    for (channels, side) in [(32, 16), (64, 8)] {
        let convs = [(3, channels / 2), (3, channels)].map(|(kernel, inputs)| conv(kernel, inputs, channels));
        let downsample = conv(1, channels / 2, channels);
        cost.params += convs.iter().sum::<u64>() + 2 * 2 * channels + downsample;
        cost.flops += (convs.iter().sum::<u64>() + downsample) * side * side;
    }
    cost.params += 2 * 64 + 64 * outputs + outputs;
    cost.flops += 64 * outputs;
    cost
}

/// Every cell: the skeleton, and for each convolution its own share, linear in the operations.
#[test]
fn every_cell_is_its_skeleton_and_its_convolutions() {
    // Parameters and multiply-accumulates of one convolution in all 15 cells.
    let share = |kernel: u64| {
        let (mut params, mut flops) = (0, 0);
        for (channels, side) in [(16u64, 32u64), (32, 16), (64, 8)] {
            let weights = kernel * kernel * channels * channels;
            params += 5 * (weights + 2 * channels);
            flops += 5 * weights * side * side;
        }
        (params, flops)
    };
    for index in (0..15_625).step_by(7) {
        let cell = nasbench201().at(index).unwrap();
        let mut expected = skeleton(10);
        for edge in cell.edges() {
            let (params, flops) = match edge.op {
                "nor_conv_1x1" => share(1),
                "nor_conv_3x3" => share(3),
                _ => (0, 0),
            };
            expected.params += params;
            expected.flops += flops;
        }
        assert_eq!(cost_of(&*cell, 10), expected, "{}", cell.text());
    }
}

#[test]
fn more_classes_cost_a_wider_classifier() {
    let cell = nasbench201().at(0).unwrap();
    let (ten, hundred) = (cost_of(&*cell, 10), cost_of(&*cell, 100));
    assert_eq!(hundred.params - ten.params, 90 * 65);
    assert_eq!(hundred.flops - ten.flops, 90 * 64);
}

/// The full network is that of the benchmark: 15 cells between a stem, two reductions and a classifier.
#[test]
fn the_full_network_has_the_published_shapes() {
    let network = nasbench201().at(1).unwrap().full(10).unwrap();
    assert_eq!(network.len(), 2 + 15 * 6 + 2 * 3 + 1);
    let (_, last) = network.layers().last().unwrap();
    assert_eq!(last.input, Shape::square(64, 8));
    assert_eq!(last.output, Shape::square(10, 1));
    let ops: Vec<Op> = network.layers().flat_map(|(_, layer)| layer.spec.module.clone()).collect();
    assert_eq!(ops.iter().filter(|op| matches!(op, Op::Linear(_))).count(), 1);
    assert!(ops.iter().all(|op| !matches!(op, Op::Conv2d(conv) if conv.bias)));
}
