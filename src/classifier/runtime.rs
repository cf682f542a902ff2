//! What runs a graph: tract, built in, or a libonnxruntime of the operator.
//!
//! One program speaks one interface to both (`ort`), and the choice holds for the whole process:
//! the first [`Engine`] that starts makes it.

use super::folder::Graph;
use ort::environment::Environment;
use ort::logging::LogLevel;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use std::path::PathBuf;
use std::sync::Mutex;

/// Which runtime to use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Runtime {
    /// tract, pure Rust, built in.
    #[default]
    Tract,
    /// A shared library of ONNX Runtime, 1.24 or later.
    OnnxRuntime(PathBuf),
}

impl std::fmt::Display for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tract => f.write_str("the embedded runtime"),
            Self::OnnxRuntime(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Why a runtime cannot be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuntimeError {
    /// The library cannot be used.
    #[error(
        "cannot use {} as ONNX Runtime: {reason}; name a libonnxruntime of version 1.24 or later \
         (the Python package onnxruntime has one in onnxruntime/capi), or none for the embedded runtime",
        path.display()
    )]
    Library {
        /// The library.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The process runs another runtime already.
    #[error("this process runs {running} already and cannot run {wanted} beside it")]
    Taken {
        /// The one that runs.
        running: Runtime,
        /// The one asked for.
        wanted: Runtime,
    },
    /// The embedded runtime cannot be started.
    #[error("the embedded runtime cannot start: {0}")]
    Embedded(String),
}

/// A runtime that has started.
#[derive(Clone)]
pub(super) struct Engine {
    environment: Environment,
    name: &'static str,
}

/// The runtime of this process, once one has started.
static RUNNING: Mutex<Option<(Runtime, Environment)>> = Mutex::new(None);

impl Engine {
    /// Starts the runtime, or joins it where it runs already.
    pub(super) fn start(runtime: &Runtime) -> Result<Self, RuntimeError> {
        let name = match runtime {
            Runtime::Tract => "tract",
            Runtime::OnnxRuntime(_) => "onnxruntime",
        };
        // Starting cannot leave the value half-written, so a poisoned lock is as good as any.
        let mut running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((started, environment)) = running.as_ref() {
            if started != runtime {
                let (running, wanted) = (started.clone(), runtime.clone());
                return Err(RuntimeError::Taken { running, wanted });
            }
            return Ok(Self { environment: environment.clone(), name });
        }
        let environment = match runtime {
            Runtime::Tract => {
                ort::set_api(ort_tract::api());
                ort::init().build().map_err(|error| RuntimeError::Embedded(error.to_string()))?
            }
            Runtime::OnnxRuntime(path) => {
                let failed = |reason: String| RuntimeError::Library { path: path.clone(), reason };
                // The loader of the library panics on a library without the symbols it needs.
                let loaded = std::panic::catch_unwind(|| ort::init_from(path));
                let builder = loaded
                    .map_err(|_| failed("it is no ONNX Runtime".to_owned()))?
                    .map_err(|error| failed(error.to_string()))?;
                let environment = builder.build().map_err(|error| failed(error.to_string()))?;
                // Its own lines would break our log and show the token ids of a text.
                environment.set_log_level(LogLevel::Fatal);
                environment
            }
        };
        *running = Some((runtime.clone(), environment.clone()));
        Ok(Self { environment, name })
    }

    pub(super) const fn name(&self) -> &'static str {
        self.name
    }

    /// Loads a graph; one thread is enough for one message.
    pub(super) fn load(&self, graph: &Graph) -> Result<Session, ort::Error> {
        let mut builder = Session::builder(&self.environment)?
            .with_optimization_level(GraphOptimizationLevel::All)?
            .with_intra_threads(1)?;
        match graph {
            Graph::Embedded(bytes) => builder.commit_from_memory(bytes),
            Graph::File(path) => builder.commit_from_file(path),
        }
    }
}
