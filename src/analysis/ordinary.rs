//! Conflicts with ordinary Korean: what entries hit by accident in words and sentences that mean
//! something else (시발점, 새끼손가락).
//!
//! A word that an entry covers wholly is its own: whoever wrote 짜증 meant the word. A hit is an
//! accident if it takes only a part of the word and what is left over is no suffix that forms words
//! of the same family (불만족, 불만스럽다). What is meant all the same stands in
//! `ordinary/allowed.toml`, each with its reason.

use super::{Analyzer, Evidence, Scratch};
use crate::domain::{Level, MessageText};
use crate::lexicon::{Entry, Item, Match, Role};
use crate::resource::{Diagnostics, Resources, Severity, read_root};
use crate::text::{Normalized, Normalizer};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words of the dictionary, one a line; `tools/ordinary_words.py` makes them.
const WORDS: &str = include_str!("../../lexicons/ordinary/words.txt");
/// Calm sentences of customers, one a line.
const SENTENCES: &str = include_str!("../../lexicons/ordinary/sentences.txt");
/// What is meant although it looks like an accident.
const ALLOWED_FILE: &str = "ordinary/allowed.toml";
/// Entries of less weight do no harm by themselves.
const HARMFUL: f64 = 0.5;
/// How many texts a finding names.
const NAMED: usize = 5;

/// `[[allowed]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    words: Vec<String>,
    /// The entries that may hit them; none: all.
    #[serde(default)]
    entries: Vec<String>,
    #[expect(dead_code, reason = "for the readers of the file")]
    because: String,
}

/// What is known not to be an accident.
#[derive(Debug, Default)]
struct Meant {
    suffixes: Vec<String>,
    allowed: Vec<Allowed>,
}

impl Meant {
    fn read(resources: &Resources, problems: &mut Diagnostics) -> Self {
        let Some(file) = resources.get(ALLOWED_FILE) else { return Self::default() };
        let mut root = read_root(file, problems);
        let suffixes = root.take::<Vec<String>>("suffixes", problems);
        let allowed = root.take_array::<Allowed>("allowed", problems);
        root.finish("`suffixes` and [[allowed]] tables", problems);
        Self {
            suffixes: suffixes.map(|located| located.value).unwrap_or_default(),
            allowed: allowed.into_iter().map(|located| located.value).collect(),
        }
    }

    /// Whether a word is formed from what begins it: the rest is one or two suffixes.
    fn is_derived(&self, rest: &str) -> bool {
        let after = |rest: &str| {
            let suffixes = self.suffixes.iter();
            suffixes.filter_map(|suffix| rest.strip_prefix(suffix.as_str()).map(str::len)).collect()
        };
        let lengths: Vec<usize> = after(rest);
        lengths.into_iter().any(|left| {
            let rest = rest.len().checked_sub(left).and_then(|from| rest.get(from..));
            rest.is_some_and(|rest| {
                rest.is_empty() || self.suffixes.iter().any(|suffix| suffix == rest)
            })
        })
    }

    fn allows(&self, item: &Item, text: &str) -> bool {
        self.allowed.iter().any(|row| {
            row.words.iter().any(|word| word == text)
                && (row.entries.is_empty() || row.entries.contains(&item.id))
        })
    }
}

/// Adds the entries that hit ordinary words and sentences by accident, and those that hit a text of
/// `own`, a user's list. Of the entries only those in the files `only`, if given.
pub(super) fn check(
    resources: &Resources,
    analyzer: &Analyzer,
    own: &[String],
    only: Option<&[String]>,
    problems: &mut Diagnostics,
) {
    let meant = Meant::read(resources, problems);
    let mut finder = Finder {
        analyzer,
        meant: &meant,
        only,
        normalized: Normalized::default(),
        hits: Vec::new(),
        scratch: Scratch::default(),
        accidents: BTreeMap::new(),
    };
    let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    lines(WORDS).for_each(|word| finder.try_word(word));
    lines(SENTENCES).for_each(|sentence| finder.try_sentence(sentence));
    for text in own {
        if text.contains(char::is_whitespace) {
            finder.try_sentence(text);
        } else {
            finder.try_word(text);
        }
    }
    for (index, texts) in finder.accidents {
        let Some(item) = analyzer.lexicon().items().get(index) else { continue };
        let Some(file) = resources.get(&item.file) else { continue };
        let named: Vec<&str> = texts.iter().take(NAMED).map(String::as_str).collect();
        let more = match texts.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("{} hits ordinary Korean: {}{more}", item.id, named.join(", "));
        let help = "set `at`, or add an exception; what is meant belongs in ordinary/allowed.toml";
        let offset = file.offset_of_line(item.line);
        problems.push(file.diagnostic(Severity::Warning, "L026", offset, message, help));
    }
}

struct Finder<'f> {
    analyzer: &'f Analyzer,
    meant: &'f Meant,
    only: Option<&'f [String]>,
    normalized: Normalized,
    hits: Vec<Match>,
    scratch: Scratch,
    /// Texts by the entry that hits them.
    accidents: BTreeMap<usize, Vec<String>>,
}

impl Finder<'_> {
    fn find(&mut self, text: &str) -> Vec<Match> {
        let mut hits = std::mem::take(&mut self.hits);
        Normalizer.normalize(text, &mut self.normalized);
        self.analyzer.lexicon().find(&self.normalized, &mut hits);
        hits
    }

    fn try_word(&mut self, word: &str) {
        let hits = self.find(word);
        let length = self.normalized.plain_len();
        for hit in &hits {
            let whole = hit.first == 0 && hit.word_last + 1 == length;
            let behind = word.get(hit.span.end..).unwrap_or_default();
            let is_family = hit.first == 0 && self.meant.is_derived(behind);
            if !hit.excepted && !whole && !is_family {
                self.add(hit, word, |entry| entry.weight.abs() >= HARMFUL);
            }
        }
        self.hits = hits;
    }

    /// A sentence is harmed if it comes to a level or to a hard signal; what is negated is not.
    fn try_sentence(&mut self, sentence: &str) {
        let Ok(text) = MessageText::parse(sentence, usize::MAX) else { return };
        let assessment = self.analyzer.assess(text, &mut self.scratch);
        let is_frustrated = assessment.level > Level::None;
        let counts = |one: &&Evidence| !one.is_off() && one.contribution >= 0.0;
        for one in assessment.evidence.iter().filter(counts) {
            self.add(&one.hit, sentence, |entry| is_frustrated && entry.weight >= HARMFUL);
        }
    }

    /// Notes an accident of an entry that does harm: one with a heavy weight or a hard signal.
    fn add(&mut self, hit: &Match, text: &str, is_heavy: impl Fn(&Entry) -> bool) {
        let Some(item) = self.analyzer.lexicon().item(hit.item) else { return };
        let Role::Entry(entry) = &item.role else { return };
        let is_hard = || entry.signals.iter().any(|one| self.analyzer.policy().is_hard(one));
        let harmful = is_heavy(entry) || is_hard();
        let wanted = self.only.is_none_or(|only| only.contains(&item.file));
        if harmful && wanted && !self.meant.allows(item, text) {
            let texts = self.accidents.entry(hit.item.index()).or_default();
            if !texts.iter().any(|known| known == text) {
                texts.push(text.to_owned());
            }
        }
    }
}
