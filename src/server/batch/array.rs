//! The array: all messages at once, in order.

use crate::analysis::Scratch;
use crate::api::reading::from_value;
use crate::api::{BatchRequest, BatchResponse, BatchResult};
use crate::server::error::{ApiError, Code};
use crate::server::state::{Occasion, Patience, State};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;
use std::cell::RefCell;

/// Answers every message; a bad one is answered with its problem in its place.
pub(in super::super) async fn answer_all(
    batch: &BatchRequest,
    state: &State,
    scratch: &RefCell<Scratch>,
) -> Result<BatchResponse, ApiError> {
    let (count, limit) = (batch.messages.len(), state.limits.batch_messages);
    if count > limit {
        let detail =
            format!("{count} messages are over the limit of {limit}; a stream has no limit");
        return Err(ApiError::at(Code::BatchTooLarge, "/messages", detail));
    }
    let occasion = &state.occasion();
    let results = stream::iter(batch.messages.iter().enumerate())
        .map(|(index, message)| async move {
            answer(message, state, occasion, scratch).await.unwrap_or_else(|problem| {
                BatchResult::Error { error: problem.below(&format!("/messages/{index}")).problem() }
            })
        })
        .buffered(state.width());
    Ok(BatchResponse { results: results.collect().await })
}

async fn answer(
    message: &Value,
    state: &State,
    occasion: &Occasion,
    scratch: &RefCell<Scratch>,
) -> Result<BatchResult, ApiError> {
    let request = from_value(message)?;
    let answer = state.answer(&request, occasion, scratch, Patience::Batch).await?;
    Ok(BatchResult::Answer(Box::new(answer)))
}
