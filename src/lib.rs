//! nunchi
pub mod domain;
pub mod text;
pub mod resource;
pub mod lexicon;
pub mod phrases;
pub mod analysis;
pub mod api;
pub mod settings;
pub mod telemetry;
pub mod server;
