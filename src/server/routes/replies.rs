//! `POST /v1/replies/check`: a reply of a bot or an agent before it goes out.

use crate::analysis::Scratch;
use crate::api::ReplyRequest;
use crate::server::error::{ApiError, Code};
use crate::server::state::State;
use crate::server::{app, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::cell::RefCell;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    let check = web::post().to(check_reply);
    service.service(app::resource("/v1/replies/check", app::POST).route(check));
}

/// 내보내기 전의 답변 검사
///
/// Checks a reply of a bot or an agent before it goes out: blunt refusals, bare orders, blame,
/// deflection, missing honorifics, an apology to abuse, a template that is expired or was shown
/// already. Each finding says where, why and what could stand in its place. The caller decides.
#[utoipa::path(
    post,
    path = "/v1/replies/check",
    tag = "messages",
    request_body(content = ReplyRequest, content_type = "application/json"),
    responses((status = 200, description = "What was found", body = crate::api::ReplyResponse)),
)]
pub(in crate::server) async fn check_reply(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
) -> Result<HttpResponse, ApiError> {
    let reply: ReplyRequest = body::read_json(&request, payload, state.body_limit).await?;
    let occasion = state.occasion();
    // One worker runs one handler at a time between two awaits, and none is held over one.
    let mut scratch = scratch.try_borrow_mut().map_err(|_| ApiError::new(Code::Internal))?;
    app::json(&reply.answer(&occasion.analyzer, occasion.defaults, &mut scratch)?)
}
