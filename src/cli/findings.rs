//! Findings in files, for people and for programs.

use super::style;
use anyhow::Context as _;
use nunchi::resource::{Diagnostic, Rule, Severity};
use std::collections::BTreeSet;
use std::io::Write;

/// Writes findings as a JSON array.
pub(super) fn write_json(out: &mut impl Write, findings: &[Diagnostic]) -> anyhow::Result<()> {
    let array = serde_json::to_string_pretty(findings).context("findings as JSON")?;
    Ok(writeln!(out, "{array}")?)
}

/// Writes findings one below the other, errors in another color than warnings. Why a rule is there
/// is said at its first finding.
pub(super) fn write_text(out: &mut impl Write, findings: &[Diagnostic]) -> anyhow::Result<()> {
    let mut explained = BTreeSet::new();
    for finding in findings {
        let color = if finding.severity == Severity::Error { style::BAD } else { style::WARN };
        writeln!(out, "{} {finding}", style::paint(color, finding.code))?;
        if let Some(rule) = Rule::of(finding.code).filter(|rule| explained.insert(rule.code)) {
            writeln!(out, "  why: {}", style::paint(style::DIM, rule.why))?;
        }
    }
    Ok(())
}

/// How many of the findings are errors.
pub(super) fn errors(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}
