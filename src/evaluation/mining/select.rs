//! From counted candidates to suggestions.

use super::candidates::{Candidate, Finder};
use super::keyness::{Keyness, keyness};
use super::read::Document;
use crate::domain::{Level, Signal, Span};
use crate::lexicon::{Class, Grammar};
use std::collections::BTreeMap;

/// Standard deviations and logarithm of the odds ratio that a suggestion must reach.
const LEAST_Z: f64 = 1.645;
const LEAST_LOG_ODDS: f64 = 0.7;
/// What a frustrated message counts in which the lexicon sees the frustration already: its other
/// words may only stand beside what was said.
const EXPLAINED: f64 = 0.5;
/// The share of a candidate's messages that a better one must have to stand for it.
const CONTAINED: f64 = 0.5;
/// Examples and spellings that are shown.
const EXAMPLES: usize = 3;
const SPELLINGS: usize = 4;

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Messages of this level and more are the frustrated ones; those of level 0 are the calm ones.
    pub level: Level,
    /// Frustrated messages that an expression must stand in.
    pub least: usize,
    /// How many suggestions to give.
    pub top: usize,
}

/// What was found in a corpus.
#[derive(Debug, Clone, Default)]
pub struct Mined {
    /// Frustrated messages.
    pub frustrated: usize,
    /// Calm ones.
    pub calm: usize,
    /// The suggestions, the best first.
    pub suggestions: Vec<Suggestion>,
}

/// An expression that may be worth an entry.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// Its dictionary form, as an entry is written.
    pub form: String,
    /// A guess at its class.
    pub class: Class,
    /// Frustrated messages that it stands in.
    pub frustrated: usize,
    /// Calm ones.
    pub calm: usize,
    /// Those frustrated ones in which the lexicon alone sees nothing at all.
    pub unseen: usize,
    /// Log-odds ratio in standard deviations; suggestions are ranked by it.
    pub keyness: f64,
    /// The smoothed odds ratio: how many times likelier it is in a frustrated message.
    pub odds_ratio: f64,
    /// The mean level of the messages that it stands in, calm ones included.
    pub mean_level: f64,
    /// The signal that it goes with most.
    pub signal: Option<Signal>,
    /// How it is spelled, the most frequent first, and how often.
    pub spellings: Vec<(String, usize)>,
    /// Messages that it stands in, the shortest first.
    pub examples: Vec<Example>,
}

/// An expression in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The message, by its place.
    pub document: usize,
    /// The expression in it.
    pub span: Span,
}

/// Suggests expressions that mark frustration. `texts` are the messages of the documents.
pub fn mine(grammar: &Grammar, documents: &[Document], texts: &[&str], options: Options) -> Mined {
    let finder = Finder::new(grammar, documents);
    let frustrated = documents.iter().filter(|one| one.level >= options.level).count();
    let calm = documents.iter().filter(|one| one.level == Level::None).count();
    let weigh = |one: &Document| if one.by_lexicon < options.level { 1.0 } else { EXPLAINED };
    let weight = |places: &[usize]| -> f64 {
        places.iter().filter_map(|place| documents.get(*place)).map(weigh).sum()
    };
    let frustrated_ones = documents.iter().filter(|one| one.level >= options.level);
    let messages = [frustrated_ones.map(weigh).sum(), float(calm)];
    let counted = finder.count(documents, options.level, options.least);
    let mut scored: Vec<(Keyness, Candidate)> = counted
        .into_iter()
        .map(|one| (keyness([weight(&one.frustrated), float(one.calm)], messages), one))
        .filter(|(key, one)| {
            key.z >= LEAST_Z && key.log_odds >= LEAST_LOG_ODDS && finder.judges(documents, one)
        })
        .collect();
    scored.sort_by(|(a, one), (b, other)| {
        b.z.total_cmp(&a.z)
            .then_with(|| (one.words().len(), one.key).cmp(&(other.words().len(), other.key)))
    });
    let mut kept: Vec<(Keyness, Candidate)> = Vec::new();
    for (key, candidate) in scored {
        if kept.len() == options.top {
            break;
        }
        if !kept.iter().any(|(_, better)| stands_for(&finder, better, &candidate)) {
            kept.push((key, candidate));
        }
    }
    let describe = |(key, one): (Keyness, Candidate)| {
        describe(&finder, documents, texts, options.level, key, &one)
    };
    Mined { frustrated, calm, suggestions: kept.into_iter().map(describe).collect() }
}

