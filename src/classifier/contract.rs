//! What a model folder promises: `config.json` names the logits, `nunchi.toml` says what they mean.

use super::folder::{CONFIG, CONTRACT, ModelFolder, finding};
use super::fusion::{Fusion, FusionTable};
use super::heads::Heads;
use super::mapping::{Frustration, Labels, Sentiment, Signals, resolve};
use crate::resource::{Diagnostic, Diagnostics, Severity, read_root};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Tokens that a text may have where the model does not say.
pub(super) const DEFAULT_TOKENS: usize = 512;

/// What we read of `config.json`; Hugging Face writes much more.
#[derive(Debug, Deserialize)]
struct Config {
    id2label: Option<BTreeMap<String, String>>,
    problem_type: Option<String>,
    max_position_embeddings: Option<usize>,
    vocab_size: Option<usize>,
    model_type: Option<String>,
    pad_token_id: Option<usize>,
}

/// What a model folder promises.
#[derive(Debug, Clone)]
pub struct Contract {
    name: String,
    labels: Vec<String>,
    max_tokens: usize,
    min_characters: usize,
    denies_from: usize,
    vocabulary: usize,
    heads: Heads,
    fusion: Fusion,
}

impl Contract {
    /// Reads both files; every finding goes to `problems`.
    pub(super) fn read(folder: &ModelFolder, problems: &mut Diagnostics) -> Option<Self> {
        let config = config(folder, problems);
        let file = folder.text(CONTRACT, problems);
        let (config, file) = (config?, file?);
        let labels = labels(&config, problems)?;
        let vocabulary = vocabulary(&config, problems)?;
        let mut found = Diagnostics::default();
        let mut root = read_root(&file, &mut found);
        let name = root.take::<String>("name", &mut found);
        let max_tokens = root.take::<usize>("max_tokens", &mut found);
        let min_characters = root.take::<usize>("min_characters", &mut found);
        let denies_from = root.take::<usize>("denies_from", &mut found);
        let ignored = root.take::<Vec<String>>("ignored", &mut found);
        let frustration = root.take::<Frustration>("frustration", &mut found);
        let sentiment = root.take::<Sentiment>("sentiment", &mut found);
        let signals = root.take::<Signals>("signals", &mut found);
        let fusion = root.take::<FusionTable>("fusion", &mut found);
        root.finish(
            "name, max_tokens, min_characters, denies_from, ignored, [frustration], [sentiment], [signals] and [fusion]",
            &mut found,
        );
        let broken = found.has_errors();
        problems.extend(found.sorted().into_iter().map(of_contract));
        if broken {
            return None;
        }
        let mut wrong = Vec::new();
        let mut complain = |offset: usize, message: String, help: &str| {
            wrong.push(file.diagnostic(Severity::Error, "M004", offset, message, help));
        };
        let default_kind = config.problem_type.as_deref() == Some("multi_label_classification");
        let names = Labels::new(&labels, default_kind);
        let heads = resolve(&names, frustration, sentiment, signals, &mut complain);
        let ignored = ignored.map(|ignored| ignored.value).unwrap_or_default();
        for label in ignored.iter().filter(|label| names.index(label).is_none()) {
            complain(0, format!("ignored: {}", names.unknown(label)), "take it out of the list");
        }
        if heads.is_empty() {
            complain(
                0,
                "no label is mapped to frustration, sentiment or a signal".to_owned(),
                "map at least one: docs/models.md shows a table for each kind of model",
            );
        }
        let place = fusion.as_ref().map_or(0, |fusion| fusion.offset);
        let resolved = heads.fusion(fusion.map(|fusion| fusion.value));
        if let Some(fault) = resolved.fault() {
            complain(place, format!("[fusion] {fault}"), "take the table as the training wrote it");
        }
        for signal in resolved.signals().filter(|signal| !heads.knows(*signal)) {
            let message = format!("[fusion.signals] {signal} is none of the model's signals");
            complain(place, message, "take the row out, or map the signal under [signals]");
        }
        let most = config.positions();
        let max_tokens = max_tokens.map_or(most.min(DEFAULT_TOKENS), |own| {
            if !(1..=most).contains(&own.value) {
                let message = format!("max_tokens goes from 1 to {most}, what the model takes");
                complain(own.offset, message, "leave it out to use all that the model takes");
            }
            own.value
        });
        let unused = heads.unused(&names, &ignored);
        problems.extend(wrong);
        if !unused.is_empty() {
            let message =
                format!("labels that are neither mapped nor ignored: {}", unused.join(", "));
            let help = "map them, or list them under `ignored` at the top of the file";
            problems.push(file.diagnostic(Severity::Warning, "M004", 0, message, help));
        }
        Some(Self {
            name: name.map_or_else(|| folder.name().to_owned(), |name| name.value),
            fusion: resolved,
            labels,
            max_tokens,
            min_characters: min_characters.map_or(1, |own| own.value),
            denies_from: denies_from.map_or(1, |own| own.value),
            vocabulary,
            heads,
        })
    }

