//! Inflection: from a dictionary form and its class to the stems that its inflected forms begin with.
//!
//! Since matching runs on letters and a stem matches whatever ending follows, a predicate needs
//! only its stem allomorphs: 답답하다 → 답답하, 답답해; 괴롭다 → 괴롭, 괴로우, 괴로워; 기다리다 →
//! 기다리, 기다려. What may follow each is its [`Tail`].

use super::class::Class;
use super::grammar::Grammar;
use crate::text::Syllable;

/// What may follow a stem allomorph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Tail {
    /// Endings of open stems: -네, -고, ㄴ, ㄹ.
    pub(crate) vowel: bool,
    /// Endings of closed stems: -고, -은, -어.
    pub(crate) consonant: bool,
    /// What follows the -아/-어 form: -요, -서, ㅆ, or nothing.
    pub(crate) infinitive: bool,
}

impl Tail {
    const VOWEL: Self = Self { vowel: true, consonant: false, infinitive: false };
    const CONSONANT: Self = Self { vowel: false, consonant: true, infinitive: false };
    const INFINITIVE: Self = Self { vowel: false, consonant: false, infinitive: true };

    pub(crate) const fn or(self, other: Self) -> Self {
        Self {
            vowel: self.vowel || other.vowel,
            consonant: self.consonant || other.consonant,
            infinitive: self.infinitive || other.infinitive,
        }
    }
}

/// One stem allomorph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stem {
    pub(crate) text: String,
    pub(crate) tail: Tail,
}

/// Why a form cannot be inflected as its class says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InflectionError {
    #[error("`{0}` does not end in 다")]
    NotDictionaryForm(String),
    #[error("`{form}` is not a {class} predicate: its stem does not end that way")]
    WrongClass { form: String, class: &'static str },
}

// Indices of vowels in the Unicode order ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ.
const A: u8 = 0;
const AE: u8 = 1;
const YA: u8 = 2;
const YAE: u8 = 3;
const EO: u8 = 4;
const YEO: u8 = 6;
const O: u8 = 8;
const WA: u8 = 9;
const WAE: u8 = 10;
const OE: u8 = 11;
const U: u8 = 13;
const WO: u8 = 14;
const WI: u8 = 16;
const EU: u8 = 18;
const I: u8 = 20;
// Numbers of finals.
const FINAL_D: u8 = 7;
const FINAL_R: u8 = 8;
const FINAL_B: u8 = 17;
const FINAL_S: u8 = 19;
const FINAL_H: u8 = 27;
// Initials.
const INITIAL_R: u8 = 5;
const SILENT: u8 = 11;

/// The stem allomorphs of a dictionary form.
pub(crate) fn stems(
    form: &str,
    class: Class,
    grammar: &Grammar,
) -> Result<Vec<Stem>, InflectionError> {
    let stem = form
        .strip_suffix('다')
        .filter(|stem| !stem.is_empty())
        .ok_or_else(|| InflectionError::NotDictionaryForm(form.to_owned()))?;
    let class = match class {
        Class::Verb | Class::Adjective if stem.ends_with('하') => Class::Hada,
        Class::Verb | Class::Adjective => {
            grammar.irregular_class(stem).and_then(Class::named).unwrap_or(Class::Regular)
        }
        class => class,
    };
    let (head, last) = split_last(stem);
    let wrong = || InflectionError::WrongClass { form: form.to_owned(), class: class.name() };
    let last = last.ok_or_else(wrong)?;
    let stems = match class {
        Class::Hada if stem.ends_with('하') => hada(head),
        Class::BIrregular if last.last == FINAL_B => b_irregular(head, last),
        Class::DIrregular if last.last == FINAL_D => d_irregular(head, last),
        Class::SIrregular if last.last == FINAL_S => s_irregular(head, last),
        Class::ReuIrregular if is(last, INITIAL_R, EU) => {
            reu_irregular(head, last).ok_or_else(wrong)?
        }
        Class::EuIrregular if last.last == 0 && (last.vowel == EU || last.vowel == U) => {
            eu_irregular(head, last)
        }
        Class::HIrregular if last.last == FINAL_H => h_irregular(head, last),
        Class::Regular => regular(head, last),
        _ => return Err(wrong()),
    };
    Ok(merged(stems))
}

