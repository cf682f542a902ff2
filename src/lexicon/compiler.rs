//! The compiler: sources to items, patterns and one automaton.

use super::class::Class;
use super::form::{CompiledForm, End, Pattern, Phrase, Space, compile, shortest_syllables};
use super::grammar::{GRAMMAR_FILE, Grammar};
use super::item::{Entry, Item, ItemId, Placement, Role, Shifter};
use super::source::{At, EntrySource, LexiconSource, Placed};
use super::validate::validate;
use super::{EXCEPTIONS, SHIFTERS, SIGNALS};
use crate::domain::{Signal, SignalSet};
use crate::resource::{Diagnostics, Resources, Severity};
use crate::text::Letter;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;

/// Window of `…` where an entry does not say.
pub(super) const DEFAULT_GAP: u8 = 8;
/// Confidence of an entry that does not say.
pub(super) const DEFAULT_CONFIDENCE: f64 = 0.9;
/// Forms of at most this many syllables begin an eojeol unless the entry says otherwise.
const SHORT_FORM: usize = 2;

/// What a pattern of the automaton stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct PatternUse {
    pub(super) item: ItemId,
    pub(super) form: u16,
    pub(super) placement: Placement,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// The form itself.
    Form {
        /// How the pattern may end.
        end: End,
        /// Where white space may stand inside.
        space: Space,
    },
    /// The trigger of a phrase, by its place in [`Lexicon::phrases`].
    Trigger(u32),
}

/// The compiled lexicon: immutable, shared by all workers.
#[derive(Debug)]
pub struct Lexicon {
    pub(super) items: Vec<Item>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) automaton: AhoCorasick,
    /// Uses of pattern `p` are `uses[first_use[p]..first_use[p + 1]]`.
    pub(super) uses: Vec<PatternUse>,
    pub(super) first_use: Vec<u32>,
    pub(super) grammar: Grammar,
    shifter_reach: usize,
    fingerprint: String,
}

/// Shifters that stretch over more characters than this reach less far; it bounds the work per hit.
const LONGEST_SHIFTER: usize = 32;

impl Lexicon {
    /// Compiles the lexicon of a folder; with any error nothing is returned.
    pub fn compile(resources: &Resources, problems: &mut Diagnostics) -> Option<Self> {
        let grammar = Grammar::load(resources, problems);
        let source = LexiconSource::read(resources, problems);
        Self::compile_source(
            resources,
            grammar,
            &source,
            &[SIGNALS, EXCEPTIONS, SHIFTERS],
            problems,
        )
    }

    /// Compiles what other files than those of the signals hold, by the same grammar; `prefixes`
    /// say which files the fingerprint is of.
    pub(crate) fn compile_source(
        resources: &Resources,
        grammar: Option<Grammar>,
        source: &LexiconSource<'_>,
        prefixes: &[&str],
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        validate(source, problems);
        let mut builder = Builder::new(grammar?);
        builder.add_all(source, problems);
        let fingerprint = resources.fingerprint(|path| {
            path.starts_with(GRAMMAR_FILE) || prefixes.iter().any(|part| path.starts_with(part))
        });
        (!problems.has_errors()).then(|| builder.finish(fingerprint))
    }

    /// A lexicon of nothing but one form, to be asked what it matches.
    pub(super) fn of_form(
        grammar: Grammar,
        class: Class,
        at: Option<At>,
        form: CompiledForm,
    ) -> Self {
        let entry =
            Entry { signals: SignalSet::EMPTY, weight: 1.0, confidence: DEFAULT_CONFIDENCE };
        let mut builder = Builder::new(grammar);
        builder.items.push(Item {
            id: String::new(),
            forms: Vec::new(),
            class,
            role: Role::Entry(entry),
            file: String::new(),
            line: 0,
            note: String::new(),
        });
        let placement = placement(&form, at, class, false);
        builder.add_form(ItemId(0), 0, placement, form);
        builder.finish(String::new())
    }

    /// Every entry, exception and shifter.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item of that id.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(id.index())
    }

    /// Hash of the lexicon's files; the same hash gives the same matches.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// How many characters before or behind a hit a shifter that reaches it can begin, at most.
    pub const fn shifter_reach(&self) -> usize {
        self.shifter_reach
    }

    /// How many letter patterns the automaton looks for.
    pub fn pattern_count(&self) -> usize {
        self.automaton.patterns_len()
    }
}

struct Builder {
    grammar: Grammar,
    items: Vec<Item>,
    phrases: Vec<Phrase>,
    patterns: Vec<Vec<Letter>>,
    uses: Vec<Vec<PatternUse>>,
    pattern_ids: HashMap<Vec<Letter>, usize>,
}

/// What all three kinds of item have in common.
struct Common<'s> {
    id: &'s str,
    forms: &'s [String],
    class: Class,
    at: Option<At>,
    gap: Option<u8>,
    disguise: bool,
    note: &'s str,
}

impl Builder {
    fn new(grammar: Grammar) -> Self {
        Self {
            grammar,
            items: Vec::new(),
            phrases: Vec::new(),
            patterns: Vec::new(),
            uses: Vec::new(),
            pattern_ids: HashMap::new(),
        }
    }

