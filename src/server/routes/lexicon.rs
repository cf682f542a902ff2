//! `GET /v1/lexicon`: what is loaded.

use crate::api::LexiconBody;
use crate::server::app;
use crate::server::error::ApiError;
use crate::server::state::State;
use actix_web::{HttpResponse, web};

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/v1/lexicon", lexicon));
}

/// 지금 쓰는 어휘 사전
///
/// What lexicon, policy and phrases are loaded, with their versions and sizes.
#[utoipa::path(
    get,
    path = "/v1/lexicon",
    tag = "data",
    responses((status = 200, description = "What is loaded", body = LexiconBody)),
)]
pub(in crate::server) async fn lexicon(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    app::json(&LexiconBody::new(&state.analyzer))
}
