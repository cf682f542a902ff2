//! The alphabet that the matcher scans: one byte a jamo letter.
//!
//! A syllable becomes two or three letters (initial, vowel, final), so that a stem still matches
//! when a final consonant is fused onto it: 짜증나 is a prefix of 짜증났 and 짜증난. One byte a
//! letter keeps the automaton small and the scan short.
//!
//! | bytes | letters |
//! |---|---|
//! | `00` | the end of a reading; no form begins with it |
//! | `01..7F` | ASCII, lower case |
//! | `80..92` | the 19 initials |
//! | `93..A7` | the 21 vowels |
//! | `A8..C2` | the 27 finals |
//! | `C3..F5` | compatibility jamo ㄱ to ㅣ (ㅋㅋ is not the initial ㅋ) |
//! | `F6` + 3 | any other character, 7 bits a byte |

use super::hangul::{Syllable, is_compatibility_jamo};
use super::normalized::Normalized;
use super::normalizer::Normalizer;

/// One letter of the alphabet above.
pub type Letter = u8;

/// The end of a reading.
pub(super) const END: Letter = 0;
const INITIAL: u8 = 0x80;
const VOWEL: u8 = 0x93;
const FINAL: u8 = 0xA8;
const JAMO: u8 = 0xC3;
const OTHER: u8 = 0xF6;

/// What kind of character a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A Hangul syllable.
    Syllable,
    /// A compatibility jamo.
    Jamo,
    /// A Latin letter.
    Latin,
    /// A digit.
    Digit,
    /// ASCII punctuation and symbols.
    Mark,
    /// Emoji, Hanja and everything else.
    Other,
}

impl Kind {
    /// The kind of a canonical character.
    pub fn of(ch: char) -> Self {
        match ch {
            '가'..='힣' => Self::Syllable,
            'a'..='z' => Self::Latin,
            '0'..='9' => Self::Digit,
            '\u{1}'..='\u{7F}' => Self::Mark,
            _ if is_compatibility_jamo(ch) => Self::Jamo,
            _ => Self::Other,
        }
    }
}

/// Appends the letters of one canonical character.
#[expect(clippy::cast_possible_truncation, reason = "each value is masked or ranged to a byte")]
pub(super) fn push(ch: char, letters: &mut Vec<Letter>) {
    let code = ch as u32;
    if let Some(syllable) = Syllable::parse(ch) {
        letters.push(INITIAL + syllable.initial);
        letters.push(VOWEL + syllable.vowel);
        if syllable.last > 0 {
            letters.push(FINAL + syllable.last - 1);
        }
    } else if (1..0x80).contains(&code) {
        letters.push(code as u8);
    } else if is_compatibility_jamo(ch) {
        letters.push(JAMO + (code - 0x3131) as u8);
    } else {
        letters.push(OTHER);
        letters.extend([14, 7, 0].map(|shift| (code >> shift & 0x7F) as u8));
    }
}

/// Whether a letter is a final consonant.
pub const fn is_final(letter: Letter) -> bool {
    letter >= FINAL && letter < JAMO
}

/// The characters that a row of letters stands for: the way back from [`letters_of`].
pub(crate) fn text_of(letters: &[Letter]) -> String {
    let mut text = String::new();
    let mut rest = letters.iter().copied().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            INITIAL..VOWEL => {
                let vowel = rest.next_if(|letter| (VOWEL..FINAL).contains(letter));
                let last = rest.next_if(|letter| is_final(*letter));
                text.push(
                    Syllable {
                        initial: letter - INITIAL,
                        vowel: vowel.map_or(0, |vowel| vowel - VOWEL),
                        last: last.map_or(0, |last| last - FINAL + 1),
                    }
                    .char(),
                );
            }
            JAMO..OTHER => text.extend(char::from_u32(u32::from(letter - JAMO) + 0x3131)),
            OTHER => {
                let code = rest.by_ref().take(3).fold(0, |code, part| code << 7 | u32::from(part));
                text.extend(char::from_u32(code));
            }
            // Vowels and finals go on from an initial.
            VOWEL..JAMO => {}
            ascii => text.push(char::from(ascii)),
        }
    }
    text
}

/// How many characters a row of letters stands for.
pub(crate) fn character_count(letters: &[Letter]) -> usize {
    let mut count = 0;
    let mut rest = letters.iter();
    while let Some(letter) = rest.next() {
        if *letter == OTHER {
            rest.nth(2);
        }
        // Vowels and finals go on from the initial before them.
        count += usize::from(!(VOWEL..JAMO).contains(letter));
    }
    count
}

/// The letter of a final consonant given by its number, 1..28.
pub(crate) const fn final_letter(last: u8) -> Letter {
    FINAL + last - 1
}

/// The letters of a form: normalized like a message, white space dropped.
pub fn letters_of(form: &str) -> Vec<Letter> {
    let mut normalized = Normalized::default();
    Normalizer::normalize_plain(form, &mut normalized);
    normalized.letters().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_a_prefix_of_its_fused_forms() {
        let stem = letters_of("짜증나");
        for inflected in ["짜증났어", "짜증난다", "짜증 날", "짜증나네"] {
            assert!(letters_of(inflected).starts_with(&stem), "{inflected}");
        }
    }

    #[test]
    fn jamo_and_syllables_never_share_a_letter() {
        let jamo = letters_of("ㅅㅂ");
        assert!(letters_of("시발").iter().all(|letter| !jamo.contains(letter)));
    }

    #[test]
    fn letters_lead_back_to_their_text() {
        for text in ["짜증나", "괴로워", "ㅠㅠ", "ㅅㅂ", "-_-", "😡", "왜이래요"] {
            assert_eq!(text_of(&letters_of(text)), text);
        }
    }

    #[test]
    fn width_and_case_do_not_matter() {
        assert_eq!(letters_of("ＡＢｃ！"), letters_of("abc!"));
    }
}
