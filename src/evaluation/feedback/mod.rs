//! What people say of answers: kept in a file, and turned into labelled messages.
//!
//! [`Store`] is the file, one [`Record`] a line; [`labelled`] gives the rows that `eval`, `diff` and
//! `mine` read. Used by the service and by `nunchi feedback`, so that both export the same.

mod export;
mod private;
mod record;
mod store;

pub use export::{labelled, to_json_lines, to_record_lines, to_tsv};
pub use record::{Judged, Label, Record};
pub use store::{FILE, Records, Store, StoreError, Which};
