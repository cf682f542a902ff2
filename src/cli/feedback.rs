//! `nunchi feedback`: what people said of answers, without a running service.

use super::args::{ExportFormat, FeedbackArgs, FeedbackCommand, FeedbackExportArgs};
use super::style;
use anyhow::Context as _;
use nunchi::editing::{Access, Staged};
use nunchi::evaluation::feedback::{Records, labelled, to_json_lines, to_tsv};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(arguments: &FeedbackArgs) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        FeedbackCommand::Export(command) => export(command),
    }
}

fn export(arguments: &FeedbackExportArgs) -> anyhow::Result<ExitCode> {
    let Records { records, unreadable } =
        Records::of_path(&arguments.from).context("the feedback cannot be read")?;
    for line in unreadable {
        let head = style::paint(style::WARN, "warning");
        anstream::eprintln!("{head} line {line} is no record of feedback and is passed over");
    }
    let rows = match arguments.format {
        ExportFormat::Tsv => to_tsv(&records),
        ExportFormat::Jsonl => to_json_lines(&records),
    };
    let Some(out) = &arguments.out else {
        std::io::stdout().lock().write_all(rows.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    write_whole(out, &rows).with_context(|| format!("cannot write {}", out.display()))?;
    anstream::eprintln!(
        "{} of {} records have a text and a label: {}",
        labelled(&records).count(),
        records.len(),
        out.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// A file that appears whole or not at all, and that only its owner may read.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = Staged::beside(path, Access::Owner)?;
    file.write_all(text.as_bytes())?;
    file.put()
}
