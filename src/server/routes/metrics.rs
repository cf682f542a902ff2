//! `/metrics`: figures for Prometheus.

use crate::server::state::State;
use crate::server::{app, metrics};
use actix_web::{HttpResponse, web};

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/metrics", metrics));
}

/// 수치
///
/// Requests, latencies, and the lexicons that answer, in the text format of Prometheus. No label holds
/// anything of a message.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "health",
    responses((status = 200, description = "The figures", content_type = "text/plain", body = String)),
)]
pub(in crate::server) async fn metrics(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().content_type(metrics::TEXT).body(state.metrics.text())
}
