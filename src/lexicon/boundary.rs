//! Boundaries: where in an eojeol a hit may begin and end.

use super::form::End;
use super::grammar::Grammar;
use super::inflection::Tail;
use super::source::At;
use crate::text::{Kind, Letter, Normalized, Unit, is_final};

/// The farthest that an opener can reach back, in units.
const LONGEST_OPENER: usize = 4;
/// The most endings that are read behind a stem.
pub(super) const LONGEST_ENDING_CHAIN: usize = 5;

/// The letters from `letter` on. They go on into the second reading, but no form or ending holds
/// the letter that separates the readings.
pub(super) fn letters_from(normalized: &Normalized, letter: usize) -> &[Letter] {
    normalized.letters().get(letter..).unwrap_or_default()
}

/// The last unit of a pattern that ends before `end_letter`, if it may end there.
pub(super) fn last_unit(
    normalized: &Normalized,
    grammar: &Grammar,
    end_letter: usize,
    end: End,
) -> Option<usize> {
    let last = normalized.unit_at(end_letter.checked_sub(1)?);
    let rest = normalized.letters_end(last).checked_sub(end_letter)?;
    let fused = rest == 1 && normalized.letters().get(end_letter).is_some_and(|l| is_final(*l));
    match end {
        End::Whole => (rest == 0).then_some(last),
        End::Stem => (rest == 0 || fused).then_some(last),
        End::Short(tail) => {
            let ends = rest == 0 || fused;
            (ends && ending_follows(normalized, grammar, last, end_letter, tail)).then_some(last)
        }
    }
}

fn ending_follows(
    normalized: &Normalized,
    grammar: &Grammar,
    last: usize,
    end_letter: usize,
    tail: Tail,
) -> bool {
    let whole = normalized.letters_end(last) == end_letter;
    if whole && eojeol_ends(normalized, last) {
        return tail.infinitive;
    }
    let letters = letters_from(normalized, end_letter);
    let starts = |affixes: &super::grammar::Affixes| affixes.at(letters).next().is_some();
    (tail.vowel && starts(&grammar.after_vowel))
        || (tail.consonant && starts(&grammar.after_consonant))
        || (tail.infinitive && starts(&grammar.after_infinitive))
}

/// Whether the eojeol ends after a unit: white space, a mark, jamo or the end of the reading.
fn eojeol_ends(normalized: &Normalized, unit: usize) -> bool {
    match next_in_reading(normalized, unit) {
        None => true,
        Some(next) => {
            next.spaced || !matches!(next.kind, Kind::Syllable | Kind::Digit | Kind::Latin)
        }
    }
}

fn next_in_reading(normalized: &Normalized, unit: usize) -> Option<&Unit> {
    (unit + 1 != normalized.plain_len()).then(|| normalized.units().get(unit + 1)).flatten()
}

/// Whether a hit on the units `first..=last` stands where its entry wants it.
pub(super) fn is_allowed(
    normalized: &Normalized,
    grammar: &Grammar,
    at: At,
    first: usize,
    last: usize,
) -> bool {
    match at {
        At::Anywhere => true,
        At::EojeolStart => begins_eojeol(normalized, grammar, first),
        At::WholeEojeol => {
            let starts = normalized.units().get(first).is_some_and(|unit| unit.starts_word);
            starts && ends_whole_eojeol(normalized, grammar, last)
        }
        At::WholeMessage => first == 0 && last + 1 == normalized.plain_len(),
    }
}

fn begins_eojeol(normalized: &Normalized, grammar: &Grammar, first: usize) -> bool {
    let units = normalized.units();
    let Some(unit) = units.get(first) else { return false };
    if unit.starts_word {
        return true;
    }
    let reach = first.saturating_sub(LONGEST_OPENER);
    let before = units.get(reach..first).unwrap_or_default();
    let Some(back) = before.iter().rposition(|unit| unit.starts_word) else { return false };
    let head_start = normalized.first_letter(reach + back);
    let head = normalized.letters().get(head_start..unit.letter as usize).unwrap_or_default();
    grammar.openers.iter().any(|opener| opener == head)
}

fn ends_whole_eojeol(normalized: &Normalized, grammar: &Grammar, last: usize) -> bool {
    let Some(unit) = normalized.units().get(last) else { return false };
    if unit.kind == Kind::Jamo {
        let next = next_in_reading(normalized, last);
        return next.is_none_or(|next| {
            next.spaced || next.kind != Kind::Jamo || matches!(next.ch, 'ㅋ' | 'ㅎ' | 'ㅠ' | 'ㅜ')
        });
    }
    if eojeol_ends(normalized, last) {
        return true;
    }
    let after = normalized.letters_end(last);
    let letters = letters_from(normalized, after);
    // Whole characters: 헐값 is not 헐 with the copula 가.
    let last_of = |length: usize| {
        let end = after + length;
        let unit = normalized.unit_at(end - 1);
        (normalized.letters_end(unit) == end).then_some(unit)
    };
    grammar.copula.at(letters).any(|length| last_of(length).is_some())
        || grammar
            .josa
            .at(letters)
            .any(|length| last_of(length).is_some_and(|unit| eojeol_ends(normalized, unit)))
}

/// The last unit of the word that begins with the stem ending at `end_letter`: endings are read
/// greedily, so that the span shown is 답답하네요 and not 답답하.
pub(super) fn extend_over_endings(
    normalized: &Normalized,
    grammar: &Grammar,
    last: usize,
    end_letter: usize,
) -> usize {
    let mut ends = [0; LONGEST_ENDING_CHAIN];
    let count = ending_chain(normalized, grammar, last, end_letter, &mut ends);
    count.checked_sub(1).and_then(|i| ends.get(i)).map_or(last, |after| after - 1)
}

/// The units at which a chain of endings can stop, one past its last unit each; written to `ends`.
pub(super) fn ending_chain(
    normalized: &Normalized,
    grammar: &Grammar,
    last: usize,
    end_letter: usize,
    ends: &mut [usize; LONGEST_ENDING_CHAIN],
) -> usize {
    let mut letter = end_letter;
    let mut count = 0;
    // A final fused onto the stem that no ending names is part of the same character anyway.
    let unit_end = normalized.letters_end(last);
    for slot in ends.iter_mut() {
        let at_unit = normalized.unit_at(letter);
        let spaced = letter >= unit_end
            && (at_unit == normalized.plain_len()
                || normalized.units().get(at_unit).is_none_or(|unit| unit.spaced));
        if spaced {
            break;
        }
        let letters = letters_from(normalized, letter);
        let step = grammar.continuations.at(letters).find_map(|length| {
            let end = letter + length;
            let unit = normalized.unit_at(end - 1);
            let rest = normalized.letters_end(unit) - end;
            let fused = rest == 1 && normalized.letters().get(end).is_some_and(|l| is_final(*l));
            (rest == 0 || fused).then_some((end, unit))
        });
        let Some((end, unit)) = step else { break };
        *slot = unit + 1;
        letter = end;
        count += 1;
    }
    count
}
