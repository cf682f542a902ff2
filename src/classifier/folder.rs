//! The files of a model: those built into the program, or a folder given at run time.

use crate::resource::{Diagnostic, Diagnostics, Severity, SourceFile};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The graph.
pub(super) const GRAPH: &str = "model.onnx";
/// The tokenizer.
pub(super) const TOKENIZER: &str = "tokenizer.json";
/// The configuration of the model.
pub(super) const CONFIG: &str = "config.json";
/// What its labels mean.
pub(super) const CONTRACT: &str = "nunchi.toml";
/// Checksums of the files, as `sha256sum` writes them; optional.
pub(super) const CHECKSUMS: &str = "SHA256SUMS";

#[derive(rust_embed::RustEmbed)]
#[folder = "models/nunchi-small/"]
#[include = "model.onnx"]
#[include = "tokenizer.json"]
#[include = "config.json"]
#[include = "nunchi.toml"]
struct Embedded;

/// Where the graph is; a large one is not kept in memory beside the sessions.
#[derive(Clone)]
pub(super) enum Graph {
    /// In the program.
    Embedded(Cow<'static, [u8]>),
    /// In a file, with its external data beside it.
    File(PathBuf),
}

/// The files of a model.
pub struct ModelFolder {
    name: String,
    dir: Option<PathBuf>,
    /// The small files: everything but the graph.
    files: BTreeMap<&'static str, Result<Cow<'static, [u8]>, std::io::Error>>,
}

impl ModelFolder {
    /// The model built into the program.
    pub fn embedded() -> Self {
        let read = |name| Embedded::get(name).map(|file| file.data);
        let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
        let files = [TOKENIZER, CONFIG, CONTRACT]
            .map(|name| (name, read(name).ok_or_else(missing)))
            .into_iter()
            .collect();
        Self { name: "nunchi-small (embedded)".to_owned(), dir: None, files }
    }

    /// A folder. What cannot be read is reported when it is needed.
    pub fn from_dir(dir: &Path) -> Self {
        let read = |name: &str| std::fs::read(dir.join(name)).map(Cow::Owned);
        let files = [TOKENIZER, CONFIG, CONTRACT, CHECKSUMS].map(|name| (name, read(name)));
        let name = dir.display().to_string();
        Self { name, dir: Some(dir.to_owned()), files: files.into_iter().collect() }
    }

    /// What the folder is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The graph.
    pub(super) fn graph(&self, problems: &mut Diagnostics) -> Option<Graph> {
        let Some(dir) = &self.dir else {
            return Embedded::get(GRAPH).map(|file| Graph::Embedded(file.data));
        };
        if !dir.is_dir() {
            let help = "name the folder that holds model.onnx, tokenizer.json, config.json and nunchi.toml";
            let message = "no such folder";
            problems
                .push(Diagnostic { file: self.name.clone(), ..finding("M001", "", message, help) });
            return None;
        }
        let path = dir.join(GRAPH);
        match std::fs::File::open(&path) {
            Ok(_) => Some(Graph::File(path)),
            Err(error) => {
                problems.push(unreadable(GRAPH, &error));
                None
            }
        }
    }

    /// A file as bytes.
    pub(super) fn bytes(&self, name: &str, problems: &mut Diagnostics) -> Option<&[u8]> {
        match self.files.get(name) {
            Some(Ok(bytes)) => Some(bytes),
            // That the folder is none is said once, where the graph is looked for.
            Some(Err(_)) if self.dir.as_ref().is_some_and(|dir| !dir.is_dir()) => None,
            Some(Err(error)) => {
                problems.push(unreadable(name, error));
                None
            }
            None => None,
        }
    }

    /// A file as text.
    pub(super) fn text(&self, name: &str, problems: &mut Diagnostics) -> Option<SourceFile> {
        let bytes = self.bytes(name, problems)?;
        if let Ok(text) = std::str::from_utf8(bytes) {
            Some(SourceFile { path: name.to_owned(), text: text.to_owned() })
        } else {
            problems.push(finding("M001", name, "the file is not UTF-8 text", "save it as UTF-8"));
            None
        }
    }

    /// The checksums that the folder brings, where it does: file and hexadecimal SHA-256.
    pub(super) fn checksums(&self) -> Vec<(String, String)> {
        let Some(Ok(bytes)) = self.files.get(CHECKSUMS) else { return Vec::new() };
        String::from_utf8_lossy(bytes)
            .lines()
            .filter_map(|line| line.split_once(char::is_whitespace))
            .map(|(sum, name)| (name.trim_start_matches([' ', '*']).to_owned(), sum.to_owned()))
            .collect()
    }

    /// The SHA-256 of a file of the folder, in hexadecimal.
    pub(super) fn digest(&self, name: &str) -> std::io::Result<String> {
        let bytes = match (&self.dir, Embedded::get(name)) {
            (Some(dir), _) => Cow::Owned(std::fs::read(dir.join(name))?),
            (None, Some(file)) => file.data,
            (None, None) => return Err(std::io::ErrorKind::NotFound.into()),
        };
        Ok(Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
            // Writing into a String cannot fail.
            _ = write!(hex, "{byte:02x}");
            hex
        }))
    }

    /// `sha256:` and the first digits of the hash of contract, tokenizer and graph. Weights in a
    /// file beside the graph count by name and size: they can be many gigabytes.
    pub(super) fn version(&self) -> String {
        let mut hasher = Sha256::new();
        for name in [CONFIG, CONTRACT, TOKENIZER, GRAPH] {
            hasher.update(self.digest(name).unwrap_or_else(|_| format!("{name} is gone")));
        }
        for (name, size) in self.external_data() {
            hasher.update(format!("{name} {size}"));
        }
        let digest = hasher.finalize();
        let first = digest.iter().take(8).fold(0_u64, |hash, byte| (hash << 8) | u64::from(*byte));
        format!("sha256:{first:016x}")
    }

    /// Files with weights beside the graph, with their sizes.
    fn external_data(&self) -> BTreeMap<String, u64> {
        let Some(files) = self.dir.as_ref().and_then(|dir| std::fs::read_dir(dir).ok()) else {
            return BTreeMap::new();
        };
        files
            .flatten()
            .filter_map(|file| {
                let name = file.file_name().into_string().ok()?;
                let is_data = name.ends_with("_data")
                    || Path::new(&name).extension().is_some_and(|end| end == "data");
                is_data.then_some((name, file.metadata().ok()?.len()))
            })
            .collect()
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    let (message, help) = if error.kind() == std::io::ErrorKind::NotFound {
        let help = match name {
            GRAPH => "export the model with `optimum-cli export onnx --task text-classification`",
            TOKENIZER => {
                "save the fast tokenizer: AutoTokenizer.from_pretrained(…).save_pretrained(DIR)"
            }
            CONFIG => "copy the config.json that was saved with the model",
            _ => "write it: docs/models.md shows one for each kind of model",
        };
        ("the file is missing".to_owned(), help)
    } else {
        (format!("the file cannot be read: {error}"), "check its permissions")
    };
    finding("M001", name, message, help)
}

/// A finding about a file as a whole.
pub(super) fn finding(
    code: &'static str,
    file: &str,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        code,
        severity: Severity::Error,
        file: file.to_owned(),
        line: 1,
        column: 1,
        message: message.into(),
        help: help.into(),
    }
}
