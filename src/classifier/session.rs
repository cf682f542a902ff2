//! One thread's copy of a model, ready to run.

use super::Classifier;
use super::contract::Contract;
use super::encoder::{Encoded, Encoder};
use super::verdict::Verdict;
use ort::value::{Outlet, TensorElementType, TensorRef, ValueType};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// A harmless text that every model must be able to read.
const TRIAL: &str = "안녕하세요 확인 부탁드려요";

/// What exporters call the output.
const LOGITS: &str = "logits";

/// Why a model cannot judge. Never shows a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClassifierError {
    /// The graph cannot be loaded.
    #[error("model.onnx cannot be loaded: {0}")]
    Graph(String),
    /// An input or the output is of another type of number.
    #[error("model.onnx has `{name}` of type {found}, wanted is {wanted}")]
    Type {
        /// The input or output.
        name: String,
        /// Its type.
        found: String,
        /// The type that is wanted.
        wanted: &'static str,
    },
    /// The graph wants an input that a tokenizer does not give.
    #[error(
        "model.onnx wants the input `{0}`; known are input_ids, attention_mask and token_type_ids"
    )]
    Input(String),
    /// The graph does not take the ids of the text.
    #[error("model.onnx has no input named input_ids; export it as a text-classification model")]
    NoInput,
    /// The graph failed.
    #[error("model.onnx cannot be run: {0}")]
    Run(String),
    /// The output does not fit the labels.
    #[error("model.onnx gives {found} where config.json names {wanted} labels")]
    Output {
        /// The shape that came out.
        found: String,
        /// How many labels there are.
        wanted: usize,
    },
    /// The output is not a number.
    #[error("model.onnx gives figures that are not finite")]
    NotFinite,
    /// The tokenizer or the runtime panicked.
    #[error("the tokenizer or the runtime panicked")]
    Panicked,
    /// The tokenizer gives nothing for a text.
    #[error("tokenizer.json cannot encode a text")]
    Encode,
}

/// The inputs that graphs ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Ids,
    Mask,
    Types,
}

/// One thread's copy of a model.
pub struct Session {
    inner: ort::session::Session,
    inputs: Vec<Input>,
    encoder: Arc<Encoder>,
    encoded: Encoded,
    contract: Arc<Contract>,
}

/// Whether a text has at least so many characters, white space around it aside.
pub(super) fn has_characters(text: &str, least: usize) -> bool {
    text.trim().chars().take(least).count() == least
}

fn is_tensor_of(found: &ValueType, wanted: TensorElementType) -> bool {
    found.tensor_type() == Some(wanted)
}

fn wrong_type(outlet: &Outlet, wanted: &'static str) -> ClassifierError {
    let found =
        outlet.dtype().tensor_type().map_or_else(|| "no tensor".to_owned(), |one| one.to_string());
    ClassifierError::Type { name: outlet.name().to_owned(), found, wanted }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({})", self.contract.name())
    }
}

impl Session {
    pub(super) fn open(classifier: &Classifier) -> Result<Self, ClassifierError> {
        let inner = classifier
            .engine
            .load(&classifier.graph)
            .map_err(|error| ClassifierError::Graph(error.message().replace('\n', " ")))?;
        let mut inputs = Vec::new();
        for input in inner.inputs() {
            if !is_tensor_of(input.dtype(), TensorElementType::Int64) {
                return Err(wrong_type(input, "int64"));
            }
            inputs.push(match input.name() {
                "input_ids" => Input::Ids,
                "attention_mask" => Input::Mask,
                "token_type_ids" => Input::Types,
                other => return Err(ClassifierError::Input(other.to_owned())),
            });
        }
        let output = inner.outputs().iter().find(|output| output.name() == LOGITS);
        let output = output.or_else(|| inner.outputs().first());
        if let Some(output) =
            output.filter(|one| !is_tensor_of(one.dtype(), TensorElementType::Float32))
        {
            return Err(wrong_type(output, "float32"));
        }
        if !inputs.contains(&Input::Ids) {
            return Err(ClassifierError::NoInput);
        }
        let mut session = Self {
            inner,
            inputs,
            encoder: Arc::clone(&classifier.encoder),
            encoded: Encoded::default(),
            contract: Arc::clone(&classifier.contract),
        };
        session.classify(TRIAL)?;
        if !classifier.proven.load(Ordering::Acquire) {
            session.run_extremes()?;
            classifier.proven.store(true, Ordering::Release);
        }
        Ok(session)
    }

    /// Judges one text.
    pub fn classify(&mut self, text: &str) -> Result<Verdict, ClassifierError> {
        self.encoder.encode(text, &mut self.encoded).map_err(|_| ClassifierError::Encode)?;
        let is_short = !has_characters(text, self.contract.denies_from());
        let verdict = self.run()?;
        Ok(Verdict { only_adds: is_short || self.encoded.cut, ..verdict })
    }

    /// Runs the graph on what is encoded.
    fn run(&mut self) -> Result<Verdict, ClassifierError> {
        // Errors of a runtime may quote shapes and names of the graph, never the text: it sees ids.
        let failed = |error: ort::Error| ClassifierError::Run(error.message().replace('\n', " "));
        let shape = [1, self.encoded.ids.len()];
        let mut values = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let row = match input {
                Input::Ids => &self.encoded.ids,
                Input::Mask => &self.encoded.mask,
                Input::Types => &self.encoded.types,
            };
            values.push(TensorRef::from_array_view((shape, row.as_slice())).map_err(failed)?);
        }
        let inputs: Vec<_> =
            values.into_iter().map(ort::session::SessionInputValue::from).collect();
        let outputs = self.inner.run(inputs.as_slice()).map_err(failed)?;
        // Exporters call it `logits`; where they do not, it is the first.
        let output =
            outputs.get(LOGITS).map_or_else(|| outputs.values().next(), |own| Some(own.view()));
        let Some(output) = output else {
            return Err(ClassifierError::Output {
                found: "nothing".to_owned(),
                wanted: self.contract.labels().len(),
            });
        };
        let (shape, logits) = output.try_extract_tensor::<f32>().map_err(failed)?;
        let wanted = self.contract.labels().len();
        if **shape != [1, i64::try_from(wanted).unwrap_or(i64::MAX)] {
            return Err(ClassifierError::Output {
                found: format!("a tensor of shape {shape:?}"),
                wanted,
            });
        }
        if logits.iter().any(|logit| !logit.is_finite()) {
            return Err(ClassifierError::NotFinite);
        }
        Ok(self.contract.heads().read(logits))
    }

    /// Runs the graph on one token, on the most tokens and on the last id of the vocabulary.
    fn run_extremes(&mut self) -> Result<(), ClassifierError> {
        let last = i64::from(self.encoder.vocabulary().saturating_sub(1));
        let most = self.contract.max_tokens();
        for (ids, what) in [
            (vec![0], "one token"),
            (vec![0; most], "the most tokens"),
            (vec![last], "the last id"),
        ] {
            self.encoded.mask = vec![1; ids.len()];
            self.encoded.types = vec![0; ids.len()];
            self.encoded.ids = ids;
            self.encoded.cut = false;
            self.run().map_err(|error| match error {
                ClassifierError::Run(why) => {
                    ClassifierError::Run(format!("{what} ({most}): {why}"))
                }
                other => other,
            })?;
        }
        Ok(())
    }
}
