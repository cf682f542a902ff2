//! The second pair of eyes: a text classifier in the Hugging Face layout, run by ONNX.
//!
//! A [`Classifier`] is loaded once and shared; each thread that classifies owns a [`Session`].
//! What the labels of a model mean is data (`nunchi.toml`, read by [`Contract`]), so that any
//! fine-tuned model can take the place of the embedded one. Nothing here knows the lexicon: both
//! meet in the fusion.

mod check;
mod contract;
mod encoder;
mod folder;
mod fusion;
mod heads;
mod mapping;
mod runtime;
mod session;
mod verdict;

pub use check::{Facts, check};
pub use contract::Contract;
pub use folder::ModelFolder;
pub use fusion::{Fusion, LexiconLevels};
pub use runtime::{Runtime, RuntimeError};
pub use session::{ClassifierError, Session};
pub use verdict::Verdict;

use crate::resource::Diagnostics;
use encoder::Encoder;
use folder::Graph;
use runtime::Engine;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A model that is loaded: its contract, its tokenizer, its graph.
pub struct Classifier {
    contract: Arc<Contract>,
    encoder: Arc<Encoder>,
    graph: Graph,
    engine: Engine,
    version: String,
    /// Whether a session has run on the extremes of what may come.
    proven: AtomicBool,
}

impl std::fmt::Debug for Classifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, version) = (self.name(), self.version());
        write!(f, "Classifier({name}, {version})")
    }
}

impl Classifier {
    /// Reads a model folder. All that is wrong with its files is found at once; whether the graph
    /// runs shows when the first [`Session`] is opened.
    pub fn load(folder: &ModelFolder, runtime: &Runtime) -> Result<Self, LoadError> {
        Self::load_with(folder, runtime, &mut Diagnostics::default())
    }

    /// [`Self::load`], with the warnings.
    fn load_with(
        folder: &ModelFolder,
        runtime: &Runtime,
        warnings: &mut Diagnostics,
    ) -> Result<Self, LoadError> {
        let mut problems = Diagnostics::default();
        let contract = Contract::read(folder, &mut problems);
        let (limit, vocabulary) =
            contract.as_ref().map_or((contract::DEFAULT_TOKENS, usize::MAX), |contract| {
                (contract.max_tokens(), contract.vocabulary())
            });
        let encoder = Encoder::read(folder, limit, vocabulary, &mut problems);
        let graph = folder.graph(&mut problems);
        match (contract, encoder, graph, problems.has_errors()) {
            (Some(contract), Some(encoder), Some(graph), false) => {
                warnings.extend(problems.sorted());
                let engine = Engine::start(runtime)?;
                let (contract, encoder) = (Arc::new(contract), Arc::new(encoder));
                let version = folder.version();
                Ok(Self {
                    contract,
                    encoder,
                    graph,
                    engine,
                    version,
                    proven: AtomicBool::new(false),
                })
            }
            _ => Err(LoadError::Folder { folder: folder.name().to_owned(), problems }),
        }
    }

    /// Opens a session and compares what comes out with the contract; the first one runs on the
    /// extremes of what may come too, so that a model fails at the start and not in traffic.
    pub fn session(&self) -> Result<Session, ClassifierError> {
        Session::open(self)
    }

    /// The name of the model.
    pub fn name(&self) -> &str {
        self.contract.name()
    }

    /// `sha256:` and the first digits of the hash of its files.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether a text is long enough for it to say anything.
    pub fn reads(&self, text: &str) -> bool {
        session::has_characters(text, self.contract.min_characters())
    }

    /// How its verdict is fused with the evidence of the lexicon.
    pub fn fusion(&self) -> &Fusion {
        self.contract.fusion()
    }

    /// What runs it.
    pub const fn runtime(&self) -> &'static str {
        self.engine.name()
    }
}

/// Why a model cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// Its files have errors; all are listed.
    #[error("the model folder {folder} has errors:\n{problems}")]
    Folder {
        /// The folder.
        folder: String,
        /// What is wrong, file by file.
        problems: Diagnostics,
    },
    /// The runtime cannot be started.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
}
