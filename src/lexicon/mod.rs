//! What we look for: files of linguists, checked and compiled, and the one pass that finds it all.
//!
//! Linguists write dictionary forms with a class ([`Class`]); the compiler derives the stems that
//! inflected forms begin with, and builds one automaton over jamo letters. [`Lexicon::find`] is the
//! call that serves requests; [`check()`] judges an entry's own examples by the same search.
//! The rules that replies are checked by are forms too, compiled and found by the same code.
//! Knows nothing of requests, scores or decisions.

mod boundary;
mod check;
mod class;
mod compiler;
mod conjugation;
mod details;
mod form;
mod grammar;
mod inflection;
mod inflections;
mod item;
mod lemma;
mod matcher;
mod phrase;
mod search;
mod source;
mod validate;
mod written;

pub use check::{check, lint};
pub use class::Class;
pub use compiler::Lexicon;
pub use details::{Details, ItemDetails};
pub use grammar::Grammar;
pub use inflections::{FormRefused, Inflections};
pub use item::{Entry, Item, ItemId, ItemKind, Role, Shifter};
pub use lemma::Lemma;
pub use matcher::Match;
pub use search::Wanted;
pub use source::{
    At, EntrySource, ExceptionSource, ShifterKind, ShifterSource, Side, Target, examples,
};

pub(crate) use source::{EXCEPTIONS, LexiconSource, Placed, SHIFTERS, SIGNALS};
