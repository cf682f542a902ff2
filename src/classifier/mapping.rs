//! The tables of `nunchi.toml` as written, and the labels they name.
//!
//! Apart from the heads because finding names and telling what is wrong with them has nothing to
//! do with reading logits.

use super::heads::{Activation, FrustrationHead, Group, Heads, SentimentHead, SignalsHead};
use crate::domain::Signal;
use crate::resource::Located;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One label or several that mean the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Names {
    fn list(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

const fn no_temperature() -> f64 {
    1.0
}

/// `[frustration]` as written.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Frustration {
    /// Three labels, each the logit of "level at least k".
    Ordinal {
        labels: [String; 3],
        #[serde(default = "no_temperature")]
        temperature: f64,
        thresholds: [f64; 3],
    },
    /// One class a level, or for several levels; shares by softmax.
    Softmax {
        labels: LevelNames,
        #[serde(default = "no_temperature")]
        temperature: f64,
        thresholds: [f64; 3],
    },
    /// Labels of which each alone means frustration; the likeliest counts.
    Any {
        labels: Vec<String>,
        #[serde(default = "no_temperature")]
        temperature: f64,
        thresholds: [f64; 3],
        activation: Option<Activation>,
    },
}

/// The classes of the levels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelNames {
    none: Names,
    mild: Option<Names>,
    clear: Option<Names>,
    severe: Option<Names>,
}

/// `[sentiment]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentiment {
    #[serde(default)]
    kind: Option<Activation>,
    #[serde(default = "no_temperature")]
    temperature: f64,
    labels: SideNames,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SideNames {
    negative: Names,
    neutral: Option<Names>,
    positive: Names,
}

/// `[signals]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signals {
    #[serde(default)]
    kind: Option<Activation>,
    #[serde(default = "no_temperature")]
    temperature: f64,
    labels: BTreeMap<Signal, SignalLabel>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignalLabel {
    label: Names,
    threshold: f64,
}

/// The labels of a model by name.
pub(super) struct Labels<'l> {
    names: &'l [String],
    multi_label: bool,
}

impl<'l> Labels<'l> {
    pub(super) const fn new(names: &'l [String], multi_label: bool) -> Self {
        Self { names, multi_label }
    }

    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|label| label == name)
    }

    /// What to say of a name that is none, with the nearest one where there is one.
    pub(super) fn unknown(&self, name: &str) -> String {
        let folded = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
        let near = self.names.iter().find(|label| folded(label) == folded(name));
        if let Some(near) = near {
            format!("config.json has no label `{name}`; it has `{near}`")
        } else {
            let some: Vec<&str> = self.names.iter().take(8).map(String::as_str).collect();
            let more = if self.names.len() > some.len() { ", …" } else { "" };
            format!("config.json has no label `{name}`; it has {}{more}", some.join(", "))
        }
    }

    pub(super) const fn names(&self) -> &'l [String] {
        self.names
    }

    const fn activation(&self, given: Option<Activation>) -> Activation {
        match given {
            Some(given) => given,
            None if self.multi_label => Activation::Sigmoid,
            None => Activation::Softmax,
        }
    }
}

/// Finds the labels of all heads; what is wrong is told with the place of its table.
pub(super) fn resolve(
    labels: &Labels<'_>,
    frustration: Option<Located<Frustration>>,
    sentiment: Option<Located<Sentiment>>,
    signals: Option<Located<Signals>>,
    complain: &mut impl FnMut(usize, String, &str),
) -> Heads {
    let mut resolver = Resolver { labels, offset: 0, table: "", complain };
    Heads {
        frustration: frustration.map(|table| resolver.frustration(table)),
        sentiment: sentiment.map(|table| resolver.sentiment(table)),
        signals: signals.map(|table| resolver.signals(table)),
    }
}

/// Turns names into places and says what is wrong with them.
struct Resolver<'r, 'l, C> {
    labels: &'r Labels<'l>,
    offset: usize,
    table: &'static str,
    complain: &'r mut C,
}

impl<C: FnMut(usize, String, &str)> Resolver<'_, '_, C> {
    fn enter(&mut self, table: &'static str, offset: usize, temperature: f64) {
        (self.table, self.offset) = (table, offset);
        if !(temperature > 0.0 && temperature.is_finite()) {
            self.complain(format!("[{table}] temperature must be above 0"), "1.0 changes nothing");
        }
    }

