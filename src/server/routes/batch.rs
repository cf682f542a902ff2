//! `POST /v1/analyze/batch`: many messages, as an array or as a stream of lines.

use crate::analysis::Scratch;
use crate::api::reading;
use crate::server::error::ApiError;
use crate::server::state::State;
use crate::server::{app, batch, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::cell::RefCell;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    let resource = app::resource("/v1/analyze/batch", app::POST);
    service.service(resource.route(web::post().to(analyze_batch)));
}

/// 여러 메시지를 한 번에
///
/// As `application/json`: `{"messages": […]}` in, `{"results": […]}` out, in order, with
/// `{"error": …}` in the place of a bad item; `errors[].pointer` then points into the whole request.
///
/// As `application/x-ndjson`: one message a line in, one result a line out, in order, of any length.
/// A bad line becomes an error line; `errors[].pointer` points into that line. Blank lines are
/// skipped. Answers are sent while the request is still read: read while you write.
#[utoipa::path(
    post,
    path = "/v1/analyze/batch",
    tag = "messages",
    request_body(content(
        (crate::api::BatchRequest = "application/json"),
        (crate::api::AnalyzeRequest = "application/x-ndjson"),
    )),
    responses((status = 200, description = "One result a message, in order", content(
        (crate::api::BatchResponse = "application/json"),
        (crate::api::BatchResult = "application/x-ndjson"),
    ))),
)]
pub(in crate::server) async fn analyze_batch(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
) -> Result<HttpResponse, ApiError> {
    if body::media_type(&request, &[body::JSON, body::NDJSON])? == body::NDJSON {
        let answers = batch::answer_stream(payload, state, scratch);
        return Ok(HttpResponse::Ok().content_type(body::NDJSON).streaming(answers));
    }
    let body = body::read(&request, payload, state.body_limit).await?;
    app::json(&batch::answer_all(&reading::read(&body)?, &state, &scratch).await?)
}
