//! What stands about an item in its file beyond what compiling keeps: its examples and where its
//! forms may stand. Read where a person asks for it, never for a request that judges a message.

use super::item::Item;
use super::source::{At, LexiconSource};
use crate::resource::{Diagnostics, Resources};
use std::collections::BTreeMap;

/// What the files say of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemDetails {
    /// Sentences that must be hit.
    pub hits: Vec<String>,
    /// Sentences that must not be hit.
    pub misses: Vec<String>,
    /// Sentences in which a shifter must shift some hit.
    pub shifts: Vec<String>,
    /// Sentences in which a shifter must switch nothing off.
    pub keeps: Vec<String>,
    /// Where in an eojeol, as written; none where the length of the form decides.
    pub at: Option<At>,
    /// Window of `…` in syllables, as written; none for the default.
    pub gap: Option<u8>,
    /// Whether disguised spellings match too.
    pub disguise: bool,
    /// What is searched, without white space and case.
    pub(super) searched: Searched,
}

/// The texts of an item in which a word is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Searched {
    pub(super) note: String,
    pub(super) examples: String,
}

/// What the files say of every item.
#[derive(Debug, Default)]
pub struct Details {
    by_id: BTreeMap<String, ItemDetails>,
}

impl Details {
    /// Reads the lexicon files of a folder again.
    pub fn read(resources: &Resources) -> Self {
        let source = LexiconSource::read(resources, &mut Diagnostics::default());
        let mut by_id = BTreeMap::new();
        let mut add = |id: String, note: &str, mut details: ItemDetails| {
            let ItemDetails { hits, misses, shifts, keeps, .. } = &details;
            let examples: Vec<String> = [hits, misses, shifts, keeps]
                .into_iter()
                .flatten()
                .map(|one| folded(one))
                .collect();
            details.searched = Searched { note: folded(note), examples: examples.join("\n") };
            by_id.insert(id, details);
        };
        for placed in source.entries {
            let entry = placed.value;
            let details = ItemDetails {
                hits: entry.hits,
                misses: entry.misses,
                at: entry.at,
                gap: entry.gap,
                disguise: entry.disguise.unwrap_or(false),
                ..ItemDetails::default()
            };
            add(entry.id, &entry.note, details);
        }
        for placed in source.exceptions {
            let exception = placed.value;
            let details = ItemDetails {
                hits: exception.hits,
                misses: exception.misses,
                at: exception.at,
                gap: exception.gap,
                // Exceptions hold in both readings, see the matcher.
                disguise: true,
                ..ItemDetails::default()
            };
            add(exception.id, &exception.note, details);
        }
        for placed in source.shifters {
            let (_, shifter) = placed.value;
            let details = ItemDetails {
                hits: shifter.hits,
                misses: shifter.misses,
                shifts: shifter.shifts,
                keeps: shifter.keeps,
                at: shifter.at,
                gap: shifter.gap,
                ..ItemDetails::default()
            };
            add(shifter.id, &shifter.note, details);
        }
        Self { by_id }
    }

    /// What the files say of an item of the same folder.
    pub fn of(&self, item: &Item) -> Option<&ItemDetails> {
        self.by_id.get(&item.id)
    }
}

/// A text as it is searched: spacing is free in Korean chat, and so it is here.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).flat_map(char::to_lowercase).collect()
}
