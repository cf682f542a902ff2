//! What a model says of one text, in the vocabulary of the product.

use crate::domain::{SentimentLabel, Signal};

/// Probabilities; a head that the model does not have is absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// That the level is at least 1, 2 and 3, never rising; none where no class reaches that level.
    pub at_least: Option<[Option<f64>; 3]>,
    /// Of the sides, in the order of [`SentimentLabel::ALL`].
    pub sentiment: Option<[f64; SentimentLabel::ALL.len()]>,
    /// Of the signals that the model knows, by [`Signal::index`].
    pub signals: [Option<f64>; Signal::ALL.len()],
    /// Whether the text was longer than the model reads or too short for it to be sure: it may then
    /// add to what the lexicon found and takes nothing away.
    pub only_adds: bool,
}

impl Verdict {
    /// The probability of a signal, where the model knows it.
    pub fn signal(&self, signal: Signal) -> Option<f64> {
        self.signals.get(signal.index()).copied().flatten()
    }
}
