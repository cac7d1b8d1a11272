//! NAS-Bench-201 as a space: text, order, sampling, neighbours, classes of equal cells.

use cellscope::{
    cost::cost,
    nasgraph::Scorer,
    random::Random,
    space::{self, Cell, Space, SurrogateOptions},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const SIZE: usize = 15_625;
const OPS: [&str; 5] = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];

fn nasbench201() -> &'static dyn Space {
    space::find("nasbench201").unwrap()
}

fn cell(text: &str) -> Box<dyn Cell> {
    nasbench201().parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn all() -> impl Iterator<Item = Box<dyn Cell>> {
    (0..SIZE).map(|index| nasbench201().at(index).unwrap())
}

/// Text of the cell with these operations (numbers in [`OPS`]), written out by hand.
fn text(ops: [usize; 6]) -> String {
    let [a, b, c, d, e, f] = ops.map(|op| OPS[op]);
    format!("|{a}~0|+|{b}~0|{c}~1|+|{d}~0|{e}~1|{f}~2|")
}

proptest! {
    #[test]
    fn printing_reads_back(ops in [0..5usize, 0..5, 0..5, 0..5, 0..5, 0..5]) {
        let cell = cell(&text(ops));
        prop_assert_eq!(cell.text(), text(ops));
        let index = cell.index().unwrap();
        prop_assert_eq!(nasbench201().at(index).unwrap().text(), text(ops));
        let names: Vec<_> = cell.edges().iter().map(|edge| edge.op).collect();
        prop_assert_eq!(names, ops.map(|op| OPS[op]));
    }

    /// Damaged texts are refused with a place inside the text, or read as a cell; never a panic.
    #[test]
    fn damaged_texts_never_panic(
        ops in [0..5usize, 0..5, 0..5, 0..5, 0..5, 0..5],
        at in 0..108usize,
        removed in 0..12usize,
        put in "[ -~]{0,4}|\\PC{0,3}|[|~+0-9]{0,6}",
    ) {
        let mut characters: Vec<char> = text(ops).chars().collect();
        let at = at.min(characters.len());
        let end = (at + removed).min(characters.len());
        characters.splice(at..end, put.chars());
        let damaged: String = characters.iter().collect();
        match nasbench201().parse(&damaged) {
            Ok(cell) => prop_assert_eq!(cell.text(), damaged.trim()),
            Err(error) => {
                prop_assert!(error.column >= 1 && error.column <= characters.len() + 1, "{}: {}", damaged, error);
                let quoted: Vec<char> = error.text.chars().collect();
                prop_assert!(characters[error.column - 1..].starts_with(&quoted), "{}: {:?}", damaged, error);
                prop_assert!(error.message.chars().count() < 300);
            }
        }
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,200}") {
        if let Err(error) = nasbench201().parse(&text) {
            prop_assert!(error.text.chars().count() <= 80);
        }
    }

    #[test]
    fn neighbours_are_24_and_mutual(index in 0..SIZE) {
        let cell = nasbench201().at(index).unwrap();
        let neighbours = cell.neighbours();
        let texts: BTreeSet<_> = neighbours.iter().map(|n| n.text()).collect();
        prop_assert_eq!((neighbours.len(), texts.len()), (24, 24));
        for neighbour in neighbours {
            let differing = cell.edges().iter().zip(neighbour.edges()).filter(|(a, b)| **a != *b).count();
            prop_assert_eq!(differing, 1);
            prop_assert!(neighbour.neighbours().iter().any(|back| back.text() == cell.text()));
        }
    }
}

#[test]
fn blanks_between_the_parts_are_skipped() {
    let printed = text([0, 1, 2, 3, 4, 0]);
    let spread = printed.replace('|', " |\u{a0}").replace('~', " ~ ").replace('+', "\r\n+ ");
    assert_eq!(cell(&spread).text(), printed);
    // But not within a name.
    let broken = printed.replacen("nor_conv", "nor_ conv", 1);
    assert_ne!(broken, printed);
    assert!(nasbench201().parse(&broken).is_err());
}

