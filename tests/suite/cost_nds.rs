//! Parameters and FLOPs of the networks around NDS's cells: published counts, the known table, and formulas.

use cellscope::{
    cost::{Cost, cost},
    known::{KnownTable, cells},
    network::{Layer, Network, Op},
    space::{self, Cell, CountedSize, Space},
    stats::{Pairs, spearman},
};

const SPACES: [&str; 5] = ["nds-darts", "nds-enas", "nds-pnas", "nds-nasnet", "nds-amoeba"];
const TABLE: &[u8] = include_bytes!("../../www/data/nds-darts.known");

fn darts() -> &'static dyn Space {
    space::find("nds-darts").unwrap()
}

fn counted(cell: &dyn Cell, init_channels: usize, layers: usize) -> (Network, Cost) {
    let network = cell.counted(10, &CountedSize { init_channels, layers }).unwrap();
    let cost = cost(&network).unwrap();
    (network, cost)
}

/// A cell of pairs `operation input` with both concatenations.
fn genotype(
    space: &str,
    normal: &str,
    normal_concat: &str,
    reduce: &str,
    reduce_concat: &str,
) -> Box<dyn Cell> {
    let pairs = |text: &str| {
        let pairs = text.split(", ").map(|pair| {
            let (op, source) = pair.split_once(' ').unwrap();
            let op = match op {
                "sep3" => "sep_conv_3x3",
                "sep5" => "sep_conv_5x5",
                "sep7" => "sep_conv_7x7",
                "dil3" => "dil_conv_3x3",
                "dil5" => "dil_conv_5x5",
                "skip" => "skip_connect",
                "max" => "max_pool_3x3",
                "avg" => "avg_pool_3x3",
                other => other,
            };
            format!("[\"{op}\", {source}]")
        });
        pairs.collect::<Vec<_>>().join(", ")
    };
    let text = format!(
        r#"{{"normal": [{}], "normal_concat": [{normal_concat}], "reduce": [{}], "reduce_concat": [{reduce_concat}]}}"#,
        pairs(normal),
        pairs(reduce),
    );
    space::find(space).unwrap().parse(&text).unwrap()
}

const ALL: &str = "2, 3, 4, 5";

/// Counts that others published for this network: the first two to the last digit, the others as their papers round
/// them.
///
/// DARTS_V2: what `train.py` of quark0/darts prints (3.349342 MB); P-DARTS: issue 7 of chenxin061/pdarts; PC-DARTS: its
/// paper, 3.6 M; AmoebaNet-A as the authors of DARTS trained it: their paper, 3.1 M. (NASNet-A, 3.1 M there, is left out:
/// the paper does not say how wide, and their code makes 3.83 M of it at 36 channels and 20 cells.)
#[test]
fn published_counts() {
    let darts_v2 = genotype(
        "nds-darts",
        "sep3 0, sep3 1, sep3 0, sep3 1, sep3 1, skip 0, skip 0, dil3 2",
        ALL,
        "max 0, max 1, skip 2, max 1, max 0, skip 2, skip 2, max 1",
        ALL,
    );
    let p_darts = genotype(
        "nds-darts",
        "skip 0, dil3 1, skip 0, sep3 1, sep3 1, sep3 3, sep3 0, dil5 4",
        ALL,
        "avg 0, sep5 1, sep3 0, dil5 2, max 0, dil3 1, dil3 1, dil5 3",
        ALL,
    );
    let pc_darts = genotype(
        "nds-darts",
        "sep3 1, skip 0, sep3 0, dil3 1, sep5 0, sep3 1, avg 0, dil3 1",
        ALL,
        "sep5 1, max 0, sep5 1, sep5 2, sep3 0, sep3 3, sep3 1, sep3 2",
        ALL,
    );
    let amoebanet_a = genotype(
        "nds-amoeba",
        "avg 0, max 1, sep3 0, sep5 2, sep3 0, avg 3, sep3 1, skip 1, skip 0, avg 1",
        "4, 5, 6",
        "avg 0, sep3 1, max 0, sep7 2, sep7 0, avg 1, max 0, max 1, conv_7x1_1x7 0, sep3 5",
        "3, 4, 6",
    );
    let size = CountedSize::default();
    assert_eq!((size.init_channels, size.layers), (36, 20));
    let params = |cell: &dyn Cell| cost(&cell.counted(10, &size).unwrap()).unwrap().params;
    assert_eq!(params(&*darts_v2), 3_349_342);
    assert_eq!(params(&*p_darts), 3_433_798);
    let tenths = |cell: &dyn Cell| (params(cell) as f64 / 1e5).round();
    assert_eq!(tenths(&*pc_darts), 36.0);
    assert_eq!(tenths(&*amoebanet_a), 31.0);
}

