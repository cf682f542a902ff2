//! `GET /v1/phrases`: the phrase bank, filtered.

use crate::api::{FieldError, PhraseBody, PhrasesBody};
use crate::domain::{Action, Channel, Level, Signal, UnknownCode};
use crate::phrases::{PhraseKind, PhraseQuery, Situation, Tone};
use crate::server::app;
use crate::server::error::ApiError;
use crate::server::state::State;
use actix_web::{HttpRequest, HttpResponse, web};
use std::str::FromStr;

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
    let mut parameters = Parameters::read(query)?;
    let query = PhraseQuery {
        signal: parameters.take("signal"),
        action: parameters.take("action"),
        level: parameters.take_level("level"),
        channel: parameters.take("channel"),
        tone: parameters.take("tone"),
        kind: parameters.take("kind"),
        situation: parameters.take("situation"),
        day: None,
    };
    if parameters.errors.is_empty() { Ok(query) } else { Err(ApiError::query(parameters.errors)) }
}

/// The parameters of a query and what is wrong with them.
struct Parameters {
    given: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Parameters {
    fn read(query: &str) -> Result<Self, ApiError> {
        let given = web::Query::<Vec<(String, String)>>::from_query(query).map_err(|_| {
            ApiError::query(vec![FieldError {
                pointer: None,
                parameter: None,
                detail: "the query is not name=value pairs".to_owned(),
            }])
        })?;
        let mut read = Self { given: given.into_inner(), errors: Vec::new() };
        read.report_names();
        Ok(read)
    }

    /// Reports names that are unknown or stand twice. An unknown name is repeated only where it
    /// cannot be a text.
    fn report_names(&mut self) {
        let mut seen = Vec::new();
        let mut errors = Vec::new();
        for (name, _) in &self.given {
            let known = PARAMETERS.iter().copied().find(|parameter| parameter == name);
            let detail = match known {
                Some(name) if !seen.contains(&name) => {
                    seen.push(name);
                    continue;
                }
                Some(_) => "stands twice".to_owned(),
                None => format!("unknown parameter; known are {}", PARAMETERS.join(", ")),
            };
            let parameter = crate::api::reading::harmless(name).map(str::to_owned);
            errors.push(FieldError { pointer: None, parameter, detail });
        }
        self.errors = errors;
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    fn take<T: FromStr<Err = UnknownCode>>(&mut self, name: &str) -> Option<T> {
        match self.value(name)?.parse() {
            Ok(value) => Some(value),
            Err(error) => self.refuse(name, error.to_string()),
        }
    }

    fn take_level(&mut self, name: &str) -> Option<Level> {
        let number = self.value(name)?.parse().ok();
        match number.and_then(Level::from_number) {
            Some(level) => Some(level),
            None => self.refuse(name, "unknown level; known are 0, 1, 2, 3".to_owned()),
        }
    }

    fn refuse<T>(&mut self, name: &str, detail: String) -> Option<T> {
        let parameter = Some(name.to_owned());
        self.errors.push(FieldError { pointer: None, parameter, detail });
        None
    }
}
