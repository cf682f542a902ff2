//! `POST /v1/replies/check`: a reply before it goes out, and what is wrong with it.

use super::analyze::{Defaults, Invalid, InvalidKind};
use crate::analysis::{Analyzer, Scratch};
use crate::domain::{Channel, MessageText, OffsetUnit, Signal, Warning};
use crate::replies::{Finding, Reply, RuleKind, RuleSeverity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most ids that `off` or `used` may name.
const MOST_IDS: usize = 1_000;

/// A reply of a bot or an agent that is to go out. Only `text` is required.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "오늘은 환불이 안 돼요. 내일 다시 전화하세요." }))]
pub struct ReplyRequest {
    /// The reply as it would be sent.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Where it goes.
    #[serde(default = "default_channel")]
    pub channel: Channel,
    /// The unit of `start` and `end` in the answer.
    #[serde(default = "default_offsets")]
    pub offsets: OffsetUnit,
    /// Ids of rules that do not hold this time, such as `blunt.bulga`. Unknown ids switch off nothing.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub off: Vec<String>,
    /// Ids of phrases of the bank that this customer has seen already.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub used: Vec<String>,
    /// What is known of the customer's message.
    #[serde(default)]
    pub customer: CustomerContext,
}

/// What is known of the message that is replied to.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerContext {
    /// Its signals, as `POST /v1/analyze` gives them. Where there is abuse, an apology is a finding.
    #[serde(default)]
    pub signals: Vec<Signal>,
}

/// A reply may repeat what the customer said: only its length is shown.
impl std::fmt::Debug for ReplyRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let length = self.text.len();
        f.debug_struct("ReplyRequest").field("text_bytes", &length).finish_non_exhaustive()
    }
}

const fn default_channel() -> Channel {
    Channel::Chat
}
const fn default_offsets() -> OffsetUnit {
    OffsetUnit::CodePoint
}

/// What is wrong with a reply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplyResponse {
    /// Whether nothing of severity `error` was found.
    pub ok: bool,
    /// What was found, in the order of the text. No two findings of rules overlap, so that each can
    /// be replaced.
    pub findings: Vec<ReplyFinding>,
    /// What the answer had to do without; absent where nothing was missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub warnings: Vec<Warning>,
    /// Which data gave this answer.
    pub versions: ReplyVersions,
}

/// One thing wrong with a reply.
#[derive(Clone, Serialize, ToSchema)]
pub struct ReplyFinding {
    /// Id of the rule; `off` switches it off.
    pub rule: String,
    /// What it is about.
    pub kind: RuleKind,
    /// How bad it is.
    pub severity: RuleSeverity,
    /// First unit of the text as sent, in the unit asked for.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text between them.
    pub text: String,
    /// What is wrong, in Korean.
    pub message: String,
    /// What could stand in the place of the text, the most natural first.
    pub alternatives: Vec<String>,
}

/// A reply may repeat what the customer said: only rule and place are shown.
impl std::fmt::Debug for ReplyFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, start, end, .. } = self;
        write!(f, "{rule} at {start}..{end}")
    }
}

/// Which data gave an answer about a reply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplyVersions {
    /// Hash of the rules for replies.
    pub replies: String,
    /// Hash of policy, scoring and phrases.
    pub policy: String,
}

impl ReplyRequest {
    /// A request with nothing but a text.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            channel: default_channel(),
            offsets: default_offsets(),
            off: Vec::new(),
            used: Vec::new(),
            customer: CustomerContext::default(),
        }
    }

    /// Checks the reply and puts what was found into its JSON shape.
    pub fn answer(
        &self,
        analyzer: &Analyzer,
        defaults: Defaults,
        scratch: &mut Scratch,
    ) -> Result<ReplyResponse, Invalid> {
        let text = MessageText::parse(&self.text, defaults.max_code_points)?;
        few(&self.off, "/off")?;
        few(&self.used, "/used")?;
        let reply = Reply {
            text,
            channel: self.channel,
            signals: self.customer.signals.iter().copied().collect(),
            off: &self.off,
            used: &self.used,
            today: defaults.today,
        };
        let findings = analyzer.check_reply(&reply, scratch);
        let warning = analyzer.replies().is_empty().then_some(Warning::NoReplyRules);
        Ok(ReplyResponse {
            ok: findings.iter().all(|finding| finding.severity != RuleSeverity::Error),
            findings: findings.into_iter().map(|finding| self.body(finding)).collect(),
            warnings: warning.into_iter().collect(),
            versions: ReplyVersions {
                replies: analyzer.replies().fingerprint().to_owned(),
                policy: analyzer.policy().fingerprint().to_owned(),
            },
        })
    }

    fn body(&self, finding: Finding<'_>) -> ReplyFinding {
        let (start, end) = finding.span.counted_in(self.offsets, &self.text);
        ReplyFinding {
            rule: finding.rule.to_owned(),
            kind: finding.kind,
            severity: finding.severity,
            start,
            end,
            text: finding.span.of(&self.text).to_owned(),
            message: finding.message.to_owned(),
            alternatives: finding.alternatives,
        }
    }
}

fn few(ids: &[String], pointer: &'static str) -> Result<(), Invalid> {
    if ids.len() <= MOST_IDS {
        return Ok(());
    }
    let detail = format!("{} ids are over the limit of {MOST_IDS}", ids.len());
    Err(Invalid { kind: InvalidKind::OutOfRange, pointer, detail })
}
