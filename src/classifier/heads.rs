//! What the labels of a model mean: logits to probabilities in the vocabulary of the product.

use super::fusion::{Fusion, FusionTable};
use super::mapping::Labels;
use super::verdict::Verdict;
use crate::domain::Signal;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How logits become probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Activation {
    /// Each on its own.
    Sigmoid,
    /// Shares of all labels of the model.
    Softmax,
}

/// Logits that together stand for one thing.
pub(super) type Group = Vec<usize>;

#[derive(Debug, Clone)]
pub(super) enum FrustrationHead {
    Ordinal([usize; 3]),
    Levels { none: Group, mild: Group, clear: Group, severe: Group },
    Any { group: Group, activation: Activation },
}

#[derive(Debug, Clone)]
pub(super) struct SentimentHead {
    pub(super) activation: Activation,
    pub(super) temperature: f64,
    /// Negative, neutral and positive.
    pub(super) sides: [Group; 3],
}

#[derive(Debug, Clone)]
pub(super) struct SignalsHead {
    pub(super) activation: Activation,
    pub(super) temperature: f64,
    /// Each signal with its logits and its threshold.
    pub(super) groups: Vec<(Signal, Group, f64)>,
}

/// The heads of a model, resolved to logits.
#[derive(Debug, Clone, Default)]
pub(super) struct Heads {
    /// The head, its temperature and its thresholds.
    pub(super) frustration: Option<(FrustrationHead, f64, [f64; 3])>,
    pub(super) sentiment: Option<SentimentHead>,
    pub(super) signals: Option<SignalsHead>,
}

impl Heads {
    pub(super) const fn is_empty(&self) -> bool {
        self.frustration.is_none() && self.sentiment.is_none() && self.signals.is_none()
    }

    /// Whether the model has that signal.
    pub(super) fn knows(&self, signal: Signal) -> bool {
        self.signals.iter().flat_map(|head| &head.groups).any(|(own, ..)| *own == signal)
    }

    /// The labels that no head reads and that are not ignored on purpose.
    pub(super) fn unused<'l>(&self, labels: &Labels<'l>, ignored: &[String]) -> Vec<&'l str> {
        let mut read: BTreeSet<usize> = BTreeSet::new();
        match &self.frustration {
            Some((FrustrationHead::Ordinal(three), ..)) => read.extend(three),
            Some((FrustrationHead::Levels { none, mild, clear, severe }, ..)) => {
                read.extend([none, mild, clear, severe].into_iter().flatten());
            }
            Some((FrustrationHead::Any { group, .. }, ..)) => read.extend(group),
            None => {}
        }
        read.extend(self.sentiment.iter().flat_map(|head| head.sides.iter().flatten()));
        let groups = self.signals.iter().flat_map(|head| &head.groups);
        read.extend(groups.flat_map(|(_, group, _)| group));
        let names = labels.names().iter().enumerate();
        let unused = names.filter(|(index, name)| !read.contains(index) && !ignored.contains(name));
        unused.map(|(_, name)| name.as_str()).collect()
    }

    /// How verdicts of these heads are fused; without a table, from their thresholds.
    pub(super) fn fusion(&self, table: Option<FusionTable>) -> Fusion {
        let levels = self.frustration.as_ref().map_or([0.5; 3], |(_, _, thresholds)| *thresholds);
        let mut signals = [0.5; Signal::ALL.len()];
        for (signal, _, threshold) in self.signals.iter().flat_map(|head| &head.groups) {
            if let Some(slot) = signals.get_mut(signal.index()) {
                *slot = *threshold;
            }
        }
        Fusion::new(table, levels, signals)
    }

    /// Reads the logits of one text.
    pub(super) fn read(&self, logits: &[f32]) -> Verdict {
        Verdict {
            at_least: self.frustration.as_ref().map(|(head, temperature, _)| {
                let scaled = Scaled { logits, temperature: *temperature };
                match head {
                    FrustrationHead::Ordinal(three) => {
                        falling(three.map(|one| scaled.sigmoid(one))).map(Some)
                    }
                    FrustrationHead::Levels { none, mild, clear, severe } => {
                        let [_, at_mild, at_clear, at_severe] =
                            scaled.shares(&[none, mild, clear, severe]);
                        // A level that no class reaches is one of which the model says nothing.
                        let known = |groups: &[&Group], sum: f64| {
                            groups.iter().any(|group| !group.is_empty()).then_some(sum)
                        };
                        [
                            Some(at_mild + at_clear + at_severe),
                            known(&[clear, severe], at_clear + at_severe),
                            known(&[severe], at_severe),
                        ]
                    }
                    FrustrationHead::Any { group, activation } => {
                        [Some(scaled.any(group, *activation)); 3]
                    }
                }
            }),
            sentiment: self.sentiment.as_ref().map(|head| {
                let scaled = Scaled { logits, temperature: head.temperature };
                let [negative, neutral, positive] = &head.sides;
                match head.activation {
                    Activation::Softmax => scaled.shares(&[negative, neutral, positive]),
                    Activation::Sigmoid => {
                        let [negative, neutral, positive] = [negative, neutral, positive]
                            .map(|side| scaled.any(side, Activation::Sigmoid));
                        // Without a label of its own, neutral is what neither side claims.
                        let neutral = if head.sides[1].is_empty() {
                            (1.0 - negative) * (1.0 - positive)
                        } else {
                            neutral
                        };
                        let sum = (negative + neutral + positive).max(f64::MIN_POSITIVE);
                        [negative / sum, neutral / sum, positive / sum]
                    }
                }
            }),
            signals: {
                let mut signals = [None; Signal::ALL.len()];
                if let Some(head) = &self.signals {
                    let scaled = Scaled { logits, temperature: head.temperature };
                    for (signal, group, _) in &head.groups {
                        if let Some(slot) = signals.get_mut(signal.index()) {
                            *slot = Some(scaled.any(group, head.activation));
                        }
                    }
                }
                signals
            },
            only_adds: false,
        }
    }
}

