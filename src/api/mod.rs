//! The JSON shapes of version 1, shared by the HTTP service and the command line.
//!
//! Shapes only: no handler, no status code. Unknown fields are refused on the way in.

mod analyze;
mod answer;
mod batch;
mod catalog;
mod entries;
mod explain;
mod feedback;
mod lexicons;
mod problem;
pub mod reading;
mod replies;

pub use analyze::{AnalyzeRequest, ClassifierChoice, Defaults, Invalid, InvalidKind};
pub use answer::{
    AnalyzeResponse, ClassifierVerdict, EffortBody, EscalationBody, FrustrationBody, MatchBody,
    RecommendedPhrase, SentimentBody, SignalBody, VersionsBody,
};
pub use batch::{BatchRequest, BatchResponse, BatchResult};
pub use catalog::{LexiconBody, PhraseBody, PhrasesBody};
pub use entries::{
    EntriesBody, EntryBody, EntryDetailBody, InflectionBody, InflectionsBody, InflectionsRequest,
};
pub use explain::{
    EvidenceBody, ExplainResponse, LexiconAloneBody, MarkBody, MarkKind, OffBody, Seen, TokenBody,
};
pub use feedback::{Expected, FeedbackBody, FeedbackRequest, ForgottenBody, is_a_hash, is_an_id};
pub use lexicons::{
    AttemptBody, ChangeBody, CheckBody, CheckRequest, ClassifierBody, DraftFile, FileBody,
    FilesBody, FindingBody, HitBody, HitCount, JudgmentBody, LexiconsBody, PreviewBody,
    PreviewRequest, ReloadBody, ReloadRequest, RevisionBody,
};
pub use problem::{FieldError, Problem};
pub use replies::{CustomerContext, ReplyFinding, ReplyRequest, ReplyResponse, ReplyVersions};
