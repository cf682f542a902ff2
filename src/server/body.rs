//! Request bodies: what they may be declared as, and how much of them is read.

use super::error::{ApiError, Code};
use crate::api::reading;
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

/// The media type of JSON.
pub(super) const JSON: &str = "application/json";
/// The media type of JSON lines.
pub(super) const NDJSON: &str = "application/x-ndjson";

/// Which of the media types in `accepted` the body is declared as.
pub(super) fn media_type(
    request: &HttpRequest,
    accepted: &[&'static str],
) -> Result<&'static str, ApiError> {
    let refuse = |what: &str| {
        let detail = format!("{what}; this resource takes {}", accepted.join(" or "));
        ApiError::with_detail(Code::UnsupportedMediaType, detail)
    };
    if declared(request, header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(refuse("compressed bodies are not read"));
    }
    let Some(declared) = declared(request, header::CONTENT_TYPE) else {
        return Err(refuse("the Content-Type is missing"));
    };
    let (essence, parameters) = declared.split_once(';').unwrap_or((&declared, ""));
    let found = accepted.iter().copied().find(|accepted| *accepted == essence.trim());
    let found = found.ok_or_else(|| refuse("the Content-Type is another"))?;
    let other_charset = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(name, value)| name.trim() == "charset" && value.trim().trim_matches('"') != "utf-8");
    if other_charset { Err(refuse("the charset is not UTF-8")) } else { Ok(found) }
}

fn declared(request: &HttpRequest, name: header::HeaderName) -> Option<String> {
    let value = request.headers().get(name)?;
    Some(value.to_str().unwrap_or_default().trim().to_ascii_lowercase())
}

/// Reads a whole JSON body of at most `limit` bytes.
pub(super) async fn read_json<T: DeserializeOwned>(
    request: &HttpRequest,
    payload: web::Payload,
    limit: usize,
) -> Result<T, ApiError> {
    media_type(request, &[JSON])?;
    Ok(reading::read(&read(request, payload, limit).await?)?)
}

/// Reads a whole body of at most `limit` bytes.
pub(super) async fn read(
    request: &HttpRequest,
    mut payload: web::Payload,
    limit: usize,
) -> Result<Bytes, ApiError> {
    let too_large = || {
        let detail = format!("the body is over the limit of {limit} bytes");
        ApiError::with_detail(Code::BodyTooLarge, detail)
    };
    let announced =
        declared(request, header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let announced: usize = announced.unwrap_or_default();
    if announced > limit {
        return Err(too_large());
    }
    let mut body = BytesMut::with_capacity(announced);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::new(Code::BodyIncomplete))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
