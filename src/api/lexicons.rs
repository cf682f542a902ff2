//! `/v1/lexicon` and below: what answers, what answered before, and loading something else.

use super::catalog::LexiconBody;
use crate::resource::{Diagnostic, Severity};
use serde::{Deserialize, Serialize};
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
