//! The matcher: one Aho-Corasick pass, then boundaries, exceptions and overlaps.
//!
//! # Semantics
//! 1. The automaton reports every occurrence of every pattern, overlapping ones too.
//! 2. An occurrence becomes a hit if it begins and ends on characters (a final fused onto a
//!    predicate's stem aside), if the words of its phrase stand around it, and if its place in the
//!    eojeol is one that its entry allows. In the reading behind a disguise it must also cover an
//!    altered place, and its entry must allow disguises; exceptions hold in both readings.
//!    A short word that begins inside an eojeol must also end in it: 이불 법인카드 holds no 불법.
//! 3. Overlapping hits of the same item are one hit over all of them.
//! 4. A hit of an entry that lies wholly inside a hit of an exception covering one of its signals
//!    is excepted: listed, but without weight. An exception that names no signals covers all
//!    evidence of frustration, but not praise. Text is never deleted.
//! 5. Of two overlapping hits that share a signal (or both have none) the longer one stays; of
//!    equally long ones the one with the larger weight. Hits of different signals all stay.
//!
//! Scope (negation, intensity) and weights are the business of the analysis.

use super::boundary::{extend_over_endings, is_allowed, last_unit};
use super::compiler::{Lexicon, PatternUse, What};
use super::form::{End, Space};
use super::item::{Item, ItemId, Role};
use super::phrase::PhraseMatcher;
use crate::domain::Span;
use crate::text::{Alteration, Normalized};

/// A hit of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What was found.
    pub item: ItemId,
    /// Which of its forms.
    pub form: u16,
    /// First unit, counted in the plain reading.
    pub first: usize,
    /// Last unit of the form itself, counted in the plain reading.
    pub last: usize,
    /// Last unit with the endings read behind it, counted in the plain reading.
    pub word_last: usize,
    /// Where it stands in the text as sent, endings included.
    pub span: Span,
    /// Whether it was found behind a disguise.
    pub disguised: bool,
    /// Whether an exception covers it.
    pub excepted: bool,
}

impl Lexicon {
    /// Finds all hits in a normalized text; `matches` is cleared first.
    ///
    /// Exceptions and shifters are among the hits, sorted like the others by where they begin.
    pub fn find(&self, normalized: &Normalized, matches: &mut Vec<Match>) {
        self.collect(normalized, matches);
        self.settle(matches);
    }

    /// What is left of all hits once exceptions and overlaps are settled.
    pub(super) fn settle(&self, matches: &mut Vec<Match>) {
        merge_same_item(matches);
        self.apply_exceptions(matches);
        matches.sort_unstable_by_key(|hit| (hit.first, hit.last, hit.item));
        self.drop_overlapped(matches);
    }

    /// Finds all hits, those too that a better one makes superfluous; sorted by item and begin.
    pub(crate) fn find_all(&self, normalized: &Normalized, matches: &mut Vec<Match>) {
        self.collect(normalized, matches);
        merge_same_item(matches);
        self.apply_exceptions(matches);
    }

    /// Every hit of every form, sorted by item and begin.
    pub(super) fn collect(&self, normalized: &Normalized, matches: &mut Vec<Match>) {
        matches.clear();
        for found in self.automaton.find_overlapping_iter(normalized.letters()) {
            let pattern = found.pattern().as_usize();
            let range = self.first_use.get(pattern).zip(self.first_use.get(pattern + 1));
            let Some((from, to)) = range else { continue };
            for pattern_use in self.uses.get(*from as usize..*to as usize).unwrap_or_default() {
                if let Some(hit) = self.hit(normalized, *pattern_use, found.start(), found.end()) {
                    matches.push(hit);
                }
            }
        }
        matches.sort_unstable_by_key(|hit| (hit.item, hit.first, std::cmp::Reverse(hit.last)));
    }

    /// Finds the hits of one item that no exception covers, whatever else overlaps them.
    ///
    /// The judge of an entry's own examples: an example is not lost because a longer entry
    /// displaces the hit.
    pub(crate) fn find_item(
        &self,
        normalized: &Normalized,
        item: ItemId,
        matches: &mut Vec<Match>,
    ) {
        self.find_all(normalized, matches);
        matches.retain(|hit| hit.item == item && !hit.excepted);
    }

