//! How much an expression belongs to one of two groups of messages.

/// Share of all messages that the prior weighs as much as.
const PRIOR: f64 = 0.1;

/// An expression compared between two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Keyness {
    /// Logarithm of the odds ratio after smoothing: the size of the effect.
    pub(super) log_odds: f64,
    /// The same in standard deviations: how sure it is.
    pub(super) z: f64,
}

/// Compares in how many messages of two groups, which may weigh less than one each, an expression
/// stands.
///
/// The prior says that both groups use it as all messages together do, so that a group must prove
/// that it does not.
pub(super) fn keyness(with: [f64; 2], messages: [f64; 2]) -> Keyness {
    let all = messages.iter().sum::<f64>();
    let strength = (all * PRIOR).max(1.0);
    // Half a message keeps the prior of what is everywhere or nowhere from being certain.
    let share = (with.iter().sum::<f64>() + 0.5) / (all + 1.0);
    let (present, absent) = (strength * share, strength * (1.0 - share));
    let [[a, not_a], [b, not_b]] = [0, 1].map(|group: usize| {
        let [with, messages] =
            [with, messages].map(|counts| counts.get(group).copied().unwrap_or_default());
        [with + present, messages - with + absent]
    });
    let log_odds = (a / not_a).ln() - (b / not_b).ln();
    let deviation = (1.0 / a + 1.0 / not_a + 1.0 / b + 1.0 / not_b).sqrt();
    Keyness { log_odds, z: log_odds / deviation }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_groups_say_alike_is_not_key_and_sides_are_symmetric() {
        assert!(keyness([10.0, 100.0], [100.0, 1000.0]).z.abs() < 0.05);
        let (one, other) =
            (keyness([10.0, 1.0], [500.0, 500.0]), keyness([1.0, 10.0], [500.0, 500.0]));
        assert!((one.z + other.z).abs() < 1e-9 && one.z > 1.96);
    }

    #[test]
    fn many_witnesses_count_more_than_a_high_ratio() {
        let (rare, frequent) =
            (keyness([2.0, 0.0], [500.0, 500.0]), keyness([40.0, 8.0], [500.0, 500.0]));
        assert!(frequent.z > rare.z && frequent.z > 3.0, "{rare:?} {frequent:?}");
    }
}
