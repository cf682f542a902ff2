//! The policy: level and signals to an action, a queue and reasons; all of it data.

use super::scoring::SCORING_FILE;
use crate::domain::{
    Action, Decision, Dimension, Effort, Escalation, Level, Path, Queue, Signal, SignalSet,
};
use crate::phrases::PHRASES;
use crate::resource::{Diagnostic, Diagnostics, Located, Resources, Severity, read_root};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the policy stands in a lexicon folder.
pub(crate) const POLICY_FILE: &str = "policy.toml";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    any_signal: Option<Vec<Signal>>,
    all_signals: Option<Vec<Signal>>,
    min_level: Option<u8>,
    max_level: Option<u8>,
    action: Action,
    queue: Option<Queue>,
    path: Path,
    #[serde(default)]
    protect_agent: bool,
    #[serde(default)]
    #[expect(dead_code, reason = "notes are for the readers of the file")]
    note: String,
}

impl Rule {
    fn holds(&self, level: Level, signals: SignalSet) -> bool {
        let set = |list: &Vec<Signal>| list.iter().copied().collect::<SignalSet>();
        self.any_signal.as_ref().is_none_or(|any| set(any).intersects(signals))
            && self.all_signals.as_ref().is_none_or(|all| signals.includes(set(all)))
            && self.min_level.is_none_or(|min| level.number() >= min)
            && self.max_level.is_none_or(|max| level.number() <= max)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignalRow {
    name: String,
    #[expect(
        dead_code,
        reason = "tells readers of the file which procedure the signal belongs to"
    )]
    path: Path,
    dimension: Option<Dimension>,
    #[expect(dead_code, reason = "tells readers of the file where the signal alone would go")]
    queue: Queue,
    reason_priority: u32,
    /// Whether a classifier cannot take back what the lexicon found.
    #[serde(default)]
    hard: bool,
}

/// A rule that can never apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IdleRule<'p> {
    pub(super) id: &'p str,
    pub(super) offset: usize,
    /// A rule that holds first; none where its own bounds leave no level.
    pub(super) first: Option<&'p str>,
}

/// The decision policy.
#[derive(Debug, Clone)]
pub struct Policy {
    rules: Vec<Located<Rule>>,
    signals: BTreeMap<Signal, SignalRow>,
    fingerprint: String,
}

impl Policy {
    /// Reads the policy of a lexicon folder.
    pub fn load(resources: &Resources, problems: &mut Diagnostics) -> Option<Self> {
        let Some(file) = resources.get(POLICY_FILE) else {
            problems.push(missing(POLICY_FILE));
            return None;
        };
        let mut root = read_root(file, problems);
        let rules = root.take_array::<Rule>("rule", problems);
        let rows = root.take::<BTreeMap<Signal, SignalRow>>("signal", problems);
        root.finish("[[rule]] and [signal.<code>] tables", problems);
        let catch_all = rules.last().is_some_and(|rule| {
            let rule = &rule.value;
            let free = rule.any_signal.is_none() && rule.all_signals.is_none();
            free && rule.min_level.is_none() && rule.max_level.is_none()
        });
        if !catch_all {
            problems.push(file.diagnostic(
                Severity::Error,
                "L012",
                rules.last().map_or(0, |rule| rule.offset),
                "the last rule does not hold for every message",
                "end the list with a rule that has no condition",
            ));
        }
        for rule in &rules {
            if rule.value.any_signal.as_ref().is_some_and(Vec::is_empty) {
                problems.push(file.diagnostic(
                    Severity::Error,
                    "L012",
                    rule.offset,
                    format!(
                        "rule {}: any_signal names no signal, so it never holds",
                        rule.value.id
                    ),
                    "name signals, or take the line out",
                ));
            }
            if rule.value.action.is_escalation() && rule.value.queue.is_none() {
                problems.push(file.diagnostic(
                    Severity::Error,
                    "L012",
                    rule.offset,
                    format!("rule {}: {} needs a queue", rule.value.id, rule.value.action),
                    "add queue = \"…\"",
                ));
            }
        }
        let (offset, signals) = rows.map_or((0, BTreeMap::new()), |rows| (rows.offset, rows.value));
        for signal in Signal::ALL.iter().filter(|signal| !signals.contains_key(signal)) {
            problems.push(file.diagnostic(
                Severity::Error,
                "L012",
                offset,
                format!("no table for the signal {signal}"),
                format!("add [signal.{signal}]"),
            ));
        }
        Some(Self {
            rules,
            signals,
            fingerprint: resources.fingerprint(|path| {
                path == POLICY_FILE || path == SCORING_FILE || path.starts_with(PHRASES)
            }),
        })
    }

