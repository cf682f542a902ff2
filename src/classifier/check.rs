//! `nunchi model check`: everything that is wrong with a model folder, and how to mend it.

use super::folder::{CHECKSUMS, GRAPH, ModelFolder, TOKENIZER, finding};
use super::runtime::Runtime;
use super::session::{ClassifierError, Session};
use super::{Classifier, LoadError, RuntimeError};
use crate::resource::{Diagnostic, Diagnostics};
use std::time::{Duration, Instant};

/// Messages that a customer might send, from calm to furious.
const SAMPLES: [&str; 3] = [
    "배송지 변경하고 싶어요",
    "아직 안 왔는데 언제쯤 오나요ㅠㅠ",
    "몇 번을 말해야 합니까 진짜 짜증나네",
];
/// How often each is classified to measure the time.
const ROUNDS: usize = 20;

/// What a model folder is, once it is found sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Its name.
    pub name: String,
    /// Hash of its files.
    pub version: String,
    /// What runs it.
    pub runtime: &'static str,
    /// Logits.
    pub labels: usize,
    /// Tokens of its vocabulary.
    pub vocabulary: u32,
    /// Tokens after which a text is cut.
    pub max_tokens: usize,
    /// Time to open a session.
    pub opening: Duration,
    /// Median time of one short message on one thread.
    pub median: Duration,
}

/// Looks at every file and runs the model. Warnings may stand beside facts; errors never do.
pub fn check(
    folder: &ModelFolder,
    runtime: &Runtime,
) -> Result<(Option<Facts>, Vec<Diagnostic>), RuntimeError> {
    let mut problems = Diagnostics::default();
    compare_checksums(folder, &mut problems);
    let loaded = Classifier::load_with(folder, runtime, &mut problems);
    let classifier = match loaded {
        Ok(classifier) => classifier,
        Err(LoadError::Folder { problems: found, .. }) => {
            problems.extend(found.sorted());
            return Ok((None, problems.sorted()));
        }
        Err(LoadError::Runtime(error)) => return Err(error),
    };
    let begin = Instant::now();
    let mut session = match classifier.session() {
        Ok(session) => session,
        Err(error) => {
            problems.push(explained(&error));
            return Ok((None, problems.sorted()));
        }
    };
    let opening = begin.elapsed();
    let median = match median(&mut session) {
        Ok(median) => median,
        Err(error) => {
            problems.push(explained(&error));
            Duration::ZERO
        }
    };
    let facts = (!problems.has_errors()).then(|| Facts {
        name: classifier.name().to_owned(),
        version: classifier.version().to_owned(),
        runtime: classifier.runtime(),
        labels: classifier.contract.labels().len(),
        vocabulary: classifier.encoder.vocabulary(),
        max_tokens: classifier.contract.max_tokens(),
        opening,
        median,
    });
    Ok((facts, problems.sorted()))
}

/// The finding that tells of a failure of the graph.
fn explained(error: &ClassifierError) -> Diagnostic {
    let (code, file, help) = match error {
        ClassifierError::Graph(_) => (
            "M006",
            GRAPH,
            "export it again with the standard operators of ONNX; a file that was cut in transfer is refused too",
        ),
        ClassifierError::Type { .. } => (
            "M007",
            GRAPH,
            "export it with int64 inputs and a float32 output, without half precision",
        ),
        ClassifierError::Input(_) | ClassifierError::NoInput => {
            ("M007", GRAPH, "export it with `optimum-cli export onnx --task text-classification`")
        }
        ClassifierError::Output { .. } | ClassifierError::NotFinite => (
            "M008",
            GRAPH,
            "the output `logits` must be [batch, labels] of finite float32; compare id2label with the trained head",
        ),
        ClassifierError::Run(_) | ClassifierError::Panicked => {
            ("M009", GRAPH, "export it with dynamic axes for batch and sequence, as optimum does")
        }
        ClassifierError::Encode => {
            ("M005", TOKENIZER, "save the fast tokenizer of this very model again")
        }
    };
    finding(code, file, error.to_string(), help)
}

fn median(session: &mut Session) -> Result<Duration, ClassifierError> {
    let mut times = Vec::with_capacity(ROUNDS * SAMPLES.len());
    for text in SAMPLES.iter().cycle().take(ROUNDS * SAMPLES.len()) {
        let begin = Instant::now();
        session.classify(text)?;
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

/// A folder with checksums must have the files that were summed.
fn compare_checksums(folder: &ModelFolder, problems: &mut Diagnostics) {
    // `sha256sum *` sums the sums of last time too.
    for (file, sum) in folder.checksums().into_iter().filter(|(file, _)| file != CHECKSUMS) {
        match folder.digest(&file) {
            Ok(digest) if digest.eq_ignore_ascii_case(&sum) => {}
            Ok(_) => problems.push(finding(
                "M011",
                &file,
                format!("the file is not the one that {CHECKSUMS} was made of"),
                format!("copy it again; after a change of your own, write {CHECKSUMS} anew with sha256sum"),
            )),
            Err(error) => problems.push(finding(
                "M011",
                &file,
                format!("{CHECKSUMS} names it, and it cannot be read: {error}"),
                "copy it again",
            )),
        }
    }
}