#[test]
fn a_sample_has_no_cell_twice_and_replays() {
    let draw = |count, seed| -> Vec<_> {
        nasbench201().sample(count, seed).iter().map(|cell| cell.index().unwrap()).collect()
    };
    for seed in 0..20 {
        let sample = draw(300, seed);
        assert_eq!(sample.iter().collect::<BTreeSet<_>>().len(), 300);
        assert_eq!(sample, draw(300, seed));
        // A larger sample starts with the smaller one.
        assert_eq!(sample, draw(900, seed)[..300]);
        assert_ne!(sample, draw(300, seed + 1));
    }
    let everything: BTreeSet<_> = draw(SIZE + 1, 3).into_iter().collect();
    assert_eq!(everything, (0..SIZE).collect());
    assert!(draw(0, 0).is_empty());
}

/// χ² over 125 parts of the order, and over the operations of each edge.
#[test]
fn a_sample_is_uniform() {
    let mut parts = vec![0f64; 125];
    let mut ops: HashMap<(usize, &str), f64> = HashMap::new();
    for seed in 0..200 {
        for cell in nasbench201().sample(500, seed) {
            parts[cell.index().unwrap() / 125] += 1.0;
            for (edge, found) in cell.edges().iter().enumerate() {
                *ops.entry((edge, found.op)).or_default() += 1.0;
            }
        }
    }
    let chi2 = |counts: &mut dyn Iterator<Item = f64>, expected: f64| -> f64 {
        counts.map(|count| (count - expected).powi(2) / expected).sum()
    };
    // The 0.1 % points of χ² with 124 and 24 degrees of freedom.
    assert!(chi2(&mut parts.into_iter(), 800.0) < 178.6);
    assert_eq!(ops.len(), 30);
    assert!(chi2(&mut ops.into_values(), 20_000.0) < 51.2);
}

/// Pairs of cells that compute the same function.
#[test]
fn equal_cells_have_equal_forms() {
    // Numbers: 0 none, 1 skip, 2 conv 1×1, 3 conv 3×3, 4 pool; edges 0→1, 0→2, 1→2, 0→3, 1→3, 2→3.
    for (a, b, why) in [
        ([3, 0, 1, 0, 0, 1], [3, 0, 0, 0, 1, 0], "a skip is contracted"),
        ([1, 0, 3, 0, 0, 1], [3, 0, 0, 0, 1, 0], "a skip before or after a convolution"),
        ([3, 2, 0, 1, 0, 0], [0, 0, 0, 1, 0, 0], "edges into nodes that lead nowhere"),
        ([0, 0, 3, 1, 2, 0], [0, 0, 0, 1, 0, 0], "edges out of nodes that nothing reaches"),
        ([2, 3, 0, 0, 1, 1], [3, 2, 0, 0, 1, 1], "the order of a sum"),
        ([2, 0, 0, 3, 1, 0], [3, 0, 0, 2, 1, 0], "the order of a sum, one term direct"),
        ([4, 0, 0, 4, 1, 0], [4, 0, 1, 0, 1, 1], "pooling twice is pooling twice, by one or two operations"),
        ([3, 3, 0, 0, 1, 1], [3, 0, 0, 3, 1, 0], "two convolutions of the same input"),
        ([2, 3, 0, 0, 3, 2], [3, 2, 0, 0, 2, 3], "mirrored branches"),
        ([0, 0, 0, 0, 0, 0], [3, 3, 3, 0, 0, 0], "no path at all"),
    ] {
        let (a, b) = (cell(&text(a)), cell(&text(b)));
        assert_eq!(a.canonical(), b.canonical(), "{why}: {} {}", a.text(), b.text());
    }
}

/// Pairs of cells that differ.
#[test]
fn different_cells_have_different_forms() {
    for (a, b, why) in [
        ([3, 0, 0, 0, 1, 0], [2, 0, 0, 0, 1, 0], "another operation"),
        ([3, 0, 1, 0, 1, 1], [3, 0, 0, 0, 1, 0], "a term twice"),
        ([3, 0, 1, 0, 1, 1], [3, 3, 0, 0, 1, 1], "one convolution used twice, two convolutions"),
        ([3, 0, 2, 0, 0, 1], [2, 0, 3, 0, 0, 1], "the order of a chain"),
        ([1, 0, 0, 0, 3, 0], [1, 0, 0, 1, 3, 0], "with and without the input beside it"),
        ([3, 3, 0, 0, 2, 3], [3, 0, 1, 0, 2, 3], "two readers of one convolution or of two"),
        ([0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0], "the input and nothing"),
    ] {
        let (a, b) = (cell(&text(a)), cell(&text(b)));
        assert_ne!(a.canonical(), b.canonical(), "{why}: {} {}", a.text(), b.text());
    }
}

