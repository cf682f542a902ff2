//! `nunchi eval`: figures on labelled messages, as a table or as JSON.

use super::args::{DataArgs, EvalArgs};
use super::{analyzer, input, style};
use anyhow::Context as _;
use nunchi::evaluation::{Dataset, LevelFigures, Report, evaluate};
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(arguments: &EvalArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let analyzer = analyzer(data)?;
    let path = arguments.file.display();
    let text =
        std::fs::read_to_string(&arguments.file).with_context(|| format!("cannot read {path}"))?;
    let dataset = if arguments.neutral {
        Dataset::neutral(neutral_texts(&text))
    } else {
        Dataset::parse(&text).with_context(|| format!("{path} is no labelled file"))?
    };
    let mut scratch = super::scratch(&analyzer)?;
    let report = evaluate(&analyzer, &dataset, input::today(), arguments.worst, &mut scratch);
    if report.without_verdict > 0 {
        let head = style::paint(style::WARN, "warning");
        let missed = report.without_verdict;
        anstream::eprintln!(
            "{head} the classifier failed on {missed} rows; the lexicon alone answered them"
        );
    }
    let mut out = anstream::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report).context("figures as JSON")?)?;
    } else if arguments.neutral {
        write_alarms(&mut out, &report)?;
        write_worst(&mut out, &report)?;
    } else {
        write_table(&mut out, &report)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The column `text` of a TSV with a header, or every line.
fn neutral_texts(text: &str) -> Vec<&str> {
    let header = text.lines().next().unwrap_or_default();
    match header.split('\t').position(|column| column.trim() == "text") {
        Some(column) => {
            text.lines().skip(1).filter_map(|line| line.split('\t').nth(column)).collect()
        }
        None => text.lines().collect(),
    }
}

fn write_table(out: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    let head = |title: &str| style::paint(style::HEAD, title);
    writeln!(out, "{}  {}", head("rows"), report.rows)?;
    writeln!(
        out,
        "{}   {:.3}   {} {:.3}",
        head("QWK"),
        report.qwk,
        head("AUC level ≥ 2"),
        report.auc_at_clear
    )?;
    writeln!(
        out,
        "{} {:.3}   {} {:.3}",
        head("action"),
        report.action_accuracy,
        head("sentiment"),
        report.sentiment_accuracy
    )?;
    writeln!(out, "\n{}", head("                   precision recall     F1 support"))?;
    for (level, figures) in &report.levels {
        write_figures(out, &format!("level ≥ {level}"), figures)?;
    }
    write_figures(out, "signals (micro)", &report.signals_micro)?;
    for (signal, figures) in &report.signals {
        write_figures(out, &format!("  {signal}"), figures)?;
    }
    for (action, figures) in &report.actions {
        write_figures(out, &format!("action {action}"), figures)?;
    }
    writeln!(out)?;
    write_alarms(out, report)?;
    write_worst(out, report)
}

fn write_figures(out: &mut impl Write, name: &str, figures: &LevelFigures) -> anyhow::Result<()> {
    let LevelFigures { precision, recall, f1, support } = figures;
    Ok(writeln!(out, "{name:<19} {precision:>8.3} {recall:>6.3} {f1:>6.3} {support:>7}")?)
}

fn write_alarms(out: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    writeln!(
        out,
        "{}",
        style::paint(style::HEAD, "false alarms          calm  level ≥ 1  level ≥ 2")
    )?;
    for (kind, alarms) in &report.false_alarms {
        let (mild, clear) = (alarms.at_mild * 100.0, alarms.at_clear * 100.0);
        writeln!(out, "{kind:<19} {:>6} {mild:>8.2} % {clear:>8.2} %", alarms.calm)?;
    }
    Ok(())
}

fn write_worst(out: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    if !report.worst.is_empty() {
        writeln!(
            out,
            "\n{}",
            style::paint(style::HEAD, "worst rows: labelled → answered (points)")
        )?;
    }
    for row in &report.worst {
        writeln!(
            out,
            "{:<8} {} → {} ({:>5.2})  {}",
            row.id, row.labelled, row.answered, row.points, row.text
        )?;
    }
    Ok(())
}
