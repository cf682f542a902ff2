//! `nunchi model check`.

use super::args::{DataArgs, ModelArgs, ModelCommand};
use super::{FAILURE, findings, settings, style};
use nunchi::classifier::{Facts, ModelFolder, check};
use nunchi::loading;
use nunchi::resource::Diagnostic;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(arguments: &ModelArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        ModelCommand::Check { dir, json } => check_folder(dir.as_deref(), *json, data),
    }
}

fn check_folder(dir: Option<&Path>, json: bool, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let settings = settings(data)?.classifier;
    let folder = dir.map_or_else(|| loading::model_folder(&settings), ModelFolder::from_dir);
    let (facts, findings) = check(&folder, &loading::runtime(&settings))?;
    let mut out = anstream::stdout().lock();
    if json {
        findings::write_json(&mut out, &findings)?;
    } else {
        findings::write_text(&mut out, &findings)?;
        writeln!(out, "{}", summary(&folder, facts.as_ref(), &findings))?;
    }
    Ok(if facts.is_some() { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) })
}

fn summary(folder: &ModelFolder, facts: Option<&Facts>, findings: &[Diagnostic]) -> String {
    let Some(facts) = facts else {
        let errors = findings::errors(findings);
        return format!(
            "{}: {errors} errors in {}",
            style::paint(style::BAD, "failed"),
            folder.name()
        );
    };
    let Facts { name, version, runtime, labels, vocabulary, max_tokens, opening, median } = facts;
    format!(
        "{}: {name} {version}: {labels} labels, {vocabulary} tokens, texts of up to {max_tokens} tokens\n\
         runs on {runtime}: opens in {} ms, judges a short message in {} µs",
        style::paint(style::GOOD, "ok"),
        opening.as_millis(),
        median.as_micros(),
    )
}
