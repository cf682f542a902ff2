//! Figures of agreement between labels and answers.

/// Counts of a yes-or-no decision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Labelled yes and answered yes.
    pub true_positive: usize,
    /// Labelled no and answered yes.
    pub false_positive: usize,
    /// Labelled yes and answered no.
    pub false_negative: usize,
}

impl Counts {
    /// Counts one decision.
    pub const fn add(&mut self, labelled: bool, answered: bool) {
        match (labelled, answered) {
            (true, true) => self.true_positive += 1,
            (false, true) => self.false_positive += 1,
            (true, false) => self.false_negative += 1,
            (false, false) => {}
        }
    }

    /// Adds the counts of another decision.
    pub const fn absorb(&mut self, other: Self) {
        self.true_positive += other.true_positive;
        self.false_positive += other.false_positive;
        self.false_negative += other.false_negative;
    }

    /// How many are labelled yes.
    pub const fn support(self) -> usize {
        self.true_positive + self.false_negative
    }

    /// Share of the answers yes that are right; 0 without such answers.
    pub fn precision(self) -> f64 {
        ratio(self.true_positive, self.true_positive + self.false_positive)
    }

    /// Share of the labels yes that are found; 0 without such labels.
    pub fn recall(self) -> f64 {
        ratio(self.true_positive, self.support())
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        ratio(
            2 * self.true_positive,
            2 * self.true_positive + self.false_positive + self.false_negative,
        )
    }
}

/// `part / whole`, 0 where there is nothing.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Cohen's kappa with quadratic weights over `classes` ordered classes (Cohen 1968).
///
/// 1 is full agreement, 0 that of chance; disagreement by two classes weighs four times as much
/// as by one. Pairs are (label, answer).
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn quadratic_weighted_kappa(pairs: &[(u8, u8)], classes: u8) -> f64 {
    let total = pairs.len() as f64;
    let share = |value: u8, of: fn(&(u8, u8)) -> u8| {
        pairs.iter().filter(|pair| of(pair) == value).count() as f64 / total
    };
    let mut expected = 0.0;
    for label in 0..classes {
        for answer in 0..classes {
            let distance = f64::from(label) - f64::from(answer);
            expected += distance * distance * share(label, |p| p.0) * share(answer, |p| p.1);
        }
    }
    let squares =
        pairs.iter().map(|(label, answer)| (f64::from(*label) - f64::from(*answer)).powi(2));
    let observed: f64 = squares.sum::<f64>() / total;
    if expected == 0.0 { 1.0 } else { 1.0 - observed / expected }
}

/// Area under the ROC curve: the chance that a labelled yes scores above a labelled no.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn auc(scores: &[(bool, f64)]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    let positives = sorted.iter().filter(|(yes, _)| *yes).count();
    let negatives = sorted.len() - positives;
    let mut rank_sum = 0.0;
    let mut index = 0;
    while let Some((_, score)) = sorted.get(index) {
        // Ties share the mean of their ranks.
        let run = sorted
            .iter()
            .skip(index)
            .take_while(|(_, other)| other.total_cmp(score).is_eq())
            .count();
        let mean_rank = index as f64 + f64::midpoint(run as f64, 1.0);
        let yes = sorted.iter().skip(index).take(run).filter(|(yes, _)| *yes).count();
        rank_sum += mean_rank * yes as f64;
        index += run;
    }
    let (p, n) = (positives as f64, negatives as f64);
    if p == 0.0 || n == 0.0 { 0.5 } else { (rank_sum - p * (p + 1.0) / 2.0) / (p * n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_one_for_agreement_and_zero_for_chance() {
        let agreed: Vec<(u8, u8)> = (0..4).map(|level| (level, level)).collect();
        assert!((quadratic_weighted_kappa(&agreed, 4) - 1.0).abs() < 1e-12);
        let constant = [(0, 1), (1, 1), (2, 1), (3, 1)];
        assert!(quadratic_weighted_kappa(&constant, 4).abs() < 1e-12);
    }

    #[test]
    fn kappa_matches_a_value_worked_out_by_hand() {
        // Labels 0,1,2 answered 0,2,2: observed 1/3; expected Σ d²·p·q = (0+1+4)/9 + (4+1+0)·2/9 = 15/9.
        let kappa = quadratic_weighted_kappa(&[(0, 0), (1, 2), (2, 2)], 3);
        assert!((kappa - (1.0 - (1.0 / 3.0) / (15.0 / 9.0))).abs() < 1e-12, "{kappa}");
    }

    #[test]
    fn auc_counts_ties_as_half() {
        assert!((auc(&[(true, 0.9), (false, 0.1)]) - 1.0).abs() < 1e-12);
        assert!((auc(&[(true, 0.5), (false, 0.5)]) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn precision_and_recall_are_those_of_the_counts() {
        let mut counts = Counts::default();
        for (labelled, answered) in [(true, true), (true, false), (false, true), (true, true)] {
            counts.add(labelled, answered);
        }
        assert!((counts.precision() - 2.0 / 3.0).abs() < 1e-12);
        assert!((counts.recall() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(counts.support(), 3);
    }
}
