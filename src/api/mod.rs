//! The JSON shapes of version 1, shared by the HTTP service and the command line.
//!
//! Shapes only: no handler, no status code. Unknown fields are refused on the way in.

mod analyze;
mod batch;
mod catalog;

pub use analyze::{
    AnalyzeRequest, AnalyzeResponse, ClassifierChoice, ClassifierVerdict, Defaults, EffortBody,
    EscalationBody, FrustrationBody, Invalid, MatchBody, RecommendedPhrase, SentimentBody,
    SignalBody, Source, VersionsBody,
};
pub use batch::{BatchRequest, BatchResponse, BatchResult, ItemError};
pub use catalog::{LexiconBody, PhraseBody, PhrasesBody};
