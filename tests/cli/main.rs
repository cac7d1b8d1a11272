//! The command-line program, run as its users run it: columns, figures, messages, exit status.

mod correlate;
mod graph;
mod lines;
mod list;
mod rank;
mod score;
mod search;
mod spaces;
mod tgnas;
mod usage;

use std::{
    io::Write,
    process::{Command, Stdio},
    thread,
};

/// A cell whose ε is defined.
const CELL: &str = "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|avg_pool_3x3~2|";

/// What a run of the program gave.
struct Run {
    status: i32,
    out: String,
    err: String,
}

/// Runs the program with arguments and an input.
fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = program(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A run that refuses its arguments does not read.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        status: output.status.code().expect("ended by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cellscope"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Run {
    /// The results of a run without any complaint: header and rows.
    fn rows(&self) -> (Vec<String>, Vec<Vec<String>>) {
        assert_eq!((self.status, self.err.as_str()), (0, ""));
        self.rows_despite_messages()
    }

    fn rows_despite_messages(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::ReaderBuilder::new().from_reader(self.out.as_bytes());
        let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
        let header = texts(reader.headers().unwrap());
        let rows = reader.records().map(|record| texts(&record.unwrap())).collect();
        (header, rows)
    }

    /// Refused as wrong usage, without results; the message holds all of the words.
    fn assert_refused(&self, words: &[&str]) {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
    }
}

/// A float, and that it is the shortest text of its bits.
fn float(text: &str) -> f64 {
    let value: f64 = text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"));
    assert!([value.to_string(), format!("{value:e}")].contains(&text.to_owned()), "{text}");
    value
}

fn close(found: f64, expected: f64, relative: f64) -> bool {
    (found - expected).abs() <= relative * expected.abs()
}