fn split_last(stem: &str) -> (&str, Option<Syllable>) {
    match stem.char_indices().next_back() {
        Some((at, ch)) => (stem.get(..at).unwrap_or_default(), Syllable::parse(ch)),
        None => (stem, None),
    }
}

fn is(syllable: Syllable, initial: u8, vowel: u8) -> bool {
    syllable.initial == initial && syllable.vowel == vowel && syllable.last == 0
}

fn stem(head: &str, syllables: &[Syllable], tail: Tail) -> Stem {
    Stem { text: head.chars().chain(syllables.iter().map(|s| s.char())).collect(), tail }
}

fn vowel_syllable(vowel: u8) -> Syllable {
    Syllable { initial: SILENT, vowel, last: 0 }
}

/// Whether -아 rather than -어 follows a vowel.
fn takes_a(vowel: u8) -> bool {
    matches!(vowel, A | O | YA)
}

fn hada(head: &str) -> Vec<Stem> {
    ["하", "허"]
        .map(|ha| Stem { text: format!("{head}{ha}"), tail: Tail::VOWEL })
        .into_iter()
        .chain(
            ["해", "헤"].map(|hae| Stem { text: format!("{head}{hae}"), tail: Tail::INFINITIVE }),
        )
        .collect()
}

fn b_irregular(head: &str, last: Syllable) -> Vec<Stem> {
    let open = last.open();
    vec![
        stem(head, &[last], Tail::CONSONANT),
        stem(head, &[open, vowel_syllable(U)], Tail::VOWEL),
        stem(head, &[open, vowel_syllable(WO)], Tail::INFINITIVE),
        // 도와, 고와, and the old spelling 괴로와 that many still write.
        stem(head, &[open, vowel_syllable(WA)], Tail::INFINITIVE),
    ]
}

fn d_irregular(head: &str, last: Syllable) -> Vec<Stem> {
    let liquid = Syllable { last: FINAL_R, ..last };
    let a = if takes_a(last.vowel) { A } else { EO };
    vec![
        stem(head, &[last], Tail::CONSONANT),
        stem(head, &[liquid, vowel_syllable(EU)], Tail::VOWEL),
        stem(head, &[liquid, vowel_syllable(a)], Tail::INFINITIVE),
    ]
}

fn s_irregular(head: &str, last: Syllable) -> Vec<Stem> {
    let a = if takes_a(last.vowel) { A } else { EO };
    vec![
        stem(head, &[last], Tail::CONSONANT),
        stem(head, &[last.open(), vowel_syllable(EU)], Tail::VOWEL),
        stem(head, &[last.open(), vowel_syllable(a)], Tail::INFINITIVE),
    ]
}

fn reu_irregular(head: &str, last: Syllable) -> Option<Vec<Stem>> {
    let (front, before) = split_last(head);
    let before = before.filter(|syllable| syllable.last == 0)?;
    let vowel = if takes_a(before.vowel) { A } else { EO };
    let doubled = Syllable { last: FINAL_R, ..before };
    Some(vec![
        stem(head, &[last], Tail::VOWEL),
        stem(front, &[doubled, Syllable { vowel, ..last }], Tail::INFINITIVE),
    ])
}

fn eu_irregular(head: &str, last: Syllable) -> Vec<Stem> {
    // The vowel agrees with the syllable before (나빠, 모아), but not with a negator: 안 써.
    let negated = head.ends_with(['안', '못']);
    let before = split_last(head).1.filter(|_| !negated);
    let vowel = if before.is_some_and(|syllable| takes_a(syllable.vowel)) { A } else { EO };
    vec![
        stem(head, &[last], Tail::VOWEL),
        stem(head, &[Syllable { vowel, ..last }], Tail::INFINITIVE),
    ]
}

