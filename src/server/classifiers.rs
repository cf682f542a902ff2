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
use tokio::sync::oneshot;

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
        Ok(Self { queue, deadline: settings.deadline, threads })
    }

    /// How many messages can be judged at once.
    pub(super) const fn threads(&self) -> usize {
        self.threads
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
    for job in jobs {
        // Nobody waits any more; dropping the job tells whoever does.
        if Instant::now() >= job.due {
            continue;
        }
        let judged = session.as_mut().map(|session| {
            // A graph that panics costs this message its verdict and the thread its session.
            catch_unwind(AssertUnwindSafe(|| session.classify(&job.text)))
        });
        let opinion = if let Some(Ok(said)) = judged {
            said.into()
        } else {
            session = classifier.session().ok();
            Opinion::Missed(Warning::ClassifierFailed)
        };
        if opinion == Opinion::Missed(Warning::ClassifierFailed) {
            tracing::warn!(model = classifier.name(), "the classifier failed on a message");
        }
        // The asker may have stopped waiting.
        drop(job.opinion.send(opinion));
    }
}
