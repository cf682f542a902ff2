//! Scope: what negators, intensifiers, softeners and quotation do to the hits near them.
//!
//! For each hit of an entry and each kind of shifter the *nearest* shifter that reaches the hit
//! counts, of equally near ones the longer; the factors of different kinds multiply. A shifter
//! reaches a hit on its side if at most `within` characters and no end of a sentence stand
//! between, and if it does not overlap the hit (못 알아듣다 is not negated by its own 못).

use crate::lexicon::{Class, Item, Lexicon, Match, Role, Shifter, ShifterKind, Side, Target};
use crate::text::Unit;

/// A factor at or below this switches a hit off.
const OFF: f64 = 0.2;

/// What the shifters around a hit do to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// What the weight is multiplied by.
    pub factor: f64,
    /// Whether a negator or quotation switches the hit off.
    pub negated: bool,
    /// Whether it is a negator that does.
    pub denied: bool,
    /// The matches of the shifters that count, by kind; places in the list of matches.
    pub by: [Option<usize>; 4],
}

/// Finds what the shifters among `matches` do to `hit`.
pub(super) fn shift(lexicon: &Lexicon, units: &[Unit], matches: &[Match], hit: &Match) -> Shift {
    let mut shift = Shift { factor: 1.0, negated: false, denied: false, by: [None; 4] };
    let target = lexicon.item(hit.item).and_then(target_of);
    let mut best = [(usize::MAX, 0_usize); 4];
    let mut factors = [1.0; 4];
    let reach = lexicon.shifter_reach();
    let from = matches.partition_point(|other| other.first + reach < hit.first);
    let to = matches.partition_point(|other| other.first <= hit.word_last + reach);
    for (place, other) in matches.iter().enumerate().take(to).skip(from) {
        let Some(Role::Shifter(shifter)) = lexicon.item(other.item).map(|item| &item.role) else {
            continue;
        };
        if !works_on(shifter, target) {
            continue;
        }
        let Some(distance) = distance(units, shifter, other, hit) else { continue };
        let kind = kind_index(shifter.kind);
        let rank = (distance, usize::MAX - (other.last - other.first));
        if let (Some(best), Some(factor), Some(by)) =
            (best.get_mut(kind), factors.get_mut(kind), shift.by.get_mut(kind))
            && rank < *best
        {
            *best = rank;
            *factor = shifter.factor;
            *by = Some(place);
        }
    }
    shift.factor = factors.iter().product();
    let negator = factors.first().copied().unwrap_or(1.0);
    let quotation = factors.last().copied().unwrap_or(1.0);
    shift.denied = negator <= OFF;
    shift.negated = shift.denied || quotation <= OFF;
    shift
}

/// Whether a shifter works on hits of that kind. Literal forms may be of any kind, so a negator that
/// asks for one leaves them alone: 안 시발 is still a curse.
fn works_on(shifter: &Shifter, target: Option<Target>) -> bool {
    match (shifter.only, target) {
        (None, _) => true,
        (Some(only), Some(target)) => only == target,
        (Some(_), None) => shifter.kind != ShifterKind::Negator,
    }
}

/// Whether shifters of predicates or those of nouns work on hits of an item; both on literal forms.
fn target_of(item: &Item) -> Option<Target> {
    match item.class {
        Class::Exact | Class::Emoticon => None,
        Class::Phrase if item.forms.first().is_some_and(|form| form.ends_with('다')) => {
            Some(Target::Predicate)
        }
        class if class.is_predicate() => Some(Target::Predicate),
        _ => Some(Target::Noun),
    }
}

const fn kind_index(kind: ShifterKind) -> usize {
    match kind {
        ShifterKind::Negator => 0,
        ShifterKind::Intensifier => 1,
        ShifterKind::Softener => 2,
        ShifterKind::Quotation => 3,
    }
}

/// The characters between shifter and hit, if it reaches the hit.
///
/// Behind a hit they are counted from the end of the whole word (답답하네요 정말), or from the stem
/// where the shifter is part of the ending (답답하지 않).
fn distance(units: &[Unit], shifter: &Shifter, at: &Match, hit: &Match) -> Option<usize> {
    let (from, to) = match shifter.side {
        Side::Before => (at.last + 1, hit.first),
        Side::After if at.first > hit.word_last => (hit.word_last + 1, at.first),
        Side::After => (hit.last + 1, at.first),
    };
    let distance = to.checked_sub(from)?;
    let sentence_ends = units.get(from..to)?.iter().any(|unit| matches!(unit.ch, '.' | '!' | '?'));
    (distance <= shifter.within && !sentence_ends).then_some(distance)
}
