//! The check of one reply: hits of rules where they count, and lines of the bank that do not fit.

use super::book::RuleBook;
use super::context::{eojeol_begin, goes_on_as, is_quoted, sentence};
use super::rule::{Reach, Rule, RuleKind, RuleSeverity};
use crate::domain::{Channel, MessageText, SignalSet, Span};
use crate::lexicon::Match;
use crate::phrases::PhraseBank;
use crate::text::{Normalized, Normalizer};
use jiff::civil::Date;

/// A reply that is to go out, and what is known of the conversation.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'t> {
    /// Its text.
    pub text: MessageText<'t>,
    /// Where it goes.
    pub channel: Channel,
    /// What the customer's message showed.
    pub signals: SignalSet,
    /// Ids of rules that do not hold this time; unknown ones switch off nothing.
    pub off: &'t [String],
    /// Ids of phrases that this customer has seen; unknown ones are nothing to avoid.
    pub used: &'t [String],
    /// The day, for lines with a season.
    pub today: Date,
}

/// Something wrong with a reply.
#[derive(Clone)]
pub struct Finding<'b> {
    /// Id of the rule.
    pub rule: &'b str,
    /// What it is about.
    pub kind: RuleKind,
    /// How bad it is.
    pub severity: RuleSeverity,
    /// Where.
    pub span: Span,
    /// What is wrong, in Korean.
    pub message: &'b str,
    /// What could stand in the place of the span, the most natural first.
    pub alternatives: Vec<String>,
}

/// A reply may repeat what the customer said: only rule and place are shown.
impl std::fmt::Debug for Finding<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, severity, span, .. } = self;
        write!(f, "{severity} {rule} at {}..{}", span.start, span.end)
    }
}

impl RuleBook {
    /// Checks a reply; the findings come in the order of the text. The buffers are reused.
    pub fn check<'b>(
        &'b self,
        bank: &'b PhraseBank,
        reply: &Reply<'_>,
        normalized: &mut Normalized,
        matches: &mut Vec<Match>,
    ) -> Vec<Finding<'b>> {
        Normalizer.normalize(reply.text.as_str(), normalized);
        matches.clear();
        let mut findings = self.templates.check(bank, &self.house, reply, normalized);
        if let Some(lexicon) = &self.lexicon {
            lexicon.find_all(normalized, matches);
            matches.retain(|hit| !hit.excepted && self.counts(hit, reply, normalized));
            keep_the_specific(matches);
            let found = matches.iter().filter_map(|hit| self.finding(hit, reply, normalized));
            findings.extend(without_overlaps(found.collect()));
        }
        findings.retain(|finding| !reply.off.iter().any(|id| id == finding.rule));
        findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
        findings
    }

    /// Whether a rule holds in this reply at this place.
    fn counts(&self, hit: &Match, reply: &Reply<'_>, normalized: &Normalized) -> bool {
        let Some(rule) = self.rule_of(hit) else { return false };
        let text = reply.text.as_str();
        let holds = !rule.is_off
            && !reply.off.contains(&rule.id)
            && (rule.channels.is_empty() || rule.channels.contains(&reply.channel))
            && (rule.signals.is_empty() || rule.signals.intersects(reply.signals));
        holds && self.stands(rule, hit, text, normalized)
    }

    /// Whether the words around a hit let it count.
    pub(super) fn stands(
        &self,
        rule: &Rule,
        hit: &Match,
        text: &str,
        normalized: &Normalized,
    ) -> bool {
        let last = hit.word_last;
        rule.ends.is_none_or(|ends| goes_on_as(text, normalized, &self.quotation, last, ends))
            && !is_quoted(normalized.plain(), hit.first, last)
    }

    /// The rule that a hit is of; exceptions have none.
    pub(super) fn rule_of(&self, hit: &Match) -> Option<&Rule> {
        self.rules.get(hit.item.index())
    }

    fn finding<'b>(
        &'b self,
        hit: &Match,
        reply: &Reply<'_>,
        normalized: &Normalized,
    ) -> Option<Finding<'b>> {
        let rule = self.rule_of(hit)?;
        let span = span_of(rule, hit, reply.text.as_str(), normalized);
        Some(Finding {
            rule: &rule.id,
            kind: rule.kind,
            severity: rule.severity,
            span,
            message: &rule.message,
            alternatives: rule.alternatives_for(span.of(reply.text.as_str())),
        })
    }
}

/// What of the text a finding is about.
pub(super) fn span_of(rule: &Rule, hit: &Match, text: &str, normalized: &Normalized) -> Span {
    let units = normalized.plain();
    match rule.reach {
        Reach::Found => hit.span,
        Reach::Eojeol => {
            let begin = eojeol_begin(units, hit.first);
            Span { start: normalized.span(begin, begin).start, end: hit.span.end }
        }
        Reach::WithSpace => {
            let before = hit.first.checked_sub(1).and_then(|before| units.get(before));
            Span { start: before.map_or(0, |unit| unit.end as usize), end: hit.span.end }
        }
        Reach::Sentence => {
            let (begin, end) = sentence(text, units, hit.first, hit.word_last);
            normalized.span(begin, end)
        }
    }
}

/// Drops hits that lie wholly inside a longer one: who wrote the longer form knew the shorter one
/// (누르면 안 돼요 is a ban, not a refusal). Of equal hits the first rule of the files stays.
fn keep_the_specific(matches: &mut Vec<Match>) {
    matches.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.word_last), hit.item));
    let mut reached = None;
    matches.retain(|hit| {
        let inside = reached.is_some_and(|last| hit.word_last <= last);
        reached = reached.max(Some(hit.word_last));
        !inside
    });
}

/// Of overlapping findings the worst stays, of equally bad ones the longest: it says the most, and
/// only one of them can be replaced.
fn without_overlaps(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    findings.sort_by_key(|one| {
        (one.severity, std::cmp::Reverse(one.span.end - one.span.start), one.span.start)
    });
    let mut kept: Vec<Finding<'_>> = Vec::with_capacity(findings.len());
    for finding in findings {
        let free =
            |o: &Finding<'_>| o.span.end <= finding.span.start || finding.span.end <= o.span.start;
        if kept.iter().all(free) {
            kept.push(finding);
        }
    }
    kept
}
