//! Cells of every space: texts read back, isomorphic cells are one, and no text makes anything panic.

use cellscope::space::{self, Cell, Space};
use proptest::prelude::*;

const OPS: [&str; 3] = ["conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3"];

fn nasbench101() -> &'static dyn Space {
    space::find("nasbench101").unwrap()
}

/// Vertices with edges to later ones, and the operations of the interior ones.
#[derive(Clone, Debug)]
struct Dag {
    edges: Vec<Vec<bool>>,
    ops: Vec<usize>,
}

impl Dag {
    fn vertices(&self) -> usize {
        self.edges.len()
    }

    fn names(&self) -> Vec<&'static str> {
        let interior = self.ops.iter().map(|&op| OPS[op]);
        std::iter::once("input").chain(interior).chain(["output"]).collect()
    }

    fn text(&self) -> String {
        let bits: String = self.edges.iter().flatten().map(|&edge| if edge { '1' } else { '0' }).collect();
        format!("{}:{bits}:{}", self.vertices(), self.names().join("|"))
    }

    fn cell(&self) -> Box<dyn Cell> {
        nasbench101().parse(&self.text()).unwrap()
    }

    fn json(&self, adjacency: &str, operations: &str) -> String {
        let rows: Vec<Vec<u8>> =
            self.edges.iter().map(|row| row.iter().map(|&edge| u8::from(edge)).collect()).collect();
        serde_json::json!({ adjacency: rows, operations: self.names() }).to_string()
    }

    /// The same cell with its interior vertices in another order that edges allow, chosen by `wishes`.
    fn relabelled(&self, wishes: &[u32]) -> Self {
        let last = self.vertices() - 1;
        let mut order = vec![0];
        while order.len() < last {
            let ready =
                |v: &usize| !order.contains(v) && (1..*v).all(|s| !self.edges[s][*v] || order.contains(&s));
            let next = (1..last).filter(ready).min_by_key(|&v| wishes[v]).expect("no cycles");
            order.push(next);
        }
        order.push(last);
        Dag {
            edges: order.iter().map(|&s| order.iter().map(|&t| self.edges[s][t]).collect()).collect(),
            ops: order[1..last].iter().map(|&v| self.ops[v - 1]).collect(),
        }
    }
}

