//! The normalizer: the steps in their order.

use super::canonical::{Canonical, Folded, fold, for_each_composed};
use super::letters::Kind;
use super::normalized::{Alteration, Normalized, Unit};
use super::{reading, repeats};

/// Turns the text as sent into canonical units and letters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Normalizer;

impl Normalizer {
    /// Normalizes `text` into `out`, whose buffers are reused.
    ///
    /// Texts beyond 4 GiB are cut; the message limit of the settings is far below.
    pub fn normalize(self, text: &str, out: &mut Normalized) {
        Self::normalize_plain(text, out);
        reading::append_disguised(text, out);
    }

    /// The plain reading alone, as forms of the lexicon need it.
    pub(super) fn normalize_plain(text: &str, out: &mut Normalized) {
        out.clear();
        let units = out.units_mut();
        let mut spaced = true;
        for_each_composed(text, |composed| push(composed, &mut spaced, units));
        repeats::fold(units);
        out.finish_plain();
    }
}

fn push(composed: Canonical, spaced: &mut bool, units: &mut Vec<Unit>) {
    let (Ok(start), Ok(end)) = (u32::try_from(composed.start), u32::try_from(composed.end)) else {
        return;
    };
    let mut emit = |ch: char, spaced: bool| {
        units.push(Unit {
            ch,
            kind: Kind::of(ch),
            start,
            end,
            letter: 0,
            repeats: 1,
            spaced,
            starts_word: false,
            alteration: Alteration::None,
            plain: 0,
        });
    };
    match fold(composed.ch) {
        Folded::One(ch) => emit(ch, std::mem::take(spaced)),
        Folded::Ellipsis => {
            emit('.', std::mem::take(spaced));
            emit('.', false);
            emit('.', false);
        }
        Folded::Space => *spaced = true,
        Folded::Dropped => {
            // A variation selector or joiner belongs to what stands before it.
            if let Some(last) = units.last_mut().filter(|_| !*spaced) {
                last.end = last.end.max(end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> String {
        let mut out = Normalized::default();
        Normalizer.normalize(text, &mut out);
        out.canonical_text()
    }

    #[test]
    fn each_disguise_of_writing_becomes_the_plain_word() {
        for (sent, expected) in [
            ("\u{110D}\u{1161}\u{110C}\u{1173}\u{11BC}", "짜증"),
            ("짜\u{200B}증\u{FE0F}", "짜증"),
            ("시\u{0337}발", "시발"),
            ("짜증나아아아", "짜증나"),
            ("왜ㅐㅐㅐ", "왜"),
            ("짜증낰ㅋㅋㅋㅋㅋ", "짜증나ㅋㅋㅋ"),
            ("나아지다", "나아지다"),
            ("ＡＢＣ！！", "abc!!"),
            ("\u{1172}\u{1172}", "ㅠㅠ"),
            ("기다려……", "기다려..."),
            ("0000000", "0000000"),
            ("아   아", "아 아"),
        ] {
            assert_eq!(canonical(sent), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_folded_run_keeps_its_count_and_covers_the_original() {
        let mut out = Normalized::default();
        let text = "ㅠㅠㅠㅠㅠ";
        Normalizer.normalize(text, &mut out);
        assert_eq!(out.plain_len(), 3);
        assert_eq!(out.units().iter().map(|unit| usize::from(unit.repeats)).sum::<usize>(), 5);
        assert_eq!(out.span(0, 2).of(text), text);
    }

    #[test]
    fn a_word_does_not_begin_between_digit_and_syllable() {
        let mut out = Normalized::default();
        Normalizer.normalize("11시발 ㅋㅋ시", &mut out);
        let starts: Vec<bool> = out.plain().iter().map(|unit| unit.starts_word).collect();
        assert_eq!(starts, [true, false, false, false, true, false, true]);
    }
}
