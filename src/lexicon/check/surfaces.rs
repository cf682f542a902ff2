//! Surfaces: what a form looks like in a message, written out from the letters that are searched.
//!
//! Every alternative of a phrase and every stem of a predicate gives a surface; each is put into
//! several surroundings, so that what holds in all of them holds wherever the form stands.

use crate::lexicon::form::{Alternative, CompiledForm, End, Follow, Part, Pattern};
use crate::text::{Syllable, text_of};

/// A syllable that no word holds: what surrounds a surface without becoming part of it.
const STRANGER: char = '뷁';

/// One way to write a form, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Surface {
    /// The word or stem that only this surface holds.
    pub(super) word: String,
    /// Texts that all hold it, in different surroundings.
    pub(super) texts: Vec<String>,
}

/// The surfaces of a form; with those of a disguise where it may be disguised.
pub(super) fn surfaces(form: &CompiledForm, disguise: bool) -> Vec<Surface> {
    match form {
        CompiledForm::Simple(patterns) => patterns
            .iter()
            .map(|pattern| {
                let stem = text_of(&pattern.letters);
                let written = format!("{stem}{}", ending(pattern, &stem));
                Surface { texts: surrounded(&[written], disguise), word: stem }
            })
            .collect(),
        CompiledForm::Phrase(phrase) => {
            let parts = phrase.parts.as_slice();
            let choices = parts.iter().enumerate().flat_map(|(place, part)| {
                part.alternatives.iter().map(move |alternative| (place, alternative))
            });
            choices
                .map(|(place, chosen)| {
                    let plain = written(parts, place, chosen, false, false);
                    let with_josa = written(parts, place, chosen, true, false);
                    let with_gap = written(parts, place, chosen, false, true);
                    Surface {
                        word: text_of(&chosen.pattern.letters),
                        texts: surrounded(&[plain, with_josa, with_gap], disguise),
                    }
                })
                .collect()
        }
    }
}

/// A phrase with one alternative chosen, the first of the others, and without optional words.
fn written(parts: &[Part], place: usize, chosen: &Alternative, josa: bool, gap: bool) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        let alternative = if index == place {
            chosen
        } else {
            match part.alternatives.first() {
                Some(first) if !part.optional => first,
                _ => continue,
            }
        };
        if !text.is_empty() {
            text.push(' ');
        }
        let word = text_of(&alternative.pattern.letters);
        text.push_str(&word);
        text.push_str(ending(&alternative.pattern, &word));
        let last = index + 1 == parts.len();
        if josa && !last && alternative.follow == Follow::Josa {
            text.push('도');
        }
        if gap && !last && part.gap_after > 0 {
            text.push(' ');
            text.push(STRANGER);
        }
    }
    text
}

/// An ending that may stand behind a stem.
fn ending(pattern: &Pattern, stem: &str) -> &'static str {
    let last = stem.chars().last().and_then(Syllable::parse);
    match (pattern.end, last) {
        (End::Whole, _) => "",
        (End::Short(tail), _) if tail.infinitive => "서",
        // -아/-어 forms end in ㅏ ㅐ ㅓ ㅔ ㅕ ㅘ ㅙ ㅝ.
        (End::Stem, Some(Syllable { vowel: 0 | 1 | 4 | 5 | 6 | 9 | 10 | 14, last: 0, .. })) => "서",
        (End::Stem | End::Short(_), _) => "고",
    }
}

fn surrounded(texts: &[String], disguise: bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        let mut add = |text: String| {
            if !all.contains(&text) {
                all.push(text);
            }
        };
        add(text.clone());
        add(format!("{STRANGER} {text} {STRANGER}"));
        add(format!("{STRANGER}{text}"));
        add(format!("{text}{STRANGER}"));
        let mut rest = text.chars();
        let Some(first) = rest.next() else { continue };
        add(format!("{STRANGER}{first} {}", rest.as_str()));
        if disguise {
            add(format!("{first}1{}", rest.as_str()));
        }
    }
    all
}
