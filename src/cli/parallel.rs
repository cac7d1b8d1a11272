//! Work on several threads, with results in the order of the input.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

/// Results that may wait for the consumer, for each thread.
const WAITING: usize = 64;

/// Applies a function to items on several threads and hands the results on in the order of the items.
///
/// Items are taken one at a time, as late as possible: an endless input is worked on as it comes, and the results do not
/// depend on the number of threads.
///
/// # Arguments
/// * `worker`: makes the function of one thread. It is called in that thread, so that what the function keeps (scorers,
///   buffers) never leaves it.
/// * `consume`: called in the calling thread; its first error ends the work.
pub fn in_order<I, O: Send, W: FnMut(I) -> O, E>(
    threads: usize,
    items: impl Iterator<Item = I> + Send,
    worker: impl Fn() -> W + Sync,
    mut consume: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    if threads <= 1 {
        return items.map(worker()).try_for_each(consume);
    }
    let source = Mutex::new(items.enumerate());
    let (sender, receiver) = mpsc::sync_channel(threads * WAITING);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, source, worker) = (sender.clone(), &source, &worker);
            scope.spawn(move || {
                let mut work = worker();
                let take = || source.lock().unwrap_or_else(PoisonError::into_inner).next();
                while let Some((place, item)) = take() {
                    // Refused when the consumer has given up.
                    if sender.send((place, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (place, result) in receiver {
            early.insert(place, result);
            while let Some(result) = early.remove(&next) {
                consume(result)?;
                next += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept() {
        for threads in [1, 2, 7] {
            let mut found = Vec::new();
            let slow_start = |i: usize| {
                if i == 0 {
                    thread::sleep(std::time::Duration::from_millis(20));
                }
                i * i
            };
            let done = in_order(
                threads,
                0..500,
                || slow_start,
                |square| -> Result<(), ()> {
                    found.push(square);
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(found, (0..500).map(|i| i * i).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_endless_work() {
        for threads in [1, 3] {
            let done = in_order(threads, 0.., || |i: usize| i, |i| if i < 50 { Ok(()) } else { Err(i) });
            assert_eq!(done, Err(50));
        }
    }
}
