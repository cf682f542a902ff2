//! Folding of repeats and stretched letters; the count is kept in the unit.
//!
//! - A run of more than three equal characters counts as three (ㅋㅋㅋㅋㅋ → ㅋㅋㅋ); digits and
//!   Latin letters are left alone.
//! - A vowel held on is dropped: 짜증나아아 → 짜증나, 왜ㅐㅐ → 왜. One open syllable may be a word
//!   of its own (나아지다), so at least two are needed; a loose vowel jamo is enough.
//! - A final that only begins the laughter after it is dropped: 짜증낰ㅋㅋ → 짜증나ㅋㅋ.

use super::hangul::{Syllable, final_jamo, vowel_index};
use super::letters::Kind;
use super::normalized::Unit;

/// A longer run of equal characters is cut to this many.
const LONGEST_RUN: usize = 3;
/// Index of the silent initial ㅇ.
const SILENT_INITIAL: u8 = 11;
/// Open syllables that must repeat the vowel before they count as stretching.
const SHORTEST_STRETCH: usize = 2;

/// Folds the units in place.
pub(super) fn fold(units: &mut Vec<Unit>) {
    let mut kept = 0_usize;
    let mut index = 0;
    while let Some(unit) = units.get(index).copied() {
        let stretch = kept
            .checked_sub(1)
            .and_then(|last| units.get(last).copied())
            .map_or(0, |before| stretch_length(before, units.get(index..).unwrap_or_default()));
        if stretch > 0 {
            absorb(units, kept - 1, index, stretch);
            index += stretch;
            continue;
        }
        let run = run_length(units.get(index..).unwrap_or_default());
        let take = if run > LONGEST_RUN { LONGEST_RUN } else { run.max(1) };
        for offset in 0..take {
            let mut copy = units.get(index + offset).copied().unwrap_or(unit);
            copy.ch = without_laughing_final(copy.ch, units.get(index + offset + 1));
            if let Some(slot) = units.get_mut(kept) {
                *slot = copy;
            }
            kept += 1;
        }
        if run > take {
            absorb(units, kept - 1, index + take, run - take);
        }
        index += run.max(1);
    }
    units.truncate(kept);
}

/// Lets the unit at `into` stand for `count` further units from `from` on.
fn absorb(units: &mut [Unit], into: usize, from: usize, count: usize) {
    let end = units.get(from + count - 1).map(|unit| unit.end);
    if let (Some(unit), Some(end)) = (units.get_mut(into), end) {
        unit.end = end;
        unit.repeats = unit.repeats.saturating_add(u16::try_from(count).unwrap_or(u16::MAX));
    }
}

/// How many equal, unspaced units `units` begins with; 1 for digits and Latin letters.
fn run_length(units: &[Unit]) -> usize {
    let Some(first) = units.first() else { return 0 };
    if matches!(first.kind, Kind::Digit | Kind::Latin) {
        return 1;
    }
    1 + units.iter().skip(1).take_while(|unit| unit.ch == first.ch && !unit.spaced).count()
}

/// How many units merely hold on the vowel of `before`.
fn stretch_length(before: Unit, units: &[Unit]) -> usize {
    let Some(syllable) = Syllable::parse(before.ch).filter(|syllable| syllable.last == 0) else {
        return 0;
    };
    let mut count = 0;
    let mut jamo = false;
    for unit in units.iter().take_while(|unit| !unit.spaced) {
        let held = held_vowel(syllable.vowel);
        match (vowel_index(unit.ch), Syllable::parse(unit.ch)) {
            (Some(vowel), _) if vowel == held => jamo = true,
            (_, Some(Syllable { initial: SILENT_INITIAL, vowel, last: 0 })) if vowel == held => {}
            _ => break,
        }
        count += 1;
    }
    if jamo || count >= SHORTEST_STRETCH { count } else { 0 }
}

/// The vowel that is heard when a vowel is held on: 왜 ends in ㅐ, 요 in ㅗ.
fn held_vowel(vowel: u8) -> u8 {
    // Indices of ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ.
    const HELD: [u8; 21] = [0, 1, 0, 1, 4, 5, 4, 5, 8, 0, 1, 20, 8, 13, 4, 5, 20, 13, 18, 20, 20];
    HELD.get(usize::from(vowel)).copied().unwrap_or(vowel)
}

fn without_laughing_final(ch: char, next: Option<&Unit>) -> char {
    let Some(syllable) = Syllable::parse(ch) else { return ch };
    match (final_jamo(syllable.last), next) {
        (Some(jamo @ ('ㅋ' | 'ㅎ')), Some(next)) if next.ch == jamo && !next.spaced => {
            syllable.open().char()
        }
        _ => ch,
    }
}
