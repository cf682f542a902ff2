//! What the compiled lexicon knows about each entry, exception and shifter.

use super::class::Class;
use super::source::{At, ShifterKind, Side, Target};
use crate::domain::SignalSet;

/// Which item of the lexicon, by its place in [`super::Lexicon::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(crate) u32);

impl ItemId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entry, exception or shifter.
#[derive(Debug, Clone)]
pub struct Item {
    /// Stable id.
    pub id: String,
    /// Dictionary forms as written.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// What it does.
    pub role: Role,
    /// Path of its file.
    pub file: String,
    /// Line of its table.
    pub line: usize,
    /// For the reader.
    pub note: String,
}

/// What an item does.
#[derive(Debug, Clone)]
pub enum Role {
    /// Evidence.
    Entry(Entry),
    /// Switches off hits that lie wholly inside it.
    Exception {
        /// Signals whose hits it covers; none: all.
        covers: Option<SignalSet>,
    },
    /// Changes the weight of hits near it.
    Shifter(Shifter),
}

/// Evidence for frustration and signals.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Signals that a hit shows; may be none.
    pub signals: SignalSet,
    /// Evidence for frustration in level points.
    pub weight: f64,
    /// Probability that a hit means the signals.
    pub confidence: f64,
}

/// How a shifter works.
#[derive(Debug, Clone)]
pub struct Shifter {
    /// Its kind.
    pub kind: ShifterKind,
    /// On which side of the hit it stands.
    pub side: Side,
    /// At most this many units between it and the hit.
    pub within: usize,
    /// What the weight of the hit is multiplied by.
    pub factor: f64,
    /// Which hits it works on; none: all.
    pub only: Option<Target>,
}

/// How a form is placed in an eojeol and whether disguises count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placement {
    pub(crate) at: At,
    pub(crate) disguise: bool,
}
