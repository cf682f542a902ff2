//! Forms: from what a linguist writes to the letter patterns that the automaton looks for.

use super::class::Class;
use super::grammar::Grammar;
use super::inflection::{InflectionError, Tail, stems};
use super::written::{self, UnknownClass, WrittenWord, is_gap, own_class};
use crate::text::{Letter, character_count, letters_of};

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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    pub(crate) letters: Vec<Letter>,
    pub(crate) end: End,
    /// Where white space may stand inside a hit that begins inside an eojeol.
    pub(crate) space: Space,
}

/// Where white space may stand inside a hit that begins inside an eojeol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Space {
    /// Nowhere in a short word: 이불 법인카드 holds no 불법.
    Nowhere,
    /// Behind this many letters, the head of a compound: 개짜증 나네, but not 환불 안 해 (불안하다).
    Behind(usize),
    /// Anywhere: the form is written with it.
    Anywhere,
}

/// A form compiled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum CompiledForm {
    /// Contiguous letters: any of these patterns.
    Simple(Vec<Pattern>),
    /// Several words.
    Phrase(Phrase),
}

/// What may follow a word inside a phrase, before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Follow {
    /// Josa, after a noun.
    Josa,
    /// Endings, after a predicate's stem.
    Endings,
    /// Nothing: the word is written with `=`.
    Nothing,
}

/// One word that may stand in a place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Alternative {
    pub(crate) pattern: Pattern,
    pub(crate) follow: Follow,
}

/// One word place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) optional: bool,
    /// A gap of up to this many units may follow.
    pub(crate) gap_after: u8,
}

/// A phrase: words in order, with josa, endings and gaps between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Phrase {
    pub(crate) parts: Vec<Part>,
    /// The part whose patterns stand in the automaton.
    pub(crate) trigger: usize,
    /// How many units before the trigger the phrase may begin.
    pub(crate) reach: usize,
    /// The letters that it can begin with; a test that most places fail.
    pub(crate) first_letters: LetterSet,
}

/// A set of letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct LetterSet([u64; 4]);

impl LetterSet {
    fn insert(&mut self, letter: Letter) {
        if let Some(word) = self.0.get_mut(usize::from(letter >> 6)) {
            *word |= 1 << (letter & 63);
        }
    }

    /// Whether `letter` is a member.
    pub(crate) fn contains(self, letter: Letter) -> bool {
        self.0.get(usize::from(letter >> 6)).is_some_and(|word| word & (1 << (letter & 63)) != 0)
    }
}

impl Phrase {
    /// Whether the last word can be a predicate, so that endings belong to the hit.
    pub(crate) fn ends_in_predicate(&self) -> bool {
        let last = self.parts.last().map(|part| part.alternatives.as_slice()).unwrap_or_default();
        last.iter().any(|alternative| alternative.follow == Follow::Endings)
    }
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
    #[error(
        "`/{0}` is no class; write /ㅂ, /ㄷ, /ㅅ, /르, /ㅎ, /으, /하다, /verb, /regular or /noun"
    )]
    UnknownClass(String),
    #[error("{0} words in one phrase; the limit is 8")]
    TooLong(usize),
    #[error("{0} gaps in one phrase; the limit is 3")]
    TooManyGaps(usize),
}

