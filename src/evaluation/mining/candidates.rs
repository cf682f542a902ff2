//! Candidate expressions and the messages they stand in.

use super::paradigms::Paradigms;
use super::read::{Cover, Document, Word};
use crate::domain::{Level, Span};
use crate::lexicon::Grammar;
use std::collections::{BTreeSet, HashMap};

/// Words of the longest candidate.
const LONGEST: usize = 3;
/// Of so many messages with a noun one at least must use it as a predicate.
const PREDICATIVE: usize = 3;
/// In the place of a word that a shorter candidate does not have.
const NO_WORD: u32 = u32::MAX;

/// An expression: up to three forms by their numbers.
pub(super) type Key = [u32; LONGEST];

/// A candidate and where it stands.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) key: Key,
    /// The frustrated messages that it stands in, by their place.
    pub(super) frustrated: Vec<usize>,
    /// How many calm ones it stands in.
    pub(super) calm: usize,
}

impl Candidate {
    /// Its words.
    pub(super) fn words(&self) -> &[u32] {
        words_of(&self.key)
    }
}

fn words_of(key: &Key) -> &[u32] {
    let length = key.iter().take_while(|word| **word != NO_WORD).count();
    key.get(..length).unwrap_or_default()
}

/// Finds candidates in messages.
#[derive(Debug)]
pub(super) struct Finder<'g> {
    pub(super) grammar: &'g Grammar,
    pub(super) paradigms: Paradigms,
}

/// A word that can be part of a candidate.
struct Part {
    number: u32,
    cover: Cover,
    /// Whether it says too little to stand alone, or to begin or end an expression.
    alone: bool,
    edge: bool,
}

impl<'g> Finder<'g> {
    pub(super) fn new(grammar: &'g Grammar, documents: &[Document]) -> Self {
        let words = documents.iter().flat_map(|document| &document.words);
        let paradigms = Paradigms::of(grammar, words.map(|word| word.text.as_str()));
        Self { grammar, paradigms }
    }

    /// Counts the candidates that at least so many frustrated messages have.
    pub(super) fn count(
        &self,
        documents: &[Document],
        level: Level,
        least: usize,
    ) -> Vec<Candidate> {
        let mut places: HashMap<Key, usize> = HashMap::new();
        let mut found: Vec<Candidate> = Vec::new();
        for (index, document) in documents.iter().enumerate().filter(|(_, one)| one.level >= level)
        {
            for key in self.keys(document) {
                let place = *places.entry(key).or_insert(found.len());
                match found.get_mut(place) {
                    Some(candidate) => candidate.frustrated.push(index),
                    None => found.push(Candidate { key, frustrated: vec![index], calm: 0 }),
                }
            }
        }
        found.retain(|candidate| candidate.frustrated.len() >= least);
        let places: HashMap<Key, usize> =
            found.iter().enumerate().map(|(place, candidate)| (candidate.key, place)).collect();
        for document in documents.iter().filter(|one| one.level == Level::None) {
            for key in self.keys(document) {
                if let Some(candidate) = places.get(&key).and_then(|place| found.get_mut(*place)) {
                    candidate.calm += 1;
                }
            }
        }
        found
    }

    /// The candidates of a message, each once.
    fn keys(&self, document: &Document) -> BTreeSet<Key> {
        let mut keys = BTreeSet::new();
        self.for_each(document, |key, _| {
            keys.insert(key);
        });
        keys
    }

    /// Where a candidate stands first in a message.
    pub(super) fn place(&self, document: &Document, key: &Key) -> Option<Span> {
        let mut place = None;
        self.for_each(document, |found, span| {
            if found == *key && place.is_none() {
                place = Some(span);
            }
        });
        place
    }

