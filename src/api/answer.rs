//! The answer of `POST /v1/analyze`.

use crate::analysis::{Analysis, Analyzer, Evidence, Opinion};
use crate::classifier::Verdict;
use crate::domain::{
    Action, Dimension, OffsetUnit, Queue, SentimentLabel, Signal, Source, Warning,
};
use crate::phrases::Phrase;
use serde::Serialize;
use utoipa::ToSchema;

/// What was concluded about a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnalyzeResponse {
    /// How frustrated the customer is.
    pub frustration: FrustrationBody,
    /// Which side the message takes.
    pub sentiment: SentimentBody,
    /// Why: the signals and what shows them, in the order of the guideline.
    pub signals: Vec<SignalBody>,
    /// Customer effort on the five criteria.
    pub effort: EffortBody,
    /// What should happen next.
    pub action: Action,
    /// Where to escalate; null unless the action brings in a human.
    pub escalation: Option<EscalationBody>,
    /// Lines that may be said, the best fitting first.
    pub apologies: Vec<RecommendedPhrase>,
    /// What the classifier said; null where none was consulted.
    pub classifier: Option<ClassifierVerdict>,
    /// What the answer had to do without; absent where nothing was missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Which data gave this answer.
    pub versions: VersionsBody,
}

/// How frustrated the customer is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FrustrationBody {
    /// Probability of level 2 or more, 0 to 1.
    pub score: f64,
    /// 0 none, 1 mild, 2 clear, 3 severe.
    #[schema(maximum = 3)]
    pub level: u8,
    /// The name of the level.
    pub label: &'static str,
}

/// Which side the message takes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SentimentBody {
    /// The side.
    pub label: SentimentLabel,
    /// -1 (negative) to 1 (positive).
    pub score: f64,
}

/// One signal and what shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignalBody {
    /// The signal.
    pub code: Signal,
    /// Its probability, 0 to 1; 0 where every match is negated: it is listed to show why it is absent.
    pub score: f64,
    /// Where it comes from.
    pub source: Source,
    /// The places in the text that show it.
    pub matches: Vec<MatchBody>,
}

/// One place in the text.
#[derive(Clone, Serialize, ToSchema)]
pub struct MatchBody {
    /// The dictionary form that was found.
    pub entry: String,
    /// First unit of the text as sent, in the unit asked for.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text between them.
    pub text: String,
    /// Evidence for frustration in level points, before shifters.
    pub weight: f64,
    /// Whether negation, quotation or an exception switched it off.
    pub negated: bool,
}

/// Message text is personal data: only the place is shown.
impl std::fmt::Debug for MatchBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (start, end) = (self.start, self.end);
        f.debug_struct("MatchBody")
            .field("start", &start)
            .field("end", &end)
            .finish_non_exhaustive()
    }
}

/// Customer effort on the five criteria, 0 to 1.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the five criteria are explained in domain::Dimension")]
pub struct EffortBody {
    pub retention: f64,
    pub product: f64,
    pub online: f64,
    pub waiting: f64,
    pub expectation: f64,
}

/// Where to escalate and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EscalationBody {
    /// The queue to enter.
    pub queue: Queue,
    /// The signals that led there, the weightiest first.
    pub reasons: Vec<Signal>,
    /// Whether the agent-protection procedure starts (산업안전보건법 제41조).
    pub protect_agent: bool,
}

/// A line that may be said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecommendedPhrase {
    /// Its id in the phrase bank.
    pub id: String,
    /// The line, with slots in braces.
    pub text: String,
    /// The slots to fill.
    pub slots: Vec<String>,
}

/// What the classifier said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClassifierVerdict {
    /// Its name.
    pub model: String,
    /// What it says before the lexicon is heard: `frustration` is the probability of level 2 or
    /// more, `sentiment` goes from -1 to 1, and signals are named by their codes.
    pub scores: std::collections::BTreeMap<String, f64>,
}

/// Which data gave an answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionsBody {
    /// Hash of lexicon and grammar.
    pub lexicon: String,
    /// Hash of policy, scoring and phrases.
    pub policy: String,
}

