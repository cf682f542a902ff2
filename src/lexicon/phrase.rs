//! Phrase matching: from a trigger found by the automaton to the whole phrase around it.
//!
//! The automaton looks only for the longest word of a phrase. Around it the other words are read
//! letter by letter, forward from each place where the phrase could begin. Between words stand
//! free spacing, marks, up to two josa after a noun, endings after a predicate, and, where the
//! form says `…`, a bounded gap that no question or exclamation mark interrupts.

use super::boundary::{LONGEST_ENDING_CHAIN, ending_chain, last_unit, letters_from};
use super::form::{Follow, JOINT_UNITS, Part, Phrase};
use super::grammar::Grammar;
use crate::text::{Kind, Normalized};

/// The most josa read between two words.
const LONGEST_JOSA_CHAIN: usize = 2;

/// The units of a phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PhraseSpan {
    pub(super) first: usize,
    pub(super) last: usize,
    /// One past the last letter of the last word's stem.
    pub(super) end_letter: usize,
}

/// One word of a phrase, read.
#[derive(Debug, Clone, Copy)]
struct WordRead {
    last: usize,
    end_letter: usize,
    follow: Follow,
}

/// Reads one phrase in one text.
pub(super) struct PhraseMatcher<'m> {
    pub(super) normalized: &'m Normalized,
    pub(super) grammar: &'m Grammar,
    pub(super) phrase: &'m Phrase,
    /// The units of the reading that the trigger is in; a phrase never reaches into the other.
    pub(super) reading: std::ops::Range<usize>,
}

impl PhraseMatcher<'_> {
    /// The phrase around a trigger that begins at unit `trigger`, the nearest start first.
    pub(super) fn around(
        &self,
        trigger: usize,
        allowed: impl Fn(usize, usize) -> bool,
    ) -> Option<PhraseSpan> {
        let earliest = trigger.saturating_sub(self.phrase.reach).max(self.reading.start);
        let optional_head = self.phrase.parts.iter().take(self.phrase.trigger).all(|p| p.optional);
        let latest = if self.phrase.trigger == 0 || optional_head {
            trigger
        } else {
            trigger.saturating_sub(1)
        };
        let can_begin = |first: &usize| {
            let letter = self.normalized.first_letter(*first);
            let letter = self.normalized.letters().get(letter);
            letter.is_some_and(|letter| self.phrase.first_letters.contains(*letter))
        };
        (earliest..=latest).rev().filter(can_begin).find_map(|first| {
            let (last, end_letter) = self.parts(0, first, trigger)?;
            allowed(first, last).then_some(PhraseSpan { first, last, end_letter })
        })
    }

    /// Reads the parts from `index` on at unit `at`; the trigger part must begin at `trigger`.
    fn parts(&self, index: usize, at: usize, trigger: usize) -> Option<(usize, usize)> {
        let part = self.phrase.parts.get(index)?;
        if !self.reading.contains(&at) {
            return None;
        }
        if (index == self.phrase.trigger && at != trigger)
            || at > trigger && index < self.phrase.trigger
        {
            // The trigger stands where the automaton found it, the words before it before it.
            return None;
        }
        let read = part.alternatives.iter().find_map(|alternative| {
            let pattern = &alternative.pattern;
            let letters = letters_from(self.normalized, self.normalized.first_letter(at));
            if !letters.starts_with(&pattern.letters) {
                return None;
            }
            let end = self.normalized.first_letter(at) + pattern.letters.len();
            let last = last_unit(self.normalized, self.grammar, end, pattern.end)?;
            self.after(
                index,
                part,
                WordRead { last, end_letter: end, follow: alternative.follow },
                trigger,
            )
        });
        read.or_else(|| if part.optional { self.parts(index + 1, at, trigger) } else { None })
    }

    /// Goes on behind a word that was read.
    fn after(
        &self,
        index: usize,
        part: &Part,
        read: WordRead,
        trigger: usize,
    ) -> Option<(usize, usize)> {
        let rest = self.phrase.parts.get(index + 1..).unwrap_or_default();
        let whole = (read.last, read.end_letter);
        if rest.is_empty() {
            return Some(whole);
        }
        let found = self.joint(index, part, read, trigger);
        found.or_else(|| rest.iter().all(|part| part.optional).then_some(whole))
    }

    /// Reads the next word behind each place where this one can stop.
    fn joint(
        &self,
        index: usize,
        part: &Part,
        read: WordRead,
        trigger: usize,
    ) -> Option<(usize, usize)> {
        let mut starts = [read.last + 1; 1 + LONGEST_ENDING_CHAIN];
        let further = starts.get_mut(1..)?;
        let count = match read.follow {
            Follow::Endings => {
                let mut ends = [0; LONGEST_ENDING_CHAIN];
                let chain = ending_chain(
                    self.normalized,
                    self.grammar,
                    read.last,
                    read.end_letter,
                    &mut ends,
                );
                further.copy_from_slice(&ends);
                chain
            }
            Follow::Josa => self.josa_chain(read.last + 1, further),
            Follow::Nothing => 0,
        };
        starts.iter().take(1 + count).find_map(|start| {
            let start = self.over_marks(*start)?;
            let window = usize::from(part.gap_after);
            (0..=window)
                .map_while(|skip| self.passable(start, skip).then_some(start + skip))
                .find_map(|next| self.parts(index + 1, next, trigger))
        })
    }

    /// Writes the units behind one and two josa; says how many there are.
    fn josa_chain(&self, mut at: usize, ends: &mut [usize]) -> usize {
        let mut count = 0;
        for slot in ends.iter_mut().take(LONGEST_JOSA_CHAIN) {
            let begin = self.normalized.first_letter(at);
            let letters = letters_from(self.normalized, begin);
            let spaced = self.normalized.units().get(at).is_none_or(|unit| unit.spaced);
            let whole = |length: usize| {
                let end = begin + length;
                let unit = self.normalized.unit_at(end - 1);
                (self.normalized.letters_end(unit) == end).then_some(unit + 1)
            };
            let Some(next) = self.grammar.josa.at(letters).find_map(whole).filter(|_| !spaced)
            else {
                break;
            };
            *slot = next;
            at = next;
            count += 1;
        }
        count
    }

    /// Skips marks that do not end a sentence; none when the reading ends.
    fn over_marks(&self, start: usize) -> Option<usize> {
        let soft = |unit: usize| {
            self.normalized
                .units()
                .get(unit)
                .is_some_and(|unit| unit.kind == Kind::Mark && !matches!(unit.ch, '?' | '!'))
        };
        let next = (start..start + JOINT_UNITS).find(|unit| !soft(*unit))?;
        self.reading.contains(&next).then_some(next)
    }

    /// Whether a gap can reach over `skip` units from `start`.
    fn passable(&self, start: usize, skip: usize) -> bool {
        let Some(passed) = skip.checked_sub(1) else { return true };
        let unit = self.normalized.units().get(start + passed);
        self.reading.contains(&(start + skip))
            && unit.is_some_and(|unit| !matches!(unit.ch, '?' | '!'))
    }
}
