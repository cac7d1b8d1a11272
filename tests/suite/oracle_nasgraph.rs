//! NASGraph against a slow and obvious version of itself, and its graphs against petgraph's counts.

use crate::common::slow_nasgraph as slow;

use cellscope::{
    nasgraph::{ChannelGraph, Scorer},
    network::Network,
    random::Random,
    space::{self, SurrogateOptions},
};
use petgraph::{Direction, algo::is_cyclic_directed, graph::DiGraph};
use std::collections::BTreeMap;

fn network(text: &str, cells_per_stack: usize, stem_channels: usize) -> Network {
    let cell = space::find("nasbench201").unwrap().parse(text).unwrap();
    cell.surrogate(&SurrogateOptions { cells_per_stack, stem_channels, ..Default::default() }).unwrap()
}

fn random_cells(count: usize, seed: u64) -> Vec<String> {
    space::find("nasbench201").unwrap().sample(count, seed).iter().map(|cell| cell.text()).collect()
}

fn named(graph: &ChannelGraph) -> slow::Edges {
    let name = |node: u32| {
        let node = graph.nodes[node as usize];
        (node.layer as usize, node.channel as usize)
    };
    graph.edges.iter().map(|edge| ((name(edge.source), name(edge.target)), edge.weight)).collect()
}

/// Compares everything about one graph; returns its number of edges.
fn compare(scorer: &mut Scorer, text: &str, cells_per_stack: usize, stem_channels: usize) -> usize {
    let seed = scorer.seed();
    let case = format!("{text}, seed {seed}, {cells_per_stack} cells, {stem_channels} channels");
    let slow = slow::channel_graph(text, seed, cells_per_stack, stem_channels);
    let network = network(text, cells_per_stack, stem_channels);
    let graph = scorer.graph(&network).unwrap();
    assert_eq!(scorer.measures(&network).unwrap(), graph.measures, "{case}");
    let fast = named(&graph);
    assert_eq!(fast.len(), graph.edges.len(), "an edge twice: {case}");
    assert!(fast.keys().eq(slow.keys()), "{case}: {} edges, not {}", fast.len(), slow.len());
    for (ends, weight) in &slow {
        assert!((fast[ends] - weight).abs() <= 1e-9 * weight.abs(), "{case}: {ends:?}");
    }
    let mut degrees: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (source, target) in slow.keys() {
        *degrees.entry(*source).or_default() += 1.0;
        *degrees.entry(*target).or_default() += 1.0;
    }
    let nodes: Vec<_> = graph.nodes.iter().map(|node| (node.layer as usize, node.channel as usize)).collect();
    assert!(nodes.iter().eq(degrees.keys()), "{case}");
    let m = &graph.measures;
    assert_eq!((m.nodes, m.edges), (degrees.len() as u64, slow.len() as u64), "{case}");
    let found = [m.average_degree, m.density, m.resilience, m.entropy, m.wedge, m.gini];
    for (found, slow) in found.into_iter().zip(slow::measures(degrees.into_values().collect())) {
        assert!((found - slow).abs() <= 1e-9 * slow.abs().max(1e-3), "{case}: {found} is not {slow}");
    }
    slow.len()
}

/// Stems whose layers have weight counts below 16, not multiples of 16 and multiples of 16.
#[test]
fn small_stems_of_every_kind() {
    let mut edges = 0;
    for (seed, stem) in [(1, 1), (0, 2), (2, 3), (3, 4), (1, 5), (12345, 6), (4_294_967_295, 7)] {
        let mut scorer = Scorer::new(seed);
        for text in random_cells(4, u64::from(seed) + stem as u64) {
            edges += compare(&mut scorer, &text, 1, stem);
        }
    }
    assert!(edges > 5_000);
}

#[test]
fn several_cells_a_stack() {
    let mut random = Random::new(9);
    for (cells_per_stack, stem) in [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)] {
        let mut scorer = Scorer::new(random.below(1_000_000));
        for text in random_cells(2, cells_per_stack as u64 * 10 + stem as u64) {
            compare(&mut scorer, &text, cells_per_stack, stem);
        }
    }
}

#[test]
fn a_wider_stem_with_ragged_counts() {
    // 12 channels: 144 · 9 weights are a multiple of 16, 3 · 12 · 9 are not.
    let text = "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|";
    assert!(compare(&mut Scorer::new(7), text, 1, 12) > 2_000);
}

#[test]
fn cells_of_one_operation() {
    for op in ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"] {
        let text = format!("|{op}~0|+|{op}~0|{op}~1|+|{op}~0|{op}~1|{op}~2|");
        compare(&mut Scorer::new(5), &text, 1, 3);
    }
}

