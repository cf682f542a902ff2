//! `POST /v1/explain`: how a message was read, step by step.

use super::answer::{AnalyzeResponse, rounded};
use crate::analysis::{Analysis, Analyzer, Evidence, Scratch};
use crate::domain::{OffsetUnit, Signal};
use crate::lexicon::{Match, Role, ShifterKind};
use crate::text::{TokenKind, tokenize};
use serde::Serialize;
use utoipa::ToSchema;

/// How a message was read. It holds message text, so it has no debug output.
#[derive(Clone, Serialize, ToSchema)]
pub struct ExplainResponse {
    /// The text after normalization.
    pub normalized: String,
    /// The reading behind a disguise (시1발, ㅅㅣ발); null where there is no sign of one.
    pub disguised: Option<String>,
    /// The words, numbers, jamo, emoji and marks of the text as sent.
    pub tokens: Vec<TokenBody>,
    /// Hits of entries in the order of the text, with what each contributes.
    pub evidence: Vec<EvidenceBody>,
    /// Shifters that shifted and exceptions that covered nothing.
    pub others: Vec<MarkBody>,
    /// Sum of the contributions and the bias, in level points.
    pub points: f64,
    /// What the lexicon alone would have said.
    pub lexicon_alone: LexiconAloneBody,
    /// The rule of the policy that decided.
    pub rule: String,
    /// What `/v1/analyze` answers.
    pub answer: AnalyzeResponse,
}

/// One token.
#[derive(Clone, Serialize, ToSchema)]
pub struct TokenBody {
    /// Its text.
    pub text: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// First unit of the text as sent, in the unit asked for.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// One hit of an entry.
#[derive(Clone, Serialize, ToSchema)]
pub struct EvidenceBody {
    /// The id of the entry.
    pub id: String,
    /// The dictionary form that was found.
    pub entry: String,
    /// First unit of the text as sent, in the unit asked for.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text between them.
    pub text: String,
    /// The signals that it shows.
    pub signals: Vec<Signal>,
    /// Evidence for frustration in level points, before shifters.
    pub weight: f64,
    /// How surely it means the signals.
    pub confidence: f64,
    /// What shifters multiply the weight by.
    pub factor: f64,
    /// What it adds to the points, after shifters and after discounts for saying the same again.
    pub contribution: f64,
    /// Whether it was found behind a disguise.
    pub disguised: bool,
    /// What switched it off; null where it counts.
    pub off: Option<OffBody>,
    /// The shifters that reach it.
    pub shifters: Vec<MarkBody>,
    /// The exception that covers it.
    pub exception: Option<MarkBody>,
    /// Path of the entry's file inside the folder.
    pub file: String,
    /// Line of its table, from 1.
    pub line: usize,
    /// For the reader.
    pub note: String,
}

/// What switched a hit off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum OffBody {
    /// A negator: 답답하지 않아요. Praise that is denied counts as a complaint.
    Negation,
    /// It is mentioned, not meant.
    Quotation,
    /// It means something else here.
    Exception,
}

/// A shifter or an exception in the text.
#[derive(Clone, Serialize, ToSchema)]
pub struct MarkBody {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: MarkKind,
    /// First unit of the text as sent, in the unit asked for.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text between them.
    pub text: String,
}

/// What a shifter or an exception does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// It switches off.
    Negator,
    /// It strengthens.
    Intensifier,
    /// It weakens.
    Softener,
    /// It mentions rather than means.
    Quotation,
    /// It says that the letters mean something else.
    Exception,
}

/// What the lexicon alone would have said.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct LexiconAloneBody {
    /// Probability of level 2 or more, 0 to 1.
    pub score: f64,
    /// 0 none, 1 mild, 2 clear, 3 severe.
    #[schema(maximum = 3)]
    pub level: u8,
}

/// What was seen in a message, kept while others use the buffers.
#[derive(Clone)]
pub struct Seen {
    normalized: String,
    disguised: Option<String>,
    matches: Vec<Match>,
}

impl From<&Scratch> for Seen {
    fn from(scratch: &Scratch) -> Self {
        let normalized = scratch.normalized();
        let disguised: String = normalized.disguised().iter().map(|unit| unit.ch).collect();
        Self {
            normalized: normalized.canonical_text(),
            disguised: Some(disguised).filter(|reading| !reading.is_empty()),
            matches: scratch.matches().to_vec(),
        }
    }
}

