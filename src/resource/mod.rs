//! The files that linguists own: where they come from, how they are read, how their errors are shown.
//!
//! Kept apart from the lexicon because phrases and policy are read and reported the same way.

mod damage;
mod diagnostic;
mod files;
mod rules;
mod table;

pub use damage::check_damage;
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use files::{Resources, ResourcesError, SourceFile};
pub use rules::{RULES, Rule};
pub use table::{Located, RootTable, read_root};
