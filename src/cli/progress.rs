//! Messages and progress, on standard error.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// Time between two updates.
const PAUSE: Duration = Duration::from_millis(200);

/// Writes a line to standard error; control characters are shown, not obeyed. A closed standard error is no error.
pub fn message(text: &str) {
    let shown: String = text
        .chars()
        .flat_map(|c| {
            let control = c.is_control() && c != '\n';
            let escaped = control.then(|| c.escape_default());
            escaped.into_iter().flatten().chain((!control).then_some(c))
        })
        .collect();
    let _ = writeln!(io::stderr(), "{shown}");
}

/// A counter that is shown while it grows, if standard error is a terminal.
pub struct Progress {
    what: String,
    total: Option<usize>,
    done: usize,
    /// `None`: not a terminal.
    next: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// A counter of `what` (in the plural), up to `total` where that is known.
    pub fn new(what: &str, total: Option<usize>) -> Self {
        let next = io::stderr().is_terminal().then(|| Instant::now() + PAUSE);
        Self { what: what.to_owned(), total, done: 0, next, is_shown: false }
    }

    /// A counter that grows while rows are printed: not shown where these go to a terminal, being progress enough.
    pub fn beside_rows(what: &str) -> Self {
        let mut progress = Self::new(what, None);
        if io::stdout().is_terminal() {
            progress.next = None;
        }
        progress
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        if self.next.is_some_and(|next| Instant::now() >= next) {
            let of = self.total.map(|total| format!(" of {total}")).unwrap_or_default();
            let _ = write!(io::stderr(), "\r{}{of} {}", self.done, self.what);
            self.next = Some(Instant::now() + PAUSE);
            self.is_shown = true;
        }
    }

    /// Writes a message on a line of its own.
    pub fn message(&mut self, text: &str) {
        self.clear();
        message(text);
    }

    fn clear(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
            self.is_shown = false;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