impl AnalyzeResponse {
    /// Puts an analysis of `text` into its JSON shape.
    pub fn new(
        analyzer: &Analyzer,
        analysis: &Analysis<'_>,
        text: &str,
        offsets: OffsetUnit,
    ) -> Self {
        let assessment = &analysis.assessment;
        let any_present = !assessment.present.is_empty();
        let listed = |signal: &crate::analysis::SignalScore| {
            signal.present || (!any_present && assessment.level.number() > 0)
        };
        let signals = assessment
            .signals
            .iter()
            .filter(|signal| listed(signal) || is_switched_off(&assessment.evidence, signal.signal))
            .map(|signal| SignalBody {
                code: signal.signal,
                score: rounded(signal.score),
                source: signal.source,
                matches: matches(analyzer, &assessment.evidence, signal.signal, text, offsets),
            });
        let effort = |dimension| rounded(analysis.effort.get(dimension));
        Self {
            frustration: FrustrationBody {
                score: rounded(assessment.score),
                level: assessment.level.number(),
                label: assessment.level.label(),
            },
            sentiment: SentimentBody {
                label: assessment.sentiment,
                score: rounded(assessment.sentiment_score),
            },
            signals: signals.collect(),
            effort: EffortBody {
                retention: effort(Dimension::Retention),
                product: effort(Dimension::Product),
                online: effort(Dimension::Online),
                waiting: effort(Dimension::Waiting),
                expectation: effort(Dimension::Expectation),
            },
            action: analysis.decision.action,
            escalation: analysis.decision.escalation.as_ref().map(|escalation| EscalationBody {
                queue: escalation.queue,
                reasons: analysis.decision.reasons.clone(),
                protect_agent: escalation.protect_agent,
            }),
            apologies: analysis
                .apologies
                .iter()
                .map(|phrase| RecommendedPhrase::new(phrase))
                .collect(),
            classifier: match (&analysis.opinion, analyzer.classifier()) {
                (Opinion::Heard(verdict), Some(classifier)) => {
                    Some(ClassifierVerdict::new(classifier.name(), verdict))
                }
                _ => None,
            },
            warnings: analysis.warning().into_iter().collect(),
            versions: VersionsBody {
                lexicon: analyzer.lexicon().fingerprint().to_owned(),
                policy: analyzer.policy().fingerprint().to_owned(),
            },
        }
    }
}

impl ClassifierVerdict {
    fn new(model: &str, verdict: &Verdict) -> Self {
        let mut scores = std::collections::BTreeMap::new();
        let mut add = |name: &str, score: f64| scores.insert(name.to_owned(), rounded(score));
        if let Some([_, Some(clear), _]) = verdict.at_least {
            add("frustration", clear);
        }
        if let Some([negative, _, positive]) = verdict.sentiment {
            add("sentiment", positive - negative);
        }
        for signal in Signal::ALL.iter().copied() {
            if let Some(probability) = verdict.signal(signal).filter(|one| *one >= WORTH_TELLING) {
                add(signal.code(), probability);
            }
        }
        Self { model: model.to_owned(), scores }
    }
}

impl RecommendedPhrase {
    fn new(phrase: &Phrase) -> Self {
        Self {
            id: phrase.id.clone(),
            text: phrase.text.clone(),
            slots: phrase.slots().into_iter().map(str::to_owned).collect(),
        }
    }
}

/// Whether every hit of a signal is switched off; such a signal is listed to show why it is absent.
fn is_switched_off(evidence: &[Evidence], signal: Signal) -> bool {
    evidence.iter().filter(|one| one.signals.contains(signal)).all(Evidence::is_off)
}

fn matches(
    analyzer: &Analyzer,
    evidence: &[Evidence],
    signal: Signal,
    text: &str,
    offsets: OffsetUnit,
) -> Vec<MatchBody> {
    let of_signal = evidence.iter().filter(|one| one.signals.contains(signal));
    of_signal
        .map(|one| {
            let (start, end) = one.hit.span.counted_in(offsets, text);
            let found = one.hit.span.of(text);
            let item = analyzer.lexicon().item(one.hit.item);
            MatchBody {
                entry: item.map_or_else(String::new, |item| item.form_found(one.hit.form, found)),
                start,
                end,
                text: found.to_owned(),
                weight: rounded(one.weight),
                negated: one.is_off(),
            }
        })
        .collect()
}

/// A model gives every signal some probability; lower ones would only fill the answer.
const WORTH_TELLING: f64 = 0.1;

/// Three decimals are more than any of these figures mean.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
