//! `nunchi lexicon …`: the work of linguists.

mod check;
mod corpus;
mod diff;
mod source;

use super::args::{DataArgs, LexiconArgs, LexiconCommand};
use std::process::ExitCode;

pub(super) fn run(arguments: &LexiconArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        LexiconCommand::Check(command) => check::run(command, data),
        LexiconCommand::Diff(command) => diff::run(command),
    }
}
