//! The report for a terminal.

use super::shown::{Mark, Shown, hits};
use crate::cli::style::{self, paint};
use std::fmt::Write as _;

/// A change of a figure below this is noise of rounding.
const SEEN: f64 = 5e-4;

pub(super) fn render(shown: &Shown<'_>) -> String {
    let head = |title: &str| paint(style::HEAD, title);
    let mut out = format!("{}  {}\n", head("corpus"), shown.summary());
    for figure in shown.figures() {
        let color = match figure.change() {
            change if change < -SEEN => style::BAD,
            change if change > SEEN => style::GOOD,
            _ => style::DIM,
        };
        let change = paint(color, format!("{:+.3}", figure.change()));
        let (name, before, after) = (figure.name, figure.before, figure.after);
        _ = writeln!(out, "  {name:<18} {before:.3} → {after:.3}  {change}");
    }
    for moved in shown.moves() {
        let what = head(moved.what);
        _ = writeln!(out, "{what} {} → {}  {}", moved.from, moved.to, moved.messages);
    }
    let entries = shown.comparison.entries();
    if !entries.is_empty() {
        _ = writeln!(out, "{}", head("entries      new    lost"));
    }
    for (entry, count) in &entries {
        _ = writeln!(out, "  {:>13} {:>7}  {entry}", count.gained, count.lost);
    }
    for change in shown.samples() {
        let (before, after) = (&change.before, &change.after);
        let marked: String = shown.parts(change).into_iter().map(painted).collect();
        _ = writeln!(
            out,
            "{} level {} → {}, {} → {}  {marked}\n    {}",
            paint(style::DIM, change.index + 1),
            before.level.number(),
            after.level.number(),
            before.action,
            after.action,
            paint(style::DIM, hits(change).join(" ")),
        );
    }
    out
}

fn painted((mark, part): (Mark, &str)) -> String {
    match mark {
        Mark::Plain => part.to_owned(),
        Mark::New => paint(style::WARN, part),
        Mark::Lost => paint(style::BAD, part),
    }
}
