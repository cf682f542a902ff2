//! A message as words, with what the lexicon finds in it marked.

use crate::analysis::{Analyzer, Opinion, Scratch};
use crate::classifier::Verdict;
use crate::domain::{Channel, Level, MessageText, Role as Writer, SignalSet, Span};
use crate::lexicon::{Class, Role, ShifterKind};
use crate::text::{Kind, Unit};
use jiff::civil::Date;

/// What is known of a message and its words.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its words in order.
    pub words: Vec<Word>,
    /// Its level: a label, or what a sure classifier says.
    pub level: Level,
    /// Its signals: labels, or what a sure classifier says.
    pub signals: SignalSet,
    /// What the lexicon alone says.
    pub by_lexicon: Level,
    /// What the classifier says, where it was asked.
    pub verdict: Option<Box<Verdict>>,
}

/// A run of Hangul syllables.
#[derive(Clone, PartialEq, Eq)]
pub struct Word {
    /// Its characters after normalization.
    pub text: String,
    /// Where it stands in the message.
    pub span: Span,
    /// Whether nothing but white space stands between it and the word before.
    pub joined: bool,
    /// What the lexicon makes of it.
    pub(super) cover: Cover,
}

/// What the lexicon makes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cover {
    /// Nothing.
    None,
    /// It negates: it says something only together with others.
    Negator,
    /// An entry hits it, or it belongs to any expression only by chance (너무, 18번).
    Known,
}

/// Message text is personal data: only the place is shown.
impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Word").field("span", &self.span).finish_non_exhaustive()
    }
}

/// Reads a message; none if it is blank. Level and signals are those of the lexicon until somebody
/// who knows better sets them.
pub fn read(
    analyzer: &Analyzer,
    text: &str,
    classifier: bool,
    today: Date,
    scratch: &mut Scratch,
) -> Option<Document> {
    let message = crate::analysis::Message {
        text: MessageText::parse(text, usize::MAX).ok()?,
        role: Writer::Customer,
        channel: Channel::Chat,
        max_apologies: 0,
        today,
        classifier,
    };
    let analysis = analyzer.analyze(&message, scratch);
    let verdict = match analysis.opinion {
        Opinion::Heard(verdict) => Some(verdict),
        Opinion::NotAsked | Opinion::Missed(_) => None,
    };
    let by_lexicon = analysis.lexicon_alone.map_or(analysis.assessment.level, |alone| alone.level);
    let mut words = words(scratch.normalized().plain());
    for hit in analysis.assessment.evidence.iter().filter(|one| !one.is_off()).map(|one| one.hit) {
        let item = analyzer.lexicon().item(hit.item);
        // Literal forms inside a word are its ending (-잖아요, -다고요), which says nothing of its stem.
        let literal = item.is_some_and(|item| item.class == Class::Exact);
        for word in words.iter_mut().filter(|word| touches(hit.span, word.span)) {
            if !(literal && word.span.start < hit.span.start) {
                word.cover = Cover::Known;
            }
        }
    }
    for hit in scratch.matches() {
        if let Some(Role::Shifter(shifter)) =
            analyzer.lexicon().item(hit.item).map(|item| &item.role)
        {
            let negates = shifter.kind == ShifterKind::Negator;
            let with = if negates { Cover::Negator } else { Cover::Known };
            // A shifter is often an ending (-지 않, -더라고): the word it ends is not its own.
            let own = |word: &&mut Word| {
                touches(hit.span, word.span) && hit.span.start <= word.span.start
            };
            for word in words.iter_mut().filter(own) {
                word.cover = word.cover.max(with);
            }
        }
    }
    let signals = analysis.assessment.present;
    Some(Document { words, level: by_lexicon, signals, by_lexicon, verdict })
}

const fn touches(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The runs of syllables. What stands directly behind a digit is a counter and no word.
fn words(units: &[Unit]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut joined = false;
    let mut previous: Option<&Unit> = None;
    for unit in units {
        let span = Span { start: unit.start as usize, end: unit.end as usize };
        let goes_on = previous.is_some_and(|before| before.kind == Kind::Syllable) && !unit.spaced;
        match (unit.kind, words.last_mut()) {
            (Kind::Syllable, Some(word)) if goes_on => {
                word.text.push(unit.ch);
                word.span.end = span.end;
            }
            (Kind::Syllable, _) => {
                let counter = previous.is_some_and(|one| one.kind == Kind::Digit) && !unit.spaced;
                let cover = if counter { Cover::Known } else { Cover::None };
                words.push(Word { text: unit.ch.to_string(), span, joined, cover });
                joined = true;
            }
            _ => joined = false,
        }
        previous = Some(unit);
    }
    words
}
