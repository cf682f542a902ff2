//! How a verdict and the evidence of the lexicon become one answer: a small linear layer, as data.
//!
//! Every figure is a logit: `bias + lexicon × evidence + Σ classifier × logit(probability)`. The
//! logistic of it is the fused probability; what reaches 0 holds. A model without a `[fusion]`
//! table is fused with equal shares, measured from its own thresholds.

use crate::domain::{SentimentLabel, Signal};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many levels a model without a fusion of its own may take from that of the lexicon: what a
/// linguist writes must never be without effect.
const LOWERS_BY: usize = 1;
/// The logit beyond which neither side gets surer where both count the same.
const SURE: f64 = 4.0;
/// How far a probability may lie from 0 and 1 before its logit says more than the model knows.
const CERTAINTY: f64 = 1e-4;

/// The logit of a probability, held away from certainty.
fn logit(probability: f64) -> f64 {
    logit_within(CERTAINTY, probability)
}

fn logit_within(certainty: f64, probability: f64) -> f64 {
    let held = probability.clamp(certainty, 1.0 - certainty);
    (held / (1.0 - held)).ln()
}

/// `[fusion]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FusionTable {
    frustration: Option<Levels>,
    sentiment: Option<Sides>,
    #[serde(default)]
    signals: BTreeMap<Signal, SignalFusion>,
}

/// The rows of levels 1, 2 and 3.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    bias: [f64; 3],
    /// Times the points of the lexicon, held within `points`.
    lexicon: [f64; 3],
    /// For each level, times the logits of at least 1, 2 and 3.
    classifier: [[f64; 3]; 3],
    /// The least and the most points that count.
    points: [f64; 2],
    /// How far probabilities of the model are held from 0 and 1.
    certainty: f64,
    /// How many levels the model may take from that of the lexicon.
    lowers_by: usize,
}

impl Levels {
    fn logits(&self, points: f64, at_least: [f64; 3]) -> [f64; 3] {
        let [least, most] = self.points;
        let points = points.clamp(least, most);
        let said = at_least.map(|probability| logit_within(self.certainty, probability));
        let mut logits = [0.0; 3];
        let rows = self.bias.iter().zip(self.lexicon).zip(self.classifier);
        for (slot, ((bias, lexicon), row)) in logits.iter_mut().zip(rows) {
            let said: f64 = row.iter().zip(said).map(|(weight, logit)| weight * logit).sum();
            *slot = bias + lexicon * points + said;
        }
        logits
    }
}

/// The rows of negative, neutral and positive.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    bias: [f64; 3],
    /// Times the sentiment score of the lexicon, -1 to 1.
    lexicon: [f64; 3],
    /// Times the logarithm of the probability of the side.
    classifier: f64,
}

/// The row of one signal.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignalFusion {
    bias: f64,
    /// Times the probability that the lexicon gives the signal.
    lexicon: f64,
    /// Times the logit of the model's probability.
    classifier: f64,
}

/// What the lexicon says of a level, for a model without a fusion of its own.
#[derive(Debug, Clone, Copy)]
pub struct LexiconLevels {
    /// The sum of points.
    pub points: f64,
    /// The level it came to, 0 to 3.
    pub level: usize,
    /// The points where levels 1, 2 and 3 begin.
    pub edges: [f64; 3],
    /// How steep the probability rises in points.
    pub slope: f64,
}

/// How a verdict is fused with the evidence of the lexicon.
#[derive(Debug, Clone)]
pub struct Fusion {
    table: Option<FusionTable>,
    level_thresholds: [f64; 3],
    signal_thresholds: [f64; Signal::ALL.len()],
}

impl Fusion {
    pub(super) const fn new(
        table: Option<FusionTable>,
        level_thresholds: [f64; 3],
        signal_thresholds: [f64; Signal::ALL.len()],
    ) -> Self {
        Self { table, level_thresholds, signal_thresholds }
    }

    /// The signals that the table fuses.
    pub(super) fn signals(&self) -> impl Iterator<Item = Signal> {
        self.table.iter().flat_map(|table| table.signals.keys().copied())
    }