/// What the table counts besides multiply-accumulates, and the parameters that it does not have.
#[derive(Default)]
struct Others {
    /// Scale and shift of the operations' batch norms; in the table only the stem and the cells' inputs have them.
    affine: u64,
    /// 2 for a value that is normalised with scale and shift, 1 without; 1 for one that is rectified; for one that is
    /// pooled 9, and 1 for the batch norm that follows.
    flops: u64,
}

fn others(layer: &Layer) -> Others {
    let mut others = Others::default();
    let mut shape = layer.input;
    let operation = layer.spec.origin.cell_edge.is_some();
    for op in &layer.spec.module {
        let output = op.output_shape(shape).unwrap();
        let values = (output.channels * output.pixels()) as u64;
        match op {
            Op::BatchNorm if operation => {
                others.affine += 2 * output.channels as u64;
                others.flops += values;
            }
            Op::BatchNorm => others.flops += 2 * values,
            Op::Relu => others.flops += values,
            Op::AvgPool(_) | Op::MaxPool(_) => others.flops += 10 * values,
            // As a window of 9 × 9, by the table's reckoning; the plane is 8 × 8.
            Op::GlobalAvgPool => others.flops += 81 * values,
            _ => {}
        }
        shape = output;
    }
    others
}

/// All 725 cells: the table's parameters and FLOPs, to the last digit, by its own rules.
#[test]
fn the_table_is_explained() {
    let table = KnownTable::read(TABLE).unwrap();
    let (params, flops) = (table.column("params_m").unwrap(), table.column("flops_m").unwrap());
    let (mut small, mut large) = (Vec::new(), Vec::new());
    let rows = cells(darts(), &table).unwrap();
    for (row, cell) in rows.iter().enumerate() {
        let (network, cost) = counted(&**cell, 32, 8);
        let (mut affine, mut more) = (0, 0);
        for others in network.layers().map(|(_, layer)| others(layer)) {
            affine += others.affine;
            more += others.flops;
        }
        // Both in millions, to six decimals.
        assert_eq!((cost.params - affine) as f64, (params[row] * 1e6).round(), "{}", cell.text());
        assert_eq!((cost.flops + more) as f64, (flops[row] * 1e6).round(), "{}", cell.text());
        small.push(cost.flops as f64);
        large.push(counted(&**cell, 36, 20).1.flops as f64);
    }
    assert_eq!(rows.len(), 725);
    // Against our multiply-accumulates: of the same network, and of the one that is counted unless another is asked for.
    for (ours, expected) in [(&small, 0.998), (&large, 0.977)] {
        let rho = spearman(&Pairs::new(ours, flops).unwrap()).unwrap();
        assert!((rho - expected).abs() < 0.0005, "{rho}");
    }
}

/// Weights of the convolutions, channels that are normalised, and multiply-accumulates, by the formulas of the layers.
#[derive(Clone, Copy, Default)]
struct Share {
    weights: u64,
    normalised: u64,
    flops: u64,
}

/// An operation on `c` channels that puts out a side of `side`.
fn share(op: &str, c: u64, stride: u64, side: u64) -> Share {
    let pixels = side * side;
    let of = |weights: u64, norms: u64| Share { weights, normalised: norms * c, flops: weights * pixels };
    let separable = |k: u64, times: u64| of(times * (k * k * c + c * c), times);
    // The first strip halves one side only.
    let strips = |k: u64| Share { flops: k * c * c * (stride + 1) * pixels, ..of(2 * k * c * c, 1) };
    match op {
        "sep_conv_3x3" => separable(3, 2),
        "sep_conv_5x5" => separable(5, 2),
        "sep_conv_7x7" => separable(7, 2),
        "dil_conv_3x3" => separable(3, 1),
        "dil_conv_5x5" => separable(5, 1),
        "dil_sep_conv_3x3" => separable(3, 2),
        "conv_1x1" => of(c * c, 1),
        "conv_3x3" => of(9 * c * c, 1),
        "conv_3x1_1x3" => strips(3),
        "conv_7x1_1x7" => strips(7),
        "skip_connect" if stride == 2 => of(c * c, 1),
        _ => Share::default(),
    }
}