    fn for_each(&self, document: &Document, mut each: impl FnMut(Key, Span)) {
        for (at, word) in document.words.iter().enumerate() {
            let mut key = [NO_WORD; LONGEST];
            let following = document.words.get(at..).unwrap_or_default().iter().take(LONGEST);
            for (length, next) in following.enumerate() {
                let Some(part) = self.part(next).filter(|_| length == 0 || next.joined) else {
                    break;
                };
                if part.cover == Cover::Known || (length == 0 && part.edge) {
                    break;
                }
                if let Some(place) = key.get_mut(length) {
                    *place = part.number;
                }
                let too_little = if length == 0 { part.alone } else { part.edge };
                if !too_little {
                    each(key, Span { start: word.span.start, end: next.span.end });
                }
            }
            let hidden = self.paradigms.of_word(&word.text).and_then(|(_, hidden)| hidden);
            if let Some(hidden) = hidden.filter(|_| word.cover == Cover::None) {
                each([hidden, NO_WORD, NO_WORD], word.span);
            }
        }
    }

    /// 안하다, 못되다, 다하다.
    fn is_opened_light_verb(&self, form: &str) -> bool {
        let Some(opener) = form.chars().next() else { return false };
        let rest = form.strip_prefix(opener).unwrap_or_default();
        self.grammar.is_opener(&opener.to_string()) && self.grammar.is_light_verb(rest)
    }

    fn part(&self, word: &Word) -> Option<Part> {
        let (number, _) = self.paradigms.of_word(&word.text)?;
        let term = self.paradigms.term(number)?;
        let opener = self.grammar.is_opener(&term.form) || self.grammar.is_opener(&word.text);
        let one_syllable = !term.predicate && term.form.chars().count() < 2;
        let stem = term.form.strip_suffix('다').filter(|_| term.predicate);
        let light = stem.is_some_and(|stem| {
            let (spelled, read) = (word.text.chars().next(), stem.chars().next());
            // 뭐야 is of 뭐, whatever else could be spelled so.
            let other = spelled.filter(|ch| Some(*ch) != read);
            other.is_some_and(|ch| self.grammar.is_opener(&ch.to_string()))
                || self.grammar.is_light_verb(&term.form)
                || self.grammar.is_affix(stem)
                || self.grammar.is_opener(stem)
                || self.is_opened_light_verb(&term.form)
        });
        Some(Part {
            number,
            cover: word.cover,
            alone: opener || one_syllable || light || word.cover == Cover::Negator,
            edge: opener
                || stem.is_some_and(|stem| {
                    self.grammar.is_affix(stem) && !self.grammar.is_light_verb(&term.form)
                }),
        })
    }

    /// Whether an expression says something of a thing rather than naming one: it ends in a predicate,
    /// or in a noun that stands as one (최악이네요, 최악임, 최악.) in enough of its messages.
    ///
    /// Frustrated messages have topics of their own; the nouns that name them are subjects and
    /// objects, and key only in this corpus.
    pub(super) fn judges(&self, documents: &[Document], candidate: &Candidate) -> bool {
        let last = candidate.words().last().and_then(|word| self.paradigms.term(*word));
        let Some(last) = last.filter(|last| !last.predicate) else { return true };
        let mut predicative = 0;
        let mut places = 0;
        for document in candidate.frustrated.iter().filter_map(|place| documents.get(*place)) {
            let Some(span) = self.place(document, &candidate.key) else { continue };
            let at = document.words.iter().position(|word| word.span.end == span.end);
            let Some(word) = at.and_then(|at| document.words.get(at)) else { continue };
            let next = at.and_then(|at| document.words.get(at + 1));
            let ends = next.is_none_or(|next| !next.joined);
            let bare = word.text == last.form;
            places += 1;
            if (bare && ends) || self.grammar.is_predicative(&word.text, &last.form) {
                predicative += 1;
            }
        }
        predicative * PREDICATIVE >= places
    }

    /// The expression as an entry is written.
    pub(super) fn form(&self, key: &Key) -> String {
        let words = words_of(key);
        let many = words.len() > 1;
        let written = words.iter().filter_map(|word| self.paradigms.term(*word)).map(|term| {
            // Inside a phrase a word in -다 is taken for a predicate unless it says otherwise.
            let literal = many && !term.predicate && term.form.ends_with('다');
            if literal { format!("={}", term.form) } else { term.form.clone() }
        });
        written.collect::<Vec<_>>().join(" ")
    }
}
