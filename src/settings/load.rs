//! The layers of settings: which source says what, and what is wrong with any of it.
//!
//! Each layer is parsed on its own and taken apart into dotted keys, so that a broken file hides
//! no mistake in the environment and each problem names the source that made it.

use super::Settings;
use super::raw::{Entries, Given, Origin, read};
use config::{Environment, File, FileFormat, Map, Source, Value, ValueKind};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The reference of all keys, built in.
const DEFAULTS: &str = include_str!("../../config/default.toml");
/// What the names of our environment variables begin with.
const PREFIX: &str = "NUNCHI";
/// The sections; a variable such as `NUNCHI_SERVER_PORT` is taken for a slip of one of them.
const SECTIONS: [&str; 7] =
    ["server", "limits", "access", "lexicons", "classifier", "feedback", "log"];
/// The variable by which programs that use ONNX Runtime are told where it is.
const ONNXRUNTIME: &str = "ORT_DYLIB_PATH";

/// Where settings come from, besides the defaults.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `--config FILE`.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: BTreeMap<String, String>,
    /// The flags.
    pub flags: Overrides,
}

impl Sources {
    /// A file, the environment of this process and flags.
    pub fn of_process(file: Option<PathBuf>, flags: Overrides) -> Self {
        // Names and values that are not UTF-8 cannot be ours.
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Self { file, environment: environment.collect(), flags }
    }
}

/// Settings given as flags; they win over everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--host`.
    pub host: Option<String>,
    /// `--port`.
    pub port: Option<u16>,
    /// `--lexicons`.
    pub lexicons: Option<PathBuf>,
    /// `--model`.
    pub model: Option<PathBuf>,
    /// `--classifier`.
    pub classifier: Option<String>,
}

