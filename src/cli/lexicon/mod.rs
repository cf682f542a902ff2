//! `nunchi lexicon …`: the work of linguists.

pub(super) mod args;
mod check;
mod corpus;
mod diff;
mod fmt;
mod mine;
mod new;
mod parallel;
mod sheets;
mod show;
mod source;
mod stats;

use super::args::{DataArgs, LexiconArgs, LexiconCommand};
use std::process::ExitCode;

pub(super) fn run(arguments: &LexiconArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        LexiconCommand::Check(command) => check::run(command, data),
        LexiconCommand::Diff(command) => diff::run(command),
        LexiconCommand::Fmt(command) => fmt::run(command, data),
        LexiconCommand::Export(command) => sheets::run_export(command, data),
        LexiconCommand::Stats(command) => stats::run(command, data),
        LexiconCommand::New(command) => new::run(command, data),
        LexiconCommand::Import(command) => sheets::run_import(command),
        LexiconCommand::Show(command) => show::run(command, data),
        LexiconCommand::Mine(command) => mine::run(command, data),
    }
}