/// The whole network; `concat` is the length of the normal and of the reduction cell's list.
fn by_formula(cell: &dyn Cell, concat: [u64; 2], init_channels: u64, layers: u64) -> Cost {
    let edges = cell.edges();
    let (normal, reduce) = edges.split_at(edges.len() / 2);
    let mut total = Share { weights: 27 * 3 * init_channels, normalised: 3 * init_channels, flops: 0 };
    total.flops = total.weights * 1024;
    let (mut channels, mut side) = (init_channels, 32);
    let mut inputs = [3 * init_channels; 2];
    for layer in 0..layers {
        let reduces = layer == layers / 3 || layer == 2 * layers / 3;
        channels *= 1 + u64::from(reduces);
        // Both inputs by 1 × 1 convolutions, or what costs the same, to this side.
        total.weights += (inputs[0] + inputs[1]) * channels;
        total.normalised += 2 * channels;
        total.flops += (inputs[0] + inputs[1]) * channels * side * side;
        side /= 1 + u64::from(reduces);
        for edge in if reduces { reduce } else { normal } {
            let stride = 1 + u64::from(reduces && edge.source < 2);
            let share = share(edge.op, channels, stride, side);
            total.weights += share.weights;
            total.normalised += share.normalised;
            total.flops += share.flops;
        }
        inputs = [inputs[1], concat[usize::from(reduces)] * channels];
    }
    let classifier = 10 * inputs[1];
    Cost { params: total.weights + 2 * total.normalised + classifier + 10, flops: total.flops + classifier }
}

/// Random cells of every space, from the smallest network to a large one; each operation is among them.
#[test]
fn counts_are_the_formulas() {
    for id in SPACES {
        let space = space::find(id).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for cell in space.sample(60, 5) {
            seen.extend(cell.edges().iter().map(|edge| edge.op));
            let text: serde_json::Value = serde_json::from_str(&cell.text()).unwrap();
            let concat =
                ["normal_concat", "reduce_concat"].map(|name| text[name].as_array().unwrap().len() as u64);
            for (init_channels, layers) in [(36, 20), (32, 8), (5, 1), (1, 2), (16, 3), (64, 20)] {
                let (_, found) = counted(&*cell, init_channels, layers);
                let expected = by_formula(&*cell, concat, init_channels as u64, layers as u64);
                assert_eq!(found, expected, "{init_channels}, {layers}: {}", cell.text());
            }
        }
        assert_eq!(seen.len(), space.ops().len(), "{id}: {seen:?}");
    }
}

/// A node adds its two operations up: their order costs nothing.
#[test]
fn equal_cells_cost_the_same() {
    for id in SPACES {
        let space = space::find(id).unwrap();
        for cell in space.sample(40, 9) {
            let equal = space.parse(&cell.canonical()).unwrap();
            assert_eq!(counted(&*equal, 36, 20).1, counted(&*cell, 36, 20).1, "{}", cell.text());
        }
    }
}

#[test]
fn classes_widen_the_classifier_and_sizes_have_ranges() {
    let cell = darts().sample(1, 0).remove(0);
    let size = CountedSize::default();
    let of = |outputs| cost(&cell.counted(outputs, &size).unwrap()).unwrap();
    // 36 channels, doubled twice, of four nodes.
    assert_eq!(of(100).params - of(10).params, 90 * (4 * 4 * 36 + 1));
    for (init_channels, layers, outputs) in
        [(0, 20, 10), (65, 20, 10), (36, 0, 10), (36, 21, 10), (36, 20, 0)]
    {
        assert!(cell.counted(outputs, &CountedSize { init_channels, layers }).is_err());
    }
    // ε has no figures there to be checked against.
    assert!(cell.full(1).is_err());
}

/// A genotype that joins planes of different sides is no network; that is an error, not a panic.
#[test]
fn planes_of_different_sides_are_refused() {
    let cell = genotype("nds-darts", "sep3 0, sep3 1", "2", "sep3 0, sep3 1", "0, 2");
    assert!(cell.counted(10, &CountedSize::default()).is_err());
}
