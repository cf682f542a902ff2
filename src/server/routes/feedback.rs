//! `/v1/feedback`: what people say of answers, stored, exported and forgotten.

use crate::analysis::{Message, Scratch};
use crate::api::{FeedbackBody, FeedbackRequest, ForgottenBody, is_a_hash, is_an_id};
use crate::domain::{Channel, MessageText, Role};
use crate::evaluation::feedback::{
    Record, Store, StoreError, Which, to_json_lines, to_record_lines, to_tsv,
};
use crate::server::error::{ApiError, Code};
use crate::server::query::Parameters;
use crate::server::state::{Patience, State};
use crate::server::{app, background, body};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use std::cell::RefCell;
use std::sync::Arc;
use uuid::Uuid;

/// Methods of the collection.
const ALLOW: &str = "DELETE, GET, HEAD, POST";
/// Methods of one record.
const ALLOW_ONE: &str = "DELETE";
/// The media type of the table.
const TSV: &str = "text/tab-separated-values";
/// Media types by which a client asks for JSON lines.
const LINES: [&str; 4] =
    [body::NDJSON, "application/jsonl", "application/x-jsonlines", "application/jsonlines"];

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    let all = app::resource("/v1/feedback", ALLOW)
        .route(web::post().to(give_feedback))
        .route(web::get().to(export_feedback))
        .route(web::head().to(export_feedback))
        .route(web::delete().to(forget_feedback));
    let one = app::resource("/v1/feedback/{id}", ALLOW_ONE);
    service.service(all).service(one.route(web::delete().to(delete_feedback)));
}

/// 답이 맞았는지 알리기
///
/// Stores what somebody says of an answer: right or wrong, and what it should have been. The answer
/// is named by its `X-Request-Id`, by the hash of its message, or by the message itself. A message is
/// stored only with `consent: true`; it is then judged once more, and the judgment is stored with it.
/// What is acknowledged is on the disk.
#[utoipa::path(
    post,
    path = "/v1/feedback",
    tag = "feedback",
    request_body(content = FeedbackRequest, content_type = "application/json"),
    responses((status = 201, description = "It is stored", body = FeedbackBody)),
)]
pub(in crate::server) async fn give_feedback(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
) -> Result<HttpResponse, ApiError> {
    if !state.feedback.enabled {
        let detail = "no feedback is taken; feedback.enabled in the settings would take it";
        return Err(ApiError::with_detail(Code::Forbidden, detail));
    }
    let said: FeedbackRequest = body::read_json(&request, payload, state.body_limit).await?;
    let text = said.check(state.limits.text_code_points)?;
    let id = Uuid::now_v7().to_string();
    let mut record = Record::new(id.clone(), Timestamp::now().to_string(), &said);
    if let Some(text) = text {
        record = judged(record, text, &state, &scratch).await?;
    }
    with_store(&state, move |store| store.append(&record)).await?;
    let body = serde_json::to_vec(&FeedbackBody { id }).map_err(|_| ApiError::new(Code::Internal));
    Ok(HttpResponse::Created().content_type(body::JSON).body(body?))
}

/// The record with its text and how that is judged now.
async fn judged(
    record: Record,
    text: MessageText<'_>,
    state: &State,
    scratch: &RefCell<Scratch>,
) -> Result<Record, ApiError> {
    let occasion = state.occasion();
    let message = Message {
        text,
        role: Role::Customer,
        channel: Channel::Chat,
        max_apologies: 0,
        today: occasion.defaults.today,
        classifier: true,
    };
    let analysis = state.analyze(&message, &occasion, scratch, Patience::Batch).await?;
    Ok(record.with_text(text.as_str(), &occasion.analyzer, &analysis))
}

/// 모인 의견을 라벨 있는 메시지로 내보내기
///
/// The feedback that has a text and a known label, as rows that `nunchi eval`, `nunchi lexicon diff
/// --corpus` and `nunchi lexicon mine` read. `format=records` gives all that is stored instead, one
/// record a line with its `id`, `at`, `answer_id`, `text_sha256`, `verdict` and `note`, and its
/// `text` where its writer consented. Needs the admin key: `Authorization: Bearer KEY`.
#[utoipa::path(
    get,
    path = "/v1/feedback",
    tag = "feedback",
    params(("format" = inline(Option<ExportFormat>), Query, description = "`tsv`, `jsonl` or `records`; without it `Accept` decides, and else it is `tsv`")),
    responses((status = 200, description = "Labelled messages, or all records", content(
        (String = "text/tab-separated-values"),
        (String = "application/x-ndjson"),
    ))),
)]
pub(in crate::server) async fn export_feedback(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    state.authorize(&request)?;
    let format = ExportFormat::of(&request)?;
    let read = with_store(&state, Store::read).await?;
    if !read.unreadable.is_empty() {
        tracing::warn!(lines = ?read.unreadable, "feedback: lines that are no record");
    }
    let (media_type, rows) = match format {
        ExportFormat::Tsv => ("text/tab-separated-values; charset=utf-8", to_tsv(&read.records)),
        ExportFormat::Jsonl => (body::NDJSON, to_json_lines(&read.records)),
        ExportFormat::Records => (body::NDJSON, to_record_lines(&read.records)),
    };
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(rows))
}

