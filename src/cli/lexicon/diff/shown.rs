//! What every format of the report shows: figures, moves and samples.

use crate::cli::args::DiffArgs;
use nunchi::evaluation::diff::{Change, Comparison, Verdict};
use nunchi::evaluation::{Dataset, Report};
use std::fmt::Write as _;

/// A comparison and what it is shown with.
pub(super) struct Shown<'s> {
    pub(super) arguments: &'s DiffArgs,
    pub(super) comparison: &'s Comparison,
    pub(super) texts: &'s [String],
    pub(super) labels: Option<&'s Dataset>,
    /// Before and after.
    pub(super) quality: Option<(Report, Report)>,
    /// Most samples that are shown.
    pub(super) samples: usize,
}

/// A figure before and after.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) before: f64,
    pub(super) after: f64,
}

impl Figure {
    pub(super) fn change(&self) -> f64 {
        self.after - self.before
    }
}

/// Messages that went from one level or action to another.
pub(super) struct Move {
    pub(super) what: &'static str,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) messages: usize,
}

/// What a part of a message is to the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Plain,
    New,
    Lost,
}

/// Messages whose level moved nearer to their label, and farther from it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Toward {
    pub(super) nearer: usize,
    pub(super) farther: usize,
}

impl<'s> Shown<'s> {
    pub(super) fn summary(&self) -> String {
        let (messages, changed) = (self.comparison.messages, self.comparison.changes.len());
        let judged = self.moved();
        let mut summary =
            format!("{messages} messages, {changed} read differently, {judged} judged differently");
        if let Some(Toward { nearer, farther }) = self.toward() {
            _ = write!(
                summary,
                ", {nearer} levels nearer to their label, {farther} farther from it"
            );
        }
        summary
    }

    /// Messages whose level, action or signals moved.
    pub(super) fn moved(&self) -> usize {
        self.comparison.changes.iter().filter(|change| change.moves()).count()
    }

    /// The figures of a labelled corpus.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let Some((before, after)) = &self.quality else { return Vec::new() };
        let clear = |report: &Report| report.levels.get(&2).map_or(0.0, |figures| figures.f1);
        let of = |name, figure: &dyn Fn(&Report) -> f64| Figure {
            name,
            before: figure(before),
            after: figure(after),
        };
        vec![
            of("QWK", &|report| report.qwk),
            of("F1 at level ≥ 2", &clear),
            of("AUC at level ≥ 2", &|report| report.auc_at_clear),
            of("action", &|report| report.action_accuracy),
            of("sentiment", &|report| report.sentiment_accuracy),
            of("signals F1", &|report| report.signals_micro.f1),
        ]
    }

    /// Moves of level and action.
    pub(super) fn moves(&self) -> Vec<Move> {
        let levels = self.comparison.levels().into_iter().map(|((from, to), messages)| Move {
            what: "level",
            from: from.number().to_string(),
            to: to.number().to_string(),
            messages,
        });
        let actions = self.comparison.actions().into_iter().map(|((from, to), messages)| Move {
            what: "action",
            from: from.to_string(),
            to: to.to_string(),
            messages,
        });
        levels.chain(actions).collect()
    }

    /// How the levels of a labelled corpus moved.
    pub(super) fn toward(&self) -> Option<Toward> {
        self.labels?;
        let mut toward = Toward::default();
        for change in &self.comparison.changes {
            match self.gain(change) {
                Some(gain) if gain > 0 => toward.nearer += 1,
                Some(gain) if gain < 0 => toward.farther += 1,
                _ => {}
            }
        }
        Some(toward)
    }

    /// How many levels nearer to its label a message came; below 0 it went away from it.
    pub(super) fn gain(&self, change: &Change) -> Option<i16> {
        let label = self.label(change)?;
        let distance = |verdict: &Verdict| i16::from(verdict.level.number().abs_diff(label));
        Some(distance(&change.before) - distance(&change.after))
    }

    /// The level that people gave to a message.
    pub(super) fn label(&self, change: &Change) -> Option<u8> {
        Some(self.labels?.rows.get(change.index)?.level.number())
    }

    /// The changes worth a look: those that move farthest first.
    pub(super) fn samples(&self) -> Vec<&'s Change> {
        let mut changes: Vec<&Change> = self.comparison.changes.iter().collect();
        let distance = |one: &Change| one.before.level.number().abs_diff(one.after.level.number());
        changes.sort_by_key(|one| (std::cmp::Reverse(distance(one)), !one.moves(), one.index));
        changes.truncate(self.samples);
        changes
    }

    /// The text of a message.
    pub(super) fn text_of(&self, change: &Change) -> &'s str {
        self.texts.get(change.index).map_or("", String::as_str)
    }

    /// The message in parts, those of new and lost hits marked; of overlapping hits the first stays.
    pub(super) fn parts(&self, change: &Change) -> Vec<(Mark, &'s str)> {
        let text = self.text_of(change);
        let new = change.gained.iter().map(|hit| (hit.span, Mark::New));
        let mut spans: Vec<_> =
            new.chain(change.lost.iter().map(|hit| (hit.span, Mark::Lost))).collect();
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut parts = Vec::new();
        let mut at = 0;
        for (span, mark) in spans.into_iter().filter(|(span, _)| span.start < span.end) {
            if span.start < at {
                continue;
            }
            parts.push((Mark::Plain, text.get(at..span.start).unwrap_or_default()));
            parts.push((mark, span.of(text)));
            at = span.end;
        }
        parts.push((Mark::Plain, text.get(at..).unwrap_or_default()));
        parts.retain(|(_, part)| !part.is_empty());
        parts
    }
}

/// `+new, -lost` by the ids of their entries.
pub(super) fn hits(change: &Change) -> Vec<String> {
    let gained = change.gained.iter().map(|hit| format!("+{}", hit.entry));
    let lost = change.lost.iter().map(|hit| format!("-{}", hit.entry));
    let mut hits: Vec<String> = gained.chain(lost).collect();
    hits.dedup();
    hits
}
