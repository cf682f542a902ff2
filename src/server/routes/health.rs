//! `/healthz` and `/readyz`: liveness and readiness.
//!
//! The port is opened only after the lexicons are loaded, so a service that answers is ready; it
//! stops listening when it begins to end.

use crate::server::app;
use crate::server::error::ApiError;
use crate::server::state::State;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/healthz", healthz));
    service.service(app::read_only("/readyz", readyz));
}

/// The state of the service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({ "status": "ok" }))]
pub(in crate::server) struct HealthBody {
    /// `ok` or `ready`.
    status: &'static str,
    /// Version of the lexicon that answers; only of a service that is ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    lexicon: Option<String>,
}

/// 살아 있는지
///
/// Liveness: the process answers.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "health",
    responses((status = 200, description = "The process answers", body = HealthBody)),
)]
pub(in crate::server) async fn healthz() -> Result<HttpResponse, ApiError> {
    app::json(&HealthBody { status: "ok", lexicon: None })
}

/// 받을 준비가 되었는지
///
/// Readiness: lexicons are loaded and messages are taken.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    responses((status = 200, description = "Messages are taken", body = HealthBody,
        example = json!({ "status": "ready", "lexicon": "sha256:0123456789abcdef" }))),
)]
pub(in crate::server) async fn readyz(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let lexicon = Some(state.lexicons.current().analyzer.lexicon().fingerprint().to_owned());
    app::json(&HealthBody { status: "ready", lexicon })
}
