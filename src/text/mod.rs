//! What the message says: normalization and tokenization. Hangul-aware, knows nothing of frustration.
//!
//! [`Normalizer::normalize`] turns the text as sent into [`Normalized`]: a row of [`Unit`]s (one
//! canonical character each, with the span of the original it stands for) and the row of jamo
//! letters that the matcher scans. Lexicon forms go through the same code, so that a form and a
//! message can only differ where the people who wrote them differ.
//!
//! The order of the steps is: canonical composition (NFC), width and look-alike folding, removal
//! of invisible and combining characters, folding of repeats, letters, and last the reading
//! behind a disguise, where the message shows signs of one.

mod canonical;
mod hangul;
mod keyboard;
mod letters;
mod normalized;
mod normalizer;
mod reading;
mod repeats;
mod romanization;
mod tokenizer;

pub use hangul::{Syllable, compatibility_jamo_to_final};
pub use letters::{Kind, Letter, is_final, letters_of};
pub(crate) use letters::{character_count, final_letter, text_of};
pub use normalized::{Alteration, Normalized, Unit};
pub use normalizer::Normalizer;
pub use romanization::romanized;
pub use tokenizer::{Token, TokenKind, tokenize};
