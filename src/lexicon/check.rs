//! The lints of the lexicon: what `nunchi lexicon check` and the tests find beyond what start-up refuses.
//!
//! Everything but the examples and duplicates is refused at start-up too ([`super::validate`]): a
//! running service must not depend on examples having been run, and running them takes a second.
//!
//! | code | severity | finding |
//! |---|---|---|
//! | L001 | error | a file is not UTF-8 |
//! | L002 | error | not valid TOML |
//! | L003 | error | unknown, missing or wrong field |
//! | L004 | error | a file that is needed is missing |
//! | L005 | error | an id is used twice, or is not `theme.slug` |
//! | L006 | error | an example that must be hit is not |
//! | L007 | error | an example that must not be hit is |
//! | L008 | error | an entry without examples, or a short form without a miss |
//! | L009 | error | a weight, confidence or factor out of its range |
//! | L010 | error | a form that its class cannot inflect |
//! | L011 | warning | a form that another entry of the same signals has too |
//! | L012 | error | a policy or scoring file that contradicts itself |
//! | L013 | error | a shifter that shifts nothing in a sentence that it should |
//! | L014 | error | a shifter that switches off what it should keep |

use super::compiler::Lexicon;
use super::form::{compile, shortest_syllables};
use super::grammar::Grammar;
use super::item::{Entry, Item, ItemId, Role};
use super::source::{At, LexiconSource, Placed};
use crate::domain::SignalSet;
use crate::resource::{Diagnostics, Resources, Severity};
use crate::text::{Normalized, Normalizer};
use std::collections::HashMap;

/// Forms of at most this many syllables are ambiguous enough to need an example of a miss.
const SHORT_FORM: usize = 2;

/// What every kind of item has to be checked for.
struct Checked<'s> {
    file: usize,
    offset: usize,
    id: &'s str,
    forms: &'s [String],
    hits: &'s [String],
    misses: &'s [String],
    needs_misses: bool,
}

/// Checks everything about the lexicon files of a folder that loading does not.
pub fn check(resources: &Resources, lexicon: &Lexicon, problems: &mut Diagnostics) {
    let mut ignored = Diagnostics::default();
    let source = LexiconSource::read(resources, &mut ignored);
    let Some(grammar) = Grammar::load(resources, &mut ignored) else { return };
    let linter = Linter { source: &source, lexicon };
    let items = checked_items(&source, &grammar);
    linter.examples(&items, problems);
    linter.duplicates(problems);
}

fn checked_items<'s>(source: &'s LexiconSource<'_>, grammar: &Grammar) -> Vec<Checked<'s>> {
    let short = |forms: &[String], class, gap: Option<u8>| {
        forms.iter().any(|form| {
            compile(form, class, gap.unwrap_or(1), grammar)
                .is_ok_and(|form| shortest_syllables(&form) <= SHORT_FORM)
        })
    };
    let entries = source.entries.iter().map(|Placed { file, offset, value }| {
        let marks = value.class == super::Class::Emoticon;
        let needs_misses = !marks
            && (value.at == Some(At::Anywhere) || short(&value.forms, value.class, value.gap))
            && !matches!(value.at, Some(At::WholeEojeol | At::WholeMessage));
        let (id, forms, hits, misses) = (&value.id, &value.forms, &value.hits, &value.misses);
        Checked { file: *file, offset: *offset, id, forms, hits, misses, needs_misses }
    });
    let exceptions = source.exceptions.iter().map(|Placed { file, offset, value }| {
        let (id, forms, hits, misses) = (&value.id, &value.forms, &value.hits, &value.misses);
        Checked { file: *file, offset: *offset, id, forms, hits, misses, needs_misses: false }
    });
    let shifters = source.shifters.iter().map(|Placed { file, offset, value: (_, value) }| {
        let (id, forms, hits, misses) = (&value.id, &value.forms, &value.hits, &value.misses);
        Checked { file: *file, offset: *offset, id, forms, hits, misses, needs_misses: false }
    });
    // In the order of the compiled items, which the examples are looked up by.
    entries.chain(exceptions).chain(shifters).collect()
}