/// Compiles one form of a class; `gap` is the window of `…`.
///
/// A form may name a class of its own behind a `/` (`황당스럽다/ㅂ`).
pub(crate) fn compile(
    form: &str,
    class: Class,
    gap: u8,
    grammar: &Grammar,
) -> Result<CompiledForm, FormError> {
    let (form, class) = own_class(form, class);
    match class {
        Class::Noun | Class::Exact | Class::Emoticon => {
            let letters = letters_of(form);
            if letters.is_empty() {
                return Err(FormError::Empty);
            }
            let written = form.trim().contains(char::is_whitespace);
            let space = if written { Space::Anywhere } else { Space::Nowhere };
            Ok(CompiledForm::Simple(vec![Pattern { letters, end: End::Whole, space }]))
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
        let space = Space::Behind(letters_of(&head).len());
        for pattern in &mut patterns {
            pattern.space = space;
        }
        for josa in grammar.light_verb_josa.iter().filter(|josa| Grammar::josa_fits(&head, josa)) {
            let mut joined = inflected(&format!("{head}{josa}"), &verb, Class::Verb, grammar)?;
            for pattern in &mut joined {
                pattern.space = space;
            }
            patterns.extend(joined);
        }
    }
    Ok(patterns)
}

/// Head and light verb of a compound predicate: 짜증나다 is 짜증 and 나다.
pub(super) fn light_verb(form: &str, compact: &str, grammar: &Grammar) -> Option<(String, String)> {
    if let Some((head, verb)) = form.rsplit_once(' ') {
        return Some((head.split_whitespace().collect(), verb.to_owned()));
    }
    grammar.light_verbs.iter().find_map(|verb| {
        let head = compact.strip_suffix(verb.as_str()).filter(|head| !head.is_empty())?;
        Some((head.to_owned(), verb.clone()))
    })
}

fn inflected(
    head: &str,
    form: &str,
    class: Class,
    grammar: &Grammar,
) -> Result<Vec<Pattern>, FormError> {
    let compact: String = form.split_whitespace().collect();
    let stems = stems(&compact, class, grammar)?;
    Ok(stems
        .into_iter()
        .map(|stem| {
            let text = format!("{head}{}", stem.text);
            let short = text.chars().count() <= SHORT_STEM;
            Pattern {
                letters: letters_of(&text),
                space: Space::Nowhere,
                end: if short { End::Short(stem.tail) } else { End::Stem },
            }
        })
        .collect())
}

fn phrase(form: &str, gap: u8, grammar: &Grammar) -> Result<Phrase, FormError> {
    let mut parts: Vec<Part> = Vec::new();
    let words: Vec<&str> = form.split_whitespace().collect();
    for (index, word) in words.iter().enumerate() {
        if is_gap(word) {
            let last = index + 1 == words.len();
            if last || parts.is_empty() {
                return Err(FormError::DanglingGap);
            }
            // Where an optional word is absent, the gap stands behind the word before it.
            for part in parts.iter_mut().rev() {
                part.gap_after = gap;
                if !part.optional {
                    break;
                }
            }
        } else {
            parts.push(part(word, grammar)?);
        }
    }
    if parts.len() > 8 {
        return Err(FormError::TooLong(parts.len()));
    }
    // Each gap multiplies the places that are tried, so their number keeps the work bounded.
    let gaps = words.iter().filter(|word| is_gap(word)).count();
    if gaps > 3 {
        return Err(FormError::TooManyGaps(gaps));
    }
    let weight =
        |part: &Part| part.alternatives.iter().map(|a| a.pattern.letters.len()).min().unwrap_or(0);
    // The part with the longest letters is the rarest, so the automaton looks for that one; of
    // equals the first.
    let trigger = (0..parts.len())
        .filter(|i| parts.get(*i).is_some_and(|part| !part.optional))
        .max_by_key(|i| (parts.get(*i).map(weight), std::cmp::Reverse(*i)))
        .ok_or(FormError::NothingRequired)?;
    let reach = parts.iter().take(trigger).map(part_reach).sum();
    let first_letters = first_letters(&parts);
    Ok(Phrase { parts, trigger, reach, first_letters })
}

/// The letters of the first word, and of those behind it as long as words are optional.
fn first_letters(parts: &[Part]) -> LetterSet {
    let mut set = LetterSet::default();
    for part in parts {
        for letter in part.alternatives.iter().filter_map(|a| a.pattern.letters.first()) {
            set.insert(*letter);
        }
        if !part.optional {
            break;
        }
    }
    set
}

/// The most units that a part and what follows it can take up.
fn part_reach(part: &Part) -> usize {
    let longest =
        part.alternatives.iter().map(|a| a.pattern.letters.len().div_ceil(2)).max().unwrap_or(0);
    longest + JOINT_UNITS + usize::from(part.gap_after)
}

/// The most units of josa or endings and marks between two words of a phrase.
pub(crate) const JOINT_UNITS: usize = 6;

fn part(word: &str, grammar: &Grammar) -> Result<Part, FormError> {
    let (words, optional) = written::alternatives(word);
    let mut alternatives = Vec::new();
    for written in words {
        add_alternatives(written, grammar, &mut alternatives)?;
    }
    if alternatives.is_empty() {
        return Err(FormError::Empty);
    }
    Ok(Part { alternatives, optional, gap_after: 0 })
}

fn add_alternatives(
    written: &str,
    grammar: &Grammar,
    alternatives: &mut Vec<Alternative>,
) -> Result<(), FormError> {
    let WrittenWord { text, literal, predicate } = WrittenWord::parse(written)
        .map_err(|UnknownClass(class)| FormError::UnknownClass(class.to_owned()))?;
    if let Some(class) = predicate {
        let patterns = inflected("", text, class, grammar)?;
        let follow = Follow::Endings;
        alternatives.extend(patterns.into_iter().map(|pattern| Alternative { pattern, follow }));
        return Ok(());
    }
    let letters = letters_of(text);
    if letters.is_empty() {
        return Err(FormError::Empty);
    }
    let follow = if literal { Follow::Nothing } else { Follow::Josa };
    alternatives.push(Alternative {
        pattern: Pattern { letters, end: End::Whole, space: Space::Nowhere },
        follow,
    });
    Ok(())
}

/// How many syllables the shortest reading of a form needs; short forms need examples of misses
/// and begin an eojeol by default.
pub(crate) fn shortest_syllables(form: &CompiledForm) -> usize {
    let syllables = |pattern: &Pattern| character_count(&pattern.letters);
    match form {
        CompiledForm::Simple(patterns) => patterns.iter().map(syllables).min().unwrap_or(0),
        CompiledForm::Phrase(phrase) => phrase
            .parts
            .iter()
            .filter(|part| !part.optional)
            .map(|part| part.alternatives.iter().map(|a| syllables(&a.pattern)).min().unwrap_or(0))
            .sum(),
    }
}
