//! nunchi
pub mod analysis;
pub mod api;
pub mod domain;
pub mod lexicon;
pub mod phrases;
pub mod resource;
pub mod server;
pub mod settings;
pub mod telemetry;
pub mod text;