    /// Finds every hit, those that better ones displace among them, the best first.
    pub(super) fn find_every(&self, normalized: &Normalized, matches: &mut Vec<Match>) {
        self.find_all(normalized, matches);
        matches.sort_by(|a, b| self.rank(Some(b)).total_cmp(&self.rank(Some(a))));
    }

    fn hit(
        &self,
        normalized: &Normalized,
        found: PatternUse,
        start: usize,
        end: usize,
    ) -> Option<Match> {
        let unit = normalized.unit_at(start);
        if normalized.first_letter(unit) != start {
            return None;
        }
        let disguised = unit >= normalized.plain_len();
        if disguised && !found.placement.disguise {
            return None;
        }
        let (first, last, end_letter, stem) = match found.what {
            What::Form { end: form_end, space } => {
                let last = last_unit(normalized, &self.grammar, end, form_end)?;
                if !is_allowed(normalized, &self.grammar, found.placement.at, unit, last) {
                    return None;
                }
                let straddles = match space {
                    Space::Anywhere => false,
                    Space::Behind(head) => {
                        let head_last = normalized.unit_at(start + head.saturating_sub(1));
                        straddles_eojeol(normalized, unit, head_last.min(last), usize::MAX)
                    }
                    Space::Nowhere if form_end == End::Whole => {
                        straddles_eojeol(normalized, unit, last, SHORT_WORD)
                    }
                    Space::Nowhere => straddles_eojeol(normalized, unit, last, SHORT_PREDICATE),
                };
                if straddles {
                    return None;
                }
                (unit, last, end, form_end != End::Whole)
            }
            What::Trigger(number) => {
                let phrase = self.phrases.get(number as usize)?;
                let reading = normalized.reading_of(unit);
                let matcher = PhraseMatcher { normalized, grammar: &self.grammar, phrase, reading };
                let at = found.placement.at;
                let span = matcher.around(unit, |first, last| {
                    is_allowed(normalized, &self.grammar, at, first, last)
                })?;
                let stem = phrase.ends_in_predicate();
                (span.first, span.last, span.end_letter, stem)
            }
        };
        let exception = matches!(self.role(found.item), Some(Role::Exception { .. }));
        if disguised && !exception && !covers_alteration(normalized, first, last) {
            return None;
        }
        let shown = if stem {
            extend_over_endings(normalized, &self.grammar, last, end_letter)
        } else {
            last
        };
        Some(Match {
            item: found.item,
            form: found.form,
            first: plain_first(normalized, first),
            last: plain_last(normalized, last),
            word_last: plain_last(normalized, shown.max(last)),
            span: normalized.span(first, shown),
            disguised,
            excepted: false,
        })
    }

    fn apply_exceptions(&self, matches: &mut [Match]) {
        let mut exceptions: Vec<Match> = matches
            .iter()
            .filter(|hit| matches!(self.role(hit.item), Some(Role::Exception { .. })))
            .copied()
            .collect();
        if exceptions.is_empty() {
            return;
        }
        exceptions.sort_unstable_by_key(|exception| exception.first);
        let longest = exceptions.iter().map(|e| e.last - e.first).max().unwrap_or(0);
        for hit in matches.iter_mut() {
            let Some(Role::Entry(entry)) = self.role(hit.item) else { continue };
            let from = exceptions.partition_point(|e| e.first + longest < hit.last);
            let around = exceptions.get(from..).unwrap_or_default();
            hit.excepted = around.iter().take_while(|e| e.first <= hit.first).any(|exception| {
                hit.last <= exception.last
                    && self.role(exception.item).is_some_and(|role| role.covers_hits_of(entry))
            });
        }
    }

    /// Drops what a better hit makes superfluous: the best first, so that a hit that is itself
    /// dropped displaces nothing. `matches` is sorted by where they begin.
    fn drop_overlapped(&self, matches: &mut Vec<Match>) {
        let longest = matches.iter().map(|hit| hit.last - hit.first).max().unwrap_or(0);
        let mut order: Vec<usize> = (0..matches.len()).collect();
        order.sort_by(|a, b| self.rank(matches.get(*b)).total_cmp(&self.rank(matches.get(*a))));
        let mut kept = vec![false; matches.len()];
        for index in order {
            let Some(hit) = matches.get(index) else { continue };
            let reach = neighbors(matches, index, hit.first.saturating_sub(longest), hit.last);
            let displaced = reach.into_iter().any(|other| {
                kept.get(other) == Some(&true)
                    && matches.get(other).is_some_and(|other| self.displaces(other, hit))
            });
            if let Some(kept) = kept.get_mut(index) {
                *kept = !displaced;
            }
        }
        let mut flags = kept.into_iter();
        matches.retain(|_| flags.next() == Some(true));
    }

