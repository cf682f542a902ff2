//! `nunchi lexicon diff`: what a change of the lexicons does to a corpus.

mod html;
mod json;
mod markdown;
mod shown;
mod text;

use super::corpus::Corpus;
use super::{parallel, source};
use crate::cli::args::{DiffArgs, ReportFormat};
use crate::cli::{input, output};
use anyhow::Context as _;
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::evaluation::diff::{Comparison, compare};
use nunchi::evaluation::evaluate;
use shown::Shown;
use std::io::Write as _;
use std::process::ExitCode;

/// Samples in a report to be read on a page, where they can be searched.
const SAMPLES_OF_A_PAGE: usize = 300;
/// Samples everywhere else.
const SAMPLES: usize = 20;

pub(super) fn run(arguments: &DiffArgs) -> anyhow::Result<ExitCode> {
    let (old, new) = (source::analyzer(&arguments.old)?, source::analyzer(&arguments.new)?);
    let corpus = Corpus::read(&arguments.corpus)?;
    let comparison = compare_all(&old, &new, &corpus.texts);
    let quality = corpus.labels.as_ref().map(|labels| {
        let figures =
            |analyzer| evaluate(analyzer, labels, input::today(), 0, &mut Scratch::default());
        (figures(&old), figures(&new))
    });
    let html = arguments.format == ReportFormat::Html;
    let shown = Shown {
        arguments,
        comparison: &comparison,
        texts: &corpus.texts,
        labels: corpus.labels.as_ref(),
        quality,
        samples: arguments.samples.unwrap_or(if html { SAMPLES_OF_A_PAGE } else { SAMPLES }),
    };
    let report = match arguments.format {
        ReportFormat::Text => text::render(&shown),
        ReportFormat::Markdown => markdown::render(&shown),
        ReportFormat::Json => {
            serde_json::to_string_pretty(&json::render(&shown)).context("as JSON")? + "\n"
        }
        ReportFormat::Html => html::render(&shown, &old, &new),
    };
    match &arguments.out {
        Some(path) => output::write(path, report.as_bytes())?,
        None => anstream::stdout().lock().write_all(report.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Compares a corpus on all cores, in order.
fn compare_all(old: &Analyzer, new: &Analyzer, texts: &[String]) -> Comparison {
    let today = input::today();
    parallel::in_parts(
        texts,
        |part| compare(old, new, part.iter().map(String::as_str), today),
        Comparison::append,
    )
}
