//! Looking items up: by id, by what they match, and by a word anywhere in them.

use super::compiler::Lexicon;
use super::details::{Details, folded};
use super::item::{Item, ItemKind};
use crate::domain::Signal;
use crate::text::{Normalized, Normalizer};

/// How alike an id must be to be suggested, 0 to 1.
const ALIKE: f64 = 0.7;

/// Which items a search is for; everything left out fits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'q> {
    /// A word in the id, forms, note or examples, or a text that the item matches.
    pub text: Option<&'q str>,
    /// What the item does.
    pub kind: Option<ItemKind>,
    /// A signal that it shows or covers.
    pub signal: Option<Signal>,
    /// A file, or the folder or the begin of its path.
    pub file: Option<&'q str>,
}

impl Lexicon {
    /// The item of that id.
    pub fn by_id(&self, id: &str) -> Option<&Item> {
        self.items().iter().find(|item| item.id == id)
    }

    /// The items that match a text, those that cover most of it first. A hit that a longer one
    /// displaces is one too, and so is one that an exception covers.
    pub fn matching(&self, text: &str) -> Vec<&Item> {
        let mut normalized = Normalized::default();
        let mut matches = Vec::new();
        Normalizer.normalize(text, &mut normalized);
        self.find_every(&normalized, &mut matches);
        let mut found: Vec<&Item> = Vec::new();
        for item in matches.iter().filter_map(|hit| self.item(hit.item)) {
            if !found.iter().any(|known| std::ptr::eq(*known, item)) {
                found.push(item);
            }
        }
        found
    }

    /// The items that a search finds: first those that match the text, then those that hold it in id
    /// or forms, in the note, and in the examples; each in the order of the files.
    pub fn search(&self, wanted: Wanted<'_>, details: &Details) -> Vec<&Item> {
        let fitting = |item: &&Item| wanted.fits(item);
        let text = wanted.text.map(str::trim).filter(|text| !text.is_empty());
        let Some(text) = text else { return self.items().iter().filter(fitting).collect() };
        let word = folded(text);
        let mut found: Vec<&Item> = self.matching(text).into_iter().filter(fitting).collect();
        let mut rest: Vec<(usize, &Item)> = self
            .items()
            .iter()
            .filter(fitting)
            .filter(|item| !found.iter().any(|known| std::ptr::eq(*known, *item)))
            .filter_map(|item| Some((place_of(item, &word, details)?, item)))
            .collect();
        rest.sort_by_key(|(place, _)| *place);
        found.extend(rest.into_iter().map(|(_, item)| item));
        found
    }

    /// Ids that are much like a text, the most alike first; at most `most`.
    pub fn ids_like(&self, text: &str, most: usize) -> Vec<&str> {
        let text = text.to_lowercase();
        let ids = self.items().iter().map(|item| item.id.as_str());
        let alike = ids.map(|id| {
            let name = id.rsplit_once('.').map_or(id, |(_, name)| name);
            let score = strsim::jaro_winkler(&text, id).max(strsim::jaro_winkler(&text, name));
            (score, id)
        });
        let mut alike: Vec<(f64, &str)> = alike.filter(|(score, _)| *score >= ALIKE).collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        alike.into_iter().take(most).map(|(_, id)| id).collect()
    }
}

impl Wanted<'_> {
    fn fits(&self, item: &Item) -> bool {
        self.kind.is_none_or(|kind| item.kind() == kind)
            && self.signal.is_none_or(|signal| item.signals().contains(signal))
            && self.file.is_none_or(|file| item.file.starts_with(file))
    }
}

/// Where an item holds a word: 0 in id or forms, 1 in the note, 2 in an example.
fn place_of(item: &Item, word: &str, details: &Details) -> Option<usize> {
    let holds = |text: &str| text.contains(word);
    if holds(&item.id) || item.forms.iter().any(|form| holds(&folded(form))) {
        return Some(0);
    }
    let searched = &details.of(item)?.searched;
    [&searched.note, &searched.examples].into_iter().position(|text| holds(text)).map(|at| at + 1)
}
