//! `POST /v1/analyze/batch`: many messages in one request.

use super::analyze::AnalyzeRequest;
use super::answer::AnalyzeResponse;
use super::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Up to 1,000 messages. Each item is read on its own, so that a bad one spoils no other.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The messages.
    #[schema(value_type = Vec<AnalyzeRequest>, max_items = 1000)]
    pub messages: Vec<serde_json::Value>,
}

/// Message text is personal data: only the number of messages is shown.
impl std::fmt::Debug for BatchRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BatchRequest({} messages)", self.messages.len())
    }
}

/// The answers, in the order of the messages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BatchResponse {
    /// One result a message.
    pub results: Vec<BatchResult>,
}

/// An answer, or what was wrong with the item in its place.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum BatchResult {
    /// The answer.
    Answer(Box<AnalyzeResponse>),
    /// What was wrong.
    Error {
        /// The problem.
        error: Problem,
    },
}
