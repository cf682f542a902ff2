//! What a form matches, as a person reads it: its stems, and inflected forms that the matcher itself
//! has found.
//!
//! Candidates are made from the endings, josa and joints of the grammar's `[examples]` and asked
//! of the same matcher that serves requests, with nothing in it but the form; only what it finds
//! is listed.

use super::class::Class;
use super::compiler::{DEFAULT_GAP, Lexicon};
use super::conjugation::Paradigm;
use super::form::{compile, light_verb};
use super::grammar::Grammar;
use super::inflection::{InflectionError, stems};
use super::item::ItemId;
use super::source::At;
use super::written::{WrittenWord, alternatives, is_gap, own_class};
use crate::text::{Normalized, Normalizer};

/// The most combinations of a phrase's alternatives that are listed.
const MOST_COMBINATIONS: usize = 24;
/// The fewest examples of a phrase, where it has fewer combinations.
const FEWEST_OF_A_PHRASE: usize = 6;

/// What one form matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inflections {
    /// The form as written.
    pub form: String,
    /// The class that it is inflected by: the entry's, or its own behind a `/`.
    pub class: Class,
    /// The stems that its inflected forms begin with; of a phrase the combinations of its
    /// alternatives, at most 24.
    pub stems: Vec<String>,
    /// Inflected forms that the matcher finds. None where the grammar of the folder has no
    /// `[examples]` or the form stands only in places that no example fits.
    pub examples: Vec<String>,
}

/// Why a form cannot be inflected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("form `{form}`: {reason}")]
pub struct FormRefused {
    /// The form as written.
    pub form: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Lexicon {
    /// What a form matches, whether it stands in this lexicon or is a draft. `at` and `gap` are those
    /// of its entry; none stands for what an entry gets that does not say.
    pub fn inflections(
        &self,
        form: &str,
        class: Class,
        at: Option<At>,
        gap: Option<u8>,
    ) -> Result<Inflections, FormRefused> {
        let refused = |reason: String| FormRefused { form: form.to_owned(), reason };
        let grammar = &self.grammar;
        let compiled = compile(form, class, gap.unwrap_or(DEFAULT_GAP), grammar)
            .map_err(|error| refused(error.to_string()))?;
        let (text, own) = own_class(form, class);
        let Shown { stems, candidates } =
            shown(text, own, grammar).map_err(|error| refused(error.to_string()))?;
        let mut probe = Probe::new(Self::of_form(grammar.clone(), class, at, compiled));
        let mut examples: Vec<String> = Vec::new();
        for candidate in candidates {
            if !examples.contains(&candidate) && probe.finds(&candidate) {
                examples.push(candidate);
            }
        }
        Ok(Inflections { form: form.to_owned(), class: own, stems, examples })
    }
}

/// Asks the matcher of one form.
struct Probe {
    lexicon: Lexicon,
    normalized: Normalized,
    matches: Vec<super::Match>,
}

impl Probe {
    fn new(lexicon: Lexicon) -> Self {
        Self { lexicon, normalized: Normalized::default(), matches: Vec::new() }
    }

    fn finds(&mut self, text: &str) -> bool {
        Normalizer.normalize(text, &mut self.normalized);
        self.lexicon.find_item(&self.normalized, ItemId(0), &mut self.matches);
        !self.matches.is_empty()
    }
}

/// What is shown of a form, before the matcher is asked.
struct Shown {
    stems: Vec<String>,
    candidates: Vec<String>,
}

fn shown(form: &str, class: Class, grammar: &Grammar) -> Result<Shown, InflectionError> {
    let form = form.trim();
    Ok(match class {
        Class::Noun => Shown { stems: vec![form.to_owned()], candidates: noun(form, grammar) },
        Class::Exact => Shown { stems: vec![form.to_owned()], candidates: vec![form.to_owned()] },
        Class::Emoticon => {
            let last = form.chars().next_back().map(String::from).unwrap_or_default();
            let longer = format!("{form}{}", last.repeat(3));
            Shown { stems: vec![form.to_owned()], candidates: vec![form.to_owned(), longer] }
        }
        Class::Phrase => phrase(form, grammar),
        _ => predicate(form, class, grammar)?,
    })
}

fn noun(form: &str, grammar: &Grammar) -> Vec<String> {
    let josa = grammar.examples.josa.iter().filter(|josa| Grammar::josa_fits(form, josa));
    josa.map(|josa| format!("{form}{josa}")).collect()
}

fn predicate(form: &str, class: Class, grammar: &Grammar) -> Result<Shown, InflectionError> {
    let compact: String = form.split_whitespace().collect();
    let paradigm =
        Paradigm::of(form, class, grammar).or_else(|_| Paradigm::of(&compact, class, grammar))?;
    let endings = grammar.examples.endings.iter();
    let mut candidates: Vec<String> = endings.map(|ending| paradigm.with(ending)).collect();
    if let Some((head, verb)) = light_verb(form, &compact, grammar)
        && let Ok(verb) = Paradigm::of(&verb, Class::Verb, grammar)
    {
        let compounds = grammar.examples.compounds.iter().filter_map(|one| one.split_once(' '));
        let fitting = compounds.filter(|(josa, _)| Grammar::josa_fits(&head, josa));
        candidates
            .extend(fitting.map(|(josa, ending)| format!("{head}{josa} {}", verb.with(ending))));
    }
    let stems = stems(&compact, class, grammar)?.into_iter().map(|stem| stem.text).collect();
    Ok(Shown { stems, candidates })
}

fn phrase(form: &str, grammar: &Grammar) -> Shown {
    let combinations = combinations(form);
    let stems = combinations.iter().map(|words| dictionary_form(words)).collect();
    let endings = &grammar.examples.endings;
    let wanted = FEWEST_OF_A_PHRASE.max(combinations.len());
    let mut candidates = Vec::new();
    // Every combination once, each with another ending, and further endings where there are few.
    for (index, words) in (0..wanted).zip(combinations.iter().cycle()) {
        let ending = endings.get(index % endings.len().max(1)).map_or("", String::as_str);
        candidates.push(surface(words, ending, grammar));
    }
    Shown { stems, candidates }
}

/// All combinations of alternatives where they are few; else so many that each alternative stands
/// in one, as far as the bound reaches.
fn combinations(form: &str) -> Vec<Vec<WrittenWord<'_>>> {
    let places: Vec<Vec<Option<WrittenWord<'_>>>> = form
        .split_whitespace()
        .filter(|word| !is_gap(word))
        .map(|word| {
            let (written, optional) = alternatives(word);
            let words = written.filter_map(|word| WrittenWord::parse(word).ok()).map(Some);
            words.chain(optional.then_some(None)).collect()
        })
        .collect();
    let all = places.iter().try_fold(1_usize, |product, place| product.checked_mul(place.len()));
    let all = all.filter(|product| *product <= MOST_COMBINATIONS);
    let widest = places.iter().map(Vec::len).max().unwrap_or(0).min(MOST_COMBINATIONS);
    (0..all.unwrap_or(widest))
        .map(|number| {
            let mut rest = number;
            let chosen = places.iter().filter_map(|place| {
                let choices = place.len().max(1);
                let choice = rest % choices;
                if all.is_some() {
                    rest /= choices;
                }
                place.get(choice).copied().flatten()
            });
            chosen.collect()
        })
        .collect()
}

