//! The phrase bank: what may be said to the customer next, as data.
//!
//! Knows nothing of scores; the recommender of the analysis chooses among what fits.

mod bank;
mod check;
mod phrase;

pub(crate) use bank::{PHRASES, SLOTS_FILE};
pub use bank::{PhraseBank, PhraseQuery};
pub use check::{check, check_kinds, lint};
pub use phrase::{Human, Phrase, PhraseKind, Situation, SlotSource, Tone, ValidDay};
