//! Korean in Latin letters, for ids: the Revised Romanization, letter by letter with liaison.
//!
//! ㄴ and ㄹ before ㄹ are ll (연락 → yeollak); other sounds that change each other (독립 → dongnip)
//! are left as they are written: an id is a name, and a linguist finds it easier to guess.

use super::Syllable;

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
/// Finals at the end or before a consonant.
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];
/// Finals that move over to a vowel: 늦어 → neujeo.
const LINKED: [&str; 28] = [
    "", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m",
    "b", "bs", "s", "ss", "ng", "j", "ch", "k", "t", "p", "",
];
const SILENT: u8 = 11;
const R: u8 = 5;
const FINAL_N: u8 = 4;
const FINAL_R: u8 = 8;

/// A text in lower-case ASCII, its words joined by `-`; letters that have no Latin ones are left out.
pub fn romanized(text: &str) -> String {
    let words = text.split_whitespace().map(word);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn word(word: &str) -> String {
    let mut latin = String::new();
    let mut last: Option<u8> = None;
    for ch in word.chars() {
        let Some(syllable) = Syllable::parse(ch) else {
            latin.push_str(of(&FINALS, last.take()));
            latin.extend(ch.to_lowercase().filter(char::is_ascii_alphanumeric));
            continue;
        };
        let vowel_first = syllable.initial == SILENT;
        let is_liquid = syllable.initial == R && matches!(last, Some(FINAL_N | FINAL_R));
        let finals = if vowel_first { &LINKED } else { &FINALS };
        latin.push_str(if is_liquid { "l" } else { of(finals, last) });
        let initial = INITIALS.get(usize::from(syllable.initial)).copied().unwrap_or_default();
        let initial = if is_liquid { "l" } else { initial };
        latin.push_str(initial);
        latin.push_str(VOWELS.get(usize::from(syllable.vowel)).copied().unwrap_or_default());
        last = Some(syllable.last);
    }
    latin + of(&FINALS, last)
}

fn of(finals: &[&'static str; 28], last: Option<u8>) -> &'static str {
    last.and_then(|last| finals.get(usize::from(last)).copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_linguists_write_ids() {
        for (korean, latin) in [
            ("답답", "dapdap"),
            ("짜증", "jjajeung"),
            ("늦어", "neujeo"),
            ("신경 거슬리다", "singyeong-geoseullida"),
            ("없어", "eobseo"),
            ("강아지", "gangaji"),
            ("연락", "yeollak"),
            ("앱 2.0", "aep-20"),
            ("ㅠㅠ", ""),
        ] {
            assert_eq!(romanized(korean), latin, "{korean}");
        }
    }
}
