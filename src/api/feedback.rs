//! `/v1/feedback`: what people say of answers.

use super::analyze::{Invalid, InvalidKind};
use crate::domain::{
    Action, FeedbackVerdict, Level, MessageText, SentimentLabel, Signal, SignalSet,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

/// Code points that a note may have.
const LONGEST_NOTE: usize = 1000;
/// Characters that the id of an answer may have.
const LONGEST_ID: usize = 128;

/// What somebody says of an answer. The answer is named by its id, by the hash of its message, or
/// by the message itself; at least one of the three is required.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "answer_id": "0198f2a4-7c1e-7d3b-9a55-2f6f3c1f0b7e",
    "verdict": "wrong",
    "expected": { "level": 2, "signals": ["waiting"] },
    "text": "사흘째 같은 말만 하시네요",
    "consent": true,
}))]
pub struct FeedbackRequest {
    /// The header `X-Request-Id` of the answer: letters, digits and `-_.:`.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 128, required = false)]
    pub answer_id: Option<String>,
    /// SHA-256 of the message (its UTF-8 bytes as sent) in hexadecimal, where the text itself must
    /// not be stored.
    #[serde(default)]
    #[schema(min_length = 64, max_length = 64, required = false)]
    pub text_sha256: Option<String>,
    /// Whether the answer was as it should have been.
    pub verdict: FeedbackVerdict,
    /// What it should have been, as far as that is known.
    #[serde(default)]
    #[schema(required = false)]
    pub expected: Option<Expected>,
    /// The message; stored only with `consent`.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 5000, required = false)]
    pub text: Option<String>,
    /// Whether the person who wrote the message agreed that it is stored.
    #[serde(default)]
    pub consent: bool,
    /// For whoever reads the feedback. No message belongs here.
    #[serde(default)]
    #[schema(max_length = 1000, required = false)]
    pub note: Option<String>,
}

/// Message text is personal data: only the verdict is shown.
impl std::fmt::Debug for FeedbackRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FeedbackRequest").field("verdict", &self.verdict).finish_non_exhaustive()
    }
}

/// What an answer should have been; what is not said is taken as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// 0 none, 1 mild, 2 clear, 3 severe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 3, required = false)]
    pub level: Option<u8>,
    /// All signals; an empty list means that there is none. Stored each once, in the order of the
    /// guideline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 20, required = false)]
    pub signals: Option<Vec<Signal>>,
    /// What should happen next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub action: Option<Action>,
    /// Which side the message takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub sentiment: Option<SentimentLabel>,
}

impl Expected {
    /// Whether nothing is said.
    pub const fn is_empty(&self) -> bool {
        self.level.is_none()
            && self.signals.is_none()
            && self.action.is_none()
            && self.sentiment.is_none()
    }

    /// The same with each signal once, in the order of the guideline.
    #[must_use]
    pub fn in_order(self) -> Self {
        let ordered = |signals: Vec<Signal>| signals.into_iter().collect::<SignalSet>();
        let signals = self.signals.map(|signals| ordered(signals).iter().collect());
        Self { signals, ..self }
    }
}

/// Feedback that is stored.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FeedbackBody {
    /// Its id; whoever deletes it names it.
    pub id: String,
}

/// Feedback that is deleted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ForgottenBody {
    /// How many records there were.
    pub deleted: usize,
}

impl FeedbackRequest {
    /// Looks at all that the shape does not show, and gives the text that may be stored, if any.
    pub fn check(&self, max_code_points: usize) -> Result<Option<MessageText<'_>>, Invalid> {
        if self.answer_id.is_none() && self.text_sha256.is_none() && self.text.is_none() {
            let detail = "one of answer_id, text_sha256 and text is required";
            return Err(invalid(InvalidKind::Missing, "", detail));
        }
        if self.answer_id.as_deref().is_some_and(|id| !is_an_id(id)) {
            let detail = format!("expected 1 to {LONGEST_ID} letters, digits and -_.:");
            return Err(invalid(InvalidKind::Malformed, "/answer_id", detail));
        }
        if self.text_sha256.as_deref().is_some_and(|hash| !is_a_hash(hash)) {
            let detail = "expected 64 hexadecimal digits";
            return Err(invalid(InvalidKind::Malformed, "/text_sha256", detail));
        }
        let level = self.expected.as_ref().and_then(|expected| expected.level);
        if level.is_some_and(|level| Level::from_number(level).is_none()) {
            let detail = "expected a whole number from 0 to 3";
            return Err(invalid(InvalidKind::OutOfRange, "/expected/level", detail));
        }
        let signals = self.expected.as_ref().and_then(|expected| expected.signals.as_ref());
        let (signals, most) = (signals.map_or(0, Vec::len), Signal::ALL.len());
        if signals > most {
            let detail = format!("{signals} signals; there are only {most}");
            return Err(invalid(InvalidKind::OutOfRange, "/expected/signals", detail));
        }
        let note = self.note.as_deref().map_or(0, |note| note.chars().count());
        if note > LONGEST_NOTE {
            let detail = format!("note has {note} code points, the limit is {LONGEST_NOTE}");
            return Err(invalid(InvalidKind::LongText, "/note", detail));
        }
        let Some(text) = &self.text else { return Ok(None) };
        if !self.consent {
            let detail = "a text is stored only with `consent: true`; without it send text_sha256";
            return Err(invalid(InvalidKind::NoConsent, "/consent", detail));
        }
        let text_of_message = MessageText::parse(text, max_code_points)?;
        if self.text_sha256.as_ref().is_some_and(|hash| !hash.eq_ignore_ascii_case(&sha256(text))) {
            let detail = "is not the hash of the text";
            return Err(invalid(InvalidKind::OtherHash, "/text_sha256", detail));
        }
        Ok(Some(text_of_message))
    }

    /// The hash of the message: that of the text, else the one that was sent.
    pub fn hash(&self) -> Option<String> {
        let of_text = self.text.as_deref().map(sha256);
        of_text.or_else(|| self.text_sha256.as_deref().map(str::to_ascii_lowercase))
    }
}

fn invalid(kind: InvalidKind, pointer: &'static str, detail: impl Into<String>) -> Invalid {
    Invalid { kind, pointer, detail: detail.into() }
}

/// Whether this can be the id of an answer. Ids are of harmless characters, so that no text can travel in one.
pub fn is_an_id(id: &str) -> bool {
    let harmless = |b: u8| b.is_ascii_alphanumeric() || b"-_.:".contains(&b);
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(harmless)
}

/// Whether this is a SHA-256 in hexadecimal.
pub fn is_a_hash(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// SHA-256 of the UTF-8 bytes of a text, in hexadecimal.
fn sha256(text: &str) -> String {
    use std::fmt::Write as _;
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}