    fn add_all(&mut self, source: &LexiconSource<'_>, problems: &mut Diagnostics) {
        for placed in &source.entries {
            let entry = &placed.value;
            let role = Role::Entry(Entry {
                signals: signal_set(entry.signals.as_deref()),
                weight: entry.weight,
                confidence: entry.confidence.unwrap_or(DEFAULT_CONFIDENCE),
            });
            let common = Common {
                id: &entry.id,
                forms: &entry.forms,
                class: entry.class,
                at: entry.at,
                gap: entry.gap,
                disguise: entry.disguise.unwrap_or(false),
                note: &entry.note,
            };
            self.add(source, placed, &common, role, problems);
        }
        for placed in &source.exceptions {
            let exception = &placed.value;
            let covers = exception.covers.as_deref().map(|signals| signal_set(Some(signals)));
            let common = Common {
                id: &exception.id,
                forms: &exception.forms,
                class: exception.class,
                at: exception.at,
                gap: exception.gap,
                disguise: true,
                note: &exception.note,
            };
            self.add(source, placed, &common, Role::Exception { covers }, problems);
        }
        for placed in &source.shifters {
            let (kind, shifter) = &placed.value;
            let role = Role::Shifter(Shifter {
                kind: *kind,
                side: shifter.side,
                within: usize::from(shifter.within),
                factor: shifter.factor,
                only: shifter.only.as_deref().and_then(|only| match only {
                    [one] => Some(*one),
                    _ => None,
                }),
            });
            let common = Common {
                id: &shifter.id,
                forms: &shifter.forms,
                class: shifter.class,
                at: shifter.at,
                gap: shifter.gap,
                disguise: false,
                note: &shifter.note,
            };
            self.add(source, placed, &common, role, problems);
        }
    }

    fn add<T>(
        &mut self,
        source: &LexiconSource<'_>,
        placed: &Placed<T>,
        common: &Common<'_>,
        role: Role,
        problems: &mut Diagnostics,
    ) {
        let Some(file) = source.files.get(placed.file) else { return };
        let Ok(index) = u32::try_from(self.items.len()) else { return };
        self.items.push(Item {
            id: common.id.to_owned(),
            forms: common.forms.to_vec(),
            class: common.class,
            role,
            file: file.path.clone(),
            line: file.position(placed.offset).0,
            note: common.note.to_owned(),
        });
        for (number, form) in common.forms.iter().enumerate() {
            let gap = common.gap.unwrap_or(DEFAULT_GAP);
            match compile(form, common.class, gap, &self.grammar) {
                Ok(compiled) => {
                    let placement = placement(&compiled, common.at, common.class, common.disguise);
                    let number = u16::try_from(number).unwrap_or(u16::MAX);
                    self.add_form(ItemId(index), number, placement, compiled);
                }
                Err(error) => problems.push(file.diagnostic(
                    Severity::Error,
                    "L010",
                    placed.offset,
                    format!("{}: form `{form}`: {error}", common.id),
                    "write the dictionary form, and the class it belongs to",
                )),
            }
        }
    }

    fn add_form(&mut self, item: ItemId, form: u16, placement: Placement, compiled: CompiledForm) {
        match compiled {
            CompiledForm::Simple(patterns) => {
                for Pattern { letters, end, space } in patterns {
                    let what = What::Form { end, space };
                    self.add_pattern(letters, PatternUse { item, form, placement, what });
                }
            }
            CompiledForm::Phrase(phrase) => {
                let number = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
                let what = What::Trigger(number);
                let trigger =
                    phrase.parts.get(phrase.trigger).map(|part| part.alternatives.clone());
                self.phrases.push(phrase);
                for alternative in trigger.unwrap_or_default() {
                    let letters = alternative.pattern.letters;
                    self.add_pattern(letters, PatternUse { item, form, placement, what });
                }
            }
        }
    }

    fn add_pattern(&mut self, letters: Vec<Letter>, pattern_use: PatternUse) {
        let next = self.patterns.len();
        let id = *self.pattern_ids.entry(letters.clone()).or_insert(next);
        if id == next {
            self.patterns.push(letters);
            self.uses.push(Vec::new());
        }
        if let Some(uses) = self.uses.get_mut(id) {
            uses.push(pattern_use);
        }
    }

    fn finish(self, fingerprint: String) -> Lexicon {
        // Standard semantics and overlapping search: a shifter or an insult inside a longer
        // phrase must be seen too; what overlaps is resolved after the pass, with stated rules.
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.patterns)
            .expect("patterns are far below the automaton's limits: a bug in lexicon::compiler");
        let mut first_use = Vec::with_capacity(self.uses.len() + 1);
        let mut uses = Vec::new();
        for list in self.uses {
            first_use.push(u32::try_from(uses.len()).unwrap_or(u32::MAX));
            uses.extend(list);
        }
        first_use.push(u32::try_from(uses.len()).unwrap_or(u32::MAX));
        let within = self.items.iter().map(|item| match &item.role {
            Role::Shifter(shifter) => shifter.within,
            _ => 0,
        });
        let shifter_reach = within.max().unwrap_or(0) + LONGEST_SHIFTER;
        Lexicon {
            shifter_reach,
            items: self.items,
            phrases: self.phrases,
            automaton,
            uses,
            first_use,
            grammar: self.grammar,
            fingerprint,
        }
    }
}

fn placement(compiled: &CompiledForm, at: Option<At>, class: Class, disguise: bool) -> Placement {
    let at = at.unwrap_or(if class == Class::Emoticon {
        At::Anywhere
    } else if shortest_syllables(compiled) <= SHORT_FORM {
        At::EojeolStart
    } else {
        At::Anywhere
    });
    Placement { at, disguise }
}

/// How a form of an entry is looked for, and where; none if it cannot be compiled.
pub(super) fn placement_of(
    entry: &EntrySource,
    form: &str,
    grammar: &Grammar,
) -> Option<(CompiledForm, Placement)> {
    let compiled = compile(form, entry.class, entry.gap.unwrap_or(DEFAULT_GAP), grammar).ok()?;
    let disguise = entry.disguise.unwrap_or(false);
    let placement = placement(&compiled, entry.at, entry.class, disguise);
    Some((compiled, placement))
}

fn signal_set(signals: Option<&[Signal]>) -> SignalSet {
    signals.unwrap_or_default().iter().copied().collect()
}
