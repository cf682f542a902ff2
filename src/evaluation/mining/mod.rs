//! What the lexicon lacks: expressions that mark frustration in a corpus and that no entry finds.
//!
//! 1. [`read()`] cuts a message into words and leaves out what the lexicon finds in it already.
//! 2. `paradigms` leads each word back to its dictionary form by the grammar of the lexicon; of
//!    several possible forms the one that most different words of the corpus support is taken (a
//!    paradigm of 답답해요, 답답하네, 답답해서 speaks for 답답하다).
//! 3. `candidates` counts those forms, the rows of up to three of them, and predicates inside
//!    unspaced words, by messages: one message that repeats itself is one witness.
//! 4. `keyness` compares frustrated with calm messages by the log-odds ratio with an informative
//!    Dirichlet prior (Monroe, Colaresi and Quinn 2008, *Fightin' Words*, Political Analysis 16:4),
//!    whose z-score ranks: it discounts the rare, as raw ratios do not, and keeps the frequent from
//!    winning by frequency alone, as significance tests do not.
//! 5. `select` drops what a better candidate contains, and adds class, signal and examples.
//!
//! Suggestions are for people: what they show are words of customers, which no entry may copy as an
//! example.

mod candidates;
mod draft;
mod keyness;
mod paradigms;
mod read;
mod select;

pub use draft::{draft, theme};
pub use read::{Document, Word, read};
pub use select::{Example, Mined, Options, Suggestion, mine};
