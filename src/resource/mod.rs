//! The files that linguists own: where they come from, how they are read, how their errors are shown.
//!
//! Kept apart from the lexicon because phrases and policy are read and reported the same way.

mod diagnostic;
mod files;
mod table;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use files::{Resources, ResourcesError, SourceFile};
pub use table::{Located, RootTable, read_root};
