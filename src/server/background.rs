//! Work that takes longer than a message, away from the workers, whose answers somebody waits for.
//!
//! There are two ways. [`lookup`] is for what takes some milliseconds, such as a search: as many run as
//! threads are free, at the priority of the workers. A [`Lane`] is for what takes a core and much memory
//! for as long as thousands of messages, which is compiling, checking and trying lexicons: one at a
//! time, giving way to the workers, and with few that wait. Drafts and reloads have a lane each, so that
//! nobody who tries drafts keeps an edit from being loaded or rolled back.

use super::error::{ApiError, Code};
use actix_web::web;
use std::sync::Arc;
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};
use tokio::sync::{Semaphore, oneshot};

/// Between 0, the lowest, and 99; on Linux a niceness of 10, a tenth of the share of a worker.
const LOWER: u8 = 22;
/// Requests that wait for their turn in a lane. Each holds its files in memory and its client at the
/// other end, so that more of them are better told to come again.
const WAITING: usize = 8;

/// Where long work is done, one request after the other.
#[derive(Debug)]
pub(super) struct Lane {
    /// One for each request that works or waits.
    places: Arc<Semaphore>,
    /// Held by the one that works.
    turn: Arc<Semaphore>,
}

impl Lane {
    pub(super) fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(WAITING + 1)), turn: Arc::new(Semaphore::new(1)) }
    }

    /// Runs `work` on a thread of its own once it has its turn; [`Code::Busy`] where too many wait.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| ApiError::new(Code::Busy))?;
        let turn = Arc::clone(&self.turn).acquire_owned().await;
        let turn = turn.map_err(|_| ApiError::new(Code::Internal))?;
        let (sender, done) = oneshot::channel();
        let thread = std::thread::Builder::new().name("lexicon-load".to_owned());
        // The thread holds turn and place, since it works on where whoever asked has gone.
        let spawned = thread.spawn(move || {
            give_way();
            let result = work();
            drop((turn, place));
            drop(sender.send(result));
        });
        spawned.map_err(|_| ApiError::new(Code::Internal))?;
        done.await.map_err(|_| ApiError::new(Code::Internal))
    }
}

/// Runs what takes some milliseconds on a thread of the pool, while the worker answers others.
pub(super) async fn lookup<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    web::block(work).await.map_err(|_| ApiError::new(Code::Internal))
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
