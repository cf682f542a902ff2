//! The reading behind a disguise: separators and digits inside a word dropped (시1발, 시.발), loose
//! jamo composed (ㅅㅣ발), Latin-layout typing undone (tlqkf).
//!
//! It is written as a second row of units behind the plain one, only where the message shows a
//! sign of disguise. A match in it counts only if it covers an altered place and its entry allows
//! disguises, so that an ordinary date or address does not turn into a curse.

use super::keyboard::{compose_next, jamo_of_key};
use super::letters::Kind;
use super::normalized::{Alteration, Normalized, Unit};

/// Separators inside a word that are still read over; more of them are a real break.
const LONGEST_SEPARATOR: usize = 3;
/// Syllables that Latin letters must give before they count as Korean typed in the wrong layout.
const FEWEST_TYPED_SYLLABLES: usize = 2;

/// Appends the reading behind a disguise to `out`, if there is a sign of one.
pub(super) fn append_disguised(text: &str, out: &mut Normalized) {
    if !shows_disguise(out.plain()) {
        return;
    }
    let mut rewriter = Rewriter { units: Vec::with_capacity(out.plain_len()), any: false };
    let mut index = 0;
    let plain = out.plain();
    while index < plain.len() {
        index += rewriter.step(text, plain, index);
    }
    if rewriter.any {
        out.begin_disguised();
        for unit in rewriter.units {
            out.push_disguised(unit);
        }
    }
}

/// A cheap test that most messages fail.
fn shows_disguise(plain: &[Unit]) -> bool {
    let mut latin_run = 0;
    for pair in plain.windows(2) {
        let [before, after] = pair else { continue };
        latin_run = if before.kind == Kind::Latin { latin_run + 1 } else { 0 };
        let interrupted = is_hangul(before.kind) && is_separator(after.kind) && !after.spaced;
        let jamo = before.kind == Kind::Jamo && after.kind == Kind::Jamo && before.ch != after.ch;
        if interrupted || jamo || latin_run >= 3 {
            return true;
        }
    }
    false
}

struct Rewriter {
    units: Vec<Unit>,
    any: bool,
}

impl Rewriter {
    /// Handles the unit at `index` and says how many units that took.
    fn step(&mut self, text: &str, plain: &[Unit], index: usize) -> usize {
        let rest = plain.get(index..).unwrap_or_default();
        let Some(unit) = rest.first().copied() else { return 1 };
        if unit.kind == Kind::Latin && unit.starts_word {
            let run = rest.iter().take_while(|u| u.kind == Kind::Latin).count();
            self.latin(text, rest.get(..run).unwrap_or_default());
            return run;
        }
        if unit.kind == Kind::Jamo {
            let jamo: Vec<char> = rest
                .iter()
                .enumerate()
                .take_while(|(i, u)| u.kind == Kind::Jamo && (*i == 0 || is_loose(rest, *i)))
                .map(|(_, u)| u.ch)
                .take(8)
                .collect();
            if let Some(composed) = compose_next(&jamo) {
                self.push_merged(rest.get(..composed.taken).unwrap_or_default(), composed.ch);
                return composed.taken;
            }
        }
        let separators = separators_inside_word(plain, index);
        if separators > 0 {
            self.any = true;
            // The next unit carries the mark of what was dropped before it.
            if let Some(next) = rest.get(separators).copied() {
                self.units.push(Unit {
                    alteration: Alteration::Joined,
                    starts_word: false,
                    ..next
                });
            }
            return separators + 1;
        }
        self.units.push(unit);
        1
    }

