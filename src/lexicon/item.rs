//! What the compiled lexicon knows about each entry, exception and shifter.

use super::class::Class;
use super::source::{At, ShifterKind, Side, Target};
use crate::domain::{Signal, SignalSet, coded_enum};
use crate::text::{Letter, letters_of};

/// Which item of the lexicon, by its place in [`super::Lexicon::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(crate) u32);

impl ItemId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entry, exception or shifter.
#[derive(Debug, Clone)]
pub struct Item {
    /// Stable id.
    pub id: String,
    /// Dictionary forms as written.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// What it does.
    pub role: Role,
    /// Path of its file.
    pub file: String,
    /// Line of its table.
    pub line: usize,
    /// For the reader.
    pub note: String,
}

coded_enum! {
    /// What kind of thing an item is.
    pub enum ItemKind as "kind" {
        /// Evidence.
        Entry = "entry",
        /// It switches off hits inside it.
        Exception = "exception",
        /// It changes the weight of hits near it.
        Shifter = "shifter",
    }
}

impl Item {
    /// What kind of thing it is.
    pub const fn kind(&self) -> ItemKind {
        match self.role {
            Role::Entry(_) => ItemKind::Entry,
            Role::Exception { .. } => ItemKind::Exception,
            Role::Shifter(_) => ItemKind::Shifter,
        }
    }

    /// The signals that it shows or covers; none for shifters and for exceptions that name none.
    pub fn signals(&self) -> SignalSet {
        match &self.role {
            Role::Entry(entry) => entry.signals,
            Role::Exception { covers } => covers.unwrap_or(SignalSet::EMPTY),
            Role::Shifter(_) => SignalSet::EMPTY,
        }
    }

    /// The form that was found, as a person reads it: of alternatives the one that stands in
    /// `found`, without the marks that only the compiler needs.
    pub fn form_found(&self, form: u16, found: &str) -> String {
        let form = self.forms.get(usize::from(form)).map_or("", String::as_str);
        if self.class != Class::Phrase {
            return plain_word(form).to_owned();
        }
        let letters = letters_of(found);
        let words: Vec<&str> = form
            .split_whitespace()
            .filter_map(|word| {
                let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                let alternatives = inner.unwrap_or(word).split('|').map(plain_word);
                let best = alternatives.map(|word| (word, likeness(word, &letters)));
                // Of equally like ones the first, so later ones must be strictly better.
                let (word, likeness) =
                    best.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
                (inner.is_none() || likeness >= 1.0).then_some(word)
            })
            .collect();
        words.join(" ")
    }
}

/// A word of a form without `=` and `/class`.
fn plain_word(word: &str) -> &str {
    let word = word.strip_prefix('=').unwrap_or(word);
    match word.rsplit_once('/') {
        Some((text, class)) if Class::named(class).is_some() => text,
        _ => word,
    }
}

/// How much of a word's begin stands anywhere in `letters`, 0 to 1; endings are not asked for.
fn likeness(word: &str, letters: &[Letter]) -> f64 {
    let stem = letters_of(word.strip_suffix('다').filter(|stem| !stem.is_empty()).unwrap_or(word));
    let common = |at: usize| {
        let rest = letters.get(at..).unwrap_or_default();
        stem.iter().zip(rest).take_while(|(a, b)| a == b).count()
    };
    let longest = (0..letters.len()).map(common).max().unwrap_or(0);
    let length = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if stem.is_empty() { 0.0 } else { length(longest) / length(stem.len()) }
}

/// What an item does.
#[derive(Debug, Clone)]
pub enum Role {
    /// Evidence.
    Entry(Entry),
    /// Switches off hits that lie wholly inside it.
    Exception {
        /// Signals whose hits it covers; none: all evidence of frustration, but not praise.
        covers: Option<SignalSet>,
    },
    /// Changes the weight of hits near it.
    Shifter(Shifter),
}

impl Role {
    /// Whether it is an exception that covers hits of that entry where they lie inside it.
    pub fn covers_hits_of(&self, entry: &Entry) -> bool {
        match self {
            Self::Exception { covers: Some(covers) } => covers.intersects(entry.signals),
            Self::Exception { covers: None } => {
                entry.weight >= 0.0 && !entry.signals.contains(Signal::Gratitude)
            }
            Self::Entry(_) | Self::Shifter(_) => false,
        }
    }
}

/// Evidence for frustration and signals.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Signals that a hit shows; may be none.
    pub signals: SignalSet,
    /// Evidence for frustration in level points.
    pub weight: f64,
    /// Probability that a hit means the signals.
    pub confidence: f64,
}

/// How a shifter works.
#[derive(Debug, Clone)]
pub struct Shifter {
    /// Its kind.
    pub kind: ShifterKind,
    /// On which side of the hit it stands.
    pub side: Side,
    /// At most this many units between it and the hit.
    pub within: usize,
    /// What the weight of the hit is multiplied by.
    pub factor: f64,
    /// Which hits it works on; none: all.
    pub only: Option<Target>,
}

/// How a form is placed in an eojeol and whether disguises count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Placement {
    pub(crate) at: At,
    pub(crate) disguise: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alternative_that_stands_in_the_text_is_named() {
        let item = Item {
            id: "repetition.myeot-beon".into(),
            forms: vec!["몇번|=며칠 (더) … 말하다|설명하다|듣다/ㄷ".into()],
            class: Class::Phrase,
            role: Role::Exception { covers: None },
            file: String::new(),
            line: 1,
            note: String::new(),
        };
        assert_eq!(item.form_found(0, "몇 번을 말해야"), "몇번 … 말하다");
        assert_eq!(item.form_found(0, "며칠을 더 설명했는데"), "며칠 더 … 설명하다");
        assert_eq!(item.form_found(0, "몇 번을 들어야"), "몇번 … 듣다");
    }
}
