//! How not to answer a customer: rules for the replies of bots and agents, as data.
//!
//! The rules (`replies/*.toml`) are forms like those of the lexicon, compiled by its compiler and
//! found by its matcher in an automaton of their own. What is added here is what a reply needs: how
//! the sentence ends behind a hit, whether the hit is only quoted, and what could stand in its place.
//! `replies.toml` holds what a house wants otherwise, and what is said of lines of the phrase bank
//! that should not be said again, or not today. A folder without these files has no rules, and the
//! embedded ones do not step in: a house that has its own lexicons decides alone.

mod book;
mod checker;
mod context;
mod house;
mod lint;
mod rule;
mod source;
mod templates;

pub use book::RuleBook;
pub use checker::{Finding, Reply};
pub use house::TemplateFault;
pub use lint::check;
pub use rule::{Ends, Reach, Rule, RuleKind, RuleSeverity};
