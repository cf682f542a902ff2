//! Two pairs of eyes, one answer: the verdict of a classifier is fused with the evidence of the
//! lexicon.
//!
//! The layer itself is data that belongs to the model ([`Fusion`]). Two rules stand above it: a
//! signal that the policy calls hard stays where the lexicon found it, and nothing is severe
//! without a signal that tells a person why. A model that could not read a text to its end, or
//! finds it too short to be sure, adds to what the lexicon found and takes nothing away.

use super::policy::Policy;
use super::scorer::{Assessment, SignalScore};
use super::scoring::Scorer;
use crate::classifier::{Fusion, Verdict};
use crate::domain::{Level, SentimentLabel, Signal, SignalSet, Source};

/// Signals that do not explain why someone is furious.
const NO_REASON: [Signal; 2] = [Signal::Gratitude, Signal::Emoticon];

/// Fuses a verdict into an assessment of the lexicon.
pub(super) fn fuse(
    assessment: &mut Assessment,
    verdict: &Verdict,
    fusion: &Fusion,
    scorer: &Scorer,
    policy: &Policy,
) {
    assessment.signals = signals(assessment, verdict, fusion, scorer, policy);
    let present = assessment.signals.iter().filter(|signal| signal.present);
    assessment.present = present.map(|signal| signal.signal).collect();
    if let Some(at_least) = verdict.at_least {
        let logits = fusion.levels(
            scorer.lexicon_levels(assessment.points, assessment.level),
            at_least,
            verdict.only_adds,
        );
        let reached = logits.iter().filter(|logit| **logit >= 0.0).count();
        let level = [Level::None, Level::Mild, Level::Clear, Level::Severe];
        assessment.level = level.get(reached).copied().unwrap_or_default();
        if assessment.level == Level::Severe && !has_reason(assessment.present) {
            assessment.level = Level::Clear;
        }
        let [_, clear, _] = logits;
        assessment.score = logistic(clear);
    }
    if let Some(sides) = verdict.sentiment {
        let sides = fusion.sides(assessment.sentiment_score, sides);
        let likeliest =
            SentimentLabel::ALL.iter().zip(sides).max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((label, _)) = likeliest {
            assessment.sentiment = *label;
        }
        let [negative, _, positive] = sides;
        assessment.sentiment_score = positive - negative;
    }
}

fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

fn has_reason(present: SignalSet) -> bool {
    present.iter().any(|signal| !NO_REASON.contains(&signal))
}

/// The fused signals: those that are present, and those that the lexicon found anything of.
fn signals(
    assessment: &Assessment,
    verdict: &Verdict,
    fusion: &Fusion,
    scorer: &Scorer,
    policy: &Policy,
) -> Vec<SignalScore> {
    let mut fused = Vec::new();
    for signal in Signal::ALL.iter().copied() {
        let found = assessment.signals.iter().find(|found| found.signal == signal).copied();
        let Some(probability) = verdict.signal(signal) else {
            fused.extend(found);
            continue;
        };
        let lexicon = found.map_or(0.0, |found| found.score);
        let logit = fusion.signal(signal, lexicon, scorer.signal_threshold(), probability);
        let score = logistic(logit);
        let present = logit >= 0.0;
        // Who made it present: the lexicon wherever it alone would have.
        let alone = found.is_some_and(|found| found.present);
        let source = if present && !alone { Source::Classifier } else { Source::Lexicon };
        fused.extend(match found {
            // Neither a hard signal nor any of a text that the model only adds to is denied.
            Some(found) if found.present && (policy.is_hard(signal) || verdict.only_adds) => {
                Some(SignalScore { score: score.max(found.score), ..found })
            }
            // Every hit is negated or excepted: it is listed to show why it is absent.
            Some(found) if found.score == 0.0 && !present => Some(found),
            Some(_) => Some(SignalScore { signal, score, present, source }),
            None => present.then_some(SignalScore { signal, score, present, source }),
        });
    }
    fused
}
