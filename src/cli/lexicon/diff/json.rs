//! The report for programs.

use super::shown::{Figure, Shown};
use nunchi::domain::Signal;
use nunchi::evaluation::diff::{Change, EntryCount, Hit, Verdict};
use serde_json::{Map, Value, json};

pub(super) fn render(shown: &Shown<'_>) -> Value {
    let comparison = shown.comparison;
    let moves = shown.moves().into_iter().map(
        |one| json!({ "what": one.what, "from": one.from, "to": one.to, "messages": one.messages }),
    );
    let figure =
        |one: Figure| (one.name.to_owned(), json!({ "before": one.before, "after": one.after }));
    let quality = shown
        .quality
        .is_some()
        .then(|| -> Map<_, _> { shown.figures().into_iter().map(figure).collect() });
    let toward =
        shown.toward().map(|toward| json!({ "nearer": toward.nearer, "farther": toward.farther }));
    let signals = comparison.signals();
    let signals = signals.iter().map(|(signal, count)| (signal.code(), count));
    let entries = comparison.entries();
    json!({
        "old": shown.arguments.old,
        "new": shown.arguments.new,
        "messages": comparison.messages,
        "read_differently": comparison.changes.len(),
        "judged_differently": shown.moved(),
        "levels": { "before": comparison.levels_before, "after": comparison.levels_after },
        "toward_label": toward,
        "quality": quality,
        "moves": moves.collect::<Vec<_>>(),
        "signals": counts(signals),
        "entries": counts(entries.iter().map(|(entry, count)| (*entry, count))),
        "samples": shown.samples().into_iter().map(|one| sample(shown, one)).collect::<Vec<_>>(),
    })
}

fn counts<'c>(counts: impl Iterator<Item = (&'c str, &'c EntryCount)>) -> Map<String, Value> {
    counts
        .map(|(name, count)| (name.to_owned(), json!({ "new": count.gained, "lost": count.lost })))
        .collect()
}

fn sample(shown: &Shown<'_>, change: &Change) -> Value {
    let text = shown.text_of(change);
    let list = |hits: &[Hit]| -> Vec<Value> {
        hits.iter().map(|hit| json!({ "entry": hit.entry, "text": hit.span.of(text) })).collect()
    };
    json!({
        "line": change.index + 1,
        "text": text,
        "label": shown.label(change),
        "before": side(&change.before),
        "after": side(&change.after),
        "new": list(&change.gained),
        "lost": list(&change.lost),
    })
}

fn side(verdict: &Verdict) -> Value {
    let signals: Vec<&str> = verdict.signals.iter().map(Signal::code).collect();
    json!({
        "level": verdict.level.number(),
        "score": (verdict.score * 1000.0).round() / 1000.0,
        "action": verdict.action.code(),
        "signals": signals,
    })
}
