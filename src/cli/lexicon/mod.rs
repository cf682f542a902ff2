//! `nunchi lexicon …`: the work of linguists.

pub(super) mod args;
mod check;
mod corpus;
mod diff;
mod fmt;
mod sheets;
mod show;
mod source;

use super::args::{DataArgs, LexiconArgs, LexiconCommand};
use std::process::ExitCode;

pub(super) fn run(arguments: &LexiconArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        LexiconCommand::Check(command) => check::run(command, data),
        LexiconCommand::Diff(command) => diff::run(command),
        LexiconCommand::Fmt(command) => fmt::run(command, data),
        LexiconCommand::Export(command) => sheets::run_export(command, data),
        LexiconCommand::Import(command) => sheets::run_import(command),
        LexiconCommand::Show(command) => show::run(command, data),
    }
}
