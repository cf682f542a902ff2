//! Settings as written: dotted keys with their values and origins, and the one list of all keys.
//!
//! Apart from the layers because a key's type and bounds have nothing to do with who said it.
//! Reading goes on after a problem, so that all are found.

use super::load::Problem;
use super::{
    AccessSettings, ClassifierMode, ClassifierSettings, FeedbackSettings, LexiconSettings,
    LimitSettings, LogFormat, LogSettings, ServerSettings, Settings,
};
use config::ValueKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Who said a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Default,
    File(PathBuf),
    Environment,
    Flag(&'static str),
    /// A variable of the environment that is not under our prefix.
    Variable(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("config/default.toml"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment => f.write_str("environment"),
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
        }
    }
}

/// A value as given.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) kind: ValueKind,
    pub(super) origin: Origin,
}

impl Given {
    /// The value as its source wrote it.
    fn shown(&self) -> String {
        match &self.kind {
            ValueKind::String(text) => format!("{text:?}"),
            other => other.to_string(),
        }
    }

    /// The source, down to the name of the variable.
    fn source(&self, key: &str) -> String {
        match self.origin {
            Origin::Environment => format!("NUNCHI_{}", key.replace('.', "__").to_uppercase()),
            _ => self.origin.to_string(),
        }
    }

    fn problem(&self, key: &str, message: impl Into<String>) -> Problem {
        Problem {
            key: key.to_owned(),
            value: Some(self.shown()),
            source: self.source(key),
            message: message.into(),
        }
    }
}

/// What all layers say together; a key that two layers name has the later's value. Keys that no
/// setting has are kept too, to be reported.
#[derive(Debug, Default)]
pub(super) struct Entries(BTreeMap<String, Given>);

impl Entries {
    /// Says what nobody else has said.
    pub(super) fn insert_missing(&mut self, key: &str, given: Given) {
        self.0.entry(key.to_owned()).or_insert(given);
    }

    pub(super) fn insert(&mut self, key: String, given: Given) {
        self.0.insert(key, given);
    }
}

/// Reads one key after the other and remembers which there are.
struct Reader<'e> {
    entries: &'e Entries,
    known: BTreeSet<&'static str>,
    problems: &'e mut Vec<Problem>,
}

/// Reads every setting; none where one is missing or wrong. Problems say why.
pub(super) fn read(entries: &Entries, problems: &mut Vec<Problem>) -> Option<Settings> {
    let mut reader = Reader { entries, known: BTreeSet::new(), problems };
    // Each part is read before any is asked for, so that no problem hides another.
    let server = reader.server();
    let limits = reader.limits();
    let lexicons = reader.lexicons();
    let access = reader.access();
    let classifier = reader.classifier();
    let feedback = reader.feedback();
    let log = reader.log();
    reader.report_unknown();
    Some(Settings {
        server: server?,
        limits: limits?,
        access: access?,
        lexicons: lexicons?,
        classifier: classifier?,
        feedback: feedback?,
        log: log?,
    })
}

