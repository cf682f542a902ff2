//! Which dictionary form each word of a corpus is of.

use crate::lexicon::{Grammar, Lemma};
use std::collections::{BTreeSet, HashMap};

/// Different words that a predicate must explain before it is believed in.
const BELIEVED: usize = 3;
/// The same for a stem of one syllable, which much begins with by chance.
const BELIEVED_SHORT: usize = 5;
/// The same for one that is looked for inside unspaced words.
const INSIDE: usize = 3;
/// Syllables of a word that may hide another one, and of the stem of that other one.
const LONG_WORD: usize = 4;
const LONG_STEM: usize = 2;

/// A dictionary form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term {
    pub(super) form: String,
    pub(super) predicate: bool,
}

/// The dictionary forms of all words of a corpus.
#[derive(Debug)]
pub(super) struct Paradigms {
    terms: Vec<Term>,
    /// By word: its form, and a predicate hidden inside.
    words: HashMap<String, (u32, Option<u32>)>,
    /// How many different words each form explains.
    support: Vec<usize>,
}

type Support = HashMap<Term, usize>;

impl Paradigms {
    pub(super) fn of<'w>(grammar: &Grammar, words: impl Iterator<Item = &'w str>) -> Self {
        let words: Vec<&str> = words.collect::<BTreeSet<_>>().into_iter().collect();
        let possible = possible(grammar, &words);
        let mut support = Support::new();
        for lemmas in &possible {
            for lemma in lemmas.iter().filter(|lemma| lemma.proven) {
                *support.entry(term(lemma)).or_default() += 1;
            }
        }
        let mut paradigms = Self { terms: Vec::new(), words: HashMap::new(), support: Vec::new() };
        let mut numbers = HashMap::new();
        for (word, lemmas) in words.iter().zip(&possible) {
            let chosen = choose(grammar, word, lemmas, &support);
            let hidden = hidden(grammar, word, &chosen, &support);
            let chosen = paradigms.number(chosen, &support, &mut numbers);
            let hidden = hidden.map(|term| paradigms.number(term, &support, &mut numbers));
            paradigms.words.insert((*word).to_owned(), (chosen, hidden));
        }
        paradigms
    }

    fn number(&mut self, term: Term, support: &Support, numbers: &mut HashMap<Term, u32>) -> u32 {
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        *numbers.entry(term).or_insert_with_key(|term| {
            self.terms.push(term.clone());
            self.support.push(support.get(term).copied().unwrap_or_default());
            next
        })
    }

    /// The form of a word and the predicate hidden inside it, by their numbers.
    pub(super) fn of_word(&self, word: &str) -> Option<(u32, Option<u32>)> {
        self.words.get(word).copied()
    }

    pub(super) fn term(&self, number: u32) -> Option<&Term> {
        self.terms.get(number as usize)
    }

    /// How many different words a form explains.
    pub(super) fn support(&self, number: u32) -> usize {
        self.support.get(number as usize).copied().unwrap_or_default()
    }
}

fn term(lemma: &Lemma) -> Term {
    Term { form: lemma.form.clone(), predicate: lemma.predicate }
}

/// What each word can be, on all cores.
fn possible(grammar: &Grammar, words: &[&str]) -> Vec<Vec<Lemma>> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = words.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = words
            .chunks(share)
            .map(|part| {
                scope.spawn(|| part.iter().map(|word| grammar.lemmas(word)).collect::<Vec<_>>())
            })
            .collect();
        let parts = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        parts.flat_map(|part| part.expect("lemmas cannot panic: a bug in lexicon")).collect()
    })
}

fn needed(form: &str) -> usize {
    if form.chars().nth(2).is_none() { BELIEVED_SHORT } else { BELIEVED }
}

/// The form that most words support; of equals a noun, the longest noun, the shortest predicate.
fn choose(grammar: &Grammar, word: &str, lemmas: &[Lemma], support: &Support) -> Term {
    let of = |lemma: &Lemma| support.get(&term(lemma)).copied().unwrap_or_default();
    // One syllable can be anything (한, 달, 세).
    let one_syllable = word.chars().nth(1).is_none();
    let whole = Term { form: word.to_owned(), predicate: false };
    // Whatever also stands with josa is a noun, however it ends (비닐, 얼굴).
    let noun = support.get(&whole).is_some_and(|words| *words > 1);
    let believed = lemmas.iter().filter(|lemma| {
        let short = lemma.form.chars().nth(2).is_none();
        let doubtful = !lemma.proven && (noun || short);
        !lemma.predicate || (of(lemma) >= needed(&lemma.form) && !one_syllable && !doubtful)
    });
    let best = believed.max_by_key(|lemma| {
        let length = lemma.form.len();
        (of(lemma), !lemma.predicate, if lemma.predicate { usize::MAX - length } else { length })
    });
    let best = best.map_or_else(|| whole.clone(), term);
    // 한다 and 간다 are no words of their own.
    let light = |lemma: &&Lemma| lemma.predicate && grammar.is_light_verb(&lemma.form);
    match lemmas.iter().find(light) {
        Some(lemma) if best == whole && !noun => term(lemma),
        _ => best,
    }
}

/// The longest well known predicate that begins inside a word and ends with it.
fn hidden(grammar: &Grammar, word: &str, chosen: &Term, support: &Support) -> Option<Term> {
    if word.chars().count() < LONG_WORD || chosen.predicate {
        return None;
    }
    let inner = word.char_indices().skip(1).filter_map(|(at, _)| word.get(at..));
    let long = |term: &Term| term.form.chars().count() > LONG_STEM;
    inner.take_while(|rest| rest.chars().count() > LONG_STEM - 1).find_map(|rest| {
        let lemmas = grammar.lemmas(rest);
        // 계산하시네요 is no 하시다 behind 계산.
        if lemmas.iter().any(|lemma| grammar.is_light_verb(&lemma.form)) {
            return None;
        }
        let predicates = lemmas.iter().filter(|lemma| lemma.predicate && lemma.proven).map(term);
        let known = predicates.filter(|term| {
            long(term) && support.get(term).copied().unwrap_or_default() >= INSIDE && term != chosen
        });
        known.max_by_key(|term| support.get(term).copied().unwrap_or_default())
    })
}
