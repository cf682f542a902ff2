//! `nunchi lexicon …`: the work of linguists.

mod corpus;
mod diff;
mod show;
mod source;

use super::args::{DataArgs, LexiconArgs, LexiconCommand};
use super::{FAILURE, findings, input, settings, style};
use nunchi::analysis::{Analyzer, check};
use nunchi::api::LexiconBody;
use nunchi::loading;
use std::io::Write as _;
use std::process::ExitCode;

pub(super) fn run(arguments: &LexiconArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        LexiconCommand::Check { json } => check_all(*json, data),
        LexiconCommand::Diff(command) => diff::run(command),
        LexiconCommand::Show(command) => show::run(command, data),
    }
}

fn check_all(json: bool, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let resources = loading::resources(&settings(data)?)?;
    let findings = check(&resources, input::today()).sorted();
    let errors = findings::errors(&findings);
    let mut out = anstream::stdout().lock();
    if json {
        findings::write_json(&mut out, &findings)?;
    } else {
        findings::write_text(&mut out, &findings)?;
        let warnings = findings.len() - errors;
        if let (0, Ok(analyzer)) = (errors, Analyzer::build(&resources)) {
            let body = LexiconBody::new(&analyzer);
            writeln!(
                out,
                "{}: {} entries, {} exceptions, {} shifters, {} phrases, {} patterns; {warnings} warnings",
                style::paint(style::GOOD, "ok"),
                body.entries,
                body.exceptions,
                body.shifters,
                body.phrases,
                body.patterns,
            )?;
        } else {
            writeln!(
                out,
                "{}: {errors} errors, {warnings} warnings",
                style::paint(style::BAD, "failed")
            )?;
        }
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) })
}
