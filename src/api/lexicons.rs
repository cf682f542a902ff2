//! `/v1/lexicon` and below: what answers, what answered before, and loading something else.

use super::catalog::LexiconBody;
use crate::domain::{Action, Signal};
use crate::resource::{Diagnostic, Severity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The lexicons that answer, and how they came.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LexiconsBody {
    /// What is loaded.
    #[serde(flatten)]
    pub lexicon: LexiconBody,
    /// Hash of all its files; a rollback names it.
    pub revision: String,
    /// When it began to answer (RFC 3339).
    pub loaded_at: String,
    /// `embedded` or `folder`.
    pub source: &'static str,
    /// The classifier beside it; null where none is loaded.
    pub classifier: Option<ClassifierBody>,
    /// Sets that answered before and can be rolled back to, the latest first.
    pub earlier: Vec<RevisionBody>,
    /// What came of the last attempt to load others; null where there was none.
    pub last_attempt: Option<AttemptBody>,
}

/// A classifier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClassifierBody {
    /// Its name.
    pub model: String,
    /// Hash of its files.
    pub version: String,
    /// What runs it.
    pub runtime: &'static str,
}

/// A set of lexicons that answered before.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RevisionBody {
    /// Hash of all its files.
    pub revision: String,
    /// When it began to answer (RFC 3339).
    pub loaded_at: String,
}

/// What came of an attempt to load other lexicons.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptBody {
    /// When (RFC 3339).
    pub at: String,
    /// `loaded`, `unchanged`, `rolled_back`, `refused` (the files have errors) or `unreadable`.
    pub outcome: &'static str,
    /// What is wrong, all of it.
    pub findings: Vec<FindingBody>,
}

/// One finding in a lexicon file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingBody {
    /// Its code, such as `L007`.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// Path of the file inside the folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl From<&Diagnostic> for FindingBody {
    fn from(finding: &Diagnostic) -> Self {
        Self {
            code: finding.code,
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: finding.file.clone(),
            line: finding.line,
            column: finding.column,
            message: finding.message.clone(),
            help: finding.help.clone(),
        }
    }
}

/// What to load.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReloadRequest {
    /// An earlier revision to roll back to; without it the folder is read again.
    #[serde(default)]
    pub revision: Option<String>,
}

/// What answers now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReloadBody {
    /// `loaded`, `unchanged` or `rolled_back`.
    pub outcome: &'static str,
    /// The revision that answers now.
    pub revision: String,
}

/// The files of the lexicons that answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FilesBody {
    /// The files, sorted by path.
    pub files: Vec<FileBody>,
}

/// A file of the lexicons that answer, without its text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileBody {
    /// Its path inside the lexicon folder.
    pub path: String,
    /// How many lines it has.
    pub lines: usize,
}

/// A lexicon file, as it answers or as edited.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftFile {
    /// Its path inside the lexicon folder.
    #[schema(example = "signals/anger.toml", max_length = 200)]
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Edited files to check together with the others that answer now.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// The files; one of the same path takes the place of the one that answers.
    #[schema(max_items = 100)]
    pub files: Vec<DraftFile>,
}

/// What is wrong with edited files.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckBody {
    /// Whether they would be loaded.
    pub ok: bool,
    /// Errors and warnings in the edited files, and errors anywhere.
    pub findings: Vec<FindingBody>,
}

/// Edited files to try on messages, together with the others that answer now.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// The files; one of the same path takes the place of the one that answers.
    #[schema(max_items = 100)]
    pub files: Vec<DraftFile>,
    /// Messages to try them on; without any, those that come with the program and every example
    /// sentence of the lexicons that answer.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    pub messages: Option<Vec<String>>,
}

/// Message text is personal data: only the number of messages is shown.
impl std::fmt::Debug for PreviewRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (files, messages) = (self.files.len(), self.messages.as_ref().map(Vec::len));
        write!(f, "PreviewRequest({files} files, {messages:?} messages)")
    }
}

/// What edited files would change, by the lexicon alone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PreviewBody {
    /// Messages that were tried.
    pub messages: usize,
    /// Messages with other hits, another level, action or signals.
    pub read_differently: usize,
    /// Messages with another level, action or other signals.
    pub judged_differently: usize,
    /// New and lost hits by entry.
    pub entries: BTreeMap<String, HitCount>,
    /// The changes, those that judge differently first; at most 100.
    pub changes: Vec<ChangeBody>,
}

/// How often an entry came and went.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct HitCount {
    /// New hits.
    pub new: usize,
    /// Lost hits.
    pub lost: usize,
}

/// A message that would be read differently.
#[derive(Clone, Serialize, ToSchema)]
pub struct ChangeBody {
    /// The place of the message, from 0.
    pub index: usize,
    /// The message.
    pub text: String,
    /// What answers now.
    pub before: JudgmentBody,
    /// What would answer.
    pub after: JudgmentBody,
    /// Hits that come.
    pub new: Vec<HitBody>,
    /// Hits that go.
    pub lost: Vec<HitBody>,
}

/// Message text is personal data: only its place is shown.
impl std::fmt::Debug for ChangeBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeBody").field("index", &self.index).finish_non_exhaustive()
    }
}

/// What a set of lexicons says of a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JudgmentBody {
    /// 0 none, 1 mild, 2 clear, 3 severe.
    #[schema(maximum = 3)]
    pub level: u8,
    /// What should happen next.
    pub action: Action,
    /// The signals that are present.
    pub signals: Vec<Signal>,
}

/// A hit in a message.
#[derive(Clone, Serialize, ToSchema)]
pub struct HitBody {
    /// The id of the entry.
    pub entry: String,
    /// First code point of the message.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}
