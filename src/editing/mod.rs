//! Lexicon files as they are written: their layout, tables for spreadsheets, new entries.
//!
//! Everything here turns texts of files into other texts of files, so that comments and the order of
//! a linguist's work stay; [`replace`] is the only call that touches a disk, and what it writes
//! appears whole or not at all.

mod draft;
mod layout;
pub mod sheet;
mod store;

pub use draft::{Draft, class_named, class_of, id_for};
pub use layout::{LayoutError, format};
pub use store::{StoreError, replace};
