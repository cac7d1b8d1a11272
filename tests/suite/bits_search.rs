//! A search has the same rows, to the bit, in native code and in WebAssembly: this file runs in both, and the expected
//! lines are those of `data/search_bits.csv`.

use cellscope::{
    known::KnownTable,
    method::{Evaluator, Proxy, Settings},
    search::{Landscape, Method, Move, Options, ProxyGuide, Run, Scores, best_of},
    space,
    stats::Better,
};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
/// FNV-1a over words.
fn digest(words: impl IntoIterator<Item = u64>) -> u64 {
    let bytes = words.into_iter().flat_map(u64::to_le_bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One line a search: its name, its last cell and best accuracy, and a digest of all its rows.
fn lines() -> Vec<String> {
    let table = KnownTable::read(include_bytes!("../../www/data/nasbench201.known")).unwrap();
    let accuracy = table.column("cifar10valid_val_acc").unwrap();
    let space = space::find("nasbench201").unwrap();
    let landscape = Landscape::of_space(space, accuracy, Better::Larger).unwrap();
    let mut lines = Vec::new();
    for method in Method::ALL {
        for (warmup, guided_move) in
            [(0, None), (200, None), (0, Some(Move::Parent)), (100, Some(Move::Children))]
        {
            if method == Method::Random && guided_move.is_some() {
                continue;
            }
            let options = Options { budget: 120, warmup, guided_move, ..Options::new(method) };
            let (evaluator, scores) = (Evaluator::new(Settings::default()), Scores::new(landscape.cells()));
            let mut guide = ProxyGuide::new(space, degree(), evaluator, scores);
            let run = Run::new(&landscape, &options, 42, 3).unwrap();
            let rows = run.rows(&landscape, Some(&mut guide)).unwrap();
            let words = rows.iter().flat_map(|row| {
                let numbers = [row.score, row.accuracy, row.best].map(f64::to_bits);
                [row.step as u64, u64::from(row.cell), numbers[0], numbers[1], numbers[2]]
            });
            let found = digest(words);
            let way = guided_move.map_or("none", Move::id);
            let last = rows[rows.len() - 1];
            lines.push(format!("{},{warmup},{way},{},{},{found:016x}", method.id(), last.cell, last.best));
        }
    }
    let params = table.column("params_m").unwrap();
    let found = best_of((params, Better::Larger), (accuracy, Better::Larger), 200, 50, 42).unwrap();
    let words = found.picks.iter().map(|pick| pick.accuracy.to_bits());
    let words = words.chain([found.mean.to_bits(), found.sd.to_bits(), found.mean_rank.to_bits()]);
    lines.push(format!("best-of,200,none,{},{},{:016x}", found.chosen, found.mean, digest(words)));
    lines
}

#[test]
fn searches_have_the_same_bits() {
    let found = lines();
    let mut stored = include_str!("../data/search_bits.csv").lines();
    assert_eq!(stored.next(), Some("method,warmup,move,last_cell,best_accuracy,digest"));
    assert!(stored.eq(found.iter().map(String::as_str)), "found:\n{}", found.join("\n"));
}

fn degree() -> Proxy {
    Proxy::find("average_degree").unwrap()
}
