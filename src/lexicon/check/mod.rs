//! The lints of the lexicon: what `nunchi lexicon check` and the tests find beyond what start-up refuses.
//!
//! Everything but the examples and duplicates is refused at start-up too ([`super::validate`]): a
//! running service must not depend on examples having been run, and running them takes a second.
//!
//! What each code means stands in [`crate::resource::RULES`].

mod duplicates;
mod examples;
mod forms;
mod reach;
mod surfaces;

use super::compiler::Lexicon;
use super::form::{compile, shortest_syllables};
use super::grammar::Grammar;
use super::source::{At, LexiconSource, Placed};
use crate::resource::{Diagnostics, Resources};

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

/// Runs the examples of the lexicon files of a folder.
pub fn check(resources: &Resources, lexicon: &Lexicon, problems: &mut Diagnostics) {
    let source = LexiconSource::read(resources, &mut Diagnostics::default());
    examples::check(&source, lexicon, &checked_items(&source, &lexicon.grammar), problems);
}

/// Adds what is of no effect or looks like a mistake; nothing of it keeps a folder from being loaded.
///
/// Of the entries those in `files` are looked at one by one; without it all are.
pub fn lint(
    resources: &Resources,
    lexicon: &Lexicon,
    files: Option<&[String]>,
    problems: &mut Diagnostics,
) {
    let source = LexiconSource::read(resources, &mut Diagnostics::default());
    forms::check(&source, &lexicon.grammar, problems);
    let told = duplicates::check(&source, lexicon, problems);
    reach::check(&source, lexicon, files, &told, problems);
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
