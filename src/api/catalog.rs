//! `GET /v1/phrases`: the phrase bank; and the sizes of a lexicon.

use crate::analysis::Analyzer;
use crate::domain::{Action, Channel, Signal};
use crate::lexicon::Role;
use crate::phrases::{Human, Phrase, PhraseKind, Situation, Tone};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Phrases that fit a query.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PhrasesBody {
    /// The phrases, in the order of the files.
    pub phrases: Vec<PhraseBody>,
}

/// One phrase of the bank.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PhraseBody {
    /// Stable id.
    pub id: String,
    /// The line, with slots in braces.
    pub text: String,
    /// What it does.
    pub kind: PhraseKind,
    /// Signals it fits; none: any.
    pub signals: Vec<Signal>,
    /// Levels it fits.
    pub levels: Vec<u8>,
    /// Actions it fits.
    pub actions: Vec<Action>,
    /// Channels it fits; none: all.
    pub channels: Vec<Channel>,
    /// Its register.
    pub tone: Tone,
    /// Whether it opens the way to a human.
    pub human: Human,
    /// The situation it belongs to.
    pub situation: Option<Situation>,
    /// The slots to fill.
    pub slots: Vec<String>,
}

impl From<&Phrase> for PhraseBody {
    fn from(phrase: &Phrase) -> Self {
        Self {
            id: phrase.id.clone(),
            text: phrase.text.clone(),
            kind: phrase.kind,
            signals: phrase.signals.clone(),
            levels: phrase.levels.clone(),
            actions: phrase.actions.clone(),
            channels: phrase.channels.clone(),
            tone: phrase.tone,
            human: phrase.human,
            situation: phrase.situation,
            slots: phrase.slots().into_iter().map(str::to_owned).collect(),
        }
    }
}

/// What lexicon is loaded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LexiconBody {
    /// Hash of lexicon and grammar.
    pub version: String,
    /// Hash of policy, scoring and phrases.
    pub policy_version: String,
    /// Entries that give evidence.
    pub entries: usize,
    /// Entries by signal; an entry of two signals counts for both.
    pub entries_by_signal: BTreeMap<String, usize>,
    /// Exceptions.
    pub exceptions: usize,
    /// Negators, intensifiers, softeners and quotations.
    pub shifters: usize,
    /// Letter patterns derived from all forms.
    pub patterns: usize,
    /// Phrases in the bank.
    pub phrases: usize,
}

impl LexiconBody {
    /// Describes what an analyzer has loaded.
    pub fn new(analyzer: &Analyzer) -> Self {
        let lexicon = analyzer.lexicon();
        let mut body = Self {
            version: lexicon.fingerprint().to_owned(),
            policy_version: analyzer.policy().fingerprint().to_owned(),
            entries: 0,
            entries_by_signal: Signal::ALL.iter().map(|s| (s.code().to_owned(), 0)).collect(),
            exceptions: 0,
            shifters: 0,
            patterns: lexicon.pattern_count(),
            phrases: analyzer.phrases().phrases().len(),
        };
        for item in lexicon.items() {
            match &item.role {
                Role::Entry(entry) => {
                    body.entries += 1;
                    for signal in entry.signals.iter() {
                        *body.entries_by_signal.entry(signal.code().to_owned()).or_default() += 1;
                    }
                }
                Role::Exception { .. } => body.exceptions += 1,
                Role::Shifter(_) => body.shifters += 1,
            }
        }
        body
    }
}
