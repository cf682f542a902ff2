//! The notation of forms: what a linguist writes, cut into words, before anything is compiled.

use super::class::Class;

/// One word that may stand in a place of a phrase, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenWord<'w> {
    /// The word without `=` and `/class`.
    pub(super) text: &'w str,
    /// Whether it is written with `=`: neither josa nor endings may follow.
    pub(super) literal: bool,
    /// The class that it is inflected by; none for what is not inflected.
    pub(super) predicate: Option<Class>,
}

/// A `/class` that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnknownClass<'w>(pub(super) &'w str);

impl<'w> WrittenWord<'w> {
    /// Reads one alternative: `말하다`, `=든지`, `듣다/ㄷ`.
    pub(super) fn parse(written: &'w str) -> Result<Self, UnknownClass<'w>> {
        if let Some(text) = written.strip_prefix('=') {
            return Ok(Self { text, literal: true, predicate: None });
        }
        let (text, class) = match written.rsplit_once('/') {
            Some((text, class)) => (text, Some(Class::named(class).ok_or(UnknownClass(class))?)),
            None => (written, None),
        };
        let dictionary_form = text.chars().count() >= 2 && text.ends_with('다');
        let predicate = match class {
            Some(class) => class.is_predicate().then_some(class),
            None => dictionary_form.then_some(Class::Verb),
        };
        Ok(Self { text, literal: false, predicate })
    }
}

/// One place of a phrase as written: `(연락|답변)`.
pub(super) fn alternatives(word: &str) -> (impl Iterator<Item = &str>, bool) {
    let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let written = inner.unwrap_or(word).split('|').filter(|written| !written.is_empty());
    (written, inner.is_some())
}

/// Whether a word stands for a gap.
pub(super) fn is_gap(word: &str) -> bool {
    matches!(word, "…" | "...")
}

/// The form and the class that it is inflected by: the entry's, or its own behind a `/` (`황당스럽다/ㅂ`).
pub(super) fn own_class(form: &str, class: Class) -> (&str, Class) {
    match form.rsplit_once('/').map(|(text, name)| (text, Class::named(name))) {
        Some((text, Some(own))) if class.is_predicate() || class == Class::Noun => (text, own),
        _ => (form, class),
    }
}
