//! What holds for the tree and the data: layers, lexicons, golden cases, properties, quality floors.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod architecture;
mod cases;
mod fusion;
mod lexicons;
mod lints;
mod properties;
mod quality;
mod readme;
mod recommendations;
mod replies;
