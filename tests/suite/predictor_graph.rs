//! Operator graphs: cases written by hand, and a contraction that enumerates paths.

use cellscope::{
    predictor::{Form, NONE, OperatorGraph, SKIP},
    space::{self, Cell, SpaceError},
};

/// Texts and edges of a cell's graph, as `tgnas_graphs.csv` writes them.
fn written(cell: &dyn Cell, form: Form) -> (String, String) {
    let (graph, kept) = cell.operator_graph().expect("covered").in_form(form);
    assert_eq!(kept.len(), graph.nodes().len());
    let texts: Vec<&str> = graph.nodes().iter().map(|node| &*node.text).collect();
    let edges: Vec<String> = graph.edges().iter().map(|(s, t)| format!("{s}>{t}")).collect();
    (texts.join("|"), edges.join(" "))
}

#[test]
fn graphs_are_as_drawn_by_hand() {
    let rows = csv::Reader::from_path("tests/data/tgnas_graphs.csv").expect("a file").into_deserialize();
    let mut count = 0;
    for row in rows {
        let (space, arch, form, texts, edges): (String, String, String, String, String) = row.expect("a row");
        let space = space::find(&space).expect("known");
        let cell = space.parse(&arch).expect("a cell");
        let form = Form::find(&form).expect("a form");
        assert_eq!(written(&*cell, form), (texts, edges), "{arch} {form:?}");
        count += 1;
    }
    assert_eq!(count, 30);
}

#[test]
fn other_spaces_say_why_not() {
    let archs = [
        ("transnas101-macro", "64-1234-basic", "stages"),
        ("nds-enas", "", "NAS-Bench-101, NAS-Bench-201 and DARTS"),
    ];
    for (id, arch, why) in archs {
        let space = space::find(id).expect("known");
        let cell =
            if arch.is_empty() { space.sample(1, 0).remove(0) } else { space.parse(arch).expect("a cell") };
        match cell.operator_graph() {
            Err(SpaceError::NotCovered { message }) => {
                assert!(message.contains(why) && message.contains(space.label()), "{message}");
            }
            other => panic!("{other:?}"),
        }
        assert!(space.operator_texts().is_empty());
    }
}

#[test]
fn operations_have_the_texts_of_their_space() {
    for id in ["nasbench101", "nasbench201", "transnas101-micro", "nds-darts"] {
        let space = space::find(id).expect("known");
        assert_eq!(space.ops().len(), space.operator_texts().len());
        for cell in space.sample(50, 1) {
            for node in cell.operator_graph().expect("covered").nodes() {
                let Some(place) = space.ops().iter().position(|&op| op == node.op) else {
                    assert!(matches!(node.op, "input" | "output"));
                    continue;
                };
                assert_eq!(node.text, space.operator_texts()[place]);
            }
        }
    }
}

/// All paths from node to node of a graph, as lists of nodes.
fn paths(graph: &OperatorGraph, from: usize, to: usize) -> Vec<Vec<usize>> {
    if from == to {
        return vec![vec![to]];
    }
    let next = graph.edges().iter().filter(|edge| edge.0 == from);
    let onwards = next.flat_map(|edge| paths(graph, edge.1, to));
    onwards.map(|path| [vec![from], path].concat()).collect()
}

/// Two operators are joined if a path between them passes skips alone; an operator lives if it lies on a path from an
/// input to the output that meets no `None`.
#[test]
fn contraction_equals_the_enumeration_of_paths() {
    for (id, count) in [("nasbench201", 15_625), ("transnas101-micro", 4096), ("nds-darts", 300)] {
        let space = space::find(id).expect("known");
        for cell in space.sample(count, 0) {
            let full = cell.operator_graph().expect("covered");
            let (found, kept) = full.clone().in_form(Form::Contracted);
            let text = |node: usize| &*full.nodes()[node].text;
            let last = full.nodes().len() - 1;
            let inputs: Vec<usize> = (0..last).filter(|&node| text(node) == "Input").collect();
            let whole: Vec<Vec<usize>> = inputs
                .iter()
                .flat_map(|&input| paths(&full, input, last))
                .filter(|path| path.iter().all(|&node| text(node) != NONE))
                .collect();
            let mut alive: Vec<usize> =
                whole.iter().flatten().copied().filter(|&node| text(node) != SKIP).collect();
            if alive.is_empty() {
                alive = [inputs, vec![last]].concat();
            }
            alive.sort_unstable();
            alive.dedup();
            assert_eq!(kept, alive, "{}", cell.text());
            let mut edges = Vec::new();
            for path in &whole {
                let ops: Vec<usize> = path.iter().copied().filter(|&node| text(node) != SKIP).collect();
                let row = |node: usize| kept.iter().position(|&other| other == node).expect("alive");
                edges.extend(ops.windows(2).map(|pair| (row(pair[0]), row(pair[1]))));
            }
            edges.sort_unstable_by_key(|&(source, target)| (target, source));
            edges.dedup();
            assert_eq!(found.edges(), edges, "{}", cell.text());
            if id != "nds-darts" {
                assert_eq!(!edges.is_empty(), cell.reachability().connected);
            }
        }
    }
}