impl Reader<'_> {
    fn server(&mut self) -> Option<ServerSettings> {
        let host = self.host("server.host");
        let port = self.number("server.port", 0..=u16::MAX);
        let workers = self.number("server.workers", 0..=1024_usize);
        let timeout = self.number("server.shutdown_timeout_ms", 0..=600_000_u64);
        let body_limit = self.number("server.body_limit_bytes", 1024..=64 * 1024 * 1024_usize);
        let line = self.number("server.ndjson_line_limit_bytes", 1024..=16 * 1024 * 1024_usize);
        Some(ServerSettings {
            host: host?,
            port: port?,
            workers: workers?,
            shutdown_timeout: Duration::from_millis(timeout?),
            body_limit: body_limit?,
            ndjson_line_limit: line?,
        })
    }

    fn limits(&mut self) -> Option<LimitSettings> {
        let text = self.number("limits.text_code_points", 1..=100_000_usize);
        let batch = self.number("limits.batch_messages", 1..=100_000_usize);
        Some(LimitSettings { text_code_points: text?, batch_messages: batch? })
    }

    fn lexicons(&mut self) -> Option<LexiconSettings> {
        let dir = self.path("lexicons.dir");
        let watch = self.switch("lexicons.watch");
        let keep = self.number("lexicons.keep", 0..=100_usize);
        Some(LexiconSettings { dir, watch: watch?, keep: keep? })
    }

    fn access(&mut self) -> Option<AccessSettings> {
        let key = "access.admin_key_sha256";
        if self.given(key).is_none() {
            return Some(AccessSettings { admin_key_sha256: None });
        }
        let digest = digest(&self.text(key)?);
        self.check(key, digest.is_some(), "expected 64 hexadecimal digits")?;
        Some(AccessSettings { admin_key_sha256: digest })
    }

    fn switch(&mut self, key: &'static str) -> Option<bool> {
        let given = self.given(key)?;
        let switch = match &given.kind {
            ValueKind::Boolean(switch) => Some(*switch),
            ValueKind::String(text) if given.origin == Origin::Environment => text.parse().ok(),
            _ => None,
        };
        self.check(key, switch.is_some(), "expected true or false")?;
        switch
    }

    fn feedback(&mut self) -> Option<FeedbackSettings> {
        let enabled = self.switch("feedback.enabled");
        let dir = self.path("feedback.dir");
        let max_bytes = self.number("feedback.max_bytes", 1024..=1024 * 1024 * 1024 * 1024_u64);
        Some(FeedbackSettings { enabled: enabled?, dir: dir?, max_bytes: max_bytes? })
    }

    fn classifier(&mut self) -> Option<ClassifierSettings> {
        let mode = self.classifier_mode("classifier.mode");
        let dir = self.path("classifier.dir");
        let onnxruntime = self.path("classifier.onnxruntime");
        let deadline = self.number("classifier.deadline_ms", 1..=60_000_u64);
        let threads = self.number("classifier.threads", 0..=1024_usize);
        let queue = self.number("classifier.queue", 1..=100_000_usize);
        let from = self.share("classifier.doubt_from");
        let to = self.share("classifier.doubt_to");
        let ordered = from.zip(to).is_none_or(|(from, to)| from <= to);
        if self.is_default("classifier.doubt_to") {
            self.check("classifier.doubt_from", ordered, "expected no more than doubt_to")?;
        } else {
            self.check("classifier.doubt_to", ordered, "expected no less than doubt_from")?;
        }
        Some(ClassifierSettings {
            mode: mode?,
            dir,
            onnxruntime,
            deadline: Duration::from_millis(deadline?),
            threads: threads?,
            queue: queue?,
            doubt: from.zip(to)?,
        })
    }

    fn classifier_mode(&mut self, key: &'static str) -> Option<ClassifierMode> {
        let mode = match self.text(key)?.as_str() {
            "always" => Some(ClassifierMode::Always),
            "uncertain" => Some(ClassifierMode::Uncertain),
            "off" => Some(ClassifierMode::Off),
            _ => None,
        };
        self.check(key, mode.is_some(), "expected \"always\", \"uncertain\" or \"off\"")?;
        mode
    }

    fn log(&mut self) -> Option<LogSettings> {
        let format = self.log_format("log.format");
        let filter = self.log_filter("log.filter");
        Some(LogSettings { format: format?, filter: filter? })
    }

    fn host(&mut self, key: &'static str) -> Option<String> {
        let host = self.text(key)?;
        let fits = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c == '/');
        self.check(key, fits, "expected an address or a name to listen on, such as 127.0.0.1")?;
        Some(host)
    }

    fn log_format(&mut self, key: &'static str) -> Option<LogFormat> {
        let format = match self.text(key)?.as_str() {
            "json" => Some(LogFormat::Json),
            "human" => Some(LogFormat::Human),
            _ => None,
        };
        self.check(key, format.is_some(), "expected \"json\" or \"human\"")?;
        format
    }

    fn log_filter(&mut self, key: &'static str) -> Option<String> {
        let filter = self.text(key)?;
        let fits = EnvFilter::try_new(&filter).is_ok();
        self.check(key, fits, "expected a level or a list such as \"info,nunchi=debug\"")?;
        Some(filter)
    }

    fn path(&mut self, key: &'static str) -> Option<PathBuf> {
        self.given(key)?;
        let path = PathBuf::from(self.text(key)?);
        self.check(key, !path.as_os_str().is_empty(), "expected a path")?;
        match &self.given(key)?.origin {
            Origin::File(file) => Some(file.parent().map_or(path.clone(), |at| at.join(&path))),
            _ => Some(path),
        }
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        let given = self.given(key)?;
        let text = match &given.kind {
            ValueKind::String(text) => Some(text.clone()),
            _ => None,
        };
        self.check(key, text.is_some(), "expected a text in quotes")?;
        text
    }

    fn number<N>(&mut self, key: &'static str, range: RangeInclusive<N>) -> Option<N>
    where
        N: TryFrom<i64> + PartialOrd + fmt::Display,
    {
        let given = self.given(key)?;
        let number = match &given.kind {
            ValueKind::I64(number) => Some(*number),
            // Variables have no types: there alone a text may be a number.
            ValueKind::String(text) if given.origin == Origin::Environment => text.parse().ok(),
            _ => None,
        };
        self.check(key, number.is_some(), "expected a whole number")?;
        let number = number.and_then(|number| N::try_from(number).ok());
        let number = number.filter(|number| range.contains(number));
        let (from, to) = range.into_inner();
        self.check(key, number.is_some(), &format!("expected {from} to {to}"))?;
        number
    }

    /// A number from 0 to 1.
    fn share(&mut self, key: &'static str) -> Option<f64> {
        let given = self.given(key)?;
        let share = match &given.kind {
            ValueKind::Float(share) => Some(*share),
            ValueKind::I64(0) => Some(0.0),
            ValueKind::I64(1) => Some(1.0),
            ValueKind::String(text) if given.origin == Origin::Environment => text.parse().ok(),
            _ => None,
        };
        let share = share.filter(|share| (0.0..=1.0).contains(share));
        self.check(key, share.is_some(), "expected a number from 0 to 1")?;
        share
    }

    /// Whether nobody but our own file has said the value of a key.
    fn is_default(&self, key: &str) -> bool {
        self.entries.0.get(key).is_none_or(|given| matches!(given.origin, Origin::Default))
    }

    /// What was said of a key, if anything; from then on the key is known.
    fn given(&mut self, key: &'static str) -> Option<&Given> {
        self.known.insert(key);
        self.entries.0.get(key)
    }

    /// Reports the value of `key` unless it fits.
    fn check(&mut self, key: &'static str, fits: bool, message: &str) -> Option<()> {
        if fits {
            return Some(());
        }
        let given = self.entries.0.get(key)?;
        self.problems.push(given.problem(key, message));
        None
    }

    fn report_unknown(&mut self) {
        for (key, given) in &self.entries.0 {
            if !self.known.contains(key.as_str()) {
                let known = self.known.iter().copied().collect::<Vec<_>>().join(", ");
                self.problems.push(Problem {
                    value: None,
                    ..given.problem(key, format!("unknown key; known are {known}"))
                });
            }
        }
    }
}

/// The bytes of a SHA-256 written in hexadecimal.
fn digest(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let text = text.trim().as_bytes();
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