fn dictionary_form(words: &[WrittenWord<'_>]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text).collect();
    words.join(" ")
}

/// A combination as one would write it, with an ending behind the last word where it has one.
fn surface(words: &[WrittenWord<'_>], ending: &str, grammar: &Grammar) -> String {
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        let after_noun = index
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|before| before.predicate.is_none());
        // A josa that a form names is written where josa are written: 상담사 =한테.
        if index > 0 && !(after_noun && word.literal && grammar.is_josa(word.text)) {
            text.push(' ');
        }
        text.push_str(&inflected(word, words.get(index + 1), ending, grammar));
    }
    text
}

fn inflected(
    word: &WrittenWord<'_>,
    next: Option<&WrittenWord<'_>>,
    ending: &str,
    grammar: &Grammar,
) -> String {
    // 죄송합니다 is matched as a stem too, but nothing can be attached to it in writing.
    let complete = word.text.ends_with("니다");
    let paradigm = word.predicate.filter(|_| !complete);
    let paradigm = paradigm.and_then(|class| Paradigm::of(word.text, class, grammar).ok());
    match (paradigm, next) {
        (None, _) => word.text.to_owned(),
        (Some(paradigm), None) => paradigm.with(ending),
        (Some(paradigm), Some(next)) => {
            paradigm.with(grammar.examples.joint(next.text, next.predicate.is_some()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{Diagnostics, Resources};

    fn inflections(form: &str, class: Class) -> Inflections {
        let lexicon = Lexicon::compile(&Resources::embedded(), &mut Diagnostics::default());
        lexicon.unwrap().inflections(form, class, None, None).unwrap()
    }

    #[test]
    fn a_predicate_is_shown_with_its_endings_and_josa() {
        let shown = inflections("답답하다", Class::Hada);
        assert_eq!(shown.stems, ["답답하", "답답허", "답답해", "답답헤"]);
        for expected in ["답답해요", "답답했는데", "답답하네요", "답답한", "답답은 하지만"]
        {
            assert!(shown.examples.iter().any(|one| one == expected), "{expected}: {shown:?}");
        }
    }

    #[test]
    fn a_phrase_shows_its_alternatives() {
        let shown = inflections("연락|답변 (전혀) 없다", Class::Phrase);
        assert_eq!(shown.stems, ["연락 전혀 없다", "답변 전혀 없다", "연락 없다", "답변 없다"]);
        assert!(shown.examples.iter().any(|one| one == "답변 없었는데"), "{shown:?}");
    }

    #[test]
    fn only_what_the_matcher_finds_is_shown() {
        let lexicon = Lexicon::compile(&Resources::embedded(), &mut Diagnostics::default());
        let lexicon = lexicon.unwrap();
        let whole =
            lexicon.inflections("답답하다", Class::Hada, Some(At::WholeMessage), None).unwrap();
        assert!(!whole.examples.contains(&"답답했는데".to_owned()), "{whole:?}");
        let error = lexicon.inflections("먹다", Class::BIrregular, None, None).unwrap_err();
        assert!(error.to_string().contains("먹다"), "{error}");
    }
}
