//! The HTTP service, spoken to as its users speak to it: a real server on a free port.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod analyze;
mod app;
mod batch;
mod catalog;
mod classifier;
mod drafts;
mod entries;
mod errors;
mod explain;
mod feedback;
mod files;
mod killed;
mod lexicons;
mod metrics;
mod openapi;
mod pages;
mod privacy;
mod reload;
mod replies;
mod shutdown;
mod start;
mod stream;
