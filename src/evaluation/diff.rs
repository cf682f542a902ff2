//! What a change of the lexicons does to messages: hits that come and go, levels and actions that
//! move.
//!
//! Used by `nunchi lexicon diff` and by previews of the service. The lexicon alone answers on both
//! sides, so that what is seen is what was edited.

use crate::analysis::{Analysis, Analyzer, Evidence, Message, Scratch};
use crate::domain::{Action, Channel, Level, MessageText, Role, Signal, SignalSet, Span};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What one set of lexicons says of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The level.
    pub level: Level,
    /// Probability of level 2 or more.
    pub score: f64,
    /// The signals that are present.
    pub signals: SignalSet,
    /// What should happen next.
    pub action: Action,
}

/// A hit that only one of the two sets finds, or that counts in only one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The id of the entry.
    pub entry: String,
    /// Where in the message.
    pub span: Span,
}

/// A message that the two sets read differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The place of the message in the corpus, from 0.
    pub index: usize,
    /// What the old set says.
    pub before: Verdict,
    /// What the new set says.
    pub after: Verdict,
    /// Hits of the new set alone.
    pub gained: Vec<Hit>,
    /// Hits of the old set alone.
    pub lost: Vec<Hit>,
}

impl Change {
    /// Whether more than hits changed: level, action or signals.
    pub fn moves(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        before.level != after.level
            || before.action != after.action
            || before.signals != after.signals
    }
}

/// How often an entry or a signal came and went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryCount {
    /// New hits.
    pub gained: usize,
    /// Lost hits.
    pub lost: usize,
}

/// All that changed in a corpus.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Messages compared.
    pub messages: usize,
    /// How many messages the old set puts on each level, from 0 to 3; blank messages have none.
    pub levels_before: [usize; 4],
    /// The same for the new set.
    pub levels_after: [usize; 4],
    /// Those that are read differently, in the order of the corpus.
    pub changes: Vec<Change>,
}

impl Comparison {
    /// Hits that came and went, by entry.
    pub fn entries(&self) -> BTreeMap<&str, EntryCount> {
        let mut entries: BTreeMap<&str, EntryCount> = BTreeMap::new();
        for change in &self.changes {
            for hit in &change.gained {
                entries.entry(&hit.entry).or_default().gained += 1;
            }
            for hit in &change.lost {
                entries.entry(&hit.entry).or_default().lost += 1;
            }
        }
        entries
    }

    /// How many messages moved from one level to another.
    pub fn levels(&self) -> BTreeMap<(Level, Level), usize> {
        let mut moves = BTreeMap::new();
        for change in self.changes.iter().filter(|one| one.before.level != one.after.level) {
            *moves.entry((change.before.level, change.after.level)).or_default() += 1;
        }
        moves
    }

    /// In how many messages each signal appeared and vanished.
    pub fn signals(&self) -> BTreeMap<Signal, EntryCount> {
        let mut signals: BTreeMap<Signal, EntryCount> = BTreeMap::new();
        for Change { before, after, .. } in &self.changes {
            for signal in after.signals.iter().filter(|one| !before.signals.contains(*one)) {
                signals.entry(signal).or_default().gained += 1;
            }
            for signal in before.signals.iter().filter(|one| !after.signals.contains(*one)) {
                signals.entry(signal).or_default().lost += 1;
            }
        }
        signals
    }

    /// How many messages moved from one action to another.
    pub fn actions(&self) -> BTreeMap<(Action, Action), usize> {
        let mut moves = BTreeMap::new();
        for change in self.changes.iter().filter(|one| one.before.action != one.after.action) {
            *moves.entry((change.before.action, change.after.action)).or_default() += 1;
        }
        moves
    }

    /// Adds what another part of the corpus gave, whose messages begin at `offset`.
    pub fn append(&mut self, part: Self, offset: usize) {
        self.messages += part.messages;
        for (sum, more) in self.levels_before.iter_mut().zip(part.levels_before) {
            *sum += more;
        }
        for (sum, more) in self.levels_after.iter_mut().zip(part.levels_after) {
            *sum += more;
        }
        self.changes.extend(
            part.changes.into_iter().map(|one| Change { index: one.index + offset, ..one }),
        );
    }
}

