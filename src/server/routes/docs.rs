//! `/docs`: the API reference to read and try, served from the program, so it works offline.

use crate::server::app;
use crate::server::error::{ApiError, Code};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use std::sync::Arc;
use utoipa_swagger_ui::Config;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    // Without "none" the reader would ask a validator on the network.
    let config = Config::from("/openapi.json").validator_url("none").try_it_out_enabled(true);
    service
        .app_data(web::Data::new(Arc::new(config)))
        .service(app::read_only("/docs", to_folder))
        .service(app::read_only("/docs/{file:.*}", docs));
}

/// The files of the reader are named relative to its folder.
async fn to_folder() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/docs/")).finish()
}

/// API 설명서
///
/// The API reference, to read and to try.
#[utoipa::path(
    get,
    path = "/docs/",
    tag = "pages",
    responses((status = 200, description = "The API reference", content_type = "text/html", body = String)),
)]
pub(in crate::server) async fn docs(
    file: web::Path<String>,
    config: web::Data<Arc<Config<'static>>>,
) -> Result<HttpResponse, ApiError> {
    match utoipa_swagger_ui::serve(&file, Arc::clone(&config)) {
        Ok(Some(file)) => {
            Ok(HttpResponse::Ok().content_type(file.content_type).body(file.bytes.into_owned()))
        }
        Ok(None) => Err(ApiError::new(Code::NotFound)),
        Err(_) => Err(ApiError::new(Code::Internal)),
    }
}
