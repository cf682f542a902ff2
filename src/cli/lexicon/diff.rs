//! `nunchi lexicon diff`: what a change of the lexicons does to a corpus.

use super::corpus::Corpus;
use super::source;
use crate::cli::args::{DiffArgs, ReportFormat};
use crate::cli::{input, style};
use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::evaluation::diff::{Change, Comparison, Hit, compare};
use nunchi::evaluation::{Report, evaluate};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

/// Messages that a thread compares between two moves of the progress bar.
const CHUNK: usize = 1_000;

pub(super) fn run(arguments: &DiffArgs) -> anyhow::Result<ExitCode> {
    let (old, new) = (source::analyzer(&arguments.old)?, source::analyzer(&arguments.new)?);
    let corpus = Corpus::read(&arguments.corpus)?;
    let comparison = compare_all(&old, &new, &corpus.texts);
    let quality = corpus.labels.as_ref().map(|labels| {
        let figures =
            |analyzer| evaluate(analyzer, labels, input::today(), 0, &mut Scratch::default());
        (figures(&old), figures(&new))
    });
    let shown = Shown { arguments, comparison: &comparison, texts: &corpus.texts, quality };
    let text = match arguments.format {
        ReportFormat::Text => shown.text(),
        ReportFormat::Markdown => shown.markdown(),
        ReportFormat::Json => {
            serde_json::to_string_pretty(&shown.json()).context("as JSON")? + "\n"
        }
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Compares a corpus on all cores, in order.
fn compare_all(old: &Analyzer, new: &Analyzer, texts: &[String]) -> Comparison {
    let bar = ProgressBar::new(texts.len() as u64);
    let template = "{bar:40.cyan/dim} {pos}/{len} messages  {elapsed} elapsed, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = texts.len().div_ceil(workers).max(1);
    let today = input::today();
    let mut whole = Comparison::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = texts
            .chunks(share)
            .map(|part| {
                let bar = &bar;
                scope.spawn(move || {
                    let mut compared = Comparison::default();
                    for (number, chunk) in part.chunks(CHUNK).enumerate() {
                        let one = compare(old, new, chunk.iter().map(String::as_str), today);
                        compared.append(one, number * CHUNK);
                        bar.inc(chunk.len() as u64);
                    }
                    compared
                })
            })
            .collect();
        for (number, thread) in threads.into_iter().enumerate() {
            let part = thread.join().expect("comparing cannot panic: a bug in analysis");
            whole.append(part, number * share);
        }
    });
    bar.finish_and_clear();
    whole
}

/// A comparison and what it is shown with.
struct Shown<'s> {
    arguments: &'s DiffArgs,
    comparison: &'s Comparison,
    texts: &'s [String],
    quality: Option<(Report, Report)>,
}

/// The figures that are compared: name, before, after.
fn figures(before: &Report, after: &Report) -> Vec<(&'static str, f64, f64)> {
    let clear = |report: &Report| report.levels.get(&2).map_or(0.0, |figures| figures.f1);
    vec![
        ("QWK", before.qwk, after.qwk),
        ("F1 at level ≥ 2", clear(before), clear(after)),
        ("AUC at level ≥ 2", before.auc_at_clear, after.auc_at_clear),
        ("action", before.action_accuracy, after.action_accuracy),
        ("sentiment", before.sentiment_accuracy, after.sentiment_accuracy),
        ("signals F1", before.signals_micro.f1, after.signals_micro.f1),
    ]
}

