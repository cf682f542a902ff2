//! The bank: all phrases, and the ones that fit a query.

use super::check::{check_file, check_slots};
use super::phrase::{Human, Phrase, PhraseKind, Situation, SlotSource, Tone};
use crate::domain::{Action, Channel, Level, Signal};
use crate::resource::{Diagnostics, Resources, read_root};
use jiff::civil::Date;

/// The folder of phrases and the file of slots in it.
pub(crate) const PHRASES: &str = "phrases/";
pub(crate) const SLOTS_FILE: &str = "phrases/slots.toml";

/// All phrases of a lexicon folder.
#[derive(Debug, Clone)]
pub struct PhraseBank {
    phrases: Vec<Phrase>,
    slots: Vec<SlotSource>,
}

/// What a phrase must fit; everything left out fits.
#[derive(Debug, Clone, Copy, Default)]
pub struct PhraseQuery {
    /// A signal that it names.
    pub signal: Option<Signal>,
    /// An action it fits.
    pub action: Option<Action>,
    /// A level it fits.
    pub level: Option<Level>,
    /// A channel it fits.
    pub channel: Option<Channel>,
    /// Its register.
    pub tone: Option<Tone>,
    /// Its kind.
    pub kind: Option<PhraseKind>,
    /// Its situation.
    pub situation: Option<Situation>,
    /// A day on which it may be used.
    pub day: Option<Date>,
}

impl PhraseBank {
    /// Reads the phrases of a folder; findings that forbid loading are errors in `problems`.
    pub fn load(resources: &Resources, problems: &mut Diagnostics) -> Self {
        let slots = resources.get(SLOTS_FILE).map_or_else(Vec::new, |file| {
            let mut root = read_root(file, problems);
            let slots = root.take_array::<SlotSource>("slot", problems);
            root.finish("[[slot]] tables", problems);
            check_slots(file, &slots, problems);
            slots
        });
        let mut phrases = Vec::new();
        for file in resources.below(PHRASES).filter(|file| file.path != SLOTS_FILE) {
            let mut root = read_root(file, problems);
            let read = root.take_array::<Phrase>("phrase", problems);
            root.finish("[[phrase]] tables", problems);
            check_file(file, &read, &slots, &phrases, problems);
            phrases.extend(read.into_iter().map(|phrase| Phrase {
                file: file.path.clone(),
                line: file.position(phrase.offset).0,
                ..phrase.value
            }));
        }
        let slots = slots.into_iter().map(|slot| slot.value).collect();
        Self { phrases, slots }
    }

    /// Every phrase, in the order of the files.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Every slot.
    pub fn slots(&self) -> &[SlotSource] {
        &self.slots
    }

    /// The line with the fallback of each of its slots.
    pub fn filled(&self, phrase: &Phrase) -> String {
        let fill = |text: String, slot: &SlotSource| {
            text.replace(&format!("{{{}}}", slot.name), &slot.fallback)
        };
        self.slots.iter().fold(phrase.text.clone(), fill)
    }

    /// The phrases that fit a query.
    pub fn matching(&self, query: PhraseQuery) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter().filter(move |phrase| fits(phrase, query))
    }
}

fn fits(phrase: &Phrase, query: PhraseQuery) -> bool {
    query.signal.is_none_or(|signal| phrase.signals.contains(&signal))
        && query.action.is_none_or(|action| phrase.actions.contains(&action))
        && query.level.is_none_or(|level| phrase.levels.contains(&level.number()))
        && query.tone.is_none_or(|tone| phrase.tone == tone)
        && query.kind.is_none_or(|kind| phrase.kind == kind)
        && query.situation.is_none_or(|situation| phrase.situation == Some(situation))
        && query
            .channel
            .is_none_or(|channel| phrase.channels.is_empty() || phrase.channels.contains(&channel))
        && query.day.is_none_or(|day| phrase.is_valid_on(day))
}

impl Phrase {
    /// Whether the line may stand where a human is due.
    pub fn opens_way_to_human(&self) -> bool {
        self.human != Human::None
    }
}
