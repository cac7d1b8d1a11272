//! Bits of NASGraph, run natively and in the browser: counts, measures and the whole edge list of many networks.

use cellscope::{
    nasgraph::{ChannelGraph, Scorer, expected_degree},
    space::{self, SurrogateOptions},
};

/// What native code gave. To write it anew: `CELLSCOPE_WRITE_BITS=1 cargo test --test suite bits_nasgraph`.
pub const BITS: &str = include_str!("../../data/nasgraph_bits.csv");

const HEADER: &str = "space,arch,seed,cells_per_stack,stem_channels,nodes,edges,average_degree,density,resilience,\
                      entropy,wedge,gini,expected_degree,expected_sd,edge_list";

/// The table, one line a network; floats as their bits in hexadecimal.
pub fn table() -> String {
    let mut lines = vec![HEADER.to_owned()];
    let settings =
        [(0, 1, 16), (1, 1, 16), (1, 2, 5), (7, 1, 8), (12345, 3, 3), (4_294_967_295, 1, 1), (2, 1, 12)];
    let cells = space::find("nasbench201").unwrap().sample(42, 2);
    for (cell, &(seed, cells_per_stack, stem_channels)) in cells.iter().zip(settings.iter().cycle()) {
        let options = SurrogateOptions { cells_per_stack, stem_channels, ..Default::default() };
        lines.push(line("nasbench201", &**cell, seed, options));
    }
    for space in &space::all()[1..] {
        for cell in space.sample(2, 5) {
            let options = SurrogateOptions { stem_channels: 8, ..Default::default() };
            lines.push(line(space.id(), &*cell, 1, options));
        }
    }
    lines.join("\n") + "\n"
}

fn line(space: &str, cell: &dyn space::Cell, seed: u32, options: SurrogateOptions) -> String {
    let network = cell.surrogate(&options).unwrap();
    let graph = Scorer::new(seed).graph(&network).unwrap();
    let m = &graph.measures;
    let expected = expected_degree(&network).map_or([f64::NAN; 2], |e| [e.mean, e.sd]);
    let floats = [m.average_degree, m.density, m.resilience, m.entropy, m.wedge, m.gini];
    let mut fields = vec![
        space.to_owned(),
        format!("\"{}\"", cell.text().replace('"', "\"\"")),
        seed.to_string(),
        options.cells_per_stack.to_string(),
        options.stem_channels.to_string(),
        m.nodes.to_string(),
        m.edges.to_string(),
    ];
    let bits = |value: f64| if value.is_nan() { String::new() } else { format!("{:016x}", value.to_bits()) };
    fields.extend(floats.into_iter().chain(expected).map(bits));
    fields.push(format!("{:016x}", digest(&graph)));
    fields.join(",")
}

/// FNV-1a over the ends and the bits of the weight of every edge.
fn digest(graph: &ChannelGraph) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |value: u64| {
        for byte in value.to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for edge in &graph.edges {
        for node in [edge.source, edge.target] {
            let node = graph.nodes[node as usize];
            add(u64::from(node.layer) << 32 | u64::from(node.channel));
        }
        add(edge.weight.to_bits());
    }
    hash
}

/// Compares line by line; returns the number of networks.
pub fn equal_bits() -> usize {
    let found = table();
    for (found, known) in found.lines().zip(BITS.lines()) {
        assert_eq!(found, known);
    }
    assert_eq!(found.lines().count(), BITS.lines().count());
    found.lines().count() - 1
}
