//! `nunchi reply check`: what is wrong with replies, where, and what could be said instead.

use super::args::{DataArgs, ReplyArgs, ReplyCheckArgs, ReplyCommand};
use super::{FAILURE, input, settings, style};
use anyhow::{Context as _, bail};
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::api::{CustomerContext, Defaults, ReplyFinding, ReplyRequest};
use nunchi::domain::OffsetUnit;
use nunchi::loading;
use nunchi::replies::{RuleBook, RuleSeverity, TemplateFault};
use std::io::Write;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr as _;

pub(super) fn run(arguments: &ReplyArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let ReplyCommand::Check(arguments) = &arguments.command;
    check(arguments, data)
}

fn check(arguments: &ReplyCheckArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let settings = settings(data)?;
    // No classifier: what a reply may say is settled by rules.
    let resources = loading::resources(&settings)?;
    let analyzer = Analyzer::build(&resources).context("the lexicons have errors")?;
    if analyzer.replies().is_empty() {
        anstream::eprintln!(
            "{}: the lexicon folder has no rules for replies (replies/), so only templates are looked at",
            style::paint(style::WARN, "warning")
        );
    }
    check_ids(arguments, &analyzer)?;
    let defaults =
        Defaults { max_code_points: settings.limits.text_code_points, today: input::today() };
    let mut scratch = Scratch::default();
    let mut out = anstream::stdout().lock();
    let (mut number, mut wrong) = (0, 0);
    input::for_each(arguments.text.as_deref(), |text| {
        number += 1;
        let answer = match request(arguments, text).answer(&analyzer, defaults, &mut scratch) {
            Ok(answer) => answer,
            // One bad reply must not cost the answers to those behind it.
            Err(invalid) => {
                wrong += 1;
                let label = style::paint(style::BAD, "error");
                anstream::eprintln!("{label} reply {number}: {}", invalid.detail);
                return Ok(());
            }
        };
        wrong += usize::from(!answer.ok);
        if arguments.json {
            let line = serde_json::to_string(&answer).context("the answer as JSON")?;
            return Ok(writeln!(out, "{line}")?);
        }
        write(&mut out, text, &answer.findings)
    })?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) })
}

fn request(arguments: &ReplyCheckArgs, text: &str) -> ReplyRequest {
    ReplyRequest {
        channel: arguments.channel,
        offsets: if arguments.json { OffsetUnit::CodePoint } else { OffsetUnit::Byte },
        off: arguments.off.clone(),
        used: arguments.used.clone(),
        customer: CustomerContext { signals: arguments.signal.clone() },
        ..ReplyRequest::of(text)
    }
}

/// A person who mistypes an id wants to know; a service that is sent an old one does not.
fn check_ids(arguments: &ReplyCheckArgs, analyzer: &Analyzer) -> anyhow::Result<()> {
    for id in &arguments.off {
        if !is_rule(analyzer.replies(), id) {
            bail!("there is no rule `{id}`");
        }
    }
    for id in &arguments.used {
        if !analyzer.phrases().phrases().iter().any(|phrase| phrase.id == *id) {
            bail!("there is no phrase `{id}`");
        }
    }
    Ok(())
}

fn is_rule(book: &RuleBook, id: &str) -> bool {
    book.rules().iter().any(|rule| rule.id == id)
        || TemplateFault::ALL.iter().any(|fault| fault.rule() == id)
}

fn write(out: &mut impl Write, text: &str, findings: &[ReplyFinding]) -> anyhow::Result<()> {
    if findings.is_empty() {
        return Ok(writeln!(out, "{}  {text}", style::paint(style::GOOD, "ok"))?);
    }
    writeln!(out, "    {text}")?;
    for finding in findings {
        let color = match finding.severity {
            RuleSeverity::Error => style::BAD,
            RuleSeverity::Warning => style::WARN,
            RuleSeverity::Info => style::DIM,
        };
        let before = text.get(..finding.start).unwrap_or_default().width();
        let marks = "^".repeat(finding.text.width().max(1));
        let ReplyFinding { rule, severity, message, .. } = finding;
        writeln!(out, "    {}{}", " ".repeat(before), style::paint(color, marks))?;
        writeln!(out, "    {} {rule}: {message}", style::paint(color, severity))?;
        for alternative in &finding.alternatives {
            writeln!(out, "      {} {alternative}", style::paint(style::GOOD, "→"))?;
        }
    }
    Ok(())
}