    /// Hash of the policy, scoring and phrase files.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The procedures that the rules lead to, and where in the policy file.
    pub(super) fn paths(&self) -> impl Iterator<Item = (Path, usize)> {
        self.rules.iter().map(|rule| (rule.value.path, rule.offset))
    }

    /// The rules that can never apply: for each level in their range and each smallest set of signals
    /// that they ask for, an earlier rule holds. Conditions only ever ask for more signals, so that
    /// what holds for a smallest set holds for every larger one.
    pub(super) fn idle_rules(&self) -> Vec<IdleRule<'_>> {
        let mut idle = Vec::new();
        for (index, Located { offset, value: rule }) in self.rules.iter().enumerate() {
            let earlier = self.rules.get(..index).unwrap_or_default();
            let all: SignalSet = rule.all_signals.iter().flatten().copied().collect();
            let smallest: Vec<SignalSet> = match &rule.any_signal {
                Some(any) => any.iter().map(|one| all.iter().chain([*one]).collect()).collect(),
                None => vec![all],
            };
            let occasions = Level::ALL
                .iter()
                .flat_map(|level| smallest.iter().map(move |signals| (*level, *signals)));
            let mut first = None;
            let applies = occasions.filter(|(level, signals)| rule.holds(*level, *signals)).any(
                |(level, signals)| {
                    let before = earlier.iter().find(|rule| rule.value.holds(level, signals));
                    first = first.or(before.map(|rule| rule.value.id.as_str()));
                    before.is_none()
                },
            );
            if !applies {
                idle.push(IdleRule { id: &rule.id, offset: *offset, first });
            }
        }
        idle
    }

    /// The Korean name of a signal.
    pub fn signal_name(&self, signal: Signal) -> &str {
        self.signals.get(&signal).map_or(signal.code(), |row| &row.name)
    }

    /// Whether a classifier cannot take back the signal where the lexicon found it.
    pub(super) fn is_hard(&self, signal: Signal) -> bool {
        self.signals.get(&signal).is_some_and(|row| row.hard)
    }

    /// Decides on a message of that level with those signals.
    pub fn decide(&self, level: Level, signals: SignalSet) -> Decision {
        let rule = self.rules.iter().find(|rule| rule.value.holds(level, signals));
        let Some(Located { value: rule, .. }) = rule else {
            // Loading refuses a policy whose last rule has conditions.
            return Decision {
                action: Action::None,
                path: Path::None,
                rule: String::new(),
                reasons: Vec::new(),
                escalation: None,
            };
        };
        let escalation = rule
            .queue
            .filter(|_| rule.action.is_escalation())
            .map(|queue| Escalation { queue, protect_agent: rule.protect_agent });
        Decision {
            action: rule.action,
            path: rule.path,
            rule: rule.id.clone(),
            reasons: self.reasons(rule, signals),
            escalation,
        }
    }

    /// The signals in the order of their weight as reasons: those the rule asks for first.
    fn reasons(&self, rule: &Rule, signals: SignalSet) -> Vec<Signal> {
        let asked = |signal: &Signal| {
            let any = rule.any_signal.iter().flatten();
            any.chain(rule.all_signals.iter().flatten()).any(|named| named == signal)
        };
        let mut reasons: Vec<Signal> =
            signals.iter().filter(|signal| *signal != Signal::Gratitude).collect();
        reasons.sort_by_key(|signal| {
            (!asked(signal), self.signals.get(signal).map_or(u32::MAX, |row| row.reason_priority))
        });
        reasons
    }

    /// The customer effort that signals of those probabilities show.
    pub fn effort(&self, signals: impl IntoIterator<Item = (Signal, f64)>) -> Effort {
        let mut effort = Effort::default();
        for (signal, probability) in signals {
            if let Some(dimension) = self.signals.get(&signal).and_then(|row| row.dimension) {
                effort.raise(dimension, probability);
            }
        }
        effort
    }
}

/// The finding that a file is missing from a lexicon folder.
pub(super) fn missing(file: &str) -> Diagnostic {
    Diagnostic {
        code: "L004",
        severity: Severity::Error,
        file: file.to_owned(),
        line: 1,
        column: 1,
        message: "the file is missing".to_owned(),
        help: "copy it from the default lexicons and change what you need".to_owned(),
    }
}
