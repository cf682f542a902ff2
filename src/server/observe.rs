//! What is told of a request: its share of the figures, and one line with method, route, status, latency and request id.
//!
//! The route is the pattern, never the path; query and body are never looked at. Panics are
//! caught here, so that they too are told and answered in our shape.

use super::error::{ApiError, Code};
use super::state::State;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::time::Instant;
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::RootSpanBuilder;

/// The header that carries the id of a request in both directions.
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken over from a caller.
const LONGEST_ID: usize = 128;
/// The route of a request that fits none.
const NO_ROUTE: &str = "none";

/// The id of a request, the caller's or ours.
#[derive(Clone)]
struct RequestId(HeaderValue);

/// When a request came in.
#[derive(Clone, Copy)]
struct Received(Instant);

/// Sends the request id back. The span has put it there.
pub(super) async fn request_id<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = request.extensions().get::<RequestId>().cloned();
    let Some(RequestId(id)) = id else { return next.call(request).await };
    match next.call(request).await {
        Ok(mut response) => {
            response.headers_mut().insert(REQUEST_ID.clone(), id);
            Ok(response)
        }
        Err(error) => {
            let mut response = error.error_response();
            response.headers_mut().insert(REQUEST_ID.clone(), id);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// The caller's request id, or one of our own.
fn id_of(request: &ServiceRequest) -> HeaderValue {
    if let Some(id) = request.headers().get(&REQUEST_ID).filter(|id| is_an_id(id)) {
        return id.clone();
    }
    let made = request.extensions().get::<tracing_actix_web::RequestId>().map(ToString::to_string);
    let made = made.and_then(|id| HeaderValue::from_str(&id).ok());
    made.unwrap_or(HeaderValue::from_static("none"))
}

/// Ids are short and of harmless characters, so that no text can travel in one.
fn is_an_id(id: &HeaderValue) -> bool {
    let harmless = |b: u8| b.is_ascii_alphanumeric() || b"-_.:".contains(&b);
    !id.is_empty() && id.len() <= LONGEST_ID && id.as_bytes().iter().copied().all(harmless)
}

/// Counts a request by its route and the status of its answer.
pub(super) async fn count<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let begun = Instant::now();
    let route = request.match_pattern().unwrap_or_else(|| NO_ROUTE.to_owned());
    let state = request.app_data::<web::Data<State>>().cloned();
    let outcome = next.call(request).await;
    if let Some(state) = state {
        let status = match &outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        state.metrics.answered(&route, status, begun.elapsed());
    }
    outcome
}

/// Turns a panic of a handler into a problem of status 500.
pub(super) async fn catch_panics<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    // What a handler shares is immutable but for the scratch, which each message starts afresh.
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    outcome.unwrap_or_else(|_| Err(ApiError::new(Code::Internal).into()))
}

/// The span of a request and the line at its end.
pub(super) struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern().unwrap_or_else(|| NO_ROUTE.to_owned());
        let id = id_of(request);
        request.extensions_mut().insert(RequestId(id.clone()));
        request.extensions_mut().insert(Received(Instant::now()));
        // An extension method is any word the caller likes.
        let method = known_method(request.method().as_str());
        tracing::info_span!(
            "request",
            method,
            route,
            request_id = id.to_str().unwrap_or_default(),
            status = Empty
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let (status, received) = match outcome {
            Ok(response) => {
                let received = response.request().extensions().get::<Received>().copied();
                (response.status(), received)
            }
            Err(error) => (error.as_response_error().status_code(), None),
        };
        span.record("status", status.as_u16());
        let latency_us = received.map_or(0, |received| received.0.elapsed().as_micros());
        let latency_us = u64::try_from(latency_us).unwrap_or(u64::MAX);
        let _in_span = span.enter();
        if status.is_server_error() {
            tracing::error!(latency_us, "request");
        } else {
            tracing::info!(latency_us, "request");
        }
    }
}

fn known_method(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS" => method,
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, try_call_service};
    use actix_web::{App, HttpResponse};

    #[actix_web::test]
    async fn a_panic_is_answered_with_a_generic_problem() {
        async fn panics() -> HttpResponse {
            panic!("{} 고객의 말", "비밀")
        }
        let app = App::new().wrap(from_fn(catch_panics)).route("/", web::get().to(panics));
        let app = init_service(app).await;
        let outcome = try_call_service(&app, TestRequest::get().uri("/").to_request()).await;
        let response = outcome.unwrap_err().error_response();
        assert_eq!(response.status(), 500);
        let body = response.into_body().try_into_bytes().unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("urn:nunchi:problem:internal"), "{body}");
        assert!(!body.contains("비밀"), "{body}");
    }

    #[test]
    fn an_id_cannot_carry_a_text() {
        let id = |bytes: &str| is_an_id(&HeaderValue::from_bytes(bytes.as_bytes()).unwrap());
        assert!(id("0198f2a4-7c1e:3.b_A"));
        assert!(!id("짜증나요") && !id("two words") && !id("") && !id(&"x".repeat(129)));
    }
}
