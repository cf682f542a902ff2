//! The command line as a user meets it: the real program, real files, real output.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod commands;
mod diff;
mod feedback;
mod files;
mod layout;
mod mine;
mod models;
mod new;
mod replies;
mod sheets;
mod show;
mod stats;

/// Help texts and usage errors are files: `TRYCMD=overwrite cargo test --test cli` rewrites them.
#[test]
fn help_and_usage_errors_read_as_committed() {
    trycmd::TestCases::new().case("tests/cli/cases/*.toml").env("COLUMNS", "100");
}
