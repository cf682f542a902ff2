//! Threads that run the classifier, each with a session of its own.
//!
//! Apart from the workers because a graph cannot be interrupted: a worker waits for a verdict no
//! longer than the deadline and answers without it. A message that finds the queue full is not
//! queued; one whose deadline has passed is not classified any more.

use crate::analysis::Opinion;
use crate::classifier::{Classifier, ClassifierError, Session};
use crate::domain::Warning;
use crate::settings::ClassifierSettings;
use crossbeam_channel::{Receiver, Sender, TrySendError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, oneshot};

/// A message that waits for its verdict.
struct Job {
    text: String,
    due: Instant,
    opinion: oneshot::Sender<Opinion>,
}

/// The threads that run the classifier. They end when this is dropped.
#[derive(Debug)]
pub(super) struct Classifiers {
    queue: Sender<Job>,
    deadline: Duration,
    threads: usize,
    /// One for each thread, for messages of batches: those can wait for their turn, and must not
    /// fill the queue before the messages of a chat.
    turns: Semaphore,
}

impl Classifiers {
    /// Opens a session for every thread; when this returns all of them are ready.
    pub(super) fn start(
        classifier: &Arc<Classifier>,
        settings: &ClassifierSettings,
    ) -> Result<Self, ClassifierError> {
        let threads = match settings.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let (queue, jobs) = crossbeam_channel::bounded(settings.queue);
        let (ready, opened) = crossbeam_channel::bounded(threads);
        for number in 0..threads {
            let (classifier, jobs, ready) = (Arc::clone(classifier), jobs.clone(), ready.clone());
            let thread = std::thread::Builder::new().name(format!("classifier-{number}"));
            let spawned = thread.spawn(move || match classifier.session() {
                Ok(session) => {
                    // Whoever started us has gone only if another session failed to open.
                    if ready.send(Ok(())).is_ok() {
                        run(&classifier, session, &jobs);
                    }
                }
                Err(error) => drop(ready.send(Err(error))),
            });
            spawned.map_err(|error| ClassifierError::Run(format!("no thread for it: {error}")))?;
        }
        drop(ready);
        for opened in opened.iter().take(threads) {
            opened?;
        }
        let turns = Semaphore::new(threads);
        Ok(Self { queue, deadline: settings.deadline, threads, turns })
    }

    /// How many messages can be judged at once.
    pub(super) const fn threads(&self) -> usize {
        self.threads
    }

    /// [`Self::ask`] once a thread is free of other batches; the deadline begins then.
    pub(super) async fn ask_in_turn(&self, text: &str) -> Opinion {
        // The semaphore is never closed, and without a turn the message is still answered.
        let _turn = self.turns.acquire().await;
        self.ask(text).await
    }

    /// The verdict on a message, or why there is none. Never takes longer than the deadline.
    pub(super) async fn ask(&self, text: &str) -> Opinion {
        let (sender, answer) = oneshot::channel();
        let due = Instant::now() + self.deadline;
        let job = Job { text: text.to_owned(), due, opinion: sender };
        match self.queue.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Opinion::Missed(Warning::ClassifierSkipped),
            Err(TrySendError::Disconnected(_)) => {
                return Opinion::Missed(Warning::ClassifierFailed);
            }
        }
        match actix_web::rt::time::timeout(self.deadline, answer).await {
            Ok(Ok(opinion)) => opinion,
            Ok(Err(_)) | Err(_) => Opinion::Missed(Warning::ClassifierLate),
        }
    }
}

/// Judges messages until the queue is closed.
fn run(classifier: &Classifier, session: Session, jobs: &Receiver<Job>) {
    let mut session = Some(session);
    let mut failures = 0_u64;
    for job in jobs {
        // Nobody waits any more; dropping the job tells whoever does.
        if Instant::now() >= job.due {
            continue;
        }
        let said = match &mut session {
            // Tokenizers and libraries may panic. A panic of the embedded runtime ends the process;
            // what could cause one is found when the model is loaded.
            Some(open) => catch_unwind(AssertUnwindSafe(|| open.classify(&job.text)))
                .unwrap_or_else(|_| {
                    session = None;
                    Err(ClassifierError::Panicked)
                }),
            None => classifier.session().and_then(|open| session.insert(open).classify(&job.text)),
        };
        if let Err(error) = &said {
            failures += 1;
            // A broken model must not flood the log.
            if failures.is_power_of_two() {
                let model = classifier.name();
                tracing::warn!(model, failures, %error, "the classifier failed on a message");
            }
        }
        // The asker may have stopped waiting.
        drop(job.opinion.send(said.into()));
    }
}