/// An ordinal model may say "at least 2" with more certainty than "at least 1"; the lesser holds.
const fn falling([one, two, three]: [f64; 3]) -> [f64; 3] {
    let two = two.min(one);
    [one, two, three.min(two)]
}

/// Logits under a temperature.
struct Scaled<'l> {
    logits: &'l [f32],
    temperature: f64,
}

impl Scaled<'_> {
    fn logit(&self, index: usize) -> f64 {
        self.logits
            .get(index)
            .map_or(f64::NEG_INFINITY, |logit| f64::from(*logit) / self.temperature)
    }

    fn sigmoid(&self, index: usize) -> f64 {
        1.0 / (1.0 + (-self.logit(index)).exp())
    }

    /// The probability of any label of the group.
    fn any(&self, group: &[usize], activation: Activation) -> f64 {
        match activation {
            Activation::Sigmoid => group.iter().map(|one| self.sigmoid(*one)).fold(0.0, f64::max),
            Activation::Softmax => {
                let all: Group = (0..self.logits.len()).collect();
                let [inside, whole] = self.weights(&[&group.to_vec(), &all]);
                (inside / whole).clamp(0.0, 1.0)
            }
        }
    }

    /// The shares of groups that exclude each other.
    fn shares<const N: usize>(&self, groups: &[&Group; N]) -> [f64; N] {
        let weights = self.weights(groups);
        let sum = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        weights.map(|weight| weight / sum)
    }

    fn weights<const N: usize>(&self, groups: &[&Group; N]) -> [f64; N] {
        let all = groups.iter().flat_map(|group| group.iter());
        let highest = all.map(|one| self.logit(*one)).fold(f64::NEG_INFINITY, f64::max);
        groups.map(|group| group.iter().map(|one| (self.logit(*one) - highest).exp()).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    fn frustration(head: FrustrationHead) -> Heads {
        Heads { frustration: Some((head, 1.0, [0.5; 3])), ..Heads::default() }
    }

    #[test]
    fn an_ordinal_head_never_rises() {
        let heads = frustration(FrustrationHead::Ordinal([0, 1, 2]));
        let [one, two, three] = heads.read(&[0.0, 2.0, 1.0]).at_least.unwrap();
        for level in [one, two, three] {
            near(level.unwrap(), 0.5);
        }
    }

    #[test]
    fn classes_of_levels_are_summed_from_above() {
        let heads = frustration(FrustrationHead::Levels {
            none: vec![0, 1],
            mild: vec![2],
            clear: vec![3],
            severe: vec![],
        });
        let [one, two, three] = heads.read(&[0.0; 4]).at_least.unwrap();
        near(one.unwrap(), 0.5);
        near(two.unwrap(), 0.25);
        assert_eq!(three, None, "no class is severe");
    }

    #[test]
    fn of_labels_that_mean_the_same_the_likeliest_counts() {
        let group = vec![0, 2];
        let heads = frustration(FrustrationHead::Any { group, activation: Activation::Sigmoid });
        let [one, two, three] = heads.read(&[0.0, 9.0, -9.0]).at_least.unwrap();
        for level in [one, two, three] {
            near(level.unwrap(), 0.5);
        }
    }

    #[test]
    fn without_a_neutral_label_neutral_is_what_neither_side_claims() {
        let sides = [vec![0], vec![], vec![1]];
        let head = SentimentHead { activation: Activation::Sigmoid, temperature: 1.0, sides };
        let heads = Heads { sentiment: Some(head), ..Heads::default() };
        let [negative, neutral, positive] = heads.read(&[-9.0, -9.0]).sentiment.unwrap();
        assert!(neutral > 0.99 && negative < 0.01 && positive < 0.01);
    }

    #[test]
    fn logits_beyond_all_measure_are_still_probabilities() {
        let heads = frustration(FrustrationHead::Levels {
            none: vec![0],
            mild: vec![1],
            clear: vec![2],
            severe: vec![3],
        });
        for logits in [[f32::MAX, f32::MIN, 0.0, 1e30], [f32::MIN; 4]] {
            for probability in heads.read(&logits).at_least.unwrap() {
                let probability = probability.unwrap();
                assert!((0.0..=1.0).contains(&probability), "{logits:?} gives {probability}");
            }
        }
    }
}
