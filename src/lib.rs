//! nunchi
pub mod analysis;
pub mod api;
pub mod domain;
pub mod evaluation;
pub mod lexicon;
pub mod phrases;
pub mod resource;
pub mod text;