    /// The name of the model.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tokens after which a text is cut.
    pub const fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    /// Characters below which a text is left to the lexicon.
    pub const fn min_characters(&self) -> usize {
        self.min_characters
    }

    /// Characters below which the model adds to what the lexicon found and takes nothing away.
    pub(super) const fn denies_from(&self) -> usize {
        self.denies_from
    }

    /// How many tokens the model embeds.
    pub(super) const fn vocabulary(&self) -> usize {
        self.vocabulary
    }

    /// The names of the logits, in their order.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What the logits mean.
    pub(super) const fn heads(&self) -> &Heads {
        &self.heads
    }

    /// How its verdict is fused with the evidence of the lexicon.
    pub const fn fusion(&self) -> &Fusion {
        &self.fusion
    }
}

/// Findings of the TOML reader, with the codes and the guide of models instead of those of lexicons.
fn of_contract(finding: Diagnostic) -> Diagnostic {
    let code = if matches!(finding.code, "L002" | "L020") { "M002" } else { "M003" };
    let help = if finding.help.contains("lexicons/README.md") {
        "docs/models.md shows what each table may hold".to_owned()
    } else {
        finding.help
    };
    Diagnostic { code, help, ..finding }
}

fn config(folder: &ModelFolder, problems: &mut Diagnostics) -> Option<Config> {
    let file = folder.text(CONFIG, problems)?;
    match serde_json::from_str(&file.text) {
        Ok(config) => Some(config),
        Err(error) => {
            let finding = finding(
                "M002",
                CONFIG,
                format!("not the configuration of a model: {error}"),
                "copy the config.json that was saved with the model",
            );
            problems.push(Diagnostic {
                line: error.line().max(1),
                column: error.column().max(1),
                ..finding
            });
            None
        }
    }
}

/// Kinds of model that count positions from behind the padding token.
const OFFSET_POSITIONS: [&str; 6] =
    ["roberta", "camembert", "longformer", "mpnet", "data2vec-text", "ernie_m"];

impl Config {
    /// Tokens that the model has positions for.
    fn positions(&self) -> usize {
        let kind = self.model_type.as_deref().unwrap_or_default();
        let is_offset = OFFSET_POSITIONS.iter().any(|known| kind.contains(known));
        let offset = if is_offset { self.pad_token_id.unwrap_or(1) + 1 } else { 0 };
        self.max_position_embeddings.unwrap_or(DEFAULT_TOKENS).saturating_sub(offset).max(1)
    }
}

/// How many tokens the model embeds.
fn vocabulary(config: &Config, problems: &mut Diagnostics) -> Option<usize> {
    if config.vocab_size.is_none() {
        problems.push(finding(
            "M003",
            CONFIG,
            "vocab_size is missing, so nobody knows whether the tokenizer fits the model",
            "add the number of rows of the embedding table",
        ));
    }
    config.vocab_size
}

/// The names of the logits; ids must run from 0 without a gap.
fn labels(config: &Config, problems: &mut Diagnostics) -> Option<Vec<String>> {
    let mut refuse = |message: &str| {
        let help = "set model.config.id2label before the model is saved, such as {0: \"calm\", 1: \"angry\"}";
        problems.push(finding("M003", CONFIG, message, help));
    };
    let Some(names) = config.id2label.as_ref().filter(|names| !names.is_empty()) else {
        refuse("id2label is missing, so nobody knows what the logits are");
        return None;
    };
    let labels: Option<Vec<String>> =
        (0..names.len()).map(|id| names.get(&id.to_string()).cloned()).collect();
    if labels.is_none() {
        refuse("the ids of id2label do not run from 0 without a gap");
    }
    let twice = labels
        .iter()
        .flatten()
        .find(|label| labels.iter().flatten().filter(|other| other == label).count() > 1);
    if let Some(label) = twice {
        refuse(&format!("id2label has the label `{label}` twice"));
        return None;
    }
    labels
}
