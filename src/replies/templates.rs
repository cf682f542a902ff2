//! Lines of the phrase bank in a reply: recognized with their slots filled, and judged.

use super::checker::{Finding, Reply};
use super::context::{is_line_end, is_word};
use super::house::{House, TemplateFault};
use super::rule::RuleKind;
use crate::domain::Span;
use crate::phrases::{Phrase, PhraseBank, ValidDay};
use crate::text::{Normalized, Normalizer};
use jiff::civil::Date;

/// The most characters that fill a slot.
const LONGEST_FILLING: usize = 40;
/// Lines of fewer characters are too common to be recognized.
const SHORTEST_LINE: usize = 8;
/// The most other lines that are named in the place of one.
const ALTERNATIVES: usize = 3;

/// What of the bank is needed to recognize its lines.
#[derive(Debug)]
pub(super) struct Templates {
    /// The characters of each phrase between its slots, in the order of the bank.
    segments: Vec<Vec<Vec<char>>>,
}

impl Templates {
    pub(super) fn new(bank: &PhraseBank) -> Self {
        let mut normalized = Normalized::default();
        let mut characters = |text: &str| {
            Normalizer.normalize(text, &mut normalized);
            normalized.plain().iter().filter(|unit| is_word(unit)).map(|unit| unit.ch).collect()
        };
        let segments = bank.phrases().iter();
        Self {
            segments: segments
                .map(|phrase| outside_slots(&phrase.text).map(&mut characters).collect())
                .collect(),
        }
    }

    /// What is wrong with the templates in a reply.
    pub(super) fn check<'b>(
        &self,
        bank: &'b PhraseBank,
        house: &'b House,
        reply: &Reply<'_>,
        normalized: &Normalized,
    ) -> Vec<Finding<'b>> {
        let mut findings = open_slots(bank, house, reply.text.as_str());
        let faulty = bank.phrases().iter().zip(&self.segments);
        let faulty = faulty.filter_map(|(phrase, segments)| {
            let fault = fault(phrase, reply)?;
            let long = segments.iter().map(Vec::len).sum::<usize>() >= SHORTEST_LINE;
            let is_on = long && house.templates.contains_key(&fault) && !is_off(house, fault);
            is_on.then_some((phrase, segments, fault))
        });
        let mut words: Option<Vec<usize>> = None;
        for (phrase, segments, fault) in faulty {
            let words = words.get_or_insert_with(|| word_units(normalized));
            let Some(span) = find(segments, words, reply.text.as_str(), normalized) else {
                continue;
            };
            let alternatives = || others(bank, phrase, reply);
            findings.extend(finding(house, fault, span, alternatives));
        }
        findings
    }
}

fn is_off(house: &House, fault: TemplateFault) -> bool {
    house.off.iter().any(|id| id == fault.rule())
}

fn finding(
    house: &House,
    fault: TemplateFault,
    span: Span,
    alternatives: impl FnOnce() -> Vec<String>,
) -> Option<Finding<'_>> {
    let row = house.templates.get(&fault).filter(|_| !is_off(house, fault))?;
    let severity = house.severity.get(fault.rule()).copied().unwrap_or(row.severity);
    Some(Finding {
        rule: fault.rule(),
        kind: RuleKind::Template,
        severity,
        span,
        message: &row.message,
        alternatives: alternatives(),
    })
}

/// Why a phrase should not be said now.
fn fault(phrase: &Phrase, reply: &Reply<'_>) -> Option<TemplateFault> {
    if reply.used.contains(&phrase.id) {
        Some(TemplateFault::Used)
    } else if is_over(phrase, reply.today) {
        Some(TemplateFault::Expired)
    } else if !phrase.is_valid_on(reply.today) {
        Some(TemplateFault::OutOfSeason)
    } else if !phrase.channels.is_empty() && !phrase.channels.contains(&reply.channel) {
        Some(TemplateFault::WrongChannel)
    } else {
        None
    }
}

fn is_over(phrase: &Phrase, today: Date) -> bool {
    matches!(phrase.valid_until, Some(ValidDay::Once(last)) if last < today)
}

/// The parts of a phrase between its slots.
fn outside_slots(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').enumerate().map(|(index, part)| match part.split_once('}') {
        Some((_, behind)) if index > 0 => behind,
        _ => part,
    })
}

/// The units of a reply that are letters or digits.
fn word_units(normalized: &Normalized) -> Vec<usize> {
    let units = normalized.plain().iter().enumerate();
    units.filter(|(_, unit)| is_word(unit)).map(|(index, _)| index).collect()
}

/// Where a phrase stands in a reply, from the begin of a sentence to the end of one.
fn find(
    segments: &[Vec<char>],
    words: &[usize],
    text: &str,
    normalized: &Normalized,
) -> Option<Span> {
    let units = normalized.plain();
    let stands_at = |segment: &[char], at: usize| {
        let place = words.get(at..at + segment.len());
        place.is_some_and(|place| {
            let found = place.iter().map(|unit| units.get(*unit).map(|unit| unit.ch));
            found.eq(segment.iter().map(|ch| Some(*ch)))
        })
    };
    // A mark or a line break stands between the words `at - 1` and `at`.
    let breaks = |at: usize| {
        let (Some(before), Some(here)) =
            (at.checked_sub(1).and_then(|at| words.get(at)), words.get(at))
        else {
            return true;
        };
        here - before > 1 || is_line_end(text, units, *here)
    };
    let (first, rest) = segments.split_first()?;
    (0..words.len()).filter(|at| breaks(*at) && stands_at(first, *at)).find_map(|begin| {
        let mut at = begin + first.len();
        for segment in rest {
            let fillings = 1..=LONGEST_FILLING;
            at = fillings.map(|skip| at + skip).find(|at| stands_at(segment, *at))? + segment.len();
        }
        let (from, to) = (words.get(begin)?, words.get(at.checked_sub(1)?)?);
        breaks(at).then(|| normalized.span(*from, *to))
    })
}

/// Slots that were left as they stand in the bank.
fn open_slots<'b>(bank: &'b PhraseBank, house: &'b House, text: &str) -> Vec<Finding<'b>> {
    let mut findings = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('{')).map(|at| from + at) {
        from = open + 1;
        let Some(inner) =
            text.get(from..).and_then(|rest| rest.split_once('}')).map(|(name, _)| name)
        else {
            break;
        };
        let Some(slot) = bank.slots().iter().find(|slot| slot.name == inner.trim()) else {
            continue;
        };
        let span = Span { start: open, end: from + inner.len() + 1 };
        let alternatives = || vec![slot.fallback.clone()];
        findings.extend(finding(house, TemplateFault::OpenSlot, span, alternatives));
    }
    findings
}

/// Other lines of the bank that do the same and may be said now, their slots filled.
fn others(bank: &PhraseBank, phrase: &Phrase, reply: &Reply<'_>) -> Vec<String> {
    let fits = |other: &&Phrase| {
        let shares = other.signals.iter().any(|signal| phrase.signals.contains(signal));
        other.kind == phrase.kind
            && other.situation == phrase.situation
            && other.tone == phrase.tone
            && (shares || other.signals == phrase.signals)
            && other.levels.iter().any(|level| phrase.levels.contains(level))
            && other.actions.iter().any(|action| phrase.actions.contains(action))
            && other.id != phrase.id
            && fault(other, reply).is_none()
    };
    bank.phrases().iter().filter(fits).take(ALTERNATIVES).map(|other| bank.filled(other)).collect()
}
