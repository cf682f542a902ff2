//! `POST /v1/analyze`: the request.

use super::answer::AnalyzeResponse;
use crate::analysis::{Analysis, Analyzer, Message, Scratch};
use crate::domain::{Channel, MessageText, MessageTextError, OffsetUnit, Role};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Lines recommended where the request does not say.
const DEFAULT_APOLOGIES: u8 = 3;
/// The most lines that one answer recommends.
const MOST_APOLOGIES: u8 = 20;

/// A message to analyze. Only `text` is required.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "아니 몇 번을 말해야 합니까 ㅡㅡ" }))]
pub struct AnalyzeRequest {
    /// The message as sent.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Who wrote it; only messages of customers are judged.
    #[serde(default = "default_role")]
    pub role: Role,
    /// Where it was written.
    #[serde(default = "default_channel")]
    pub channel: Channel,
    /// Whether a classifier is consulted.
    #[serde(default)]
    pub classifier: ClassifierChoice,
    /// The unit of `start` and `end` in the answer.
    #[serde(default = "default_offsets")]
    pub offsets: OffsetUnit,
    /// How many lines to recommend at most, 0 to 20.
    #[serde(default = "default_apologies")]
    #[schema(maximum = 20)]
    pub max_apologies: u8,
}

/// Message text is personal data: only its length is shown.
impl std::fmt::Debug for AnalyzeRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let length = self.text.len();
        f.debug_struct("AnalyzeRequest").field("text_bytes", &length).finish_non_exhaustive()
    }
}

const fn default_role() -> Role {
    Role::Customer
}
const fn default_channel() -> Channel {
    Channel::Chat
}
const fn default_offsets() -> OffsetUnit {
    OffsetUnit::CodePoint
}
const fn default_apologies() -> u8 {
    DEFAULT_APOLOGIES
}

/// Whether a classifier is consulted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClassifierChoice {
    /// Where one is loaded.
    #[default]
    Auto,
    /// Never: the lexicon alone answers.
    Off,
}

/// What the settings and the clock add to a request.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    /// Code points a text may have.
    pub max_code_points: usize,
    /// The day, for lines with a season.
    pub today: Date,
}

/// A field of a request that is well-formed JSON but not acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// In which way.
    pub kind: InvalidKind,
    /// JSON pointer of the field (RFC 6901).
    pub pointer: &'static str,
    /// What is wrong with it.
    pub detail: String,
}

/// In which way a value is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidKind {
    /// A text of nothing but white space.
    EmptyText,
    /// A text over the limit.
    LongText,
    /// A number outside its range.
    OutOfRange,
    /// None of several fields of which one is needed.
    Missing,
    /// A value that is not written as it must be.
    Malformed,
    /// A text that nobody agreed to store.
    NoConsent,
    /// A hash of another text.
    OtherHash,
}

impl From<MessageTextError> for Invalid {
    fn from(error: MessageTextError) -> Self {
        let kind = match error {
            MessageTextError::Empty => InvalidKind::EmptyText,
            MessageTextError::TooLong { .. } => InvalidKind::LongText,
        };
        Self { kind, pointer: "/text", detail: error.to_string() }
    }
}

impl AnalyzeRequest {
    /// A request with nothing but a text.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            role: default_role(),
            channel: default_channel(),
            classifier: ClassifierChoice::default(),
            offsets: default_offsets(),
            max_apologies: DEFAULT_APOLOGIES,
        }
    }

    /// The message, where its fields are acceptable.
    pub fn message(&self, defaults: Defaults) -> Result<Message<'_>, Invalid> {
        let text = MessageText::parse(&self.text, defaults.max_code_points)?;
        if self.max_apologies > MOST_APOLOGIES {
            let detail = format!("{} is over the limit of {MOST_APOLOGIES}", self.max_apologies);
            return Err(Invalid {
                kind: InvalidKind::OutOfRange,
                pointer: "/max_apologies",
                detail,
            });
        }
        Ok(Message {
            text,
            role: self.role,
            channel: self.channel,
            max_apologies: usize::from(self.max_apologies),
            today: defaults.today,
            classifier: self.classifier == ClassifierChoice::Auto,
        })
    }

    /// Puts an analysis of the message into its JSON shape.
    pub fn respond(&self, analyzer: &Analyzer, analysis: &Analysis<'_>) -> AnalyzeResponse {
        AnalyzeResponse::new(analyzer, analysis, &self.text, self.offsets)
    }

    /// Analyzes the message on this thread and puts the answer into its JSON shape.
    pub fn answer(
        &self,
        analyzer: &Analyzer,
        defaults: Defaults,
        scratch: &mut Scratch,
    ) -> Result<AnalyzeResponse, Invalid> {
        let message = self.message(defaults)?;
        let analysis = analyzer.analyze(&message, scratch);
        Ok(self.respond(analyzer, &analysis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resources;

    #[test]
    fn debug_output_of_request_and_answer_never_shows_the_text() {
        let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
        let request = AnalyzeRequest::of("짜증나네요 010-1234-5678");
        let defaults = Defaults { max_code_points: 5000, today: jiff::civil::date(2026, 1, 2) };
        let mut scratch = Scratch::default();
        let answer = request.answer(&analyzer, defaults, &mut scratch).unwrap();
        let batch =
            crate::api::BatchRequest { messages: vec![serde_json::json!("짜증나네요")] };
        let shown = format!("{request:?} {:?} {scratch:?} {batch:?}", answer.signals);
        assert!(!shown.contains("짜증나네요") && !shown.contains("1234"), "{shown}");
    }
}
