//! Forms: from what a linguist writes to the letter patterns that the automaton looks for.

use super::class::Class;
use super::grammar::Grammar;
use super::inflection::{InflectionError, Tail, stems};
use crate::text::{Letter, letters_of};

/// Stems of at most this many syllables must be followed by a real ending.
const SHORT_STEM: usize = 2;

/// How a pattern may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum End {
    /// With a whole character.
    Whole,
    /// With a whole character or before a final fused onto a stem; anything may follow.
    Stem,
    /// The same, and one of these endings must follow.
    Short(Tail),
}

/// Letters to look for and how they may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) letters: Vec<Letter>,
    pub(crate) end: End,
}

/// A form compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CompiledForm {
    /// Contiguous letters: any of these patterns.
    Simple(Vec<Pattern>),
    /// Several words.
    Phrase(Phrase),
}

/// One word place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) alternatives: Vec<Pattern>,
    pub(crate) predicate: bool,
    pub(crate) optional: bool,
    /// Written with `=`: no josa may follow.
    pub(crate) literal: bool,
    /// A gap of up to this many units may follow.
    pub(crate) gap_after: u8,
}

/// A phrase: words in order, with josa, endings and gaps between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) parts: Vec<Part>,
    /// The part whose patterns stand in the automaton.
    pub(crate) trigger: usize,
    /// How many units before the trigger the phrase may begin.
    pub(crate) reach: usize,
}

/// Why a form cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FormError {
    #[error("the form is empty after normalization")]
    Empty,
    #[error(transparent)]
    Inflection(#[from] InflectionError),
    #[error("`…` must stand between two words")]
    DanglingGap,
    #[error("a phrase needs a word that is not optional")]
    NothingRequired,
    #[error("`/{0}` is no class; write /ㅂ, /ㄷ, /ㅅ, /르, /ㅎ, /으, /하다 or /verb")]
    UnknownClass(String),
    #[error("{0} words in one phrase; the limit is 8")]
    TooLong(usize),
}

/// Compiles one form of a class; `gap` is the window of `…`.
pub(crate) fn compile(form: &str, class: Class, gap: u8, grammar: &Grammar) -> Result<CompiledForm, FormError> {
    match class {
        Class::Noun | Class::Exact | Class::Emoticon => {
            let letters = letters_of(form);
            if letters.is_empty() {
                return Err(FormError::Empty);
            }
            Ok(CompiledForm::Simple(vec![Pattern { letters, end: End::Whole }]))
        }
        Class::Phrase => phrase(form, gap, grammar).map(CompiledForm::Phrase),
        _ => predicate(form, class, grammar).map(CompiledForm::Simple),
    }
}

fn predicate(form: &str, class: Class, grammar: &Grammar) -> Result<Vec<Pattern>, FormError> {
    let form = form.trim();
    let mut patterns = inflected("", form, class, grammar)?;
    let compact: String = form.split_whitespace().collect();
    if let Some((head, verb)) = light_verb(form, &compact, grammar) {
        for josa in grammar.light_verb_josa.iter().filter(|josa| Grammar::josa_fits(&head, josa)) {
            patterns.extend(inflected(&format!("{head}{josa}"), &verb, Class::Verb, grammar)?);
        }
    }
    Ok(patterns)
}

/// Head and light verb of a compound predicate: 짜증나다 is 짜증 and 나다.
fn light_verb(form: &str, compact: &str, grammar: &Grammar) -> Option<(String, String)> {
    if let Some((head, verb)) = form.rsplit_once(' ') {
        return Some((head.split_whitespace().collect(), verb.to_owned()));
    }
    grammar.light_verbs.iter().find_map(|verb| {
        let head = compact.strip_suffix(verb.as_str()).filter(|head| !head.is_empty())?;
        Some((head.to_owned(), verb.clone()))
    })
}

