//! `/openapi.json`: the description of the API, made from the code.
//!
//! Handlers describe what they answer when all is well; the problems of each route are added here
//! from the table of [`Code`], so that the two cannot differ.

use crate::api::Problem;
use crate::server::app;
use crate::server::body::{JSON, NDJSON};
use crate::server::error::{Code, PROBLEM_JSON};
use crate::server::state::State;
use crate::settings::Settings;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::content::{Content, ContentBuilder};
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi as Document, Ref, RefOr, ResponseBuilder};
use utoipa::{OpenApi, PartialSchema as _, ToSchema as _};

/// What can be wrong with any request that carries a body.
const BODY: [Code; 11] = [
    Code::MalformedJson,
    Code::InvalidUtf8,
    Code::BodyIncomplete,
    Code::BodyTooLarge,
    Code::UnsupportedMediaType,
    Code::WrongType,
    Code::MissingField,
    Code::UnknownField,
    Code::DuplicateField,
    Code::MethodNotAllowed,
    Code::Internal,
];
/// What can be wrong with a message.
const MESSAGE: [Code; 4] =
    [Code::UnknownCode, Code::OutOfRange, Code::EmptyText, Code::TextTooLong];
/// What can be wrong with a batch, beside its messages.
const BATCH: [Code; 1] = [Code::BatchTooLarge];
/// What can be wrong with edited files.
const DRAFT: [Code; 4] = [Code::OutOfRange, Code::BatchTooLarge, Code::LexiconErrors, Code::Busy];
/// What can be wrong with a request to load other lexicons.
const RELOAD: [Code; 6] = [
    Code::Unauthorized,
    Code::Forbidden,
    Code::LexiconErrors,
    Code::NoLexiconFolder,
    Code::UnknownRevision,
    Code::Busy,
];
/// What can be wrong with forms to inflect.
const INFLECTIONS: [Code; 3] = [Code::UnknownCode, Code::OutOfRange, Code::FormRefused];
/// What can be wrong with feedback, beside its message.
const FEEDBACK: [Code; 5] = [
    Code::InvalidValue,
    Code::ConsentRequired,
    Code::HashMismatch,
    Code::Forbidden,
    Code::FeedbackUnavailable,
];
/// What can be wrong with reading or deleting feedback.
const STORED: [Code; 3] = [Code::Unauthorized, Code::Forbidden, Code::FeedbackUnavailable];
/// What can be wrong with a query.
const QUERY: [Code; 3] = [Code::InvalidQuery, Code::MethodNotAllowed, Code::Internal];
/// What can be wrong with a request that says nothing.
const PLAIN: [Code; 2] = [Code::MethodNotAllowed, Code::Internal];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "nunchi",
        description = "눈치: 한국어 고객 채팅 메시지를 읽고 얼마나 불편한지, 왜 그런지, 다음에 무엇을 해야 하는지 \
            답합니다.\n\nReads Korean customer-chat messages and says how frustrated the customer is, why, and what \
            should happen next. Unknown fields are refused. Errors are RFC 9457 problems; no error and no log ever \
            holds the text of a message. Every answer carries `X-Request-Id`, the caller's if one was sent.",
    ),
    tags(
        (name = "messages", description = "메시지 판단 · judging messages"),
        (name = "data", description = "사전과 문구 · what is loaded"),
        (name = "feedback", description = "답에 대한 의견 · what people say of answers"),
        (name = "health", description = "상태 · liveness and readiness"),
        (name = "pages", description = "사람이 읽는 것 · for people"),
    ),
    paths(
        super::analyze::analyze,
        super::batch::analyze_batch,
        super::explain::explain,
        super::phrases::phrases,
        super::replies::check_reply,
        super::lexicon::lexicon,
        super::lexicon::reload,
        super::drafts::check_draft,
        super::drafts::preview_draft,
        super::entries::entries,
        super::entries::entry,
        super::entries::inflections,
        super::feedback::give_feedback,
        super::feedback::export_feedback,
        super::feedback::forget_feedback,
        super::feedback::delete_feedback,
        super::files::files,
        super::files::file,
        super::health::healthz,
        super::health::readyz,
        super::metrics::metrics,
        openapi,
        super::docs::docs,
        super::page::page,
    ),
)]
struct Description;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/openapi.json", openapi));
}

/// 이 문서
///
/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "pages",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json", body = Object)),
)]
async fn openapi(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().content_type(JSON).body(state.openapi.clone())
}

/// A request and its answer, to be read before any schema.
const REQUEST: &str = include_str!("request.json");
const ANSWER: &str = include_str!("answer.json");

