//! Korean grammar as data: josa, endings, irregular stems, light verbs.

use crate::resource::{Diagnostic, Diagnostics, Resources, Severity, read_root};
use crate::text::{Letter, Syllable, compatibility_jamo_to_final, final_letter, letters_of};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the grammar stands in a lexicon folder.
pub(crate) const GRAMMAR_FILE: &str = "grammar.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GrammarSource {
    josa: Vec<String>,
    copula: Vec<String>,
    light_verbs: Vec<String>,
    light_verb_josa: Vec<String>,
    openers: Vec<String>,
    endings: EndingsSource,
    irregular: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    examples: ExampleEndings,
    #[serde(default)]
    regular: Vec<String>,
}

/// Endings and josa that examples of a form are made of, for people to read. Matching uses none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleEndings {
    /// Behind predicates, in the notation of [`super::conjugation`].
    pub(crate) endings: Vec<String>,
    /// Behind nouns.
    pub(crate) josa: Vec<String>,
    /// Between the halves of a compound predicate and behind it: `은 지만`.
    pub(crate) compounds: Vec<String>,
    /// Behind a predicate inside a phrase, by how the next word begins: `지 않`.
    joints: Vec<String>,
    joint_before_noun: String,
    joint_before_predicate: String,
}

impl ExampleEndings {
    /// The ending of a predicate before that word of the same phrase.
    pub(crate) fn joint(&self, next: &str, predicate: bool) -> &str {
        let joints = self.joints.iter().filter_map(|joint| joint.split_once(' '));
        let fitting = joints.filter(|(_, head)| next.starts_with(head)).map(|(ending, _)| ending);
        fitting.max_by_key(|ending| ending.len()).unwrap_or(if predicate {
            &self.joint_before_predicate
        } else {
            &self.joint_before_noun
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndingsSource {
    vowel: Vec<String>,
    consonant: Vec<String>,
    infinitive: Vec<String>,
    continuations: Vec<String>,
}

/// A set of short letter strings, found by their first letter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Affixes {
    by_first: BTreeMap<Letter, Vec<Vec<Letter>>>,
}

impl Affixes {
    fn new<'a>(affixes: impl IntoIterator<Item = &'a String>) -> Self {
        let mut by_first: BTreeMap<Letter, Vec<Vec<Letter>>> = BTreeMap::new();
        for affix in affixes {
            let letters = ending_letters(affix);
            if let Some(first) = letters.first() {
                by_first.entry(*first).or_default().push(letters);
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|letters| std::cmp::Reverse(letters.len()));
        }
        Self { by_first }
    }

    /// The affixes that `letters` begins with, the longest first.
    pub(crate) fn at<'a>(&'a self, letters: &'a [Letter]) -> impl Iterator<Item = usize> + 'a {
        letters
            .first()
            .and_then(|first| self.by_first.get(first))
            .into_iter()
            .flatten()
            .filter(|affix| letters.starts_with(affix))
            .map(Vec::len)
    }
}

/// The letters of an ending; loose jamo at its head are finals fused onto the stem.
fn ending_letters(ending: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut rest = ending;
    if let Some(last) = ending.chars().next().and_then(compatibility_jamo_to_final) {
        letters.push(final_letter(last));
        rest = ending.get('ㄱ'.len_utf8()..).unwrap_or_default();
    }
    letters.extend(letters_of(rest));
    letters
}

/// The grammar that inflection and matching need.
#[derive(Debug, Clone)]
pub struct Grammar {
    pub(crate) josa: Affixes,
    pub(crate) copula: Affixes,
    pub(crate) openers: Vec<Vec<Letter>>,
    pub(crate) after_vowel: Affixes,
    pub(crate) after_consonant: Affixes,
    pub(crate) after_infinitive: Affixes,
    pub(crate) continuations: Affixes,
    pub(crate) light_verbs: Vec<String>,
    pub(crate) light_verb_josa: Vec<String>,
    pub(crate) examples: ExampleEndings,
    irregular: Vec<(String, String)>,
    /// Ends of stems that only look irregular: 잡-, 받-, 웃-, 좋-.
    regular: Vec<String>,
}

impl Grammar {
    /// Reads the grammar file of a lexicon folder.
    pub fn load(resources: &Resources, problems: &mut Diagnostics) -> Option<Self> {
        let Some(file) = resources.get(GRAMMAR_FILE) else {
            problems.push(Diagnostic {
                code: "L004",
                severity: Severity::Error,
                file: GRAMMAR_FILE.to_owned(),
                line: 1,
                column: 1,
                message: "the file is missing".to_owned(),
                help: "copy it from the default lexicons; forms cannot be inflected without it"
                    .to_owned(),
            });
            return None;
        };
        let source: GrammarSource = read_root(file, problems).take_all(problems)?;
        let mut light_verbs = source.light_verbs;
        light_verbs.sort_by_key(|verb| std::cmp::Reverse(verb.len()));
        let irregular = source
            .irregular
            .into_iter()
            .flat_map(|(class, stems)| stems.into_iter().map(move |stem| (stem, class.clone())));
        Some(Self {
            josa: Affixes::new(&source.josa),
            copula: Affixes::new(&source.copula),
            openers: source.openers.iter().map(|opener| letters_of(opener)).collect(),
            after_vowel: Affixes::new(&source.endings.vowel),
            after_consonant: Affixes::new(&source.endings.consonant),
            after_infinitive: Affixes::new(&source.endings.infinitive),
            continuations: Affixes::new(&source.endings.continuations),
            light_verbs,
            light_verb_josa: source.light_verb_josa,
            examples: source.examples,
            irregular: irregular.collect(),
            regular: source.regular,
        })
    }

    /// The irregular class of a stem, by the longest listed stem that it ends with.
    pub(crate) fn irregular_class(&self, stem: &str) -> Option<&str> {
        self.irregular
            .iter()
            .filter(|(ending, _)| stem.ends_with(ending.as_str()))
            .max_by_key(|(ending, _)| ending.len())
            .map(|(_, class)| class.as_str())
    }

    /// Whether a word is a josa.
    pub(crate) fn is_josa(&self, word: &str) -> bool {
        let letters = letters_of(word);
        self.josa.at(&letters).any(|length| length == letters.len())
    }

    /// Whether a stem is known to be regular although it ends like an irregular one.
    pub(crate) fn is_regular(&self, stem: &str) -> bool {
        self.regular.iter().any(|ending| stem.ends_with(ending.as_str()))
    }

    /// Whether a josa fits the sound that the head ends with.
    pub(crate) fn josa_fits(head: &str, josa: &str) -> bool {
        let closed = head.chars().last().and_then(Syllable::parse).is_some_and(|s| s.last > 0);
        match josa {
            "이" | "을" | "은" => closed,
            "가" | "를" | "는" => !closed,
            _ => true,
        }
    }
}