/// A scorer that has seen other networks gives what a new one gives.
#[test]
fn memory_does_not_show() {
    let mut used = Scorer::new(3);
    for (text, stem) in random_cells(12, 5).iter().zip([16, 5, 8, 3, 16, 7].into_iter().cycle()) {
        let network = network(text, 1, stem);
        assert_eq!(used.graph(&network), Scorer::new(3).graph(&network), "{text}, {stem} channels");
        assert_eq!(used.measures(&network), Scorer::new(3).measures(&network), "{text}, {stem} channels");
    }
}

#[test]
fn petgraph_counts_the_same() {
    for (text, (seed, stem)) in
        random_cells(10, 11).iter().zip([(1, 16), (2, 3), (3, 8), (4, 1), (5, 5)].into_iter().cycle())
    {
        let ours = Scorer::new(seed).graph(&network(text, 1, stem)).unwrap();
        let mut graph = DiGraph::<(u32, u32), f64>::new();
        let nodes: Vec<_> = ours.nodes.iter().map(|n| graph.add_node((n.layer, n.channel))).collect();
        for edge in &ours.edges {
            graph.add_edge(nodes[edge.source as usize], nodes[edge.target as usize], edge.weight);
        }
        assert_eq!(graph.node_count() as u64, ours.measures.nodes, "{text}");
        assert_eq!(graph.edge_count() as u64, ours.measures.edges, "{text}");
        assert!(!is_cyclic_directed(&graph), "{text}");
        let mut total = 0;
        for (&node, ours) in nodes.iter().zip(&ours.nodes) {
            let degree = |direction| graph.edges_directed(node, direction).count() as u32;
            assert_eq!((degree(Direction::Incoming), degree(Direction::Outgoing)), (ours.into, ours.out));
            assert!(ours.into + ours.out > 0);
            total += u64::from(ours.into + ours.out);
        }
        assert_eq!(total, 2 * ours.measures.edges);
        assert_eq!(ours.measures.average_degree, total as f64 / ours.measures.nodes as f64);
    }
}

/// Between two layers the weights add up to 1.
#[test]
fn weights_are_shares() {
    for text in random_cells(5, 2) {
        let graph = Scorer::new(1).graph(&network(&text, 1, 16)).unwrap();
        let mut shares: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for edge in &graph.edges {
            let layer = |node: u32| graph.nodes[node as usize].layer;
            *shares.entry((layer(edge.source), layer(edge.target))).or_default() += edge.weight;
        }
        assert!(shares.len() > 15);
        assert!(shares.values().all(|share| (share - 1.0).abs() < 1e-12), "{text}: {shares:?}");
    }
}

/// The explanation of a pair agrees with the graph: every pair of a sample, edge or not.
#[test]
fn explanations_agree_with_the_graph() {
    let mut random = Random::new(4);
    let (mut edges, mut gaps) = (0, 0);
    for text in random_cells(6, 8) {
        let network = network(&text, 1, 4);
        let mut scorer = Scorer::new(2);
        let weights = named(&scorer.graph(&network).unwrap());
        for (id, layer) in network.layers() {
            for parent in network.parents(id) {
                let pair = (
                    (parent.index(), random.below(network.layer(parent).output.channels as u32) as usize),
                    (id.index(), random.below(layer.output.channels as u32) as usize),
                );
                let why = scorer.explain(&network, pair.0, pair.1).unwrap();
                assert_eq!(why.exists(), weights.contains_key(&pair), "{text}: {pair:?}");
                assert_eq!(why.weight(), weights.get(&pair).copied().unwrap_or(0.0), "{text}: {pair:?}");
                let sum: f64 = why.partial_sums.iter().map(|p| p.positions as f64 * p.sum.max(0.0)).sum();
                assert!(
                    why.partial_sums.is_empty() || (sum - why.score).abs() <= 1e-9 * sum,
                    "{text}: {pair:?}"
                );
                *(if why.exists() { &mut edges } else { &mut gaps }) += 1;
            }
        }
    }
    assert!(edges > 50 && gaps > 50);
}

#[test]
fn explanations_refuse_pairs_that_are_none() {
    let network = network(&random_cells(1, 0)[0], 1, 2);
    let mut scorer = Scorer::new(1);
    for (source, target) in
        [((0, 0), (0, 0)), ((0, 3), (1, 0)), ((0, 0), (1, 2)), ((0, 0), (5, 0)), ((0, 0), (99, 0))]
    {
        assert!(scorer.explain(&network, source, target).is_err(), "{source:?} {target:?}");
    }
    let last = network.len();
    assert!(scorer.explain(&network, (last, 0), (last, 0)).is_err());
}
