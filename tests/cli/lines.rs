//! Reading lines: what is skipped, what is refused, and how that is said.

use crate::{CELL, program, run, run_with};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

const COST: [&str; 3] = ["score", "--proxy", "cost"];

#[test]
fn bad_lines_are_named_and_the_others_scored() {
    let mut input = format!("\u{feff}{CELL}\r\n\r\n  \t\nfoo\n").into_bytes();
    input.extend(b"|nor_conv_3x3~0|+|none~0|skip~1|+|skip_connect~0|none~1|none~2|\n");
    input.extend(b"|none\xff~0|\n");
    input.extend(format!("  {CELL}").as_bytes());
    let run = run_with(&COST, &input);
    assert_eq!(run.status, 1);
    let (_, rows) = run.rows_despite_messages();
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), [CELL, CELL]);
    let messages: Vec<&str> = run.err.lines().collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(messages[0].starts_with("line 4, column 1: ") && messages[0].contains("`f`"));
    assert!(messages[1].starts_with("line 5, column 26: ") && messages[1].contains("`skip`"));
    assert!(messages[2].starts_with("line 6, column 6: ") && messages[2].contains("0xff"));
}

#[test]
fn an_empty_input_has_a_header_only() {
    for input in ["", "\n\n \n", "\u{feff}"] {
        assert_eq!(run_with(&COST, input.as_bytes()).rows().1, Vec::<Vec<String>>::new());
    }
}

#[test]
fn long_lines_are_quoted_in_part() {
    let long = "x".repeat(1_000_000);
    let cut_off = format!("|nor_conv_3x3~0|+|none~0|{}~1|", "y".repeat(700));
    let after_the_end = format!("{CELL}{}", "|z".repeat(400));
    let input = [&long, &cut_off, &after_the_end, CELL].join("\n");
    let run = run_with(&COST, input.as_bytes());
    assert_eq!(run.status, 1);
    assert_eq!(run.out.lines().count(), 2);
    let messages: Vec<&str> = run.err.lines().collect();
    assert_eq!(messages.len(), 3);
    for (message, place) in
        messages.iter().zip(["line 1, column 1: ", "line 2, column 26: ", "line 3, column 80: "])
    {
        assert!(message.starts_with(place), "{message}");
        for letter in ["x", "y", "|z"] {
            assert!(message.matches(letter).count() * letter.len() <= 82, "{message}");
        }
    }
}

#[test]
fn control_characters_are_shown_and_not_obeyed() {
    let run = run_with(&COST, format!("{CELL}\x1b[31mred\n\x07\n").as_bytes());
    assert_eq!(run.status, 1);
    assert!(!run.err.contains(['\x1b', '\x07']), "{}", run.err);
    assert!(run.err.contains("red"), "{}", run.err);
}

#[test]
fn files_are_read_as_standard_input_is() {
    let file = std::env::temp_dir().join(format!("cellscope-lines-{}.txt", std::process::id()));
    fs::write(&file, format!("{CELL}\n{CELL}\n")).unwrap();
    let name = file.to_str().unwrap();
    let from_file = run(&["score", "--proxy", "nasgraph", "--input", name]);
    let from_stdin = run_with(&["score", "--proxy", "nasgraph"], &fs::read(&file).unwrap());
    fs::remove_file(&file).unwrap();
    assert_eq!(from_file.rows().1.len(), 2);
    assert_eq!(from_file.out, from_stdin.out);
    run(&["score", "--proxy", "nasgraph", "--input", name]).assert_refused(&["cannot read", name]);
}

#[test]
fn rows_come_while_the_input_is_open() {
    let mut child = program(&COST).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "arch,params,flops");
    for _ in 0..3 {
        writeln!(stdin, "{CELL}").unwrap();
        stdin.flush().unwrap();
        assert!(lines.next().unwrap().unwrap().starts_with(CELL));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [["list"].as_slice(), &["graph", CELL], &["sample", "--samples", "all"]] {
        let mut child = program(arguments).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.ends_with('\n'));
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{arguments:?}");
    }
}
