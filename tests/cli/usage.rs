//! Wrong usage: exit status 2, a message that says what is wrong, no results. And the help.

use crate::{CELL, run};

#[test]
fn unknown_names_get_the_known_ones_and_the_nearest() {
    let correlate = |proxy, target| run(&["correlate", "--proxy", proxy, "--target", target]);
    correlate("avg_degree", "cifar10_test_acc").assert_refused(&[
        "`avg_degree`",
        "Did you mean `average_degree`?",
        "nasgraph",
        "params",
        "synflow",
    ]);
    correlate("params", "cifar10_test").assert_refused(&[
        "`cifar10_test`",
        "Did you mean `cifar10_test_acc`?",
        "imagenet16_val_acc",
    ]);
    // A target is an accuracy, though any column may be a proxy.
    correlate("params", "synflow").assert_refused(&["no target `synflow`"]);
    correlate("params,nonsense", "cifar10_test_acc").assert_refused(&["`nonsense`"]);
    let long = "q".repeat(5000);
    let refused = correlate(&long, "cifar10_test_acc");
    refused.assert_refused(&["no proxy"]);
    assert!(refused.err.matches('q').count() < 100);
    run(&["rank", "--proxy", "degree", "--target", "x", CELL]).assert_refused(&["no proxy `degree`"]);
    run(&["list", "--space", "nasbench202"]).assert_refused(&["known: nasbench201", "did you mean"]);
    run(&["score", "--proxy", "nasgrap"]).assert_refused(&["nasgraph", "expected-degree", "epsilon", "cost"]);
    run(&["graph", "--format", "svg", CELL]).assert_refused(&["csv", "dot", "json"]);
}

#[test]
fn options_of_other_spaces_are_named() {
    for option in [["--layers", "8"], ["--init-channels", "8"], ["--task", "jigsaw"]] {
        for command in [["score", "--proxy", "cost"].as_slice(), &["graph", CELL]] {
            run(&[command, &option].concat()).assert_refused(&[option[0], "does not apply to nasbench201"]);
        }
    }
}

#[test]
fn numbers_out_of_range() {
    let score = ["score", "--proxy", "nasgraph"];
    for (option, value, word) in [
        ("--cells-per-stack", "0", "1 to 16"),
        ("--modules-per-stack", "17", "1 to 16"),
        ("--stem-channels", "129", "1 to 128"),
        ("--stem-channels", "99999999999999999999", "--stem-channels"),
        ("--stem-channels", "1.5", "--stem-channels"),
        ("--seed", "-1", "--seed"),
        ("--seed", "4294967296", "4294967295"),
        ("--threads", "0", "1..=256"),
        ("--batch", "leaves:0:0", "1 to 1024"),
        ("--batch", "noise:0:4", "randn, leaves, cifar10"),
        ("--weights", "1", "1e-7,1"),
        ("--weights", "0,1", "positive"),
        ("--weights", "1,NaN", "positive"),
        ("--weights", "2,1", "LOW must be less than HIGH"),
    ] {
        run(&[&score, [option, value].as_slice()].concat()).assert_refused(&[word]);
    }
    for (samples, word) in
        [("0", "positive"), ("15626", "1 to 15625"), ("-3", "--samples"), ("many", "`all`")]
    {
        let option = format!("--samples={samples}");
        run(&["sample", &option]).assert_refused(&[word]);
        run(&["correlate", "--proxy", "params", "--target", "cifar10_test_acc", &option])
            .assert_refused(&[word]);
    }
}

#[test]
fn missing_parts_and_unknown_words() {
    run(&["score"]).assert_refused(&["--proxy"]);
    run(&["sample"]).assert_refused(&["--samples"]);
    run(&["graph"]).assert_refused(&["ARCH"]);
    run(&["rank", "--proxy", "params", CELL]).assert_refused(&["--target"]);
    run(&["scores"]).assert_refused(&["scores"]);
    run(&["score", "--proxy", "cost", "--nonsense"]).assert_refused(&["--nonsense"]);
    run(&[]).assert_refused(&["Usage"]);
    run(&["convert-known", "--input", "/none", "--output", "a", "--more", "b"]).assert_refused(&["/none"]);
}

#[test]
fn help_teaches() {
    let help = |arguments: &[&str]| {
        let run = run(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        assert!(run.out.contains("Example"), "{}", run.out);
        run.out
    };
    let main = help(&["--help"]);
    for word in
        ["score", "graph", "list", "sample", "rank", "correlate", "search", "Exit status", "nor_conv_3x3"]
    {
        assert!(main.contains(word), "{word}");
    }
    assert!(!main.contains("convert-known"));
    for (command, columns) in [
        (
            "score",
            "nodes edges average_degree density resilience entropy wedge gini expected_degree sd epsilon reason",
        ),
        ("graph", "source target weight"),
        ("list", "index"),
        ("sample", "seed"),
        ("rank", "arch proxy score rank ties percentile true_rank cells larger per"),
        (
            "correlate",
            "proxy target cells defined spearman spearman_low spearman_high kendall kendall_low kendall_high \
             spearman_top10 kendall_top10 top10_overlap top64_in_top5",
        ),
        (
            "search",
            "run step arch score accuracy best_accuracy random ageing-evolution local-search children",
        ),
    ] {
        let text = help(&[command, "--help"]);
        for word in columns.split(' ') {
            assert!(text.to_lowercase().contains(word), "{command}: {word}");
        }
    }
}
