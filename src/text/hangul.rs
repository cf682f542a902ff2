//! Hangul arithmetic: syllables, their parts, and compatibility jamo.
//!
//! Formulas and constants are those of the Unicode Standard, section 3.12.

/// First precomposed syllable, 가.
const SYLLABLE_BASE: u32 = 0xAC00;
/// Finals per vowel, "no final" included.
const FINAL_COUNT: u32 = 28;
/// Vowels per initial.
const VOWEL_COUNT: u32 = 21;
/// Initials.
const INITIAL_COUNT: u32 = 19;

/// Compatibility jamo of the 19 initials, in order.
const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
/// Compatibility jamo of the 27 finals, in order; index 0 is final 1.
const FINALS: [char; 27] = [
    'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ',
    'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// First compatibility vowel, ㅏ; the 21 vowels follow in the order of the syllable block.
const COMPATIBILITY_VOWEL_BASE: u32 = 0x314F;

/// A precomposed Hangul syllable taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syllable {
    /// Index of the initial consonant, 0..19.
    pub initial: u8,
    /// Index of the vowel, 0..21.
    pub vowel: u8,
    /// 0 for no final, else 1..28.
    pub last: u8,
}

#[expect(clippy::cast_possible_truncation, reason = "every part is below 28")]
impl Syllable {
    /// Takes a precomposed syllable apart.
    pub fn parse(ch: char) -> Option<Self> {
        let index = (ch as u32).checked_sub(SYLLABLE_BASE)?;
        if index >= INITIAL_COUNT * VOWEL_COUNT * FINAL_COUNT {
            return None;
        }
        Some(Self {
            initial: (index / (VOWEL_COUNT * FINAL_COUNT)) as u8,
            vowel: (index / FINAL_COUNT % VOWEL_COUNT) as u8,
            last: (index % FINAL_COUNT) as u8,
        })
    }

    /// Builds the syllable of an initial and a vowel written as compatibility jamo.
    pub fn compose(initial: char, vowel: char) -> Option<Self> {
        let initial = INITIALS.iter().position(|jamo| *jamo == initial)? as u8;
        let vowel = vowel_index(vowel)?;
        Some(Self { initial, vowel, last: 0 })
    }

    /// The same syllable with a final written as a compatibility jamo.
    pub fn with_final(self, jamo: char) -> Option<Self> {
        Some(Self { last: compatibility_jamo_to_final(jamo)?, ..self })
    }

    /// The same syllable without its final.
    #[must_use]
    pub const fn open(self) -> Self {
        Self { last: 0, ..self }
    }

    /// The precomposed character.
    pub fn char(self) -> char {
        let index = (u32::from(self.initial) * VOWEL_COUNT + u32::from(self.vowel)) * FINAL_COUNT
            + u32::from(self.last);
        char::from_u32(SYLLABLE_BASE + index).unwrap_or('가')
    }
}

/// The index of a compatibility vowel among the 21 vowels.
#[expect(clippy::cast_possible_truncation, reason = "below 21")]
pub(super) fn vowel_index(jamo: char) -> Option<u8> {
    (jamo as u32)
        .checked_sub(COMPATIBILITY_VOWEL_BASE)
        .filter(|i| *i < VOWEL_COUNT)
        .map(|i| i as u8)
}

/// Whether a character is a compatibility consonant that can begin a syllable.
pub(super) fn is_initial_jamo(ch: char) -> bool {
    INITIALS.contains(&ch)
}

/// The final (1..28) that a compatibility consonant stands for.
#[expect(clippy::cast_possible_truncation, reason = "at most 27")]
pub fn compatibility_jamo_to_final(jamo: char) -> Option<u8> {
    FINALS.iter().position(|f| *f == jamo).map(|i| i as u8 + 1)
}

/// The compatibility jamo of a final (1..28).
pub(super) fn final_jamo(last: u8) -> Option<char> {
    FINALS.get(usize::from(last).checked_sub(1)?).copied()
}

/// The compatibility jamo that shows a loose conjoining jamo or a half-width one.
///
/// Conjoining jamo that did not compose are what some keyboards send for ㅋㅋ or ㅠㅠ.
pub(super) fn to_compatibility_jamo(ch: char) -> Option<char> {
    let code = ch as u32;
    match code {
        0x1100..=0x1112 => INITIALS.get((code - 0x1100) as usize).copied(),
        0x1161..=0x1175 => char::from_u32(COMPATIBILITY_VOWEL_BASE + code - 0x1161),
        0x11A8..=0x11C2 => FINALS.get((code - 0x11A8) as usize).copied(),
        0xFFA1..=0xFFBE => char::from_u32(0x3131 + code - 0xFFA1),
        0xFFC2..=0xFFC7 => char::from_u32(0x314F + code - 0xFFC2),
        0xFFCA..=0xFFCF => char::from_u32(0x3155 + code - 0xFFCA),
        0xFFD2..=0xFFD7 => char::from_u32(0x315B + code - 0xFFD2),
        0xFFDA..=0xFFDC => char::from_u32(0x3161 + code - 0xFFDA),
        _ => None,
    }
}

/// Whether a character is a compatibility jamo (ㄱ to ㅣ).
pub(super) fn is_compatibility_jamo(ch: char) -> bool {
    ('\u{3131}'..='\u{3163}').contains(&ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_survives_being_taken_apart() {
        for ch in '가'..='힣' {
            assert_eq!(Syllable::parse(ch).unwrap().char(), ch);
        }
        assert_eq!(Syllable::parse('ㄱ'), None);
        assert_eq!(Syllable::parse('a'), None);
    }

    #[test]
    fn loose_jamo_become_compatibility_jamo() {
        assert_eq!(to_compatibility_jamo('\u{110F}'), Some('ㅋ'));
        assert_eq!(to_compatibility_jamo('\u{1172}'), Some('ㅠ'));
        assert_eq!(to_compatibility_jamo('\u{FFCC}'), Some('ㅗ'));
        assert_eq!(to_compatibility_jamo('\u{FFBE}'), Some('ㅎ'));
        assert_eq!(to_compatibility_jamo('\u{FFDC}'), Some('ㅣ'));
        assert_eq!(to_compatibility_jamo('가'), None);
    }

    #[test]
    fn jamo_compose_to_a_syllable() {
        let open = Syllable::compose('ㅂ', 'ㅏ').unwrap();
        assert_eq!(open.with_final('ㄹ').unwrap().char(), '발');
        assert_eq!(final_jamo(open.with_final('ㄹ').unwrap().last), Some('ㄹ'));
        assert!(open.with_final('ㄸ').is_none());
    }
}
