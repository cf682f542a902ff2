//! The scorer: hits to additive evidence, to points, to level, score, sentiment and signals.
//!
//! Points are additive and explainable: each hit contributes `weight × factor × discount`, where
//! the factor comes from shifters, and the discount from weightier hits of the same signal or at
//! the same place. The level is where the sum of points stands among the thresholds, level 3 only
//! with a single piece of evidence that is heavy enough; the score is the logistic of the sum, the
//! estimated probability that the message is of level 2 or more.

use super::scope::{Shift, shift};
use super::scoring::Scorer;
use crate::classifier::LexiconLevels;
use crate::domain::{Level, SentimentLabel, Signal, SignalSet, Source};
use crate::lexicon::{Entry, Lexicon, Match, Role};
use crate::text::Unit;

/// One hit of an entry and what it contributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The hit.
    pub hit: Match,
    /// The weight of its entry.
    pub weight: f64,
    /// What shifters did to it.
    pub shift: Shift,
    /// What the hit adds to the points.
    pub contribution: f64,
    /// Its signals.
    pub signals: SignalSet,
    /// How surely it means them.
    pub confidence: f64,
}

impl Evidence {
    /// Whether the hit counts for nothing: negated, quoted or excepted.
    pub const fn is_off(&self) -> bool {
        self.shift.negated || self.hit.excepted
    }
}

/// The probability of one signal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignalScore {
    /// The signal.
    pub signal: Signal,
    /// Its probability.
    pub score: f64,
    /// Whether it counts as present.
    pub present: bool,
    /// Who found it.
    pub source: Source,
}

/// What the evidence of a message amounts to.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Sum of the contributions and the bias.
    pub points: f64,
    /// The level of those points.
    pub level: Level,
    /// Probability of level 2 or more.
    pub score: f64,
    /// The side the message takes.
    pub sentiment: SentimentLabel,
    /// From -1 to 1.
    pub sentiment_score: f64,
    /// Hits of entries in the order of the text.
    pub evidence: Vec<Evidence>,
    /// Signals with any evidence, in the order of the guideline.
    pub signals: Vec<SignalScore>,
    /// The signals that count as present.
    pub present: SignalSet,
}

/// How often each signal was counted already.
#[derive(Debug, Default)]
struct Repeats {
    by_signal: [i32; Signal::ALL.len()],
    without_signal: i32,
}

impl Repeats {
    /// How often any of the signals was counted, and counts them once more.
    fn count(&mut self, signals: SignalSet) -> i32 {
        if signals.is_empty() {
            self.without_signal += 1;
            return self.without_signal - 1;
        }
        let mut most = 0;
        for signal in signals.iter() {
            if let Some(count) = self.by_signal.get_mut(signal.index()) {
                most = most.max(*count);
                *count += 1;
            }
        }
        most
    }
}

/// Whether a weightier hit on the same side stands at the same place.
fn is_overlapped(evidence: &[Evidence], full: &[f64], index: usize, longest: usize) -> bool {
    let (Some(one), Some(mine)) = (evidence.get(index), full.get(index)) else { return false };
    let from = one.hit.first.saturating_sub(longest);
    let begin = evidence.partition_point(|other| other.hit.first < from);
    let end = evidence.partition_point(|other| other.hit.first <= one.hit.last);
    (begin..end).any(|other| {
        let (Some(hit), Some(theirs)) = (evidence.get(other), full.get(other)) else {
            return false;
        };
        let weightier =
            (theirs.abs(), std::cmp::Reverse(other)) > (mine.abs(), std::cmp::Reverse(index));
        let same_side = *theirs != 0.0 && (*theirs > 0.0) == (*mine > 0.0);
        other != index && same_side && weightier && hit.hit.last >= one.hit.first
    })
}

impl Scorer {
    /// Weighs the hits of a message.
    pub fn score(&self, lexicon: &Lexicon, units: &[Unit], matches: &[Match]) -> Assessment {
        let mut evidence: Vec<Evidence> = matches
            .iter()
            .filter_map(|hit| match lexicon.item(hit.item).map(|item| &item.role) {
                Some(Role::Entry(entry)) => {
                    Some(self.evidence(*hit, entry, shift(lexicon, units, matches, hit)))
                }
                _ => None,
            })
            .collect();
        self.discount(&mut evidence);
        let points = self.points(&evidence);
        let signals = self.signals(&evidence);
        let present: SignalSet = signals.iter().filter(|s| s.present).map(|s| s.signal).collect();
        let (sentiment, sentiment_score) = self.sentiment(&evidence, present);
        Assessment {
            points,
            level: self.level(points, &evidence),
            score: 1.0 / (1.0 + (-self.score.slope * (points - self.score.midpoint)).exp()),
            sentiment,
            sentiment_score,
            evidence,
            signals,
            present,
        }
    }

    /// The probability from which a signal counts as present.
    pub(super) const fn signal_threshold(&self) -> f64 {
        self.signals.threshold
    }

