//! When a classifier is consulted, and what came of it.

use crate::classifier::{Classifier, ClassifierError, Session, Verdict};
use crate::domain::Warning;
use std::sync::Arc;

/// Which messages a classifier is asked about.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Consult {
    /// Every message of a customer.
    #[default]
    Always,
    /// Only where the score of the lexicon stands between the two.
    Uncertain {
        /// Scores from here on are in doubt.
        from: f64,
        /// Scores up to here are in doubt.
        to: f64,
    },
}

/// What a classifier had to say of a message.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Opinion {
    /// It was not asked.
    #[default]
    NotAsked,
    /// Its verdict.
    Heard(Box<Verdict>),
    /// It was asked and did not answer.
    Missed(Warning),
}

/// A classifier and when to consult it.
#[derive(Debug, Clone)]
pub(super) struct Consultant {
    pub(super) classifier: Arc<Classifier>,
    pub(super) consult: Consult,
}

impl Consultant {
    /// Whether a message that the lexicon scores so is one to ask about.
    pub(super) fn wants(&self, score: f64) -> bool {
        match self.consult {
            Consult::Always => true,
            Consult::Uncertain { from, to } => (from..=to).contains(&score),
        }
    }
}

impl From<Result<Verdict, ClassifierError>> for Opinion {
    fn from(said: Result<Verdict, ClassifierError>) -> Self {
        match said {
            Ok(verdict) => Self::Heard(Box::new(verdict)),
            Err(_) => Self::Missed(Warning::ClassifierFailed),
        }
    }
}

impl Opinion {
    /// Asks a session of this thread.
    pub(super) fn of(session: &mut Session, text: &str) -> Self {
        session.classify(text).into()
    }
}