fn h_irregular(head: &str, last: Syllable) -> Vec<Stem> {
    let fused = if matches!(last.vowel, YA | YEO) { YAE } else { AE };
    vec![
        stem(head, &[last], Tail::CONSONANT),
        stem(head, &[last.open()], Tail::VOWEL),
        stem(head, &[Syllable { vowel: fused, last: 0, ..last }], Tail::INFINITIVE),
    ]
}

fn regular(head: &str, last: Syllable) -> Vec<Stem> {
    if last.last == FINAL_R {
        // The ㄹ falls before ㄴ, ㅂ, ㅅ: 만드는, 만듭니다, 만드세요.
        return vec![stem(head, &[last], Tail::CONSONANT), stem(head, &[last.open()], Tail::VOWEL)];
    }
    if last.last > 0 {
        return vec![stem(head, &[last], Tail::CONSONANT)];
    }
    let mut stems = vec![stem(head, &[last], Tail::VOWEL)];
    let contracted = match last.vowel {
        A | AE | EO | YEO | 5 => Some(last.vowel),
        O => Some(WA),
        U => Some(WO),
        OE => Some(WAE),
        WI | I => Some(YEO),
        _ => None,
    };
    if last.vowel == EU {
        return eu_irregular(head, last);
    }
    if let Some(vowel) = contracted {
        stems.push(stem(head, &[Syllable { vowel, ..last }], Tail::INFINITIVE));
    }
    stems
}

fn merged(stems: Vec<Stem>) -> Vec<Stem> {
    let mut merged: Vec<Stem> = Vec::with_capacity(stems.len());
    for stem in stems {
        match merged.iter_mut().find(|known| known.text == stem.text) {
            Some(known) => known.tail = known.tail.or(stem.tail),
            None => merged.push(stem),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{Diagnostics, Resources};

    fn texts(form: &str, class: Class) -> Vec<String> {
        let grammar = Grammar::load(&Resources::embedded(), &mut Diagnostics::default()).unwrap();
        stems(form, class, &grammar).unwrap().into_iter().map(|stem| stem.text).collect()
    }

    #[test]
    fn each_class_gives_its_allomorphs() {
        for (form, class, expected) in [
            ("답답하다", Class::Hada, &["답답하", "답답허", "답답해", "답답헤"][..]),
            ("괴롭다", Class::BIrregular, &["괴롭", "괴로우", "괴로워", "괴로와"]),
            ("듣다", Class::DIrregular, &["듣", "들으", "들어"]),
            ("낫다", Class::SIrregular, &["낫", "나으", "나아"]),
            ("모르다", Class::ReuIrregular, &["모르", "몰라"]),
            ("부르다", Class::Verb, &["부르", "불러"]),
            ("나쁘다", Class::EuIrregular, &["나쁘", "나빠"]),
            ("안쓰다", Class::Verb, &["안쓰", "안써"]),
            ("따르다", Class::Verb, &["따르", "따라"]),
            ("그렇다", Class::HIrregular, &["그렇", "그러", "그래"]),
            ("기다리다", Class::Verb, &["기다리", "기다려"]),
            ("보다", Class::Verb, &["보", "봐"]),
            ("주다", Class::Verb, &["주", "줘"]),
            ("되다", Class::Verb, &["되", "돼"]),
            ("만들다", Class::Verb, &["만들", "만드"]),
            ("짜증나다", Class::Verb, &["짜증나"]),
            ("늦다", Class::Adjective, &["늦"]),
            ("답답하다", Class::Adjective, &["답답하", "답답허", "답답해", "답답헤"]),
        ] {
            assert_eq!(texts(form, class), expected, "{form}");
        }
    }

    #[test]
    fn a_form_of_the_wrong_class_is_refused() {
        let grammar = Grammar::load(&Resources::embedded(), &mut Diagnostics::default()).unwrap();
        assert!(stems("먹다", Class::BIrregular, &grammar).is_err());
        assert!(stems("짜증", Class::Verb, &grammar).is_err());
    }
}
