//! One record: what was said of an answer, what the answer was, and the label that follows.

use crate::analysis::{Analysis, Analyzer};
use crate::api::{Expected, FeedbackRequest};
use crate::domain::{Action, FeedbackVerdict, Level, SentimentLabel, Signal, SignalSet};
use serde::{Deserialize, Serialize};

/// What was said of an answer, as it is stored.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// When it came (RFC 3339).
    pub at: String,
    /// The id of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_id: Option<String>,
    /// SHA-256 of the message, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// Whether the answer was as it should have been.
    pub verdict: FeedbackVerdict,
    /// What it should have been, as sent; its signals each once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
    /// How the message was judged when this was stored; none without its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
    /// What the message should be judged as, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The message, with the consent of whoever wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// For the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Message text is personal data: only the id is shown.
impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How a message was judged, and by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Level, signals, action and sentiment.
    #[serde(flatten)]
    pub label: Label,
    /// Probability of level 2 or more.
    pub score: f64,
    /// Hash of lexicon and grammar.
    pub lexicon: String,
    /// Hash of policy, scoring and phrases.
    pub policy: String,
    /// Hash of the classifier's files; none where it was not heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classifier: Option<String>,
}

/// What a message is or should be judged as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The level, 0 to 3.
    pub level: u8,
    /// The signals that are present.
    pub signals: Vec<Signal>,
    /// What should happen next.
    pub action: Action,
    /// Which side the message takes.
    pub sentiment: SentimentLabel,
}

impl Record {
    /// A record of feedback that was looked at, without its text.
    pub fn new(id: String, at: String, said: &FeedbackRequest) -> Self {
        let expected = said.expected.clone().filter(|expected| !expected.is_empty());
        Self {
            id,
            at,
            answer_id: said.answer_id.clone(),
            text_sha256: said.hash(),
            verdict: said.verdict,
            expected: expected.map(Expected::in_order),
            judged: None,
            label: None,
            text: None,
            note: said.note.clone().filter(|note| !note.trim().is_empty()),
        }
    }

    /// The same record with the text of the message and how it is judged now.
    #[must_use]
    pub fn with_text(self, text: &str, analyzer: &Analyzer, analysis: &Analysis<'_>) -> Self {
        let judged = Judged::new(analyzer, analysis);
        let label = label(self.verdict, self.expected.as_ref(), &judged.label, analyzer);
        Self { judged: Some(judged), label, text: Some(text.to_owned()), ..self }
    }
}

impl Judged {
    fn new(analyzer: &Analyzer, analysis: &Analysis<'_>) -> Self {
        let assessment = &analysis.assessment;
        let heard = matches!(analysis.opinion, crate::analysis::Opinion::Heard(_));
        let classifier = analyzer.classifier().filter(|_| heard);
        Self {
            label: Label {
                level: assessment.level.number(),
                signals: assessment.present.iter().collect(),
                action: analysis.decision.action,
                sentiment: assessment.sentiment,
            },
            score: (assessment.score * 1000.0).round() / 1000.0,
            lexicon: analyzer.lexicon().fingerprint().to_owned(),
            policy: analyzer.policy().fingerprint().to_owned(),
            classifier: classifier.map(|model| model.version().to_owned()),
        }
    }
}

/// What a message should be judged as: what was expected, and for the rest what was judged.
///
/// None where an answer was wrong and nobody said what would have been right.
fn label(
    verdict: FeedbackVerdict,
    expected: Option<&Expected>,
    judged: &Label,
    analyzer: &Analyzer,
) -> Option<Label> {
    let Some(expected) = expected else {
        return (verdict == FeedbackVerdict::Right).then(|| judged.clone());
    };
    let level = expected.level.and_then(Level::from_number);
    let level = level.or_else(|| Level::from_number(judged.level)).unwrap_or_default();
    let calmed = level == Level::None && judged.level > 0;
    let signals: SignalSet = match &expected.signals {
        Some(signals) => signals.iter().copied().collect(),
        // Whoever says that nothing was wrong says that no reason was right.
        None if calmed => SignalSet::EMPTY,
        None => judged.signals.iter().copied().collect(),
    };
    let sentiment = expected.sentiment.unwrap_or(match judged.sentiment {
        SentimentLabel::Negative if calmed => SentimentLabel::Neutral,
        _ if level > Level::None && judged.level == 0 => SentimentLabel::Negative,
        sentiment => sentiment,
    });
    let before: SignalSet = judged.signals.iter().copied().collect();
    let as_judged = level.number() == judged.level && signals == before;
    let action = expected.action.unwrap_or_else(|| {
        // Of another level and other reasons, the policy says what should have happened.
        if as_judged { judged.action } else { analyzer.policy().decide(level, signals).action }
    });
    Some(Label { level: level.number(), signals: signals.iter().collect(), action, sentiment })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resources;
    use std::sync::LazyLock;

    static ANALYZER: LazyLock<Analyzer> =
        LazyLock::new(|| Analyzer::build(&Resources::embedded()).unwrap());

    fn angry() -> Label {
        Label {
            level: 2,
            signals: vec![Signal::Anger],
            action: Action::Apologize,
            sentiment: SentimentLabel::Negative,
        }
    }

    #[test]
    fn a_right_answer_is_its_own_label_and_a_wrong_one_needs_to_be_told() {
        let of = |verdict| label(verdict, None, &angry(), &ANALYZER);
        assert_eq!(of(FeedbackVerdict::Right), Some(angry()));
        assert_eq!(of(FeedbackVerdict::Wrong), None);
    }

    #[test]
    fn a_false_alarm_has_neither_signals_nor_an_apology() {
        let calm = Expected { level: Some(0), ..Expected::default() };
        let label = label(FeedbackVerdict::Wrong, Some(&calm), &angry(), &ANALYZER).unwrap();
        assert_eq!((label.level, label.action), (0, Action::None));
        assert_eq!((label.signals, label.sentiment), (vec![], SentimentLabel::Neutral));
    }

    #[test]
    fn another_level_and_signals_bring_the_action_of_the_policy_unless_one_is_said() {
        let signals = Some(vec![Signal::AgentRequest]);
        let said = Expected { level: Some(3), signals, ..Expected::default() };
        let of = |said: &Expected| {
            label(FeedbackVerdict::Wrong, Some(said), &angry(), &ANALYZER).unwrap()
        };
        assert_eq!(of(&said).action, Action::Transfer);
        let said = Expected { action: Some(Action::Offer), ..said };
        assert_eq!(of(&said).action, Action::Offer);
        let said = Expected { sentiment: Some(SentimentLabel::Positive), ..Expected::default() };
        assert_eq!(of(&said), Label { sentiment: SentimentLabel::Positive, ..angry() });
    }
}
