//! What no model may do: take back a hard signal, or send a customer to a human without a reason.

use nunchi::analysis::{Analyzer, Message, Opinion, Scratch};
use nunchi::classifier::Verdict;
use nunchi::domain::{Action, Channel, Level, MessageText, Role, Signal};
use nunchi::evaluation::Dataset;
use nunchi::loading;
use nunchi::settings::Settings;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| loading::analyzer(&Settings::default()).unwrap());
/// Signals on which the lexicon is not overruled.
const HARD: [Signal; 4] =
    [Signal::Crisis, Signal::Threat, Signal::SexualHarassment, Signal::AgentRequest];

fn messages() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dev-messages.tsv");
    let dataset = Dataset::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    dataset.rows.into_iter().map(|row| row.text).collect()
}

fn message(text: &str) -> Message<'_> {
    Message {
        text: MessageText::parse(text, 5000).unwrap(),
        role: Role::Customer,
        channel: Channel::Chat,
        max_apologies: 3,
        today: jiff::civil::date(2026, 11, 21),
        classifier: true,
    }
}

/// A model that is sure that nothing is the matter.
fn denial() -> Verdict {
    Verdict {
        at_least: Some([Some(0.0); 3]),
        sentiment: Some([0.0, 0.0, 1.0]),
        signals: [Some(0.0); Signal::ALL.len()],
        only_adds: false,
    }
}

#[test]
fn a_hard_signal_of_the_lexicon_stays_and_so_does_its_escalation() {
    let mut scratch = Scratch::default();
    let mut hard = 0;
    for text in messages() {
        let message = message(&text);
        let alone = ANALYZER.analyze(&message, &mut scratch);
        let reading = ANALYZER.read(&message, &mut scratch);
        let fused = ANALYZER.conclude(&message, reading, Opinion::Heard(Box::new(denial())));
        for signal in HARD {
            if alone.assessment.present.contains(signal) {
                hard += 1;
                assert!(fused.assessment.present.contains(signal), "{signal} was lost");
                assert!(fused.decision.action >= Action::Transfer, "{signal} did not escalate");
            }
        }
    }
    assert!(hard > 20, "the messages hardly have any hard signal: {hard}");
}

#[test]
fn whoever_is_transferred_or_prioritized_has_a_reason() {
    let mut scratch = ANALYZER.scratch().unwrap();
    for text in messages() {
        let analysis = ANALYZER.analyze(&message(&text), &mut scratch);
        let short = text.trim().chars().count() < 4;
        assert!(short || matches!(analysis.opinion, Opinion::Heard(_)), "{text}");
        if analysis.decision.action >= Action::Transfer {
            let reasons = &analysis.decision.reasons;
            assert!(!reasons.is_empty() && analysis.decision.escalation.is_some());
            let explains = |signal: &Signal| *signal != Signal::Emoticon;
            assert!(reasons.iter().any(explains), "only an emoticon for a reason");
        }
    }
}

fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0]
}

proptest! {
    /// Whatever a model says, figures stay in their ranges and a human is called only with a reason.
    #[test]
    fn any_verdict_leads_to_a_sound_answer(
        text in "[가-힣ㅋㅠ ?!]{1,30}",
        levels in proptest::array::uniform3(probability()),
        sides in proptest::array::uniform3(probability()),
        signals in proptest::collection::vec(proptest::option::of(probability()), Signal::ALL.len()),
    ) {
        prop_assume!(!text.trim().is_empty());
        let verdict = Verdict {
            at_least: Some(levels.map(Some)),
            sentiment: Some(sides),
            signals: signals.try_into().unwrap(),
            only_adds: false,
        };
        let message = message(&text);
        let reading = ANALYZER.read(&message, &mut Scratch::default());
        let analysis = ANALYZER.conclude(&message, reading, Opinion::Heard(Box::new(verdict)));
        let assessment = &analysis.assessment;
        prop_assert!((0.0..=1.0).contains(&assessment.score));
        prop_assert!((-1.0..=1.0).contains(&assessment.sentiment_score));
        prop_assert!(assessment.signals.iter().all(|one| (0.0..=1.0).contains(&one.score)));
        prop_assert_eq!(assessment.score >= 0.5, assessment.level >= Level::Clear);
        prop_assert!(analysis.decision.action < Action::Transfer || !analysis.decision.reasons.is_empty());
    }
}