fn inflected(head: &str, form: &str, class: Class, grammar: &Grammar) -> Result<Vec<Pattern>, FormError> {
    let compact: String = form.split_whitespace().collect();
    let stems = stems(&compact, class, grammar)?;
    Ok(stems
        .into_iter()
        .map(|stem| {
            let text = format!("{head}{}", stem.text);
            let short = text.chars().count() <= SHORT_STEM;
            Pattern {
                letters: letters_of(&text),
                end: if short { End::Short(stem.tail) } else { End::Stem },
            }
        })
        .collect())
}

fn phrase(form: &str, gap: u8, grammar: &Grammar) -> Result<Phrase, FormError> {
    let mut parts: Vec<Part> = Vec::new();
    let words: Vec<&str> = form.split_whitespace().collect();
    for (index, word) in words.iter().enumerate() {
        if matches!(*word, "…" | "...") {
            let last = index + 1 == words.len();
            let before = parts.last_mut().filter(|_| !last).ok_or(FormError::DanglingGap)?;
            before.gap_after = gap;
        } else {
            parts.push(part(word, grammar)?);
        }
    }
    if parts.len() > 8 {
        return Err(FormError::TooLong(parts.len()));
    }
    let weight = |part: &Part| part.alternatives.iter().map(|p| p.letters.len()).min().unwrap_or(0);
    // The part with the longest letters is the rarest, so the automaton looks for that one; of
    // equals the first.
    let trigger = (0..parts.len())
        .filter(|i| parts.get(*i).is_some_and(|part| !part.optional))
        .max_by_key(|i| (parts.get(*i).map(weight), std::cmp::Reverse(*i)))
        .ok_or(FormError::NothingRequired)?;
    let reach = parts.iter().take(trigger).map(part_reach).sum();
    Ok(Phrase { parts, trigger, reach })
}

/// The most units that a part and what follows it can take up.
fn part_reach(part: &Part) -> usize {
    let longest = part.alternatives.iter().map(|p| p.letters.len().div_ceil(2)).max().unwrap_or(0);
    longest + JOINT_UNITS + usize::from(part.gap_after)
}

/// The most units of josa or endings and marks between two words of a phrase.
pub(crate) const JOINT_UNITS: usize = 6;

fn part(word: &str, grammar: &Grammar) -> Result<Part, FormError> {
    let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let optional = inner.is_some();
    let word = inner.unwrap_or(word);
    let (literal, word) = match word.strip_prefix('=') {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    let mut alternatives = Vec::new();
    let mut predicate = false;
    for alternative in word.split('|').filter(|alternative| !alternative.is_empty()) {
        let (text, class) = match alternative.rsplit_once('/') {
            Some((text, class)) => {
                let known = Class::irregular(class)
                    .ok_or_else(|| FormError::UnknownClass(class.to_owned()))?;
                (text, Some(known))
            }
            None => (alternative, None),
        };
        let dictionary_form = text.chars().count() >= 2 && text.ends_with('다') && !literal;
        if dictionary_form || class.is_some() {
            predicate = true;
            alternatives.extend(inflected("", text, class.unwrap_or(Class::Verb), grammar)?);
        } else {
            let letters = letters_of(text);
            if letters.is_empty() {
                return Err(FormError::Empty);
            }
            alternatives.push(Pattern { letters, end: End::Whole });
        }
    }
    if alternatives.is_empty() {
        return Err(FormError::Empty);
    }
    Ok(Part { alternatives, predicate, optional, literal, gap_after: 0 })
}

/// How many syllables the shortest reading of a form needs; short forms need examples of misses
/// and begin an eojeol by default.
pub(crate) fn shortest_syllables(form: &CompiledForm) -> usize {
    let syllables = |pattern: &Pattern| pattern.letters.iter().filter(|l| starts_unit(**l)).count();
    match form {
        CompiledForm::Simple(patterns) => patterns.iter().map(syllables).min().unwrap_or(0),
        CompiledForm::Phrase(phrase) => phrase
            .parts
            .iter()
            .filter(|part| !part.optional)
            .map(|part| part.alternatives.iter().map(syllables).min().unwrap_or(0))
            .sum(),
    }
}

fn starts_unit(letter: Letter) -> bool {
    // Everything but the vowels and finals of syllables begins a character.
    !(0x93..0xC3).contains(&letter)
}