/// Whether a better candidate says the same: one contains the other, and their messages are the same.
fn stands_for(finder: &Finder<'_>, better: &Candidate, candidate: &Candidate) -> bool {
    let (known, new) = (better.words(), candidate.words());
    let inside =
        |short: &[u32], long: &[u32]| long.windows(short.len()).any(|window| window == short);
    // 답답 and 답답하다 share their letters and no word.
    let (known_form, new_form) = (finder.form(&better.key), finder.form(&candidate.key));
    let stem = |form: &str| form.strip_suffix("하다").unwrap_or(form).to_owned();
    let spelled = known_form.contains(&stem(&new_form)) || new_form.contains(&stem(&known_form));
    if new.len() > known.len() && inside(known, new) {
        return true;
    }
    let shared = candidate.frustrated.iter();
    let shared = shared.filter(|one| better.frustrated.binary_search(one).is_ok()).count();
    let contained = float(shared) >= CONTAINED * float(candidate.frustrated.len());
    contained && (spelled || known.iter().any(|word| new.contains(word)))
}

fn describe(
    finder: &Finder<'_>,
    documents: &[Document],
    texts: &[&str],
    level: Level,
    key: Keyness,
    candidate: &Candidate,
) -> Suggestion {
    let of = |index: &usize| documents.get(*index);
    let levels = candidate.frustrated.iter().filter_map(of).map(|one| one.level.number());
    let levels = levels.map(f64::from).sum::<f64>();
    let silent = |one: &&Document| one.by_lexicon == Level::None;
    let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut examples = Vec::new();
    for index in &candidate.frustrated {
        let Some(span) = of(index).and_then(|one| finder.place(one, &candidate.key)) else {
            continue;
        };
        let text = texts.get(*index).copied().unwrap_or_default();
        *spellings.entry(span.of(text)).or_default() += 1;
        examples.push((text.chars().count(), Example { document: *index, span }));
    }
    examples.sort_by_key(|(length, example)| (*length, example.document));
    let mut spellings: Vec<(String, usize)> =
        spellings.into_iter().map(|(text, count)| (text.to_owned(), count)).collect();
    spellings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    spellings.truncate(SPELLINGS);
    Suggestion {
        form: finder.form(&candidate.key),
        class: class(finder, candidate),
        frustrated: candidate.frustrated.len(),
        calm: candidate.calm,
        unseen: candidate.frustrated.iter().filter_map(of).filter(silent).count(),
        keyness: key.z,
        odds_ratio: key.log_odds.exp(),
        mean_level: levels / float(candidate.frustrated.len() + candidate.calm),
        signal: signal(documents, level, candidate),
        spellings,
        examples: examples.into_iter().take(EXAMPLES).map(|(_, example)| example).collect(),
    }
}

/// A predicate by its stem, several words as a phrase, what takes josa as a noun, the rest as it is.
fn class(finder: &Finder<'_>, candidate: &Candidate) -> Class {
    let [word] = candidate.words() else { return Class::Phrase };
    match finder.paradigms.term(*word) {
        Some(term) if term.predicate => finder.grammar.class_of(&term.form),
        Some(_) if finder.paradigms.support(*word) < 2 => Class::Exact,
        _ => Class::Noun,
    }
}

/// The signal that a candidate's messages have most beyond what all frustrated messages have.
fn signal(documents: &[Document], level: Level, candidate: &Candidate) -> Option<Signal> {
    let all: Vec<&Document> = documents.iter().filter(|one| one.level >= level).collect();
    let own: Vec<&Document> =
        candidate.frustrated.iter().filter_map(|index| documents.get(*index)).collect();
    let share = |group: &[&Document], signal: Signal| {
        let with = group.iter().filter(|one| one.signals.contains(signal)).count();
        (with, float(with + 1) / float(group.len() + 2))
    };
    // A mark is no meaning, and thanks are no complaint.
    let meant =
        Signal::ALL.iter().filter(|one| !matches!(one, Signal::Emoticon | Signal::Gratitude));
    let scored = meant.filter_map(|signal| {
        let (with, own) = share(&own, *signal);
        let (_, all) = share(&all, *signal);
        (with >= 2).then(|| (float(with) * (own / all).ln(), *signal))
    });
    scored.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, signal)| signal)
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