/// A cell that the space accepts.
fn dags() -> impl Strategy<Value = Dag> {
    let dag = (2..=7_usize).prop_flat_map(|n| {
        let edges = prop::collection::vec(prop::collection::vec(prop::bool::weighted(0.45), n), n);
        (edges, prop::collection::vec(0..3_usize, n - 2)).prop_map(|(mut edges, ops)| {
            for (source, row) in edges.iter_mut().enumerate() {
                row.iter_mut().take(source + 1).for_each(|edge| *edge = false);
            }
            Dag { edges, ops }
        })
    });
    dag.prop_filter("not valid", |dag| nasbench101().parse(&dag.text()).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn isomorphic_cells_have_one_hash(dag in dags(), wishes in prop::collection::vec(any::<u32>(), 7)) {
        let cell = dag.cell();
        let other = nasbench101().parse(&dag.relabelled(&wishes).text()).unwrap();
        prop_assert_eq!(other.canonical(), cell.canonical());
        prop_assert_eq!(other.known_key().unwrap().class, cell.known_key().unwrap().class);
        prop_assert_eq!(other.edges().len(), cell.edges().len());
    }

    #[test]
    fn pruning_twice_is_pruning_once(dag in dags()) {
        let cell = dag.cell();
        let key = cell.known_key().unwrap();
        // A key holds the pruned cell.
        let pruned = nasbench101().cell_of_key(&[key.class.as_slice(), &key.form].concat()).unwrap();
        prop_assert_eq!(pruned.known_key(), Some(key));
        prop_assert_eq!(pruned.canonical(), cell.canonical());
        prop_assert!(pruned.reachability().dead_edges.is_empty());
        prop_assert_eq!(pruned.edges().len(), cell.edges().len() - cell.reachability().dead_edges.len());
    }

    #[test]
    fn nasbench101_reads_back(dag in dags()) {
        prop_assert_eq!(dag.cell().text(), dag.text());
        for (adjacency, operations) in
            [("module_adjacency", "module_operations"), ("original_matrix", "original_ops"), ("matrix", "ops")]
        {
            let read = nasbench101().parse(&dag.json(adjacency, operations)).unwrap();
            prop_assert_eq!(read.text(), dag.text());
        }
    }

    #[test]
    fn any_cell_reads_back(seed in any::<u64>()) {
        for space in space::all() {
            for cell in space.sample(3, seed) {
                let text = cell.text();
                let again = space.parse(&format!("\n {text}\t")).unwrap();
                prop_assert_eq!(again.text(), text);
                prop_assert_eq!(again.index(), cell.index());
                prop_assert_eq!(again.canonical(), cell.canonical());
                if let Some(key) = cell.known_key() {
                    prop_assert_eq!(again.known_key(), Some(key));
                }
            }
        }
    }

    /// What DARTS code prints is the same genotype as our JSON.
    #[test]
    fn genotypes_read_back_from_python(seed in any::<u64>()) {
        for space in space::all().iter().filter(|space| space.id().starts_with("nds-")) {
            for cell in space.sample(1, seed) {
                let json: serde_json::Value = serde_json::from_str(&cell.text()).unwrap();
                let pairs = |name: &str| {
                    let pair = |pair: &serde_json::Value| format!("('{}', {})", pair[0].as_str().unwrap(), pair[1]);
                    json[name].as_array().unwrap().iter().map(pair).collect::<Vec<_>>().join(", ")
                };
                let python = format!(
                    "Genotype(normal=[{}], normal_concat={}, reduce=[{}], reduce_concat={})",
                    pairs("normal"), json["normal_concat"], pairs("reduce"), json["reduce_concat"],
                );
                prop_assert_eq!(space.parse(&python).unwrap().text(), cell.text());
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}|[\\[\\](){}\"',:|0-9_~+ -]{0,60}") {
        for space in space::all() {
            refused(*space, &text);
        }
    }

    #[test]
    fn no_spoilt_text_makes_it_panic(
        seed in 0..50_u64,
        at in any::<prop::sample::Index>(),
        length in 0..6_usize,
        put in "\\PC{0,4}",
    ) {
        for space in space::all() {
            let mut text = space.sample(1, seed)[0].text();
            let from = at.index(text.len());
            text.replace_range(from..text.len().min(from + length), &put);
            if let Ok(cell) = space.parse(&text) {
                prop_assert!(space.parse(&cell.text()).is_ok());
            } else {
                refused(*space, &text);
            }
        }
    }
}

/// Checks that an error points into the text and quotes little of it; returns column and message.
fn refused(space: &dyn Space, text: &str) -> (usize, String) {
    let error = space.parse(text).err().unwrap_or_else(|| panic!("{} reads {text:?}", space.id()));
    let characters = text.chars().count();
    assert!((1..=characters + 1).contains(&error.column), "{}: column {}", space.id(), error.column);
    assert!(error.text.chars().count() <= 80 && error.message.chars().count() <= 400, "{}", error.message);
    assert!(!error.message.is_empty());
    (error.column, error.message)
}

/// Each line: a space (or `*` for all), the column at which the text is wrong (null if any), the text, and a part of the
/// message (null if any).
#[test]
fn hostile_texts_are_told() {
    let lines = include_str!("../data/hostile.jsonl").lines();
    let mut tried = 0;
    for line in lines {
        let (id, column, text, part): (String, Option<usize>, String, Option<String>) =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        for space in space::all().iter().filter(|space| id == "*" || space.id() == id) {
            let (found, message) = refused(*space, &text);
            assert!(column.is_none_or(|column| column == found), "{id}: {text}: column {found}, {message}");
            let part = part.as_deref().unwrap_or_default();
            assert!(message.contains(part), "{id}: {text}: {message}");
            tried += 1;
        }
    }
    assert!(tried >= 200, "{tried}");
}

#[test]
fn long_texts_are_told() {
    let million = 1_000_000;
    for space in space::all() {
        let cell = space.sample(1, 0)[0].text();
        for text in [
            "x".repeat(million),
            "é".repeat(million),
            "[".repeat(million),
            "{\"normal\":".repeat(million / 10),
            "Genotype(".repeat(million / 9),
            "7:".repeat(million / 2),
            "|".repeat(million),
            " ".repeat(million),
            cell.repeat(1 + million / cell.len()),
            format!("{cell}{}", "0".repeat(million)),
        ] {
            refused(*space, &text);
        }
    }
}
