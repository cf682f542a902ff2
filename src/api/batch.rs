//! `POST /v1/analyze/batch`: many messages in one request.

use super::analyze::{AnalyzeRequest, AnalyzeResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Up to 1,000 messages. Each item is read on its own, so that a bad one spoils no other.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The messages.
    #[schema(value_type = Vec<AnalyzeRequest>, max_items = 1000)]
    pub messages: Vec<serde_json::Value>,
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
        error: ItemError,
    },
}

/// What is wrong with one item; the fields of RFC 9457.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemError {
    /// Stable identifier of the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The status that a single request would have got.
    pub status: u16,
    /// What is wrong with this item.
    pub detail: String,
    /// JSON pointer of the field, where one is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}