    /// The longer the better; of equally long hits the weightier entry, or the shifter with the
    /// longer form (지 않겠어요 before 지 않, which both end with the word).
    fn rank(&self, hit: Option<&Match>) -> f64 {
        let Some(hit) = hit else { return 0.0 };
        let length = |units: usize| f64::from(u32::try_from(units).unwrap_or(u32::MAX));
        // Below 10, so that it decides between equal lengths only.
        let second = match self.role(hit.item) {
            Some(Role::Entry(entry)) => entry.weight.abs(),
            _ => length(hit.last - hit.first).min(9.0),
        };
        length(hit.word_last - hit.first) * 10.0 + second
    }

    /// Whether a better hit makes `loser` superfluous.
    fn displaces(&self, winner: &Match, loser: &Match) -> bool {
        let overlap = winner.first <= loser.last && loser.first <= winner.last;
        if !overlap || winner.excepted != loser.excepted {
            return false;
        }
        match (self.role(winner.item), self.role(loser.item)) {
            (Some(Role::Entry(a)), Some(Role::Entry(b))) => {
                a.signals.intersects(b.signals) || (a.signals.is_empty() && b.signals.is_empty())
            }
            (Some(Role::Shifter(a)), Some(Role::Shifter(b))) => {
                a.kind == b.kind && a.side == b.side
            }
            _ => false,
        }
    }

    fn role(&self, item: ItemId) -> Option<&Role> {
        self.items.get(item.index()).map(|item: &Item| &item.role)
    }
}

/// The places of the hits that begin in `from..=to`, without that of `index`; sorted by begin.
fn neighbors(
    matches: &[Match],
    index: usize,
    from: usize,
    to: usize,
) -> impl IntoIterator<Item = usize> {
    let first = matches.partition_point(|hit| hit.first < from);
    let last = matches.partition_point(|hit| hit.first <= to);
    (first..last).filter(move |other| *other != index)
}

/// Makes overlapping hits of one item a single hit; `matches` is sorted by item and begin.
fn merge_same_item(matches: &mut Vec<Match>) {
    matches.dedup_by(|next, kept| {
        let same = next.item == kept.item && next.first <= kept.last;
        if same {
            kept.last = kept.last.max(next.last);
            kept.word_last = kept.word_last.max(next.word_last);
            kept.span.end = kept.span.end.max(next.span.end);
            // What the plain reading finds needs no disguise.
            kept.disguised &= next.disguised;
        }
        same
    });
}

/// Words of at most this many characters do not straddle two eojeol; longer ones, among them
/// endings written without their space (고했잖), hardly do by chance.
const SHORT_WORD: usize = 2;
/// The same for stems of predicates: 여기만 하루 holds no 기만하다.
const SHORT_PREDICATE: usize = 3;

/// Whether a short word would begin inside one eojeol and end in another: 이불 법인카드 holds no 불법.
fn straddles_eojeol(normalized: &Normalized, first: usize, last: usize, shortest: usize) -> bool {
    let units = normalized.units();
    last - first < shortest
        && units.get(first).is_some_and(|unit| !unit.starts_word)
        && units.get(first + 1..=last).is_some_and(|rest| rest.iter().any(|unit| unit.spaced))
}

/// Whether the units `first..=last` hold anything that the plain reading does not.
fn covers_alteration(normalized: &Normalized, first: usize, last: usize) -> bool {
    let units = normalized.units().get(first..=last).unwrap_or_default();
    units.iter().enumerate().any(|(index, unit)| match unit.alteration {
        Alteration::None => false,
        Alteration::Joined => index > 0,
        Alteration::Composed => true,
    })
}

fn plain_first(normalized: &Normalized, unit: usize) -> usize {
    normalized.units().get(unit).map_or(0, |unit| unit.plain as usize)
}

fn plain_last(normalized: &Normalized, unit: usize) -> usize {
    if unit < normalized.plain_len() {
        return unit;
    }
    let next =
        normalized.units().get(unit + 1).map_or(normalized.plain_len(), |u| u.plain as usize);
    next.saturating_sub(1).max(plain_first(normalized, unit))
}