/// A slow test of equality: the cell is computed on numbers, convolutions being arbitrary functions. Cells are equal
/// if their convolutions can be matched so that the results agree; the least result over all matchings tells.
fn function(cell: &dyn Cell) -> u64 {
    let reach = cell.reachability();
    let edges = cell.edges();
    let live: Vec<usize> = (0..6).filter(|edge| !reach.dead_edges.contains(edge)).collect();
    let convs: Vec<usize> = live.iter().copied().filter(|&e| edges[e].op.starts_with("nor_conv")).collect();
    let mix = |op: &str, which: usize, value: u64| {
        let mut hash = value ^ (which as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for byte in op.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0xff51_afd7_ed55_8ccd);
            hash ^= hash >> 33;
        }
        hash
    };
    let mut results = Vec::new();
    permutations(&mut convs.clone(), 0, &mut |order| {
        let mut nodes = [0x1234_5678_9abc_def1u64, 0, 0, 0];
        for &edge in &live {
            let value = nodes[edges[edge].source];
            nodes[edges[edge].target] = nodes[edges[edge].target].wrapping_add(match edges[edge].op {
                "skip_connect" => value,
                "avg_pool_3x3" => mix("pool", 9, value),
                op => mix(op, order.iter().position(|&e| e == edge).unwrap(), value),
            });
        }
        results.push(nodes[3]);
    });
    results.into_iter().min().unwrap()
}

fn permutations(items: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from + 1 >= items.len() {
        return visit(items);
    }
    for other in from..items.len() {
        items.swap(from, other);
        permutations(items, from + 1, visit);
        items.swap(from, other);
    }
}

#[test]
fn forms_are_equal_exactly_where_functions_are() {
    let mut form_of: HashMap<u64, String> = HashMap::new();
    let mut function_of: HashMap<String, u64> = HashMap::new();
    for cell in all() {
        let (form, function) = (cell.canonical(), function(&*cell));
        assert_eq!(form_of.entry(function).or_insert_with(|| form.clone()), &form, "{}", cell.text());
        assert_eq!(function_of.entry(form).or_insert(function), &function, "{}", cell.text());
    }
    assert_eq!(nasbench201().classes(), Some(form_of.len()));
}

/// The rule of the NAS-Bench-201 authors, who count 6,466 unique cells: skips contracted, the terms of a node sorted, all
/// that comes out of a `none` written `#`. A `#` is a term of its sum like any other, and a sum that a skip brings along
/// is one term.
fn published_form(cell: &dyn Cell) -> String {
    let mut nodes = vec!["0".to_owned()];
    for target in 1..4 {
        let term = |edge: &space::CellEdge| match (edge.op, nodes[edge.source].as_str()) {
            ("none", _) | (_, "#") => "#".to_owned(),
            ("skip_connect", source) => source.to_owned(),
            (op, source) => format!("({source})@{op}"),
        };
        let mut terms: Vec<String> =
            cell.edges().iter().filter(|edge| edge.target == target).map(term).collect();
        terms.sort();
        nodes.push(terms.join("+"));
    }
    nodes.remove(3)
}

/// The canonical form, were convolutions that read the same one.
fn merged_form(cell: &dyn Cell) -> String {
    let mut nodes = [vec!["x".to_owned()], vec![], vec![], vec![]];
    for edge in cell.edges().iter().filter(|edge| edge.op != "none") {
        let mut source = nodes[edge.source].clone();
        source.sort();
        match edge.op {
            "skip_connect" => nodes[edge.target].extend(source),
            _ if source.is_empty() => {}
            op => nodes[edge.target].push(format!("{op}({})", source.join("+"))),
        }
    }
    nodes[3].sort();
    nodes[3].join("+")
}

