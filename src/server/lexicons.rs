//! The lexicons that answer, and how others take their place while requests run.
//!
//! A new set is read, compiled and checked with all its examples beside the running one, and takes
//! its place between two requests. With any error the running set stays as it is and what was wrong
//! is kept to be shown. A request takes the set once and keeps it to its end, so that no answer
//! mixes two.
//!
//! Loading is one lock, held through the whole of it; what is shown of it is another, held for a moment, so
//! that nobody who only looks waits for lexicons to be compiled.

use super::metrics::Metrics;
use crate::analysis::{Analyzer, check_built};
use crate::resource::{Diagnostic, Diagnostics, Resources, ResourcesError, Severity};
use arc_swap::ArcSwap;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A set of lexicons that answered or answers.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) analyzer: Arc<Analyzer>,
    pub(super) at: Timestamp,
}

impl Loaded {
    fn now(analyzer: Arc<Analyzer>) -> Self {
        Self { analyzer, at: Timestamp::now() }
    }

    /// Hash of all its files; how a rollback names it.
    pub(super) fn revision(&self) -> &str {
        self.analyzer.revision()
    }
}

/// What came of the last attempt to load other lexicons.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) at: Timestamp,
    pub(super) outcome: Outcome,
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// The files are the ones that answer already.
    Unchanged,
    /// They answer now.
    Loaded,
    /// An earlier set answers again.
    RolledBack,
    /// They have errors; what answered before still does.
    Refused(Vec<Diagnostic>),
    /// The folder cannot be read.
    Unreadable(String),
}

impl Outcome {
    /// The names of all outcomes.
    pub(super) const NAMES: [&'static str; 5] =
        ["unchanged", "loaded", "rolled_back", "refused", "unreadable"];

    /// How the outcome is called in answers and figures.
    pub(super) const fn name(&self) -> &'static str {
        let [unchanged, loaded, rolled_back, refused, unreadable] = Self::NAMES;
        match self {
            Self::Unchanged => unchanged,
            Self::Loaded => loaded,
            Self::RolledBack => rolled_back,
            Self::Refused(_) => refused,
            Self::Unreadable(_) => unreadable,
        }
    }
}

/// Why other lexicons were not loaded.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The service runs the embedded lexicons; there is no folder to read.
    Embedded,
    /// The files have errors.
    Errors(Vec<Diagnostic>),
    /// The folder cannot be read.
    Unreadable(String),
    /// No set of that revision is kept.
    UnknownRevision,
}

#[derive(Debug, Default)]
struct History {
    /// Sets that answered before, the latest first.
    earlier: VecDeque<Arc<Loaded>>,
    last: Option<Attempt>,
}

/// The lexicons that answer, and those that did.
#[derive(Debug)]
pub(super) struct Lexicons {
    current: ArcSwap<Loaded>,
    /// Held while another set is loaded, one at a time: the fingerprint of the folder as last read, whatever
    /// came of it.
    loading: Mutex<String>,
    /// Held for a moment only, and while the set that answers is replaced.
    history: Mutex<History>,
    dir: Option<PathBuf>,
    keep: usize,
    metrics: Arc<Metrics>,
}

impl Lexicons {
    pub(super) fn new(
        analyzer: Arc<Analyzer>,
        dir: Option<PathBuf>,
        keep: usize,
        metrics: Arc<Metrics>,
    ) -> Self {
        let loaded = Loaded::now(analyzer);
        metrics.loaded(&loaded);
        let tried = loaded.revision().to_owned();
        Self {
            current: ArcSwap::from_pointee(loaded),
            loading: Mutex::new(tried),
            history: Mutex::new(History::default()),
            dir,
            keep,
            metrics,
        }
    }

    /// The set that answers now. A request takes it once.
    pub(super) fn current(&self) -> Arc<Loaded> {
        self.current.load_full()
    }

    /// The folder that is read; none for the embedded lexicons.
    pub(super) fn dir(&self) -> Option<&Path> {
        self.dir.as_deref()
    }

    /// The set that answers, the earlier ones, the latest first, and the last attempt, as they belong together.
    pub(super) fn overview(&self) -> (Arc<Loaded>, Vec<Arc<Loaded>>, Option<Attempt>) {
        let history = lock(&self.history);
        (self.current(), history.earlier.iter().cloned().collect(), history.last.clone())
    }

    /// Reads the folder again. Blocks for the time it takes to compile and to run all examples.
    pub(super) fn reload(&self, today: Date) -> Result<Outcome, Refusal> {
        let dir = self.dir.as_deref().ok_or(Refusal::Embedded)?;
        let mut tried = lock(&self.loading);
        self.load(&mut tried, Resources::from_dir(dir), today)
    }