    fn latin(&mut self, text: &str, run: &[Unit]) {
        // Shift matters on the Korean layout, so the keys are read from the text as sent.
        let keys = run.iter().map(|unit| {
            text.get(unit.start as usize..unit.end as usize).and_then(|s| s.chars().next())
        });
        let jamo: Option<Vec<char>> =
            keys.map(|key| key.map(half_width).and_then(jamo_of_key)).collect();
        let Some(jamo) = jamo else { return self.units.extend(run) };
        let (begin, any) = (self.units.len(), self.any);
        let mut at = 0;
        let mut syllables = 0;
        while let Some(rest) = jamo.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(composed) = compose_next(rest) else { break };
            self.push_merged(run.get(at..at + composed.taken).unwrap_or_default(), composed.ch);
            syllables += 1;
            at += composed.taken;
        }
        let rest_is_laughter = jamo
            .get(at..)
            .unwrap_or_default()
            .iter()
            .all(|ch| matches!(ch, 'ㅋ' | 'ㅎ' | 'ㅠ' | 'ㅜ'));
        if syllables < FEWEST_TYPED_SYLLABLES || !rest_is_laughter {
            self.units.truncate(begin);
            self.units.extend(run);
            self.any = any;
        } else {
            self.units.extend(run.get(at..).unwrap_or_default());
        }
    }

    fn push_merged(&mut self, from: &[Unit], ch: char) {
        if let (Some(first), Some(last)) = (from.first(), from.last()) {
            self.any = true;
            self.units.push(Unit {
                ch,
                kind: Kind::Syllable,
                end: last.end,
                alteration: Alteration::Composed,
                ..*first
            });
        }
    }
}

/// The ASCII letter of a full-width one, in its case.
fn half_width(key: char) -> char {
    match key {
        '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            char::from_u32(key as u32 - 0xFEE0).unwrap_or(key)
        }
        _ => key,
    }
}

/// Whether the jamo at `i` goes on from the one before: no space, or both stand alone (ㅅ ㅣ 발).
fn is_loose(units: &[Unit], i: usize) -> bool {
    let spaced = units.get(i).is_some_and(|unit| unit.spaced);
    !spaced || units.get(i - 1).is_some_and(|unit| unit.spaced)
}

/// How many separators stand at `index` inside a word.
fn separators_inside_word(plain: &[Unit], index: usize) -> usize {
    let before = index.checked_sub(1).and_then(|i| plain.get(i));
    if !before.is_some_and(|unit| is_hangul(unit.kind)) {
        return 0;
    }
    let rest = plain.get(index..).unwrap_or_default();
    let longest = rest.iter().take(LONGEST_SEPARATOR + 1);
    let count = longest.take_while(|unit| is_separator(unit.kind)).count();
    let hangul = rest.get(count).is_some_and(|unit| is_hangul(unit.kind));
    let unspaced = rest.iter().take(count + 1).all(|unit| !unit.spaced);
    if hangul && unspaced && count <= LONGEST_SEPARATOR { count } else { 0 }
}

fn is_hangul(kind: Kind) -> bool {
    matches!(kind, Kind::Syllable | Kind::Jamo)
}

fn is_separator(kind: Kind) -> bool {
    matches!(kind, Kind::Digit | Kind::Mark | Kind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Normalizer;

    fn disguised(text: &str) -> String {
        let mut out = Normalized::default();
        Normalizer.normalize(text, &mut out);
        out.disguised().iter().map(|unit| unit.ch).collect()
    }

    #[test]
    fn each_disguise_is_read() {
        for (sent, expected) in [
            ("시1발", "시발"),
            ("시.발 뭐", "시발뭐"),
            ("ㅅㅣ발", "시발"),
            ("ㅈㅏ증나", "자증나"),
            ("tlqkf", "시발"),
            ("rotoRl야", "개새끼야"),
            ("ｔｌｑｋｆ", "시발"),
            ("ㅅ1ㅂ", "ㅅㅂ"),
        ] {
            assert_eq!(disguised(sent), expected, "{sent}");
        }
    }

    #[test]
    fn an_ordinary_message_has_no_second_reading() {
        for sent in ["배송 언제 오나요?", "hello there", "ㅋㅋㅋ 네 ㅠㅠ", "app 설치", "3시 30분"]
        {
            assert_eq!(disguised(sent), "", "{sent}");
        }
    }
}
