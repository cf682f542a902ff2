//! nunchi
pub mod domain;
pub mod text;