    /// Reads the folder again and does nothing more where its files are the ones that were read last. A
    /// rollback would otherwise be undone, and a refusal repeated, by any touch of any file.
    pub(super) fn reload_edited(&self, today: Date) {
        let Some(dir) = self.dir.as_deref() else { return };
        let mut tried = lock(&self.loading);
        let read = Resources::from_dir(dir);
        let same = read.as_ref().is_ok_and(|files| files.fingerprint(|_| true) == *tried);
        let last = lock(&self.history).last.clone();
        // A folder that can be read again is told, although its files are the old ones.
        let was_unreadable =
            last.is_some_and(|last| matches!(last.outcome, Outcome::Unreadable(_)));
        if same && !was_unreadable {
            tracing::debug!(dir = %dir.display(), "the lexicon folder is as it was last read");
            return;
        }
        // The outcome is logged and kept where it is made.
        drop(self.load(&mut tried, read, today));
    }

    fn load(
        &self,
        tried: &mut String,
        read: Result<Resources, ResourcesError>,
        today: Date,
    ) -> Result<Outcome, Refusal> {
        let compiled = match read {
            Ok(resources) => {
                *tried = resources.fingerprint(|_| true);
                self.compile(&resources, tried, today)
            }
            Err(error) => Err(Refusal::Unreadable(error.to_string())),
        };
        let mut history = lock(&self.history);
        let outcome = match compiled {
            Ok(None) => Outcome::Unchanged,
            Ok(Some(loaded)) => {
                self.replace(&mut history, Arc::new(loaded));
                Outcome::Loaded
            }
            Err(Refusal::Errors(findings)) => Outcome::Refused(findings),
            Err(Refusal::Unreadable(why)) => Outcome::Unreadable(why),
            Err(refusal) => return Err(refusal),
        };
        self.note(&mut history, outcome.clone());
        drop(history);
        match outcome {
            Outcome::Refused(findings) => Err(Refusal::Errors(findings)),
            Outcome::Unreadable(why) => Err(Refusal::Unreadable(why)),
            outcome => Ok(outcome),
        }
    }

    /// Lets an earlier set answer again.
    pub(super) fn roll_back(&self, revision: &str) -> Result<Outcome, Refusal> {
        // What is being loaded comes first: it would undo the rollback when it is done.
        let _loading = lock(&self.loading);
        let mut history = lock(&self.history);
        if self.current().revision() == revision {
            return Ok(Outcome::Unchanged);
        }
        let place = history.earlier.iter().position(|loaded| loaded.revision() == revision);
        let place = place.ok_or(Refusal::UnknownRevision)?;
        let Some(earlier) = history.earlier.remove(place) else {
            return Err(Refusal::UnknownRevision);
        };
        self.replace(&mut history, Arc::new(Loaded::now(Arc::clone(&earlier.analyzer))));
        self.note(&mut history, Outcome::RolledBack);
        Ok(Outcome::RolledBack)
    }

    /// The set of those files; none where it answers already.
    fn compile(
        &self,
        resources: &Resources,
        fingerprint: &str,
        today: Date,
    ) -> Result<Option<Loaded>, Refusal> {
        let running = self.current();
        if fingerprint == running.revision() {
            return Ok(None);
        }
        let refused = |findings: Diagnostics| {
            let errors = findings.sorted().into_iter();
            Refusal::Errors(errors.filter(|one| one.severity == Severity::Error).collect())
        };
        let analyzer = Analyzer::build(resources).map_err(refused)?;
        let findings = check_built(&analyzer, today);
        if findings.has_errors() {
            return Err(refused(findings));
        }
        let analyzer = analyzer.with_classifier_of(&running.analyzer);
        Ok(Some(Loaded::now(Arc::new(analyzer))))
    }

    fn replace(&self, history: &mut History, loaded: Arc<Loaded>) {
        self.metrics.loaded(&loaded);
        let before = self.current.swap(loaded);
        history.earlier.push_front(before);
        history.earlier.truncate(self.keep);
    }

    fn note(&self, history: &mut History, outcome: Outcome) {
        let running = self.current();
        let revision = running.revision();
        match &outcome {
            Outcome::Unchanged => tracing::debug!(revision, "the lexicons are unchanged"),
            Outcome::Loaded => tracing::info!(revision, "other lexicons answer now"),
            Outcome::RolledBack => tracing::info!(revision, "earlier lexicons answer again"),
            Outcome::Refused(findings) => {
                let first = findings.first().map(ToString::to_string).unwrap_or_default();
                let errors = findings.len();
                tracing::error!(
                    revision,
                    errors,
                    first,
                    "the lexicons have errors; those that run stay"
                );
            }
            Outcome::Unreadable(why) => {
                tracing::error!(revision, why, "the lexicons cannot be read; those that run stay");
            }
        }
        let at = Timestamp::now();
        self.metrics.attempted(at, &outcome);
        history.last = Some(Attempt { at, outcome });
    }
}

/// What these locks protect is whole at every step, also where a file makes the compiler panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