impl ExplainResponse {
    /// Puts an analysis of `text` and what was seen in it into their JSON shape.
    pub fn new(
        analyzer: &Analyzer,
        analysis: &Analysis<'_>,
        seen: Seen,
        text: &str,
        offsets: OffsetUnit,
    ) -> Self {
        let assessment = &analysis.assessment;
        let explainer = Explainer { analyzer, matches: &seen.matches, text, offsets };
        let mut used = vec![false; seen.matches.len()];
        let evidence = assessment.evidence.iter();
        let evidence = evidence.filter_map(|one| explainer.evidence(one, &mut used)).collect();
        let others = seen.matches.iter().zip(&used).filter(|(_, used)| !**used);
        let others = others.filter_map(|(hit, _)| explainer.mark(hit)).collect();
        let alone = analysis.lexicon_alone;
        let (level, score) =
            alone.map_or((assessment.level, assessment.score), |alone| (alone.level, alone.score));
        Self {
            tokens: tokens(text, offsets),
            evidence,
            others,
            points: rounded(assessment.points),
            lexicon_alone: LexiconAloneBody { score: rounded(score), level: level.number() },
            rule: analysis.decision.rule.clone(),
            answer: AnalyzeResponse::new(analyzer, analysis, text, offsets),
            normalized: seen.normalized,
            disguised: seen.disguised,
        }
    }
}

struct Explainer<'e> {
    analyzer: &'e Analyzer,
    matches: &'e [Match],
    text: &'e str,
    offsets: OffsetUnit,
}

impl Explainer<'_> {
    /// One piece of evidence; the shifters and the exception that it names become used.
    fn evidence(&self, one: &Evidence, used: &mut [bool]) -> Option<EvidenceBody> {
        let item = self.analyzer.lexicon().item(one.hit.item)?;
        let mut name = |place: usize| {
            *used.get_mut(place)? = true;
            self.mark(self.matches.get(place)?)
        };
        let shifters = one.shift.by.iter().flatten().filter_map(|place| name(*place)).collect();
        let exception = if one.hit.excepted { self.exception_over(one) } else { None };
        let exception = exception.and_then(name);
        let off = match one {
            _ if one.hit.excepted => Some(OffBody::Exception),
            _ if one.shift.denied => Some(OffBody::Negation),
            _ if one.shift.negated => Some(OffBody::Quotation),
            _ => None,
        };
        let (start, end) = one.hit.span.counted_in(self.offsets, self.text);
        let found = one.hit.span.of(self.text);
        Some(EvidenceBody {
            id: item.id.clone(),
            entry: item.form_found(one.hit.form, found),
            start,
            end,
            text: found.to_owned(),
            signals: one.signals.iter().collect(),
            weight: rounded(one.weight),
            confidence: rounded(one.confidence),
            factor: rounded(one.shift.factor),
            contribution: rounded(one.contribution),
            disguised: one.hit.disguised,
            off,
            shifters,
            exception,
            file: item.file.clone(),
            line: item.line,
            note: item.note.clone(),
        })
    }

    /// The place of the exception that covers a hit.
    fn exception_over(&self, one: &Evidence) -> Option<usize> {
        let lexicon = self.analyzer.lexicon();
        let role = |hit: &Match| lexicon.item(hit.item).map(|item| &item.role);
        let Some(Role::Entry(entry)) = role(&one.hit) else { return None };
        self.matches.iter().position(|other| {
            other.first <= one.hit.first
                && one.hit.last <= other.last
                && role(other).is_some_and(|role| role.covers_hits_of(entry))
        })
    }

    /// A shifter or exception; nothing for hits of entries.
    fn mark(&self, hit: &Match) -> Option<MarkBody> {
        let item = self.analyzer.lexicon().item(hit.item)?;
        let kind = match &item.role {
            Role::Entry(_) => return None,
            Role::Exception { .. } => MarkKind::Exception,
            Role::Shifter(shifter) => match shifter.kind {
                ShifterKind::Negator => MarkKind::Negator,
                ShifterKind::Intensifier => MarkKind::Intensifier,
                ShifterKind::Softener => MarkKind::Softener,
                ShifterKind::Quotation => MarkKind::Quotation,
            },
        };
        let (start, end) = hit.span.counted_in(self.offsets, self.text);
        let text = hit.span.of(self.text).to_owned();
        Some(MarkBody { id: item.id.clone(), kind, start, end, text })
    }
}

fn tokens(text: &str, offsets: OffsetUnit) -> Vec<TokenBody> {
    // Counted from token to token, so that a long text is walked once.
    let (mut byte, mut unit) = (0, 0);
    let tokens = tokenize(text).into_iter().map(|token| {
        let start = unit + offsets.length(text.get(byte..token.span.start).unwrap_or_default());
        let end = start + offsets.length(token.span.of(text));
        (byte, unit) = (token.span.end, end);
        TokenBody { text: token.span.of(text).to_owned(), kind: token.kind, start, end }
    });
    tokens.collect()
}
