//! What stands around a hit: how the sentence goes on, and whether the words are only quoted.

use super::rule::Ends;
use crate::text::{Kind, Letter, Normalized, Unit};

/// Marks that open and close what is quoted: names of buttons, messages on a screen.
const BRACKETS: [(char, char); 6] =
    [('「', '」'), ('『', '』'), ('【', '】'), ('[', ']'), ('<', '>'), ('《', '》')];

/// Whether the sentence goes on behind unit `last` as a rule wants it.
pub(super) fn goes_on_as(
    text: &str,
    normalized: &Normalized,
    quotation: &[Vec<Letter>],
    last: usize,
    wanted: Ends,
) -> bool {
    let units = normalized.plain();
    let rest = units.get(last + 1..).unwrap_or_default();
    if rest.first().is_some_and(|next| !next.spaced && is_word(next)) {
        return false;
    }
    let marks = rest.iter().take_while(|unit| !is_word(unit)).count();
    let next_word = last + 1 + marks;
    let letters = normalized.letters().get(normalized.first_letter(next_word)..);
    let quoted = quotation.iter().any(|word| letters.is_some_and(|rest| rest.starts_with(word)));
    if quoted && next_word < units.len() {
        return false;
    }
    let behind = rest.get(..marks).unwrap_or_default();
    let asks = behind.iter().any(|unit| unit.ch == '?');
    match wanted {
        Ends::Word => true,
        Ends::Statement => !asks,
        Ends::Question => asks,
        Ends::Sentence => {
            next_word >= units.len()
                || behind.iter().any(|unit| unit.ch != ',')
                || is_line_end(text, units, next_word)
        }
    }
}

/// Whether the units `first..=last` stand between quotation marks or brackets.
pub(super) fn is_quoted(units: &[Unit], first: usize, last: usize) -> bool {
    let before = units.get(..first).unwrap_or_default();
    let after = units.get(last + 1..).unwrap_or_default();
    let marks = ['"', '\''].iter().any(|mark| {
        let count = before.iter().filter(|unit| unit.ch == *mark).count();
        count % 2 == 1 && after.iter().any(|unit| unit.ch == *mark)
    });
    marks
        || BRACKETS.iter().any(|(open, close)| {
            let nearest = before.iter().rev().find(|unit| unit.ch == *open || unit.ch == *close);
            nearest.is_some_and(|unit| unit.ch == *open)
                && after.iter().any(|unit| unit.ch == *close)
        })
}

/// The first unit of the eojeol that a unit stands in.
pub(super) fn eojeol_begin(units: &[Unit], mut unit: usize) -> usize {
    while let Some(before) = unit.checked_sub(1)
        && units.get(unit).is_some_and(|here| !here.spaced)
        && units.get(before).is_some_and(is_word)
    {
        unit = before;
    }
    unit
}

/// The units of the sentence around `first..=last`, its closing marks included.
pub(super) fn sentence(text: &str, units: &[Unit], first: usize, last: usize) -> (usize, usize) {
    let begins = |at: &usize| is_line_end(text, units, *at) || is_closed_before(units, *at);
    let begin = (0..=first).rev().find(begins).unwrap_or(first);
    let is_mark = |unit: &Unit| matches!(unit.ch, '.' | '!' | '?' | '~');
    let mut end = last;
    while let Some(next) = units.get(end + 1)
        && !is_line_end(text, units, end + 1)
        && (is_mark(next) || !units.get(end).is_some_and(is_mark))
    {
        end += 1;
    }
    (begin, end)
}

/// Whether the unit before ends a sentence: a mark that white space follows, or `?` and `!`.
fn is_closed_before(units: &[Unit], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| units.get(before));
    let (Some(before), Some(here)) = (before, units.get(at)) else { return false };
    match before.ch {
        '.' | '~' => here.spaced,
        '?' | '!' => is_word(here) || here.spaced,
        _ => false,
    }
}

/// Whether a line of the text ends before a unit.
pub(super) fn is_line_end(text: &str, units: &[Unit], unit: usize) -> bool {
    let before = unit.checked_sub(1).and_then(|before| units.get(before));
    let (Some(before), Some(here)) = (before, units.get(unit)) else { return true };
    let between = text.get(before.end as usize..here.start as usize);
    between.is_some_and(|between| between.contains(['\n', '\r']))
}

/// Whether a unit is a letter or digit of a word.
pub(super) const fn is_word(unit: &Unit) -> bool {
    matches!(unit.kind, Kind::Syllable | Kind::Digit | Kind::Latin)
}