impl Shown<'_> {
    /// Messages whose level, action or signals moved.
    fn moved(&self) -> usize {
        self.comparison.changes.iter().filter(|change| change.moves()).count()
    }

    fn summary(&self) -> String {
        let (messages, changed) = (self.comparison.messages, self.comparison.changes.len());
        format!(
            "{messages} messages, {changed} read differently, {} judged differently",
            self.moved()
        )
    }

    /// Moves of level and action as rows: what, from, to, how many.
    fn moves(&self) -> Vec<(&'static str, String, String, usize)> {
        let levels = self.comparison.levels().into_iter().map(|((from, to), count)| {
            ("level", from.number().to_string(), to.number().to_string(), count)
        });
        let actions = self
            .comparison
            .actions()
            .into_iter()
            .map(|((from, to), count)| ("action", from.to_string(), to.to_string(), count));
        levels.chain(actions).collect()
    }

    /// The changes worth a look: those that judge differently first.
    fn samples(&self) -> Vec<&Change> {
        let mut changes: Vec<&Change> = self.comparison.changes.iter().collect();
        let distance = |one: &Change| one.before.level.number().abs_diff(one.after.level.number());
        changes.sort_by_key(|one| (std::cmp::Reverse(distance(one)), !one.moves(), one.index));
        changes.truncate(self.arguments.samples);
        changes
    }

    /// The message with its new or lost hits in brackets.
    fn marked(&self, change: &Change, open: &str, close: &str) -> String {
        let Some(text) = self.texts.get(change.index) else { return String::new() };
        let mut spans: Vec<_> =
            change.gained.iter().chain(&change.lost).map(|hit| hit.span).collect();
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut shown = String::new();
        let mut at = 0;
        for span in spans {
            if span.start < at {
                continue;
            }
            shown.push_str(text.get(at..span.start).unwrap_or_default());
            _ = write!(shown, "{open}{}{close}", span.of(text));
            at = span.end;
        }
        shown + text.get(at..).unwrap_or_default()
    }

    fn text(&self) -> String {
        let head = |title: &str| style::paint(style::HEAD, title);
        let mut out = format!("{}  {}\n", head("corpus"), self.summary());
        if let Some((before, after)) = &self.quality {
            for (name, old, new) in figures(before, after) {
                let color = if new + 5e-4 < old {
                    style::BAD
                } else if new > old + 5e-4 {
                    style::GOOD
                } else {
                    style::DIM
                };
                let change = style::paint(color, format!("{:+.3}", new - old));
                _ = writeln!(out, "  {name:<18} {old:.3} → {new:.3}  {change}");
            }
        }
        for (what, from, to, count) in self.moves() {
            _ = writeln!(out, "{} {from} → {to}  {count}", head(what));
        }
        let entries = self.comparison.entries();
        if !entries.is_empty() {
            _ = writeln!(out, "{}", head("entries      new    lost"));
        }
        for (entry, count) in &entries {
            _ = writeln!(out, "  {:>13} {:>7}  {entry}", count.gained, count.lost);
        }
        for change in self.samples() {
            let (before, after) = (&change.before, &change.after);
            let marked = self.marked(
                change,
                &style::WARN.render().to_string(),
                &style::WARN.render_reset().to_string(),
            );
            _ = writeln!(
                out,
                "{} level {} → {}, {} → {}  {marked}\n    {}",
                style::paint(style::DIM, change.index + 1),
                before.level.number(),
                after.level.number(),
                before.action,
                after.action,
                style::paint(style::DIM, hits(change)),
            );
        }
        out
    }

    fn markdown(&self) -> String {
        let DiffArgs { old, new, .. } = self.arguments;
        let mut out = format!("### Lexicons: `{old}` → `{new}`\n\n{}.\n", self.summary());
        if let Some((before, after)) = &self.quality {
            out.push_str("\n| figure | before | after | change |\n|---|---|---|---|\n");
            for (name, old, new) in figures(before, after) {
                _ = writeln!(out, "| {name} | {old:.3} | {new:.3} | {:+.3} |", new - old);
            }
        }
        let moves = self.moves();
        if !moves.is_empty() {
            out.push_str("\n| | from | to | messages |\n|---|---|---|---|\n");
        }
        for (what, from, to, count) in moves {
            _ = writeln!(out, "| {what} | {from} | {to} | {count} |");
        }
        let entries = self.comparison.entries();
        if !entries.is_empty() {
            out.push_str("\n| entry | new hits | lost hits |\n|---|---|---|\n");
        }
        for (entry, count) in &entries {
            _ = writeln!(out, "| `{entry}` | {} | {} |", count.gained, count.lost);
        }
        let samples = self.samples();
        if !samples.is_empty() {
            out.push_str("\n| message | level | action | hits |\n|---|---|---|---|\n");
        }
        for change in samples {
            let (before, after) = (&change.before, &change.after);
            let marked = self.marked(change, "**", "**").replace('|', "\\|");
            _ = writeln!(
                out,
                "| {marked} | {} → {} | {} → {} | {} |",
                before.level.number(),
                after.level.number(),
                before.action,
                after.action,
                hits(change)
            );
        }
        out
    }

    fn json(&self) -> serde_json::Value {
        let entries: serde_json::Map<String, serde_json::Value> = self
            .comparison
            .entries()
            .into_iter()
            .map(|(entry, count)| {
                (entry.to_owned(), serde_json::json!({ "new": count.gained, "lost": count.lost }))
            })
            .collect();
        let moves: Vec<_> = self
            .moves()
            .into_iter()
            .map(|(what, from, to, count)| serde_json::json!({ "what": what, "from": from, "to": to, "messages": count }))
            .collect();
        let quality = self.quality.as_ref().map(|(before, after)| {
            let rows = figures(before, after).into_iter();
            rows.map(|(name, old, new)| {
                (name.to_owned(), serde_json::json!({ "before": old, "after": new }))
            })
            .collect::<serde_json::Map<_, _>>()
        });
        let samples: Vec<_> =
            self.samples().into_iter().map(|change| self.sample(change)).collect();
        serde_json::json!({
            "old": self.arguments.old,
            "new": self.arguments.new,
            "messages": self.comparison.messages,
            "read_differently": self.comparison.changes.len(),
            "judged_differently": self.moved(),
            "quality": quality,
            "moves": moves,
            "entries": entries,
            "samples": samples,
        })
    }

    fn sample(&self, change: &Change) -> serde_json::Value {
        let side = |verdict: &nunchi::evaluation::diff::Verdict| {
            let signals: Vec<&str> =
                verdict.signals.iter().map(nunchi::domain::Signal::code).collect();
            serde_json::json!({
                "level": verdict.level.number(),
                "score": (verdict.score * 1000.0).round() / 1000.0,
                "action": verdict.action.code(),
                "signals": signals,
            })
        };
        let text = self.texts.get(change.index).map(String::as_str).unwrap_or_default();
        let list = |hits: &[Hit]| -> Vec<serde_json::Value> {
            hits.iter()
                .map(|hit| serde_json::json!({ "entry": hit.entry, "text": hit.span.of(text) }))
                .collect()
        };
        serde_json::json!({
            "line": change.index + 1,
            "text": text,
            "before": side(&change.before),
            "after": side(&change.after),
            "new": list(&change.gained),
            "lost": list(&change.lost),
        })
    }
}

/// `+ new, - lost` by the ids of their entries.
fn hits(change: &Change) -> String {
    let gained = change.gained.iter().map(|hit| format!("+{}", hit.entry));
    let lost = change.lost.iter().map(|hit| format!("-{}", hit.entry));
    gained.chain(lost).collect::<Vec<_>>().join(" ")
}
