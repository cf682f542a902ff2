//! A corpus on all cores, with a progress bar.

use indicatif::{ProgressBar, ProgressStyle};

/// Messages that a thread reads between two moves of the progress bar.
const CHUNK: usize = 1_000;

/// Reads messages in parts; `append` joins what parts gave in the order of the corpus, and is told
/// where the messages of the later one begin.
pub(super) fn in_parts<M: Sync, T: Default + Send>(
    messages: &[M],
    read: impl Fn(&[M]) -> T + Sync,
    append: impl Fn(&mut T, T, usize) + Sync,
) -> T {
    let bar = ProgressBar::new(messages.len() as u64);
    let template = "{bar:40.cyan/dim} {pos}/{len} messages  {elapsed} elapsed, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = messages.len().div_ceil(workers).max(1);
    let mut whole = T::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = messages
            .chunks(share)
            .map(|part| {
                let (bar, read, append) = (&bar, &read, &append);
                scope.spawn(move || {
                    let mut joined = T::default();
                    for (number, chunk) in part.chunks(CHUNK).enumerate() {
                        append(&mut joined, read(chunk), number * CHUNK);
                        bar.inc(chunk.len() as u64);
                    }
                    joined
                })
            })
            .collect();
        for (number, thread) in threads.into_iter().enumerate() {
            let part = thread.join().expect("reading cannot panic: a bug in analysis");
            append(&mut whole, part, number * share);
        }
    });
    bar.finish_and_clear();
    whole
}
