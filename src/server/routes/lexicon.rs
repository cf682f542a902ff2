//! `/v1/lexicon` and below: what answers, and loading something else.

use crate::api::{
    AttemptBody, ClassifierBody, FindingBody, LexiconBody, LexiconsBody, ReloadBody, ReloadRequest,
    RevisionBody, reading,
};
use crate::server::error::{ApiError, Code};
use crate::server::lexicons::{Attempt, Loaded, Outcome, Refusal};
use crate::server::state::{State, today};
use crate::server::{app, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::Arc;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/v1/lexicon", lexicon));
    let reload_at = app::resource("/v1/lexicon/reload", app::POST);
    service.service(reload_at.route(web::post().to(reload)));
}

/// 지금 쓰는 어휘 사전
///
/// What lexicon, policy, phrases and model answer, with versions and sizes; what answered before;
/// and what came of the last attempt to load something else.
#[utoipa::path(
    get,
    path = "/v1/lexicon",
    tag = "data",
    responses((status = 200, description = "What answers", body = LexiconsBody)),
)]
pub(in crate::server) async fn lexicon(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let (current, earlier, last) = state.lexicons.overview();
    let classifier = current.analyzer.classifier().map(|model| ClassifierBody {
        model: model.name().to_owned(),
        version: model.version().to_owned(),
        runtime: model.runtime(),
    });
    app::json(&LexiconsBody {
        lexicon: LexiconBody::new(&current.analyzer),
        revision: current.revision().to_owned(),
        loaded_at: current.at.to_string(),
        source: if state.lexicons.dir().is_some() { "folder" } else { "embedded" },
        classifier,
        earlier: earlier.iter().map(|loaded| revision(loaded)).collect(),
        last_attempt: last.as_ref().map(attempt),
    })
}

/// 사전을 다시 읽기
///
/// Reads the lexicon folder again, or rolls back to an earlier revision. What is new is compiled and
/// checked with all its examples beside what runs and takes its place between two requests; with any
/// error what runs stays. Needs the admin key: `Authorization: Bearer KEY`.
#[utoipa::path(
    post,
    path = "/v1/lexicon/reload",
    tag = "data",
    request_body(content = ReloadRequest, content_type = "application/json"),
    responses((status = 200, description = "What answers now", body = ReloadBody)),
)]
pub(in crate::server) async fn reload(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    state.authorize(&request)?;
    let body = body::read(&request, payload, state.body_limit).await?;
    let wanted: ReloadRequest = if body.trim_ascii().is_empty() {
        ReloadRequest::default()
    } else {
        body::media_type(&request, &[body::JSON])?;
        reading::read(&body)?
    };
    let lexicons = Arc::clone(&state.lexicons);
    let done = state.reloads.run(move || match wanted.revision {
        Some(revision) => lexicons.roll_back(&revision),
        None => lexicons.reload(today()),
    });
    let outcome = done.await?.map_err(refused)?;
    let revision = state.lexicons.current().revision().to_owned();
    app::json(&ReloadBody { outcome: outcome.name(), revision })
}

fn refused(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Embedded => ApiError::new(Code::NoLexiconFolder),
        Refusal::UnknownRevision => ApiError::new(Code::UnknownRevision),
        Refusal::Errors(findings) => ApiError::lexicons(&findings),
        Refusal::Unreadable(why) => ApiError::with_detail(Code::LexiconErrors, why),
    }
}

fn revision(loaded: &Loaded) -> RevisionBody {
    RevisionBody { revision: loaded.revision().to_owned(), loaded_at: loaded.at.to_string() }
}

fn attempt(attempt: &Attempt) -> AttemptBody {
    let findings = match &attempt.outcome {
        Outcome::Refused(findings) => findings.iter().map(FindingBody::from).collect(),
        _ => Vec::new(),
    };
    AttemptBody { at: attempt.at.to_string(), outcome: attempt.outcome.name(), findings }
}