/// Compares what two sets of lexicons say of messages; blank ones are passed over.
pub fn compare<'t>(
    old: &Analyzer,
    new: &Analyzer,
    texts: impl IntoIterator<Item = &'t str>,
    today: Date,
) -> Comparison {
    let mut scratch = Scratch::default();
    let mut comparison = Comparison::default();
    for (index, text) in texts.into_iter().enumerate() {
        comparison.messages += 1;
        let Ok(parsed) = MessageText::parse(text, usize::MAX) else { continue };
        let message = Message {
            text: parsed,
            role: Role::Customer,
            channel: Channel::Chat,
            max_apologies: 0,
            today,
            classifier: false,
        };
        let (before, had) = read(old, &old.analyze(&message, &mut scratch));
        let (after, has) = read(new, &new.analyze(&message, &mut scratch));
        count(&mut comparison.levels_before, before.level);
        count(&mut comparison.levels_after, after.level);
        let only = |these: &[Hit], those: &[Hit]| -> Vec<Hit> {
            these.iter().filter(|hit| those.binary_search(hit).is_err()).cloned().collect()
        };
        let (gained, lost) = (only(&has, &had), only(&had, &has));
        let change = Change { index, before, after, gained, lost };
        if change.moves() || !change.gained.is_empty() || !change.lost.is_empty() {
            comparison.changes.push(change);
        }
    }
    comparison
}

fn count(levels: &mut [usize; 4], level: Level) {
    if let Some(count) = levels.get_mut(usize::from(level.number())) {
        *count += 1;
    }
}

/// What an analysis says, and its hits that count, sorted.
fn read(analyzer: &Analyzer, analysis: &Analysis<'_>) -> (Verdict, Vec<Hit>) {
    let assessment = &analysis.assessment;
    let verdict = Verdict {
        level: assessment.level,
        score: assessment.score,
        signals: assessment.present,
        action: analysis.decision.action,
    };
    let counting = assessment.evidence.iter().filter(|one| !Evidence::is_off(one));
    let mut hits: Vec<Hit> = counting
        .filter_map(|one| {
            let item = analyzer.lexicon().item(one.hit.item)?;
            Some(Hit { entry: item.id.clone(), span: one.hit.span })
        })
        .collect();
    hits.sort();
    hits.dedup();
    (verdict, hits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{Resources, SourceFile};

    /// The embedded lexicons with another text in one file.
    fn edited(path: &str, edit: impl Fn(&str) -> String) -> Analyzer {
        let embedded = Resources::embedded();
        let files = embedded.files().iter().map(|file| SourceFile {
            path: file.path.clone(),
            text: if file.path == path { edit(&file.text) } else { file.text.clone() },
        });
        Analyzer::build(&Resources::new(files.collect())).unwrap()
    }

    #[test]
    fn a_new_entry_shows_where_it_hits_and_what_it_moves() {
        let old = Analyzer::build(&Resources::embedded()).unwrap();
        let added = "\n[[entry]]\nid = \"zz.kukudas\"\nforms = [\"쿠쿠다스나다\"]\nclass = \"verb\"\n\
                     weight = 2.5\nhits = [\"쿠쿠다스 났네\"]\n";
        let new = edited("signals/anger.toml", |text| format!("{text}{added}"));
        let texts = ["배송지 변경하고 싶어요", "완전 쿠쿠다스 났네요", ""];
        let comparison = compare(&old, &new, texts, jiff::civil::date(2026, 11, 21));
        assert_eq!((comparison.messages, comparison.changes.len()), (3, 1));
        let change = comparison.changes.first().unwrap();
        assert_eq!((change.index, change.before.level), (1, Level::None));
        assert!(change.after.level >= Level::Clear && change.lost.is_empty());
        assert_eq!(comparison.entries().get("zz.kukudas").unwrap().gained, 1);
        assert_eq!(comparison.levels().values().sum::<usize>(), 1);
        assert_eq!(
            (comparison.levels_before, comparison.levels_after),
            ([2, 0, 0, 0], [1, 0, 1, 0])
        );
        assert_eq!(comparison.signals().get(&Signal::Anger).unwrap().gained, 1);
        let back = compare(&new, &old, texts, jiff::civil::date(2026, 11, 21));
        assert_eq!(back.changes.first().unwrap().lost, change.gained);
    }

    #[test]
    fn the_same_lexicons_change_nothing() {
        let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
        let texts = ["아 진짜 시발 장난하냐", "답답하네요ㅠㅠ"];
        let comparison = compare(&analyzer, &analyzer, texts, jiff::civil::date(2026, 11, 21));
        assert_eq!((comparison.messages, comparison.changes), (2, vec![]));
    }
}
