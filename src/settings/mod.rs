//! What an operator can set, validated: every value that leaves this module may be used as it is.
//!
//! Kept apart from the server so that a bad setting is found before anything is opened. All
//! problems are listed at once; with any problem nothing starts. `config/default.toml` is the
//! reference of all keys. This is the only module that reads the environment.

mod load;
mod raw;

pub use load::{Overrides, Problem, SettingsError, Sources, load};

use std::path::PathBuf;
use std::time::Duration;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `[server]`
    pub server: ServerSettings,
    /// `[limits]`
    pub limits: LimitSettings,
    /// `[access]`
    pub access: AccessSettings,
    /// `[lexicons]`
    pub lexicons: LexiconSettings,
    /// `[classifier]`
    pub classifier: ClassifierSettings,
    /// `[feedback]`
    pub feedback: FeedbackSettings,
    /// `[log]`
    pub log: LogSettings,
}

/// Where and how the server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// Address or name to listen on.
    pub host: String,
    /// Port; 0 takes a free one.
    pub port: u16,
    /// Worker threads; 0 means one for each core.
    pub workers: usize,
    /// How long requests in flight are waited for at the end.
    pub shutdown_timeout: Duration,
    /// Bytes that a JSON body may have.
    pub body_limit: usize,
    /// Bytes that one line of an NDJSON stream may have.
    pub ndjson_line_limit: usize,
}

/// What one request may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSettings {
    /// Code points of one message.
    pub text_code_points: usize,
    /// Messages of one JSON batch.
    pub batch_messages: usize,
}

/// Who may do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSettings {
    /// SHA-256 of the key that may load other lexicons and read or delete feedback; none: nobody may.
    pub admin_key_sha256: Option<[u8; 32]>,
}

/// Where the lexicons are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconSettings {
    /// Their folder; none: those built into the program.
    pub dir: Option<PathBuf>,
    /// Whether edits of the folder are loaded by themselves.
    pub watch: bool,
    /// How many earlier sets are kept to roll back to.
    pub keep: usize,
}

/// The classifier beside the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassifierSettings {
    /// Which messages it judges.
    pub mode: ClassifierMode,
    /// The folder of its model; none: the one built into the program.
    pub dir: Option<PathBuf>,
    /// A libonnxruntime that runs it; none: the runtime built into the program.
    pub onnxruntime: Option<PathBuf>,
    /// How long an answer waits for its verdict.
    pub deadline: Duration,
    /// Threads that run it; 0 means one for each core.
    pub threads: usize,
    /// Messages that may wait for a thread.
    pub queue: usize,
    /// Scores of the lexicon between which [`ClassifierMode::Uncertain`] asks it.
    pub doubt: (f64, f64),
}

/// Which messages the classifier judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassifierMode {
    /// Every message of a customer.
    Always,
    /// Only those whose lexicon score is in doubt.
    Uncertain,
    /// None; no model is loaded.
    Off,
}

/// What is kept of what people say of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackSettings {
    /// Whether any is taken.
    pub enabled: bool,
    /// The folder that holds it; made when the first comes.
    pub dir: PathBuf,
    /// Bytes that the file of all feedback may have.
    pub max_bytes: u64,
}

/// What is logged and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// The shape of a log line.
    pub format: LogFormat,
    /// Which events are logged, as `tracing_subscriber::EnvFilter` reads it.
    pub filter: String,
}

/// The shape of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people at a terminal.
    Human,
}

impl Default for Settings {
    /// What `config/default.toml` says; a test compares the two.
    fn default() -> Self {
        Self {
            server: ServerSettings {
                host: "127.0.0.1".to_owned(),
                port: 8080,
                workers: 0,
                shutdown_timeout: Duration::from_secs(30),
                body_limit: 1024 * 1024,
                ndjson_line_limit: 64 * 1024,
            },
            limits: LimitSettings { text_code_points: 5000, batch_messages: 1000 },
            access: AccessSettings { admin_key_sha256: None },
            lexicons: LexiconSettings { dir: None, watch: true, keep: 5 },
            classifier: ClassifierSettings {
                mode: ClassifierMode::Always,
                dir: None,
                onnxruntime: None,
                deadline: Duration::from_millis(50),
                threads: 0,
                queue: 64,
                doubt: (0.01, 0.99),
            },
            feedback: FeedbackSettings {
                enabled: true,
                dir: PathBuf::from("nunchi-data"),
                max_bytes: 100 * 1024 * 1024,
            },
            log: LogSettings { format: LogFormat::Json, filter: "info".to_owned() },
        }
    }
}
