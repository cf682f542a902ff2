//! What holds for the tree and the data: layers, lexicons, golden cases, properties, quality floors.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "tests fail by panicking and print their tables"
)]

mod architecture;
mod cases;
mod lexicons;
mod properties;
mod quality;
mod readme;