    fn complain(&mut self, message: String, help: &str) {
        (self.complain)(self.offset, message, help);
    }

    fn group(&mut self, names: &[String]) -> Group {
        let mut group = Group::new();
        if names.is_empty() {
            let message = format!("[{}] an empty list of labels", self.table);
            self.complain(message, "name a label, or leave the key out");
        }
        for name in names {
            if let Some(index) = self.labels.index(name) {
                group.push(index);
            } else {
                let message = format!("[{}] {}", self.table, self.labels.unknown(name));
                self.complain(message, "write the label as id2label has it");
            }
        }
        group
    }

    /// Labels of classes that exclude each other must differ.
    fn distinct(&mut self, groups: &[&Group]) {
        let all: Vec<usize> = groups.iter().flat_map(|group| group.iter().copied()).collect();
        let twice = all.iter().find(|one| all.iter().filter(|other| other == one).count() > 1);
        if let Some(label) = twice.and_then(|index| self.labels.names().get(*index)) {
            let message = format!("[{}] the label `{label}` stands twice", self.table);
            self.complain(message, "one label means one thing in a head");
        }
    }

    fn optional(&mut self, names: Option<&Names>) -> Group {
        names.map(|names| self.group(names.list())).unwrap_or_default()
    }

    fn thresholds(&mut self, thresholds: &[f64]) {
        if thresholds.iter().any(|threshold| !(0.0 < *threshold && *threshold < 1.0)) {
            let message = format!("[{}] a threshold is a probability between 0 and 1", self.table);
            self.complain(message, "0.5 where nothing better is known");
        }
    }

    fn frustration(&mut self, table: Located<Frustration>) -> (FrustrationHead, f64, [f64; 3]) {
        let Located { offset, value } = table;
        let (Frustration::Ordinal { temperature, thresholds, .. }
        | Frustration::Softmax { temperature, thresholds, .. }
        | Frustration::Any { temperature, thresholds, .. }) = &value;
        let (temperature, thresholds) = (*temperature, *thresholds);
        self.enter("frustration", offset, temperature);
        self.thresholds(&thresholds);
        let head = match value {
            Frustration::Ordinal { labels, .. } => {
                let three =
                    labels.map(|label| self.group(&[label]).first().copied().unwrap_or_default());
                FrustrationHead::Ordinal(three)
            }
            Frustration::Softmax { labels, .. } => {
                let head = FrustrationHead::Levels {
                    none: self.group(labels.none.list()),
                    mild: self.optional(labels.mild.as_ref()),
                    clear: self.optional(labels.clear.as_ref()),
                    severe: self.optional(labels.severe.as_ref()),
                };
                if let FrustrationHead::Levels { none, mild, clear, severe } = &head {
                    self.distinct(&[none, mild, clear, severe]);
                }
                if labels.mild.is_none() && labels.clear.is_none() && labels.severe.is_none() {
                    let message = "[frustration] labels names no level but none".to_owned();
                    self.complain(message, "name the label of mild, clear or severe");
                }
                head
            }
            Frustration::Any { labels, activation, .. } => FrustrationHead::Any {
                group: self.group(&labels),
                activation: self.labels.activation(activation),
            },
        };
        (head, temperature, thresholds)
    }

    fn sentiment(&mut self, table: Located<Sentiment>) -> SentimentHead {
        let Sentiment { kind, temperature, labels } = table.value;
        self.enter("sentiment", table.offset, temperature);
        let sides = [
            self.group(labels.negative.list()),
            self.optional(labels.neutral.as_ref()),
            self.group(labels.positive.list()),
        ];
        let [negative, neutral, positive] = &sides;
        self.distinct(&[negative, neutral, positive]);
        SentimentHead { activation: self.labels.activation(kind), temperature, sides }
    }

    fn signals(&mut self, table: Located<Signals>) -> SignalsHead {
        let Signals { kind, temperature, labels } = table.value;
        self.enter("signals", table.offset, temperature);
        let mut groups = Vec::new();
        for (signal, SignalLabel { label, threshold }) in labels {
            self.thresholds(&[threshold]);
            groups.push((signal, self.group(label.list()), threshold));
        }
        SignalsHead { activation: self.labels.activation(kind), temperature, groups }
    }
}
