//! `POST /v1/explain`: one message, and how it was read.

use crate::analysis::Scratch;
use crate::server::error::ApiError;
use crate::server::state::State;
use crate::server::{app, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::cell::RefCell;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::resource("/v1/explain", app::POST).route(web::post().to(explain)));
}

/// 메시지를 어떻게 읽었는지
///
/// Judges one message as `/v1/analyze` does, and shows how: the normalized text, the tokens, what each
/// entry contributes, what negation, quotation or an exception switched off, and the rule that decided.
#[utoipa::path(
    post,
    path = "/v1/explain",
    tag = "messages",
    request_body(content = crate::api::AnalyzeRequest, content_type = "application/json"),
    responses((status = 200, description = "How it was read", body = crate::api::ExplainResponse)),
)]
pub(in crate::server) async fn explain(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
) -> Result<HttpResponse, ApiError> {
    let message = body::read_json(&request, payload, state.body_limit).await?;
    app::json(&state.explain(&message, &state.occasion(), &scratch).await?)
}