    /// What a sum of points and the level it came to say to a fusion.
    pub(super) fn lexicon_levels(&self, points: f64, level: Level) -> LexiconLevels {
        let edges = [self.levels.mild, self.levels.clear, self.levels.severe];
        LexiconLevels { points, level: usize::from(level.number()), edges, slope: self.score.slope }
    }

    fn evidence(&self, hit: Match, entry: &Entry, shift: Shift) -> Evidence {
        let factor = shift.factor.min(self.combine.largest_factor);
        let praise = entry.weight < 0.0 && entry.signals.contains(Signal::Gratitude);
        let contribution = if hit.excepted {
            0.0
        } else if shift.denied && praise {
            // 친절하지 않다: praise denied is a complaint.
            entry.weight * self.combine.negated_praise
        } else if shift.negated {
            0.0
        } else {
            entry.weight * factor
        };
        Evidence {
            hit,
            weight: entry.weight,
            shift,
            contribution,
            signals: entry.signals,
            confidence: entry.confidence,
        }
    }

    /// Lowers what says the same thing again, or stands at the same place as something weightier.
    ///
    /// The weightiest evidence counts in full; each further one of the same signal, or of the same
    /// kind of wording where there is no signal, counts less. `evidence` is in the order of the text.
    fn discount(&self, evidence: &mut [Evidence]) {
        let full: Vec<f64> = evidence.iter().map(|one| one.contribution).collect();
        let size = |index: usize| full.get(index).copied().unwrap_or_default().abs();
        let mut order: Vec<usize> = (0..evidence.len()).filter(|i| size(*i) > 0.0).collect();
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
        let longest = evidence.iter().map(|one| one.hit.last - one.hit.first).max().unwrap_or(0);
        let mut rising = Repeats::default();
        let mut falling = Repeats::default();
        for index in order {
            let overlapped = is_overlapped(evidence, &full, index, longest);
            let Some(one) = evidence.get_mut(index) else { continue };
            let repeats = if one.contribution > 0.0 { &mut rising } else { &mut falling };
            one.contribution *= self.combine.repeat_discount.powi(repeats.count(one.signals));
            if overlapped {
                one.contribution *= self.combine.overlap_discount;
            }
        }
    }

    fn points(&self, evidence: &[Evidence]) -> f64 {
        let sum = |rises: bool| {
            let side = evidence.iter().filter(|e| (e.contribution > 0.0) == rises);
            side.map(|e| e.contribution).sum::<f64>()
        };
        let (rising, falling) = (sum(true), sum(false));
        let praise: f64 = evidence
            .iter()
            .filter(|e| e.contribution < 0.0 && e.signals.contains(Signal::Gratitude))
            .map(|e| e.contribution)
            .sum();
        // Polite wording around a complaint softens it but does not make it vanish; praise that
        // outweighs the complaint does.
        let limit = if rising > -praise {
            self.combine.relief_limit.max(-self.combine.relief_share * rising)
        } else {
            self.combine.relief_limit
        };
        self.combine.bias + rising + falling.max(limit)
    }

    fn level(&self, points: f64, evidence: &[Evidence]) -> Level {
        // Sums of decimal weights such as 1.2 + 0.8 must reach the threshold they are meant to.
        let reached = |threshold: f64| points + 1e-9 >= threshold;
        // Fury is in a word, not in the length of a list of complaints.
        let furious = evidence.iter().any(|one| one.contribution >= self.levels.severe_needs);
        if reached(self.levels.severe) && furious {
            Level::Severe
        } else if reached(self.levels.clear) {
            Level::Clear
        } else if reached(self.levels.mild) {
            Level::Mild
        } else {
            Level::None
        }
    }

    fn signals(&self, evidence: &[Evidence]) -> Vec<SignalScore> {
        let mut scores = Vec::new();
        for signal in Signal::ALL {
            let mut absent = 1.0;
            let mut seen = false;
            for one in evidence.iter().filter(|one| one.signals.contains(*signal)) {
                seen = true;
                if !one.is_off() {
                    absent *= 1.0 - one.confidence * one.shift.factor.min(1.0);
                }
            }
            if seen {
                let score = 1.0 - absent;
                let present = score + 1e-9 >= self.signals.threshold;
                let source = Source::Lexicon;
                scores.push(SignalScore { signal: *signal, score, present, source });
            }
        }
        scores
    }

    fn sentiment(&self, evidence: &[Evidence], present: SignalSet) -> (SentimentLabel, f64) {
        let mut balance = 0.0;
        for one in evidence {
            if one.contribution > 0.0 {
                balance -= one.contribution;
            } else if one.signals.contains(Signal::Gratitude) {
                // Calm wording lowers frustration but is no praise.
                balance -= one.contribution;
            }
        }
        for (signal, points) in &self.sentiment.points {
            if present.contains(*signal) {
                balance += points;
            }
        }
        let score = (self.sentiment.scale * balance).tanh();
        let label = if score <= self.sentiment.negative_below {
            SentimentLabel::Negative
        } else if score >= self.sentiment.positive_above {
            SentimentLabel::Positive
        } else {
            SentimentLabel::Neutral
        };
        (label, score)
    }
}
