//! Lexicon files as they are written: their layout, tables for spreadsheets, new entries.
//!
//! Everything here turns texts of files into other texts of files, so that comments and the order of
//! a linguist's work stay; only [`replace`], [`replace_read`] and [`Staged`] touch a disk, and a file
//! that they write appears whole or not at all.

mod draft;
mod layout;
mod line_ends;
pub mod sheet;
mod staged;
mod store;

pub use draft::{Draft, class_named, class_of, id_for};
pub use layout::{LayoutError, format};
pub use staged::{Access, Staged};
pub use store::{StoreError, replace, replace_read};
