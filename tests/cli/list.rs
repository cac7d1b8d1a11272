//! `list` and `sample`.

use crate::{run, run_with};
use cellscope::space;
use std::collections::HashSet;

#[test]
fn list_is_the_published_order_and_score_reads_it() {
    let list = run(&["list", "--space", "nasbench201"]);
    assert_eq!((list.status, list.err.as_str()), (0, ""));
    let space = space::find("nasbench201").unwrap();
    let lines: Vec<&str> = list.out.lines().collect();
    assert_eq!(lines.len(), 15_625);
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(space.parse(line).unwrap().index(), Some(index));
    }
    let (_, rows) = run_with(&["score", "--proxy", "cost"], list.out.as_bytes()).rows();
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), lines);
}

#[test]
fn samples_are_distinct_and_follow_the_seed() {
    let sample = |count: &str, seed: &str| {
        let run = run(&["sample", "--samples", count, "--seed", seed]);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        run.out
    };
    let drawn = sample("300", "9");
    let lines: Vec<&str> = drawn.lines().collect();
    assert_eq!(lines.len(), 300);
    assert_eq!(lines.iter().collect::<HashSet<_>>().len(), 300);
    let expected = space::find("nasbench201").unwrap().sample(300, 9);
    assert!(expected.iter().map(|cell| cell.text()).eq(lines.iter().copied()));
    assert_eq!(drawn, sample("300", "9"));
    assert_ne!(drawn, sample("300", "10"));
    assert_eq!(run(&["sample", "--samples", "4"]).out, sample("4", "0"));
    assert_eq!(sample("all", "1").lines().collect::<HashSet<_>>().len(), 15_625);
}
