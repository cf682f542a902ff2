//! `POST /v1/analyze`: one message, no memory.

use crate::analysis::Scratch;
use crate::server::error::ApiError;
use crate::server::state::{Patience, State};
use crate::server::{app, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::cell::RefCell;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::resource("/v1/analyze", app::POST).route(web::post().to(analyze)));
}

/// 메시지 하나의 불편 수준, 이유, 다음 행동
///
/// Judges one message: how frustrated the customer is, why, and what should happen next. Only
/// messages of customers are judged; those of bots and agents come back without evidence.
#[utoipa::path(
    post,
    path = "/v1/analyze",
    tag = "messages",
    request_body(content = crate::api::AnalyzeRequest, content_type = "application/json"),
    responses((status = 200, description = "What was concluded", body = crate::api::AnalyzeResponse)),
)]
pub(in crate::server) async fn analyze(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
) -> Result<HttpResponse, ApiError> {
    let message = body::read_json(&request, payload, state.body_limit).await?;
    app::json(&state.answer(&message, &state.occasion(), &scratch, Patience::Chat).await?)
}