    /// What is wrong with the figures, where anything is.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let table = self.table.as_ref()?;
        let levels = table.frustration.iter().flat_map(|levels| {
            let rows = levels.classifier.iter().flatten();
            levels.bias.iter().chain(&levels.lexicon).chain(rows).chain(&levels.points)
        });
        let sides = table
            .sentiment
            .iter()
            .flat_map(|sides| sides.bias.iter().chain(&sides.lexicon).chain([&sides.classifier]));
        let signals = table.signals.values();
        let signals = signals.flat_map(|one| [&one.bias, &one.lexicon, &one.classifier]);
        if levels.chain(sides).chain(signals).any(|figure| !figure.is_finite()) {
            return Some("a figure is not a finite number");
        }
        let ordered = |levels: &Levels| levels.points[0] < levels.points[1];
        if table.frustration.as_ref().is_some_and(|levels| !ordered(levels)) {
            return Some("points must be [least, most]");
        }
        let held = |levels: &Levels| 0.0 < levels.certainty && levels.certainty < 0.5;
        if table.frustration.as_ref().is_some_and(|levels| !held(levels)) {
            return Some("certainty must be above 0 and below 0.5");
        }
        let lowered = |levels: &Levels| levels.lexicon.iter().any(|weight| *weight < 0.0);
        if table.frustration.as_ref().is_some_and(lowered) {
            return Some("points of the lexicon must not lower a level");
        }
        if table.frustration.as_ref().is_some_and(|levels| levels.lowers_by > 3) {
            return Some("lowers_by goes from 0 to 3");
        }
        if table.signals.values().any(|one| one.lexicon < 0.0 || one.classifier < 0.0) {
            return Some("a signal must not be less likely the more it is found");
        }
        None
    }

    /// The logits of levels 1, 2 and 3, never rising. `at_least` is none for a level of which the
    /// model says nothing; a model that `only_adds` lowers nothing.
    pub fn levels(
        &self,
        lexicon: LexiconLevels,
        at_least: [Option<f64>; 3],
        only_adds: bool,
    ) -> [f64; 3] {
        let table = self.table.as_ref().and_then(|table| table.frustration);
        let mut logits = match (table, at_least) {
            (Some(rows), [Some(one), Some(two), Some(three)]) => {
                rows.logits(lexicon.points, [one, two, three])
            }
            _ => self.halves(lexicon, at_least),
        };
        let lowers_by = if only_adds { 0 } else { table.map_or(LOWERS_BY, |rows| rows.lowers_by) };
        let kept = lexicon.level.saturating_sub(lowers_by);
        for logit in logits.iter_mut().take(kept) {
            *logit = logit.max(0.0);
        }
        let [one, two, three] = logits;
        let two = two.min(one);
        [one, two, three.min(two)]
    }

    /// Both sides count the same, each measured from its own thresholds. Neither alone makes a
    /// level that the other does not even come near, and points speak for no level that the lexicon
    /// did not give.
    fn halves(&self, lexicon: LexiconLevels, at_least: [Option<f64>; 3]) -> [f64; 3] {
        let mut logits = [0.0; 3];
        let sides = lexicon.edges.iter().zip(at_least).zip(self.level_thresholds);
        for (index, (slot, ((edge, probability), threshold))) in
            logits.iter_mut().zip(sides).enumerate()
        {
            let found = (lexicon.slope * (lexicon.points - edge)).clamp(-SURE, SURE);
            let found =
                if lexicon.level > index { found.max(0.0) } else { found.min(-f64::EPSILON) };
            *slot = probability.map_or(found, |probability| {
                let said = (logit(probability) - logit(threshold)).clamp(-SURE, SURE);
                f64::midpoint(found, said)
            });
        }
        logits
    }

    /// The probabilities of the sides, in the order of [`SentimentLabel::ALL`].
    pub fn sides(&self, score: f64, sides: [f64; 3]) -> [f64; SentimentLabel::ALL.len()] {
        let share = self.table.as_ref().and_then(|table| table.sentiment).unwrap_or(Sides {
            bias: [0.0; 3],
            lexicon: [-2.0, 0.0, 2.0],
            classifier: 1.0,
        });
        let mut z = [0.0; 3];
        for (((z, side), bias), lexicon) in
            z.iter_mut().zip(sides).zip(share.bias).zip(share.lexicon)
        {
            *z = bias + lexicon * score + share.classifier * side.max(CERTAINTY).ln();
        }
        let highest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights = z.map(|z| (z - highest).exp());
        let sum: f64 = weights.iter().sum();
        weights.map(|weight| weight / sum)
    }

    /// The logit of a signal: `lexicon` is the probability that the lexicon gives it, `threshold`
    /// the one from which it counts there, `probability` that of the model.
    pub fn signal(&self, signal: Signal, lexicon: f64, threshold: f64, probability: f64) -> f64 {
        let row = self.table.as_ref().and_then(|table| table.signals.get(&signal));
        if let Some(row) = row {
            return row.bias + row.lexicon * lexicon + row.classifier * logit(probability);
        }
        let own = self.signal_thresholds.get(signal.index()).copied().unwrap_or(0.5);
        (logit(lexicon) - logit(threshold)).max(logit(probability) - logit(own))
    }
}