/// One thing that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key, such as `server.port`; empty where a whole source is unreadable.
    pub key: String,
    /// The value as given; none where the key itself is the problem.
    pub value: Option<String>,
    /// The source that said it.
    pub source: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.source)?;
        if !self.key.is_empty() {
            write!(f, "{}", self.key)?;
            if let Some(value) = &self.value {
                write!(f, " = {value}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

/// Everything that is wrong with the settings, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The problems, source by source.
    pub problems: Vec<Problem>,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings have {} problem(s)", self.problems.len())?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

/// Reads all layers and validates what they say together.
pub fn load(sources: Sources) -> Result<Settings, SettingsError> {
    let mut problems = Vec::new();
    let mut entries = Entries::default();
    let defaults = File::from_str(DEFAULTS, FileFormat::Toml);
    collect(&defaults, &Origin::Default, &mut entries, &mut problems);
    if let Some(path) = sources.file {
        let file = File::from(path.clone()).format(FileFormat::Toml);
        collect(&file, &Origin::File(path), &mut entries, &mut problems);
    }
    let onnxruntime = sources.environment.get(ONNXRUNTIME).filter(|path| !path.is_empty()).cloned();
    let (ours, slips) = our_variables(sources.environment);
    problems.extend(slips);
    let environment = Environment::with_prefix(PREFIX)
        .prefix_separator("_")
        .separator("__")
        .ignore_empty(true)
        .source(Some(ours));
    collect(&environment, &Origin::Environment, &mut entries, &mut problems);
    apply(sources.flags, &mut entries);
    if let Some(path) = onnxruntime {
        // The variable is not ours alone, so any setting of ours goes before it.
        let given = Given { kind: ValueKind::String(path), origin: Origin::Variable(ONNXRUNTIME) };
        entries.insert_missing("classifier.onnxruntime", given);
    }
    let settings = read(&entries, &mut problems);
    settings.filter(|_| problems.is_empty()).ok_or(SettingsError { problems })
}

/// Adds what one source says, over what earlier ones said.
fn collect(
    source: &impl Source,
    origin: &Origin,
    entries: &mut Entries,
    problems: &mut Vec<Problem>,
) {
    match source.collect() {
        Ok(table) => flatten("", table, origin, entries),
        Err(error) => problems.push(Problem {
            key: String::new(),
            value: None,
            source: origin.to_string(),
            message: error.to_string().replace('\n', " "),
        }),
    }
}

fn flatten(prefix: &str, table: Map<String, Value>, origin: &Origin, entries: &mut Entries) {
    for (name, value) in table.into_iter().collect::<BTreeMap<_, _>>() {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value.kind {
            ValueKind::Table(inner) => flatten(&key, inner, origin, entries),
            kind => entries.insert(key, Given { kind, origin: origin.clone() }),
        }
    }
}

/// Our variables, and those that look like a slip of one.
///
/// Other names under the prefix are left alone: tests and deployments have variables of their own.
fn our_variables(environment: BTreeMap<String, String>) -> (Map<String, String>, Vec<Problem>) {
    let mut ours = Map::default();
    let mut slips = Vec::new();
    for (name, value) in environment {
        let Some(key) = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix('_')) else {
            continue;
        };
        let key = key.to_lowercase();
        if key.contains("__") {
            ours.insert(name, value);
        } else if let Some((section, rest)) = key.split_once('_')
            && SECTIONS.contains(&section)
        {
            let meant = format!("{PREFIX}_{}__{}", section.to_uppercase(), rest.to_uppercase());
            slips.push(Problem {
                key: name,
                value: None,
                source: Origin::Environment.to_string(),
                message: format!("no setting; {meant} would be one"),
            });
        }
    }
    (ours, slips)
}

fn apply(flags: Overrides, entries: &mut Entries) {
    let mut set = |key: &str, flag, kind| {
        entries.insert(key.to_owned(), Given { kind, origin: Origin::Flag(flag) });
    };
    if let Some(host) = flags.host {
        set("server.host", "--host", ValueKind::String(host));
    }
    if let Some(port) = flags.port {
        set("server.port", "--port", ValueKind::I64(port.into()));
    }
    if let Some(folder) = flags.lexicons {
        let folder = folder.to_string_lossy().into_owned();
        set("lexicons.dir", "--lexicons", ValueKind::String(folder));
    }
    if let Some(folder) = flags.model {
        let folder = folder.to_string_lossy().into_owned();
        set("classifier.dir", "--model", ValueKind::String(folder));
    }
    if let Some(mode) = flags.classifier {
        set("classifier.mode", "--classifier", ValueKind::String(mode));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::LogFormat;

    fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nunchi.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn the_default_file_says_what_the_defaults_are() {
        assert_eq!(load(Sources::default()).unwrap(), Settings::default());
    }

    #[test]
    fn later_layers_win() {
        let (_folder, path) = file("[server]\nport = 1\nworkers = 3\n[log]\nformat = \"human\"\n");
        let sources = Sources {
            file: Some(path),
            environment: environment(&[
                ("NUNCHI_SERVER__PORT", "2"),
                ("NUNCHI_SERVER__HOST", "::1"),
            ]),
            flags: Overrides { port: Some(3), ..Overrides::default() },
        };
        let settings = load(sources).unwrap();
        assert_eq!((settings.server.port, settings.server.workers), (3, 3));
        assert_eq!((settings.server.host.as_str(), settings.log.format), ("::1", LogFormat::Human));
    }

    #[test]
    fn all_problems_of_all_sources_are_listed_with_key_value_and_source() {
        let (_folder, path) =
            file("[server]\nprot = 1\nworkers = \"many\"\n[limits]\ntext_code_points = 0\n");
        let sources = Sources {
            file: Some(path),
            environment: environment(&[
                ("NUNCHI_SERVER__PORT", "70000"),
                ("NUNCHI_LOG__FORMAT", "xml"),
                ("NUNCHI_LOG__COLOR", "red"),
                ("NUNCHI_SERVER_HOST", "::"),
            ]),
            flags: Overrides::default(),
        };
        let text = load(sources).unwrap_err().to_string();
        for expected in [
            "nunchi.toml: server.prot",
            "nunchi.toml: server.workers = \"many\"",
            "nunchi.toml: limits.text_code_points = 0",
            "NUNCHI_SERVER__PORT: server.port = \"70000\"",
            "NUNCHI_LOG__FORMAT: log.format = \"xml\"",
            "NUNCHI_LOG__COLOR: log.color",
            "NUNCHI_SERVER__HOST would be one",
        ] {
            assert!(text.contains(expected), "{expected} not in:\n{text}");
        }
        assert!(text.starts_with("the settings have 7 problem"), "{text}");
    }

    #[test]
    fn a_number_in_quotes_is_a_number_only_in_the_environment() {
        let (_folder, path) = file("[server]\nport = \"9000\"\n");
        let wrong = Sources { file: Some(path), ..Sources::default() };
        assert!(load(wrong).unwrap_err().to_string().contains("expected a whole number"));
        let right = Sources {
            environment: environment(&[("NUNCHI_SERVER__PORT", "9000")]),
            ..Sources::default()
        };
        assert_eq!(load(right).unwrap().server.port, 9000);
    }

    #[test]
    fn an_unreadable_file_is_reported_beside_other_problems() {
        let sources = Sources {
            file: Some(PathBuf::from("no/such/file.toml")),
            environment: environment(&[("NUNCHI_SERVER__PORT", "x")]),
            flags: Overrides::default(),
        };
        assert_eq!(load(sources).unwrap_err().problems.len(), 2);
    }

    #[test]
    fn a_relative_lexicon_folder_starts_at_the_file_that_names_it() {
        let (folder, path) = file("[lexicons]\ndir = \"words\"\n");
        let settings = load(Sources { file: Some(path), ..Sources::default() }).unwrap();
        assert_eq!(settings.lexicons.dir, Some(folder.path().join("words")));
    }

    #[test]
    fn other_variables_under_the_prefix_and_empty_ones_are_left_alone() {
        let sources = Sources {
            environment: environment(&[("NUNCHI_DATA", "x"), ("NUNCHI_LEXICONS__DIR", "")]),
            ..Sources::default()
        };
        assert_eq!(load(sources).unwrap(), Settings::default());
    }
}
