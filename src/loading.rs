//! From settings to an analyzer that is ready: what the service and the commands load, the same way.

use crate::analysis::{Analyzer, Consult};
use crate::classifier::{Classifier, LoadError, ModelFolder, Runtime};
use crate::resource::{Diagnostics, Resources, ResourcesError};
use crate::settings::{ClassifierMode, ClassifierSettings, Settings};
use std::sync::Arc;

/// Why the analyzer cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadingError {
    /// The lexicon folder cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ResourcesError),
    /// The lexicons have errors; all are listed.
    #[error("the lexicons have errors:\n{0}")]
    Lexicons(Diagnostics),
    /// The classifier cannot be loaded.
    #[error("the classifier cannot be loaded: {0}")]
    // Not a source: what is said once need not be said again along the chain.
    Classifier(LoadError),
}

/// The lexicon files that the settings name.
pub fn resources(settings: &Settings) -> Result<Resources, ResourcesError> {
    match &settings.lexicons.dir {
        Some(folder) => Resources::from_dir(folder),
        None => Ok(Resources::embedded()),
    }
}

/// The analyzer that the settings describe, with its classifier unless that is off.
pub fn analyzer(settings: &Settings) -> Result<Analyzer, LoadingError> {
    let analyzer = Analyzer::build(&resources(settings)?).map_err(LoadingError::Lexicons)?;
    let consult = match settings.classifier.mode {
        ClassifierMode::Off => return Ok(analyzer),
        ClassifierMode::Always => Consult::Always,
        ClassifierMode::Uncertain => {
            let (from, to) = settings.classifier.doubt;
            Consult::Uncertain { from, to }
        }
    };
    let folder = model_folder(&settings.classifier);
    let classifier = Classifier::load(&folder, &runtime(&settings.classifier))
        .map_err(LoadingError::Classifier)?;
    Ok(analyzer.with_classifier(Arc::new(classifier), consult))
}

/// The model that the settings name.
pub fn model_folder(settings: &ClassifierSettings) -> ModelFolder {
    settings.dir.as_deref().map_or_else(ModelFolder::embedded, ModelFolder::from_dir)
}

/// What runs it.
pub fn runtime(settings: &ClassifierSettings) -> Runtime {
    settings.onnxruntime.clone().map_or(Runtime::Tract, Runtime::OnnxRuntime)
}