/// 의견 하나를 지우기
///
/// Deletes one record with everything in it. Needs the admin key: `Authorization: Bearer KEY`.
#[utoipa::path(
    delete,
    path = "/v1/feedback/{id}",
    tag = "feedback",
    params(("id" = String, Path, description = "The id that storing it gave")),
    responses((status = 204, description = "It is gone")),
)]
pub(in crate::server) async fn delete_feedback(
    request: HttpRequest,
    id: web::Path<String>,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    state.authorize(&request)?;
    let id = id.into_inner();
    if with_store(&state, move |store| store.forget(&Which::Id(id))).await? > 0 {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(ApiError::with_detail(Code::NotFound, "no feedback has this id"))
    }
}

/// 한 답이나 메시지의 의견을 모두 지우기
///
/// Deletes all records of one answer or of one message, with everything in them, and says how many
/// there were. Exactly one of the two parameters is required. Needs the admin key: `Authorization:
/// Bearer KEY`.
#[utoipa::path(
    delete,
    path = "/v1/feedback",
    tag = "feedback",
    params(
        ("answer_id" = Option<String>, Query, description = "The header `X-Request-Id` of the answer"),
        ("text_sha256" = Option<String>, Query, description = "SHA-256 of the message in hexadecimal"),
    ),
    responses((status = 200, description = "They are gone", body = ForgottenBody)),
)]
pub(in crate::server) async fn forget_feedback(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    state.authorize(&request)?;
    let which = all_of(request.query_string())?;
    let deleted = with_store(&state, move |store| store.forget(&which)).await?;
    Ok(HttpResponse::Ok().json(ForgottenBody { deleted }))
}

/// The answer or message whose records are deleted.
fn all_of(query: &str) -> Result<Which, ApiError> {
    let mut parameters = Parameters::read(query, &["answer_id", "text_sha256"])?;
    let answer = parameters.value("answer_id").map(str::to_owned);
    let hash = parameters.value("text_sha256").map(str::to_owned);
    let which = match (answer, hash) {
        (Some(id), None) if is_an_id(&id) => Some(Which::Answer(id)),
        (None, Some(hash)) if is_a_hash(&hash) => Some(Which::Text(hash)),
        (Some(_), None) => parameters.refuse("answer_id", "is no id of an answer".to_owned()),
        (None, Some(_)) => {
            parameters.refuse("text_sha256", "expected 64 hexadecimal digits".to_owned())
        }
        // Never all of all.
        (None, None) => parameters
            .refuse("text_sha256", "one of answer_id and text_sha256 is required".to_owned()),
        (Some(_), Some(_)) => parameters
            .refuse("text_sha256", "only one of answer_id and text_sha256 is taken".to_owned()),
    };
    let which = parameters.finish(which)?;
    which.ok_or_else(|| ApiError::new(Code::Internal))
}

/// Works on the store beside the worker, which answers others meanwhile.
async fn with_store<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, ApiError> {
    let store = Arc::clone(&state.feedback.store);
    let done = background::lookup(move || work(&store)).await?;
    done.map_err(|error| {
        tracing::error!(%error, "feedback cannot be stored or read");
        let detail = match error {
            StoreError::Full { .. } | StoreError::Long { .. } => error.to_string(),
            // The path is nobody's business but the operator's.
            StoreError::Io { .. } => "the folder of feedback fails; the log says why".to_owned(),
        };
        ApiError::with_detail(Code::FeedbackUnavailable, detail)
    })
}

/// How feedback is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
enum ExportFormat {
    Tsv,
    Jsonl,
    Records,
}

impl ExportFormat {
    fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        let mut parameters = Parameters::read(request.query_string(), &["format"])?;
        let format = match parameters.value("format") {
            None => Some(Self::accepted(request)),
            Some("tsv") => Some(Self::Tsv),
            Some("jsonl") => Some(Self::Jsonl),
            Some("records") => Some(Self::Records),
            Some(_) => {
                let detail = "unknown format; known are tsv, jsonl, records";
                parameters.refuse("format", detail.to_owned())
            }
        };
        let format = parameters.finish(format)?;
        format.ok_or_else(|| ApiError::new(Code::Internal))
    }

    /// The first of the two that the client names.
    fn accepted(request: &HttpRequest) -> Self {
        let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
        for range in accepted.unwrap_or_default().split(',') {
            let essence = range.split(';').next().unwrap_or_default().trim();
            if LINES.iter().any(|known| essence.eq_ignore_ascii_case(known)) {
                return Self::Jsonl;
            }
            if essence.eq_ignore_ascii_case(TSV) {
                return Self::Tsv;
            }
        }
        Self::Tsv
    }
}
