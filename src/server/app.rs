//! The routes, in one place. Whatever fits none of them is answered in our shape too.

use super::error::{ApiError, Code};
use super::routes;
use actix_web::{HttpResponse, Resource, web};
use serde::Serialize;

/// Methods of a resource that is only read.
pub(super) const READ: &str = "GET, HEAD";
/// Methods of a resource that takes a body.
pub(super) const POST: &str = "POST";

/// Registers every route.
pub(super) fn configure(service: &mut web::ServiceConfig) {
    service
        .configure(routes::analyze::register)
        .configure(routes::batch::register)
        .configure(routes::explain::register)
        .configure(routes::phrases::register)
        .configure(routes::replies::register)
        .configure(routes::lexicon::register)
        .configure(routes::drafts::register)
        .configure(routes::entries::register)
        .configure(routes::feedback::register)
        .configure(routes::files::register)
        .configure(routes::health::register)
        .configure(routes::metrics::register)
        .configure(routes::openapi::register)
        .configure(routes::docs::register)
        .configure(routes::page::register)
        .default_service(web::to(not_found));
}

async fn not_found() -> Result<HttpResponse, ApiError> {
    Err(ApiError::new(Code::NotFound))
}

/// A resource that answers any method but those of `allow` with 405.
pub(super) fn resource(path: &str, allow: &'static str) -> Resource {
    let refuse = move || async move { Err::<HttpResponse, _>(ApiError::method_not_allowed(allow)) };
    web::resource(path).default_service(web::to(refuse))
}

/// A resource that is only read.
pub(super) fn read_only<F, Args>(path: &str, handler: F) -> Resource
where
    F: actix_web::Handler<Args> + Clone,
    Args: actix_web::FromRequest + 'static,
    F::Output: actix_web::Responder + 'static,
{
    resource(path, READ).route(web::get().to(handler.clone())).route(web::head().to(handler))
}

/// A JSON answer of status 200.
pub(super) fn json(body: &impl Serialize) -> Result<HttpResponse, ApiError> {
    let body = serde_json::to_vec(body).map_err(|_| ApiError::new(Code::Internal))?;
    Ok(HttpResponse::Ok().content_type(super::body::JSON).body(body))
}
