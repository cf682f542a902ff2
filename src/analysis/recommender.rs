//! The recommender: a decision to lines of the phrase bank that fit it.
//!
//! Deterministic, so that the same message gets the same answer; varied, because the order among
//! equally fitting lines depends on the message.

use crate::domain::{Channel, Decision, Level, Path, Signal};
use crate::phrases::{Phrase, PhraseBank, PhraseKind, PhraseQuery};
use jiff::civil::Date;

/// What a recommendation has to fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion<'d> {
    pub(super) decision: &'d Decision,
    pub(super) level: Level,
    pub(super) channel: Channel,
    pub(super) today: Date,
    /// Varies the choice; derived from the message.
    pub(super) seed: u64,
}

/// What kinds of line each procedure may say: no apology for abuse, no warning for a crisis.
pub(super) const fn kinds(path: Path) -> &'static [PhraseKind] {
    match path {
        Path::None => &[],
        Path::Complaint => &[PhraseKind::Apology, PhraseKind::NextStep],
        Path::Abuse => &[PhraseKind::Notice],
        Path::Crisis => &[PhraseKind::Crisis],
    }
}

/// Chooses at most `limit` lines, the best fitting first.
pub(super) fn recommend<'b>(
    bank: &'b PhraseBank,
    occasion: Occasion<'_>,
    limit: usize,
) -> Vec<&'b Phrase> {
    let kinds = kinds(occasion.decision.path);
    if kinds.is_empty() {
        return Vec::new();
    }
    let query = PhraseQuery {
        action: Some(occasion.decision.action),
        level: Some(occasion.level),
        channel: Some(occasion.channel),
        day: Some(occasion.today),
        ..PhraseQuery::default()
    };
    let due = occasion.level >= Level::Clear || occasion.decision.action.is_escalation();
    let reasons = &occasion.decision.reasons;
    let mut fitting: Vec<(usize, u64, &Phrase)> = bank
        .matching(query)
        .filter(|phrase| phrase.situation.is_none() && kinds.contains(&phrase.kind))
        .filter(|phrase| !due || phrase.opens_way_to_human())
        .filter_map(|phrase| Some((rank(phrase, reasons)?, mix(occasion.seed, &phrase.id), phrase)))
        .collect();
    fitting.sort_by_key(|(rank, order, _)| (*rank, *order));
    fitting.truncate(limit);
    fitting.into_iter().map(|(_, _, phrase)| phrase).collect()
}

/// How well a line fits: the place of the first reason it speaks to; general lines come last and
/// lines about other signals not at all.
fn rank(phrase: &Phrase, reasons: &[Signal]) -> Option<usize> {
    if phrase.signals.is_empty() {
        return Some(reasons.len());
    }
    reasons.iter().position(|reason| phrase.signals.contains(reason))
}

/// The place of a phrase among equally fitting ones, for a message of that seed.
fn mix(seed: u64, id: &str) -> u64 {
    fnv1a(seed.to_le_bytes().into_iter().chain(id.bytes()))
}

/// The seed of a message.
pub(super) fn seed(letters: &[u8]) -> u64 {
    fnv1a(letters.iter().copied())
}

/// FNV-1a, 64 bits (the Fowler–Noll–Vo constants): unlike the hashes of the standard library the
/// same in every build, so that the same message keeps its recommendations.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
