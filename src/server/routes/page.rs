//! `/`: the workbench. Its files are part of the program and load nothing from elsewhere.

use crate::server::app;
use crate::server::error::{ApiError, Code};
use actix_web::http::header::{self, EntityTag, Header as _, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::fmt::Write as _;

/// What the page may do: its own styles, scripts and images, requests to this service, and no markup
/// from text, which trusted types refuse.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/// The file at `/`.
const INDEX: &str = "index.html";

#[derive(RustEmbed)]
#[folder = "src/server/page"]
struct Page;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/", page)).service(app::read_only("/page/{file:.*}", part));
}

/// 작업대
///
/// The workbench of linguists: messages, conversations, the lexicon, drafts, replies, and the state
/// of the service.
#[utoipa::path(
    get,
    path = "/",
    tag = "pages",
    responses((status = 200, description = "The page", content_type = "text/html", body = String)),
)]
pub(in crate::server) async fn page(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&request, INDEX)
}

async fn part(request: HttpRequest, file: web::Path<String>) -> Result<HttpResponse, ApiError> {
    answer(&request, &file)
}

fn answer(request: &HttpRequest, name: &str) -> Result<HttpResponse, ApiError> {
    let media_type = media_type(name).ok_or(ApiError::new(Code::NotFound))?;
    let file = Page::get(name).ok_or(ApiError::new(Code::NotFound))?;
    let tag = tag(&file);
    let mut response =
        if is_held(request, &tag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        // A browser asks each time, and is told that nothing changed until the program does.
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(header::ETag(tag.clone()));
    if is_held(request, &tag) {
        return Ok(response.finish());
    }
    Ok(response.content_type(media_type).body(file.data.into_owned()))
}

/// The media type of what the page is made of; nothing else is served.
fn media_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending {
        "html" => Some("text/html; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

fn tag(file: &EmbeddedFile) -> EntityTag {
    let hash = file.metadata.sha256_hash();
    let digits = hash.iter().take(16).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    EntityTag::new_strong(digits)
}

/// Whether the browser holds this very file.
fn is_held(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(held)) => held.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}