#[test]
fn classes_beside_the_published_count() {
    let count =
        |form: &dyn Fn(&dyn Cell) -> String| all().map(|cell| form(&*cell)).collect::<BTreeSet<_>>().len();
    assert_eq!(count(&published_form), 6466);
    assert_eq!(count(&merged_form), 4930);
    assert_eq!(count(&|cell| cell.canonical()), 5260);
}

/// Within a class, cells whose dead edges have no parameters cost the same.
#[test]
fn equal_cells_cost_the_same() {
    let mut costs: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut compared = 0;
    for cell in all().step_by(3) {
        let edges = cell.edges();
        if cell.reachability().dead_edges.iter().any(|&edge| edges[edge].op.starts_with("nor_conv")) {
            continue;
        }
        let found = cost(&cell.full(10).unwrap()).unwrap();
        let first = costs.entry(cell.canonical()).or_insert((found.params, found.flops));
        assert_eq!(*first, (found.params, found.flops), "{}", cell.text());
        compared += 1;
    }
    assert!(compared - costs.len() > 500, "{compared} cells of {} classes", costs.len());
}

#[test]
fn classes_list_their_members() {
    for index in (0..SIZE).step_by(97) {
        let cell = nasbench201().at(index).unwrap();
        let members = nasbench201().equal_cells(&*cell);
        assert!(members.iter().any(|member| member.index() == Some(index)));
        assert!(members.iter().is_sorted_by_key(|member| member.index()));
        assert!(members.iter().all(|member| member.canonical() == cell.canonical()));
    }
}

/// Cells that compute the same function may differ in NASGraph's degree, which counts parents.
#[test]
fn equal_cells_may_differ_in_degree() {
    let mut scorer = Scorer::new(1);
    let mut degree = |ops| {
        let network = cell(&text(ops)).surrogate(&SurrogateOptions::default()).unwrap();
        scorer.measures(&network).unwrap().average_degree
    };
    let (before, after) = (degree([3, 0, 0, 0, 1, 0]), degree([1, 0, 0, 0, 3, 0]));
    assert_eq!(cell(&text([3, 0, 0, 0, 1, 0])).canonical(), cell(&text([1, 0, 0, 0, 3, 0])).canonical());
    assert!((before - after).abs() > 1.0, "{before} {after}");
}

/// Whether paths exist, against a walk over all subsets of edges.
#[test]
fn reachability_is_what_paths_say() {
    const PATHS: [&[usize]; 4] = [&[3], &[0, 4], &[1, 5], &[0, 2, 5]];
    for cell in all() {
        let edges = cell.edges();
        let along = |path: &[usize], accept: &dyn Fn(&str) -> bool| path.iter().all(|&e| accept(edges[e].op));
        let open = |op: &str| op != "none";
        let free = |op: &str| op == "skip_connect" || op == "avg_pool_3x3";
        let reach = cell.reachability();
        assert_eq!(reach.connected, PATHS.iter().any(|path| along(path, &open)), "{}", cell.text());
        assert_eq!(reach.parameter_free, PATHS.iter().any(|path| along(path, &free)), "{}", cell.text());
        let dead: Vec<usize> =
            (0..6).filter(|e| !PATHS.iter().any(|path| path.contains(e) && along(path, &open))).collect();
        assert_eq!(reach.dead_edges, dead, "{}", cell.text());
    }
}

#[test]
fn options_out_of_range_are_refused() {
    let cell = nasbench201().at(0).unwrap();
    for (cells_per_stack, stem_channels) in [(0, 16), (17, 16), (1, 0), (1, 129), (usize::MAX, 16)] {
        let error = cell
            .surrogate(&SurrogateOptions { cells_per_stack, stem_channels, ..Default::default() })
            .err()
            .unwrap();
        assert!(error.to_string().contains("must be 1 to"), "{error}");
    }
    assert!(cell.full(0).is_err() && cell.full(1001).is_err() && cell.full(1).is_ok());
    assert!(space::find("nasbench202").err().unwrap().to_string().contains("nasbench201"));
    // A shuffled sample of the whole space is still the whole space.
    assert_eq!(Random::new(0).distinct(SIZE as u32, usize::MAX).len(), SIZE);
}
