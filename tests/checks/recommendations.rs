//! What is recommended is fit to be said: a human is within reach, abuse gets no apology, danger
//! gets the crisis line, and the same message gets the same lines.

use nunchi::analysis::{Analysis, Analyzer, Message, Scratch};
use nunchi::domain::{Action, Channel, Level, MessageText, Path as Procedure, Role};
use nunchi::evaluation::Dataset;
use nunchi::phrases::{PhraseKind, Situation};
use nunchi::resource::Resources;
use std::collections::BTreeSet;

const DAYS: [jiff::civil::Date; 3] = [
    jiff::civil::date(2026, 11, 21),
    jiff::civil::date(2027, 1, 1),
    jiff::civil::date(2027, 7, 15),
];

fn for_each_message(mut look: impl FnMut(&str, &Analysis<'_>)) {
    let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/dev-messages.tsv");
    let dataset = Dataset::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut scratch = Scratch::default();
    for row in &dataset.rows {
        for channel in Channel::ALL {
            for today in DAYS {
                let message = Message {
                    text: MessageText::parse(&row.text, 5000).unwrap(),
                    role: Role::Customer,
                    channel: *channel,
                    max_apologies: 3,
                    today,
                    classifier: true,
                };
                look(&row.text, &analyzer.analyze(&message, &mut scratch));
            }
        }
    }
}

#[test]
fn whoever_is_clearly_frustrated_is_always_shown_a_way_to_a_human() {
    for_each_message(|text, analysis| {
        let due =
            analysis.assessment.level >= Level::Clear || analysis.decision.action.is_escalation();
        if due {
            assert!(!analysis.apologies.is_empty(), "{text}: nothing to say");
            for phrase in &analysis.apologies {
                assert!(phrase.opens_way_to_human(), "{text}: {}", phrase.id);
            }
        }
        if analysis.decision.action == Action::None {
            assert!(analysis.apologies.is_empty(), "{text}: an apology for nothing");
        }
    });
}

#[test]
fn complaint_abuse_and_danger_are_answered_apart() {
    let mut seen = BTreeSet::new();
    for_each_message(|text, analysis| {
        seen.insert(analysis.decision.path);
        for phrase in &analysis.apologies {
            let fits = match analysis.decision.path {
                Procedure::None => false,
                Procedure::Complaint => {
                    matches!(phrase.kind, PhraseKind::Apology | PhraseKind::NextStep)
                }
                Procedure::Abuse => phrase.kind == PhraseKind::Notice,
                Procedure::Crisis => {
                    phrase.kind == PhraseKind::Crisis && phrase.text.contains("109")
                }
            };
            assert!(fits, "{text}: {} on the path {}", phrase.id, analysis.decision.path);
        }
    });
    assert_eq!(seen.len(), Procedure::ALL.len(), "the messages cover every path: {seen:?}");
}

#[test]
fn recommendations_vary_between_messages() {
    let mut firsts = BTreeSet::new();
    for_each_message(|_, analysis| {
        firsts.extend(analysis.apologies.first().map(|phrase| phrase.id.clone()));
    });
    assert!(firsts.len() >= 60, "only {} lines ever come first", firsts.len());
}

#[test]
fn every_situation_of_a_real_service_has_its_lines() {
    let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
    for situation in Situation::ALL {
        let lines = analyzer.phrases().phrases().iter().filter(|p| p.situation == Some(*situation));
        assert!(lines.count() >= 3, "{situation}");
    }
}
