//! Work that takes as long as many messages: compiling and checking lexicons.

use super::error::{ApiError, Code};
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};
use tokio::sync::oneshot;

/// Between 0, the lowest, and 99; on Linux a niceness of 10, a tenth of the share of a worker.
const LOWER: u8 = 22;

/// Runs `work` on a thread of its own that gives way to the workers, whose answers somebody waits for.
pub(super) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    let (sender, done) = oneshot::channel();
    let thread = std::thread::Builder::new().name("lexicon-load".to_owned());
    let spawned = thread.spawn(move || {
        give_way();
        // Whoever asked may have gone.
        drop(sender.send(work()));
    });
    spawned.map_err(|_| ApiError::new(Code::Internal))?;
    done.await.map_err(|_| ApiError::new(Code::Internal))
}

/// Lowers the priority of this thread for the rest of its life. Not to the lowest: on a busy machine an
/// edit would then never be loaded.
pub(super) fn give_way() {
    let lower = ThreadPriorityValue::try_from(LOWER).map(ThreadPriority::Crossplatform);
    let lowered = lower.is_ok_and(|lower| set_current_thread_priority(lower).is_ok());
    if !lowered {
        tracing::debug!("lexicons are compiled at the priority of the workers");
    }
}