/// The OpenAPI document, with the limits of these settings.
///
/// # Panics
/// Never: the document has only string keys.
pub fn document(settings: &Settings) -> String {
    let mut document = Description::openapi();
    add_schemas(&mut document);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            let codes: Vec<Code> = match (method, path.as_str()) {
                (_, "/v1/analyze" | "/v1/explain" | "/v1/replies/check") => {
                    [&BODY[..], &MESSAGE].concat()
                }
                (_, "/v1/analyze/batch") => [&BODY[..], &BATCH].concat(),
                (_, "/v1/phrases" | "/v1/lexicon/entries") => QUERY.to_vec(),
                (_, "/v1/lexicon/entries/{id}" | "/v1/lexicon/files/{path}") => {
                    [&PLAIN[..], &[Code::NotFound]].concat()
                }
                (_, "/v1/lexicon/check" | "/v1/lexicon/preview") => [&BODY[..], &DRAFT].concat(),
                (_, "/v1/lexicon/reload") => [&BODY[..], &RELOAD].concat(),
                (_, "/v1/lexicon/inflections") => [&BODY[..], &INFLECTIONS].concat(),
                ("post", "/v1/feedback") => [&BODY[..], &MESSAGE, &FEEDBACK].concat(),
                ("get" | "delete", "/v1/feedback") => [&QUERY[..], &STORED].concat(),
                (_, "/v1/feedback/{id}") => [&PLAIN[..], &STORED, &[Code::NotFound]].concat(),
                _ => PLAIN.to_vec(),
            };
            add_problems(operation, &codes);
        }
    }
    add_examples(&mut document);
    let json = serde_json::to_value(&document).map(|json| with_limits(json, settings));
    let text = json.and_then(|json| serde_json::to_string(&json));
    text.expect("the document has only string keys: a bug in utoipa")
}

fn add_schemas(document: &mut Document) {
    let components = document.components.get_or_insert_default();
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
}

/// Examples of the two routes that judge messages, made of one request and one answer.
fn add_examples(document: &mut Document) {
    let request: Value = serde_json::from_str(REQUEST).unwrap_or_default();
    let answer: Value = serde_json::from_str(ANSWER).unwrap_or_default();
    let error = json!({ "error": problem(Code::EmptyText) });
    let bodies = [
        ("/v1/analyze", JSON, request.clone(), answer.clone()),
        (
            "/v1/analyze/batch",
            JSON,
            json!({ "messages": [&request, { "text": "" }] }),
            json!({ "results": [&answer, error] }),
        ),
        ("/v1/analyze/batch", NDJSON, request, answer),
    ];
    for (path, media_type, request, answer) in bodies {
        let item = document.paths.paths.get_mut(path);
        let Some(operation) = item.and_then(|item| item.post.as_mut()) else { continue };
        if let Some(RefOr::T(body)) = &mut operation.request_body
            && let Some(content) = body.content.get_mut(media_type)
        {
            set_example(content, request);
        }
        if let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200")
            && let Some(content) = response.content.get_mut(media_type)
        {
            set_example(content, answer);
        }
    }
}

fn set_example(content: &mut RefOr<Content>, example: Value) {
    if let RefOr::T(content) = content {
        content.example = Some(example);
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let methods = [("get", &mut item.get), ("post", &mut item.post), ("delete", &mut item.delete)];
    methods.into_iter().filter_map(|(name, operation)| Some((name, operation.as_mut()?)))
}

/// Documents problems, one response for each status and one example for each kind.
fn add_problems(operation: &mut Operation, codes: &[Code]) {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        by_status.entry(code.row().status.as_u16()).or_default().push(*code);
    }
    for (status, codes) in by_status {
        let titles: Vec<_> = codes.iter().map(|code| code.row().title).collect();
        let response = ResponseBuilder::new()
            .description(titles.join("; "))
            .content(PROBLEM_JSON, problems(&codes))
            .build();
        operation.responses.responses.insert(status.to_string(), response.into());
    }
}

fn problems(codes: &[Code]) -> Content {
    let examples = codes.iter().map(|code| {
        let row = code.row();
        let value = problem(*code);
        (row.code, ExampleBuilder::new().summary(row.title).value(Some(value)).build())
    });
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Problem::name())))
        .examples_from_iter(examples)
        .build()
}

/// What a problem of this kind looks like.
fn problem(code: Code) -> Value {
    let row = code.row();
    let (kind, status) = (code.uri(), row.status.as_u16());
    json!({ "type": kind, "title": row.title, "status": status, "detail": row.title })
}

/// The limits that an operator has set, in the place of those that are built in.
fn with_limits(mut document: Value, settings: &Settings) -> Value {
    let limits = [
        ("/AnalyzeRequest/properties/text/maxLength", settings.limits.text_code_points),
        ("/FeedbackRequest/properties/text/maxLength", settings.limits.text_code_points),
        ("/ReplyRequest/properties/text/maxLength", settings.limits.text_code_points),
        ("/BatchRequest/properties/messages/maxItems", settings.limits.batch_messages),
    ];
    for (pointer, limit) in limits {
        if let Some(value) = document.pointer_mut(&format!("/components/schemas{pointer}")) {
            *value = limit.into();
        }
    }
    document
}
