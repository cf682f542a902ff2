//! One row of a log and what is added to it.

use jiff::civil::Date;
use nunchi::analysis::{Analyzer, Message, Scratch};
use nunchi::domain::{Channel, MessageText, Role};
use serde_json::{Map, Value, json};

/// Longer texts are refused here as they are by the service.
const MAX_CODE_POINTS: usize = 5_000;

/// The columns that scoring adds, in the order of [`Scored::added`].
pub(super) const ADDED: [&str; 8] = [
    "nunchi_level",
    "nunchi_score",
    "nunchi_sentiment",
    "nunchi_signals",
    "nunchi_action",
    "nunchi_queue",
    "nunchi_reasons",
    "nunchi_error",
];

/// A row as read: its fields in order, and its text.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) fields: Map<String, Value>,
    pub(super) text: Result<String, String>,
}

/// A row with what was concluded about it.
#[derive(Debug)]
pub(super) struct Scored {
    pub(super) fields: Map<String, Value>,
    pub(super) added: [Value; 8],
    pub(super) error: Option<String>,
}

/// Scores one row; a row without a usable text comes back with an error in it.
pub(super) fn score(
    analyzer: &Analyzer,
    record: Record,
    today: Date,
    scratch: &mut Scratch,
) -> Scored {
    let Record { fields, text } = record;
    let parsed = text.and_then(|text| {
        let check = MessageText::parse(&text, MAX_CODE_POINTS).map(|_| ());
        check.map(|()| text).map_err(|error| error.to_string())
    });
    match parsed {
        Ok(text) => {
            let added = conclude(analyzer, &text, speaker(&fields), today, scratch);
            Scored { fields, added, error: None }
        }
        Err(error) => {
            let mut added = [const { Value::Null }; 8];
            if let Some(last) = added.last_mut() {
                *last = json!(error);
            }
            Scored { fields, added, error: Some(error) }
        }
    }
}

/// Who wrote a row and where, by its columns `role` and `channel`; a customer in a chat without them.
fn speaker(fields: &Map<String, Value>) -> (Role, Channel) {
    let code = |key: &str| fields.get(key).and_then(Value::as_str).map(str::trim);
    let role = code("role").and_then(|code| code.parse().ok()).unwrap_or(Role::Customer);
    let channel = code("channel").and_then(|code| code.parse().ok()).unwrap_or(Channel::Chat);
    (role, channel)
}

fn conclude(
    analyzer: &Analyzer,
    text: &str,
    (role, channel): (Role, Channel),
    today: Date,
    scratch: &mut Scratch,
) -> [Value; 8] {
    let Ok(text) = MessageText::parse(text, MAX_CODE_POINTS) else {
        return [const { Value::Null }; 8];
    };
    let message = Message { text, role, channel, max_apologies: 0, today, classifier: true };
    let analysis = analyzer.analyze(&message, scratch);
    let assessment = &analysis.assessment;
    let codes =
        |signals: &mut dyn Iterator<Item = &'static str>| signals.collect::<Vec<_>>().join(",");
    let escalation = analysis.decision.escalation.as_ref();
    [
        json!(assessment.level.number()),
        json!((assessment.score * 1000.0).round() / 1000.0),
        json!(assessment.sentiment.code()),
        json!(codes(&mut assessment.present.iter().map(nunchi::domain::Signal::code))),
        json!(analysis.decision.action.code()),
        escalation.map_or(Value::Null, |escalation| json!(escalation.queue.code())),
        escalation.map_or(Value::Null, |_| {
            json!(codes(&mut analysis.decision.reasons.iter().map(|signal| signal.code())))
        }),
        Value::Null,
    ]
}
