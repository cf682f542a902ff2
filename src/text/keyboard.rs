//! The dubeolsik keyboard: Korean typed while the Latin layout was on (tlqkf → 시발).

use super::hangul::{Syllable, is_initial_jamo};

/// The jamo of a key of the standard Korean layout; upper case is Shift.
pub(super) fn jamo_of_key(key: char) -> Option<char> {
    Some(match key {
        'q' => 'ㅂ',
        'Q' => 'ㅃ',
        'w' => 'ㅈ',
        'W' => 'ㅉ',
        'e' => 'ㄷ',
        'E' => 'ㄸ',
        'r' => 'ㄱ',
        'R' => 'ㄲ',
        't' => 'ㅅ',
        'T' => 'ㅆ',
        'y' | 'Y' => 'ㅛ',
        'u' | 'U' => 'ㅕ',
        'i' | 'I' => 'ㅑ',
        'o' => 'ㅐ',
        'O' => 'ㅒ',
        'p' => 'ㅔ',
        'P' => 'ㅖ',
        'a' | 'A' => 'ㅁ',
        's' | 'S' => 'ㄴ',
        'd' | 'D' => 'ㅇ',
        'f' | 'F' => 'ㄹ',
        'g' | 'G' => 'ㅎ',
        'h' | 'H' => 'ㅗ',
        'j' | 'J' => 'ㅓ',
        'k' | 'K' => 'ㅏ',
        'l' | 'L' => 'ㅣ',
        'z' | 'Z' => 'ㅋ',
        'x' | 'X' => 'ㅌ',
        'c' | 'C' => 'ㅊ',
        'v' | 'V' => 'ㅍ',
        'b' | 'B' => 'ㅠ',
        'n' | 'N' => 'ㅜ',
        'm' | 'M' => 'ㅡ',
        _ => return None,
    })
}

/// The vowel that two keys make together.
fn joined_vowel(first: char, second: char) -> Option<char> {
    Some(match (first, second) {
        ('ㅗ', 'ㅏ') => 'ㅘ',
        ('ㅗ', 'ㅐ') => 'ㅙ',
        ('ㅗ', 'ㅣ') => 'ㅚ',
        ('ㅜ', 'ㅓ') => 'ㅝ',
        ('ㅜ', 'ㅔ') => 'ㅞ',
        ('ㅜ', 'ㅣ') => 'ㅟ',
        ('ㅡ', 'ㅣ') => 'ㅢ',
        _ => return None,
    })
}

/// A character made from loose jamo, and how many of them it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Composed {
    pub(super) ch: char,
    pub(super) taken: usize,
}

/// The syllable that a row of loose jamo begins with, as an input method would compose it.
pub(super) fn compose_next(jamo: &[char]) -> Option<Composed> {
    let (initial, vowel) = (*jamo.first()?, *jamo.get(1)?);
    let mut syllable = Syllable::compose(initial, vowel)?;
    let mut taken = 2;
    if let Some(joined) = jamo.get(2).and_then(|next| joined_vowel(vowel, *next)) {
        syllable = Syllable::compose(initial, joined)?;
        taken = 3;
    }
    // A consonant closes the syllable unless a vowel follows, which it then begins a syllable with.
    let next_is_vowel =
        jamo.get(taken + 1).is_some_and(|ch| !is_initial_jamo(*ch) && is_vowel(*ch));
    if let Some(closed) = jamo.get(taken).and_then(|last| syllable.with_final(*last))
        && !next_is_vowel
    {
        syllable = closed;
        taken += 1;
    }
    Some(Composed { ch: syllable.char(), taken })
}

fn is_vowel(ch: char) -> bool {
    super::hangul::vowel_index(ch).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> String {
        let jamo: Vec<char> = keys.chars().filter_map(jamo_of_key).collect();
        let mut text = String::new();
        let mut rest = jamo.as_slice();
        while let Some(first) = rest.first() {
            let next = compose_next(rest).unwrap_or(Composed { ch: *first, taken: 1 });
            text.push(next.ch);
            rest = rest.get(next.taken..).unwrap_or_default();
        }
        text
    }

    #[test]
    fn keys_compose_like_an_input_method() {
        for (keys, expected) in
            [("tlqkf", "시발"), ("rotoRl", "개새끼"), ("qudtls", "병신"), ("dhodlfo", "왜이래")]
        {
            assert_eq!(typed(keys), expected);
        }
    }
}