struct Linter<'l, 'r> {
    source: &'l LexiconSource<'r>,
    lexicon: &'l Lexicon,
}

impl Linter<'_, '_> {
    fn report(
        &self,
        (file, offset): (usize, usize),
        (severity, code): (Severity, &'static str),
        message: String,
        help: &str,
        problems: &mut Diagnostics,
    ) {
        if let Some(file) = self.source.files.get(file) {
            problems.push(file.diagnostic(severity, code, offset, message, help));
        }
    }

    fn examples(&self, items: &[Checked<'_>], problems: &mut Diagnostics) {
        let mut probe =
            Probe { lexicon: self.lexicon, normalized: Normalized::default(), matches: Vec::new() };
        for (index, item) in items.iter().enumerate() {
            let place = (item.file, item.offset);
            let Ok(index) = u32::try_from(index) else { return };
            if item.hits.is_empty() {
                let message = format!("{}: no example that it must hit", item.id);
                let help = "add hits = [\"…\"] with at least one natural sentence";
                self.report(place, (Severity::Error, "L008"), message, help, problems);
            }
            if item.needs_misses && item.misses.is_empty() {
                let message = format!(
                    "{}: a short or unbounded form needs an example that it must miss",
                    item.id
                );
                let help = "add misses = [\"…\"] with a sentence that only looks alike";
                self.report(place, (Severity::Error, "L008"), message, help, problems);
            }
            for hit in item.hits {
                if !probe.finds(hit, ItemId(index)) {
                    let message = format!(
                        "{} ({}) does not hit its example `{hit}`",
                        item.id,
                        item.forms.join(", ")
                    );
                    let help =
                        "correct the form, its class or `at`; `nunchi explain` shows what is found";
                    self.report(place, (Severity::Error, "L006"), message, help, problems);
                }
            }
            for miss in item.misses {
                if probe.finds(miss, ItemId(index)) {
                    let message = format!(
                        "{} ({}) hits `{miss}`, which it must miss",
                        item.id,
                        item.forms.join(", ")
                    );
                    let help = "narrow the form or `at`, or add an exception that covers it";
                    self.report(place, (Severity::Error, "L007"), message, help, problems);
                }
            }
        }
    }

    fn duplicates(&self, problems: &mut Diagnostics) {
        let mut seen: HashMap<(String, super::Class, SignalSet), &Item> = HashMap::new();
        let placed = self.source.entries.iter();
        for (item, place) in self.lexicon.items().iter().zip(placed) {
            let Role::Entry(Entry { signals, .. }) = item.role else { continue };
            for form in &item.forms {
                let words = form.split_whitespace().collect::<Vec<_>>().join(" ");
                let key = (words, item.class, signals);
                if let Some(first) = seen.insert(key, item) {
                    let message = format!(
                        "{}: the form `{form}` also belongs to {} in {}",
                        item.id, first.id, first.file
                    );
                    let help = "keep it in one entry; an entry may have several signals";
                    self.report(
                        (place.file, place.offset),
                        (Severity::Warning, "L011"),
                        message,
                        help,
                        problems,
                    );
                }
            }
        }
    }
}

/// Looks for single items with the call that serves requests.
struct Probe<'l> {
    lexicon: &'l Lexicon,
    normalized: Normalized,
    matches: Vec<super::Match>,
}

impl Probe<'_> {
    /// Whether the item is found in the text, by itself or inside a longer hit that displaces it.
    fn finds(&mut self, text: &str, item: ItemId) -> bool {
        Normalizer.normalize(text, &mut self.normalized);
        self.lexicon.find_item(&self.normalized, item, &mut self.matches);
        !self.matches.is_empty()
    }
}
