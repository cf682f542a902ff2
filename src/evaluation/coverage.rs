//! How much of a corpus the lexicon knows, and how much of the lexicon the corpus needs.
//!
//! Used by `nunchi lexicon stats`. The lexicon alone answers.

use crate::analysis::{Analyzer, Evidence, Scratch};
use crate::domain::{Level, MessageText, Signal};
use std::collections::{BTreeMap, BTreeSet};

/// How often an item was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// Hits, those that count for nothing among them.
    pub hits: usize,
    /// Messages with a hit.
    pub messages: usize,
    /// Hits inside an exception.
    pub excepted: usize,
    /// Hits that a shifter switched off.
    pub negated: usize,
    /// Labelled messages with a hit that counts.
    pub labelled: usize,
    /// Those of them whose label is level 1 or more.
    pub unhappy: usize,
}

impl Use {
    /// The share of labelled messages that are unhappy, among those where the item counts.
    pub fn precision(&self) -> Option<f64> {
        (self.labelled > 0).then(|| ratio(self.unhappy, self.labelled))
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.messages += other.messages;
        self.excepted += other.excepted;
        self.negated += other.negated;
        self.labelled += other.labelled;
        self.unhappy += other.unhappy;
    }
}

/// How many messages there are, and in how many of them any evidence counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Covered {
    /// All messages.
    pub messages: usize,
    /// Those with evidence that counts.
    pub hit: usize,
}

impl Covered {
    /// The share that is hit; 0 of no messages.
    pub fn share(&self) -> f64 {
        ratio(self.hit, self.messages)
    }

    fn count(&mut self, hit: bool) {
        self.messages += 1;
        self.hit += usize::from(hit);
    }
}

/// What was found in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All messages that are not blank.
    pub all: Covered,
    /// By labelled level, where there are labels.
    pub levels: BTreeMap<Level, Covered>,
    /// Messages in which a signal is present.
    pub signals: BTreeMap<Signal, usize>,
    /// By the place of the item in the lexicon; as long as the last item that was found.
    uses: Vec<Use>,
}

impl Coverage {
    /// How often each item was found, in the order of the lexicon, with its id.
    pub fn uses<'a>(&'a self, analyzer: &'a Analyzer) -> impl Iterator<Item = (&'a str, Use)> {
        let items = analyzer.lexicon().items().iter().enumerate();
        items.map(|(index, item)| {
            (item.id.as_str(), self.uses.get(index).copied().unwrap_or_default())
        })
    }

    /// Adds what another part of the corpus gave.
    pub fn append(&mut self, part: Self) {
        let join = |one: &mut Covered, other: Covered| {
            one.messages += other.messages;
            one.hit += other.hit;
        };
        join(&mut self.all, part.all);
        for (level, covered) in part.levels {
            join(self.levels.entry(level).or_default(), covered);
        }
        for (signal, count) in part.signals {
            *self.signals.entry(signal).or_default() += count;
        }
        for (index, one) in part.uses.into_iter().enumerate() {
            self.of(index).add(one);
        }
    }

    fn of(&mut self, index: usize) -> &mut Use {
        if self.uses.len() <= index {
            self.uses.resize(index + 1, Use::default());
        }
        // Just made long enough.
        self.uses.get_mut(index).expect("the list is as long as that")
    }
}

/// Reads messages, with their labelled levels where they have them.
pub fn coverage<'t>(
    analyzer: &Analyzer,
    messages: impl IntoIterator<Item = (&'t str, Option<Level>)>,
) -> Coverage {
    let mut scratch = Scratch::default();
    let mut coverage = Coverage::default();
    for (text, label) in messages {
        let Ok(text) = MessageText::parse(text, usize::MAX) else { continue };
        let assessment = analyzer.assess(text, &mut scratch);
        let counts = assessment.evidence.iter().any(|one| !one.is_off());
        coverage.all.count(counts);
        if let Some(level) = label {
            coverage.levels.entry(level).or_default().count(counts);
        }
        for signal in assessment.present.iter() {
            *coverage.signals.entry(signal).or_default() += 1;
        }
        let mut found = BTreeSet::new();
        for hit in scratch.matches() {
            let one = coverage.of(hit.item.index());
            one.hits += 1;
            one.excepted += usize::from(hit.excepted);
            one.messages += usize::from(found.insert(hit.item.index()));
        }
        let mut counting = BTreeSet::new();
        for evidence in &assessment.evidence {
            let index = evidence.hit.item.index();
            coverage.of(index).negated += usize::from(is_negated(evidence));
            if let (false, Some(level), true) = (evidence.is_off(), label, counting.insert(index)) {
                let one = coverage.of(index);
                one.labelled += 1;
                one.unhappy += usize::from(level > Level::None);
            }
        }
    }
    coverage
}

/// Whether a shifter, and not an exception, switched a hit off.
const fn is_negated(evidence: &Evidence) -> bool {
    evidence.shift.negated && !evidence.hit.excepted
}

fn ratio(part: usize, whole: usize) -> f64 {
    let figure = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    if whole == 0 { 0.0 } else { figure(part) / figure(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resources;

    #[test]
    fn messages_hits_and_labels_are_counted() {
        let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
        let messages = [
            ("정말 짜증나네요 짜증나", Some(Level::Clear)),
            ("짜증나지는 않아요", Some(Level::None)),
            ("배송지 변경하고 싶어요", None),
            (" ", None),
        ];
        let coverage = coverage(&analyzer, messages);
        assert_eq!(coverage.all.messages, 3);
        let (_, used) = coverage.uses(&analyzer).find(|(id, _)| *id == "anger.jjajeung").unwrap();
        assert_eq!((used.hits, used.messages, used.negated), (3, 2, 1));
        assert_eq!((used.labelled, used.precision()), (1, Some(1.0)));
        let mut twice = coverage.clone();
        twice.append(coverage.clone());
        assert_eq!(twice.all.messages, 6);
        assert_eq!(twice.levels[&Level::Clear], Covered { messages: 2, hit: 2 });
    }
}
