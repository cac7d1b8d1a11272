//! The command-line program `cellscope`. See `cellscope --help`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
