//! `nunchi lexicon check`: everything that is wrong with the files, at once, like a compiler.

use crate::cli::args::{CheckArgs, DataArgs, FindingsFormat};
use crate::cli::{FAILURE, findings, input, sarif, settings, style};
use anyhow::{Context as _, bail};
use nunchi::analysis::{Analyzer, LintScope, lint};
use nunchi::api::LexiconBody;
use nunchi::loading;
use nunchi::resource::{Diagnostic, ResourcesError, Rule, Severity};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Where the embedded files lie in the repository.
const DEFAULT_FOLDER: &str = "lexicons";

pub(super) fn run(arguments: &CheckArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    if let Some(code) = &arguments.explain {
        explain(&mut out, code)?;
        return Ok(ExitCode::SUCCESS);
    }
    let settings = settings(data)?;
    let (findings, summary) = match loading::resources(&settings) {
        Ok(resources) => {
            let ordinary = match &arguments.ordinary {
                Some(path) => own_texts(path)?,
                None => Vec::new(),
            };
            let scope = LintScope { files: None, ordinary: Some(&ordinary) };
            let findings = lint(&resources, input::today(), scope).sorted();
            let analyzer = Analyzer::build(&resources).ok();
            (findings, analyzer.map(|analyzer| LexiconBody::new(&analyzer)))
        }
        // Files that are no text are findings like others, with their places.
        Err(ResourcesError::Encoding(problems)) => (problems.sorted(), None),
        Err(error) => return Err(error.into()),
    };
    let errors = findings::errors(&findings);
    let format = if arguments.json { FindingsFormat::Json } else { arguments.format };
    match format {
        FindingsFormat::Text => {
            findings::write_text(&mut out, &findings)?;
            write_summary(&mut out, &findings, summary.as_ref())?;
        }
        FindingsFormat::Json => findings::write_json(&mut out, &findings)?,
        FindingsFormat::Sarif => {
            let folder = settings.lexicons.dir.as_deref().unwrap_or(Path::new(DEFAULT_FOLDER));
            let report = sarif::report(&findings, folder);
            writeln!(out, "{}", serde_json::to_string_pretty(&report).context("SARIF")?)?;
        }
    }
    let failed = errors > 0 || arguments.deny_warnings && !findings.is_empty();
    Ok(if failed { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS })
}

/// The texts of a user's list, one a line.
fn own_texts(path: &Path) -> anyhow::Result<Vec<String>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

fn write_summary(
    out: &mut impl Write,
    findings: &[Diagnostic],
    body: Option<&LexiconBody>,
) -> anyhow::Result<()> {
    let errors = findings::errors(findings);
    let warnings = findings.len() - errors;
    if let (0, Some(body)) = (errors, body) {
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
        let failed = style::paint(style::BAD, "failed");
        writeln!(out, "{failed}: {errors} errors, {warnings} warnings")?;
    }
    Ok(())
}

/// Says what a code means, in English and in the words of the guide.
fn explain(out: &mut impl Write, code: &str) -> anyhow::Result<()> {
    let Some(rule) = Rule::of(code) else {
        bail!("there is no code {code}; lexicons/README.md lists them all");
    };
    let (color, severity) = match rule.severity {
        Severity::Error => (style::BAD, "error"),
        Severity::Warning => (style::WARN, "warning"),
    };
    writeln!(out, "{} {severity}: {}", style::paint(color, rule.code), rule.title)?;
    writeln!(out, "  {}\n", rule.why)?;
    writeln!(out, "  {}\n  → {}", rule.korean, rule.mend)?;
    Ok(())
}
