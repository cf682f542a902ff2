//! The parameters of the scorer, as linguists write them in `scoring.toml`.

use super::policy::missing;
use crate::domain::Signal;
use crate::resource::{Diagnostics, Resources, Severity, read_root};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the scoring stands in a lexicon folder.
pub(super) const SCORING_FILE: &str = "scoring.toml";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Levels {
    pub(super) mild: f64,
    pub(super) clear: f64,
    pub(super) severe: f64,
    pub(super) severe_needs: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibration {
    pub(super) midpoint: f64,
    pub(super) slope: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Combine {
    pub(super) bias: f64,
    pub(super) repeat_discount: f64,
    pub(super) overlap_discount: f64,
    pub(super) relief_limit: f64,
    pub(super) relief_share: f64,
    pub(super) negated_praise: f64,
    pub(super) largest_factor: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignalScoring {
    pub(super) threshold: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SentimentScoring {
    pub(super) scale: f64,
    pub(super) negative_below: f64,
    pub(super) positive_above: f64,
    pub(super) points: BTreeMap<Signal, f64>,
}

/// The scoring parameters, as data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scorer {
    pub(super) levels: Levels,
    pub(super) score: Calibration,
    pub(super) combine: Combine,
    pub(super) signals: SignalScoring,
    pub(super) sentiment: SentimentScoring,
}

impl Scorer {
    /// Reads the scoring file of a lexicon folder.
    pub fn load(resources: &Resources, problems: &mut Diagnostics) -> Option<Self> {
        let Some(file) = resources.get(SCORING_FILE) else {
            problems.push(missing(SCORING_FILE));
            return None;
        };
        let scorer: Self = read_root(file, problems).take_all(problems)?;
        for (holds, message, help) in scorer.contradictions() {
            if !holds {
                problems.push(file.diagnostic(Severity::Error, "L012", 0, message, help));
            }
        }
        Some(scorer)
    }

    /// What must hold of the figures, and what to say where it does not; NaN holds nowhere.
    fn contradictions(&self) -> [(bool, &'static str, &'static str); 6] {
        let Self { levels, score, combine, signals, sentiment } = self;
        let share = 0.0..=1.0;
        [
            (
                0.0 < levels.mild && levels.mild < levels.clear && levels.clear < levels.severe,
                "[levels] must rise from mild over clear to severe",
                "the defaults are 1, 2 and 4",
            ),
            (
                score.slope > 0.0 && score.slope < 100.0 && score.midpoint.abs() < 100.0,
                "[score] needs a positive slope and a midpoint",
                "the midpoint is the threshold of level 2",
            ),
            (
                share.contains(&combine.repeat_discount)
                    && share.contains(&combine.overlap_discount)
                    && share.contains(&combine.relief_share),
                "[combine] discounts and shares go from 0 to 1",
                "1 discounts nothing",
            ),
            (
                combine.bias.abs() < levels.mild
                    && (-10.0..=0.0).contains(&combine.relief_limit)
                    && (-1.0..=0.0).contains(&combine.negated_praise)
                    && (1.0..=5.0).contains(&combine.largest_factor)
                    && (0.0..=6.0).contains(&levels.severe_needs),
                "[combine] or severe_needs is out of range",
                "compare with the default file, where each figure is explained",
            ),
            (
                share.contains(&signals.threshold) && signals.threshold > 0.0,
                "[signals] threshold is a probability above 0",
                "the default is 0.5",
            ),
            (
                sentiment.scale > 0.0
                    && (-1.0..=0.0).contains(&sentiment.negative_below)
                    && share.contains(&sentiment.positive_above)
                    && sentiment.points.values().all(|points| points.abs() <= 10.0),
                "[sentiment] needs a positive scale and thresholds on both sides of 0",
                "compare with the default file",
            ),
        ]
    }
}
