//! `/`: a page to try a message. Its three files are part of the program and load nothing else.

use crate::server::app;
use actix_web::http::header;
use actix_web::{HttpResponse, web};

/// What the page may do: its own style and script, and requests to this service.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service
        .service(app::read_only("/", page))
        .service(app::read_only("/page.css", style))
        .service(app::read_only("/page.js", script));
}

/// 메시지를 넣어 보는 화면
///
/// A page to try a message.
#[utoipa::path(
    get,
    path = "/",
    tag = "pages",
    responses((status = 200, description = "The page", content_type = "text/html", body = String)),
)]
pub(in crate::server) async fn page() -> HttpResponse {
    file("text/html; charset=utf-8", include_str!("../page/index.html"))
}

async fn style() -> HttpResponse {
    file("text/css; charset=utf-8", include_str!("../page/page.css"))
}

async fn script() -> HttpResponse {
    file("text/javascript; charset=utf-8", include_str!("../page/page.js"))
}

fn file(media_type: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        // A new version of the program is a new page.
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(text)
}
