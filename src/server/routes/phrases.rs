//! `GET /v1/phrases`: the phrase bank, filtered.

use crate::api::{PhraseBody, PhrasesBody};
use crate::domain::{Action, Channel, Level, Signal};
use crate::phrases::{PhraseKind, PhraseQuery, Situation, Tone};
use crate::server::app;
use crate::server::error::ApiError;
use crate::server::query::Parameters;
use crate::server::state::State;
use actix_web::{HttpRequest, HttpResponse, web};

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service.service(app::read_only("/v1/phrases", phrases));
}

/// The names of all parameters.
const PARAMETERS: [&str; 7] = ["signal", "action", "level", "channel", "tone", "kind", "situation"];

/// What a phrase must fit; everything left out fits.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only documents the query, which is read parameter by parameter")]
pub(in crate::server) struct PhraseParameters {
    /// A signal that it names.
    #[param(inline, required = false, nullable = false)]
    signal: Option<Signal>,
    /// An action that it fits.
    #[param(inline, required = false, nullable = false)]
    action: Option<Action>,
    /// A level that it fits.
    #[param(minimum = 0, maximum = 3, required = false, nullable = false)]
    level: Option<u8>,
    /// A channel that it fits; phrases that name none fit all.
    #[param(inline, required = false, nullable = false)]
    channel: Option<Channel>,
    /// Its register.
    #[param(inline, required = false, nullable = false)]
    tone: Option<Tone>,
    /// What it does.
    #[param(inline, required = false, nullable = false)]
    kind: Option<PhraseKind>,
    /// The situation that it belongs to.
    #[param(inline, required = false, nullable = false)]
    situation: Option<Situation>,
}

/// 양해·쿠션·마무리 문구
///
/// The phrases that fit every parameter given, in the order of the files.
#[utoipa::path(
    get,
    path = "/v1/phrases",
    tag = "data",
    params(PhraseParameters),
    responses((status = 200, description = "The phrases that fit", body = PhrasesBody)),
)]
pub(in crate::server) async fn phrases(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let query = parse(request.query_string())?;
    let analyzer = &state.lexicons.current().analyzer;
    let phrases = analyzer.phrases().matching(query).map(PhraseBody::from).collect();
    app::json(&PhrasesBody { phrases })
}

/// Reads a query; all that is wrong with it is reported.
fn parse(query: &str) -> Result<PhraseQuery, ApiError> {
    let mut parameters = Parameters::read(query, &PARAMETERS)?;
    let query = PhraseQuery {
        signal: parameters.take("signal"),
        action: parameters.take("action"),
        level: level(&mut parameters),
        channel: parameters.take("channel"),
        tone: parameters.take("tone"),
        kind: parameters.take("kind"),
        situation: parameters.take("situation"),
        day: None,
    };
    parameters.finish(query)
}

fn level(parameters: &mut Parameters) -> Option<Level> {
    let number = parameters.value("level")?.parse().ok();
    match number.and_then(Level::from_number) {
        Some(level) => Some(level),
        None => parameters.refuse("level", "unknown level; known are 0, 1, 2, 3".to_owned()),
    }
}
