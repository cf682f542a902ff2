//! `/v1/lexicon/entries`: the items of the lexicon that answers, searched and one by one; and
//! `/v1/lexicon/inflections`: what forms match that nobody has written into it yet.

use crate::api::{
    EntriesBody, EntryBody, EntryDetailBody, FieldError, InflectionsBody, InflectionsRequest,
};
use crate::domain::Signal;
use crate::lexicon::{ItemKind, Wanted};
use crate::server::error::{ApiError, Code};
use crate::server::query::Parameters;
use crate::server::state::State;
use crate::server::{app, background, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::Arc;

/// The names of all parameters.
const PARAMETERS: [&str; 6] = ["q", "kind", "signal", "file", "limit", "after"];
/// Items of a page where the query does not say.
const PAGE: usize = 50;
/// The most items of a page.
const LARGEST_PAGE: usize = 500;
/// The longest text to search for, in characters.
const LONGEST_SEARCH: usize = 200;
/// Ids that are suggested for an unknown one.
const SUGGESTED: usize = 3;
/// Forms of one request, and characters of one form.
const MOST_FORMS: usize = 50;
const LONGEST_FORM: usize = 1000;
/// The longest gap; see the check of gaps in lexicon files.
const LONGEST_GAP: u8 = 16;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service
        .service(app::read_only("/v1/lexicon/entries", entries))
        .service(app::read_only("/v1/lexicon/entries/{id}", entry));
    let inflect = app::resource("/v1/lexicon/inflections", app::POST);
    service.service(inflect.route(web::post().to(inflections)));
}

/// What an item must fit; everything left out fits.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only documents the query, which is read parameter by parameter")]
pub(in crate::server) struct EntryParameters {
    /// A word in id, forms, note or examples, or a text that the item matches: `답답했는데`.
    #[param(max_length = 200, required = false, nullable = false)]
    q: Option<String>,
    /// What kind of thing it is.
    #[param(inline, required = false, nullable = false)]
    kind: Option<ItemKind>,
    /// A signal that it shows or covers.
    #[param(inline, required = false, nullable = false)]
    signal: Option<Signal>,
    /// Its file, or the begin of the path, such as `signals/anger.toml` or `shifters/`.
    #[param(required = false, nullable = false)]
    file: Option<String>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 500, default = 50, required = false, nullable = false)]
    limit: Option<usize>,
    /// The `next` of the page before.
    #[param(required = false, nullable = false)]
    after: Option<String>,
}

/// 사전 찾아보기
///
/// The entries, exceptions and shifters that fit every parameter given. Those that match `q` as a text
/// come first, so that an inflected form finds its entry; then those that hold it.
#[utoipa::path(
    get,
    path = "/v1/lexicon/entries",
    tag = "data",
    params(EntryParameters),
    responses((status = 200, description = "The items that fit", body = EntriesBody)),
)]
pub(in crate::server) async fn entries(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Parameters::read(request.query_string(), &PARAMETERS)?;
    let analyzer = Arc::clone(&state.lexicons.current().analyzer);
    let kind = parameters.take("kind");
    let signal = parameters.take("signal");
    let limit = parameters.take("limit").unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        parameters.refuse::<()>("limit", format!("must be 1 to {LARGEST_PAGE}"));
    }
    let text = parameters.value("q").map(str::to_owned);
    if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST_SEARCH) {
        parameters.refuse::<()>("q", format!("longer than {LONGEST_SEARCH} characters"));
    }
    let file = parameters.value("file").map(str::to_owned);
    let after = parameters.value("after").map(str::to_owned);
    if after.as_ref().is_some_and(|after| analyzer.lexicon().by_id(after).is_none()) {
        parameters.refuse::<()>("after", "no item has this id".to_owned());
    }
    parameters.finish(())?;
    let page = background::lookup(move || {
        let wanted = Wanted { text: text.as_deref(), kind, signal, file: file.as_deref() };
        let found = analyzer.lexicon().search(wanted, analyzer.details());
        let begin = match after {
            None => 0,
            Some(after) => found.iter().position(|item| item.id == after)? + 1,
        };
        let shown = found.get(begin..).unwrap_or_default();
        let entries: Vec<EntryBody> =
            shown.iter().take(limit).map(|item| EntryBody::from(*item)).collect();
        let more = shown.len() > entries.len();
        let next = entries.last().filter(|_| more).map(|last| last.id.clone());
        Some(EntriesBody { total: found.len(), entries, next })
    });
    let page = page.await?.ok_or_else(|| {
        let detail = "the item of this id is not among those asked for".to_owned();
        let parameter = Some("after".to_owned());
        ApiError::query(vec![FieldError { pointer: None, parameter, detail }])
    })?;
    app::json(&page)
}

/// 사전 항목 하나
///
/// An entry, exception or shifter with its examples and what each of its forms matches.
#[utoipa::path(
    get,
    path = "/v1/lexicon/entries/{id}",
    tag = "data",
    params(("id" = String, Path, description = "Its id", example = "anger.dapdap")),
    responses((status = 200, description = "The item", body = EntryDetailBody)),
)]
pub(in crate::server) async fn entry(
    id: web::Path<String>,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let analyzer = Arc::clone(&state.lexicons.current().analyzer);
    let id = id.into_inner();
    let body = background::lookup(move || {
        let lexicon = analyzer.lexicon();
        let found = lexicon.by_id(&id).map(|item| EntryDetailBody::new(&analyzer, item));
        found.ok_or_else(|| {
            let like = lexicon.ids_like(&id, SUGGESTED).into_iter();
            like.map(|id| format!("`{id}`")).collect::<Vec<_>>()
        })
    });
    match body.await? {
        Ok(body) => app::json(&body),
        Err(like) if like.is_empty() => {
            let detail = "no item has this id; GET /v1/lexicon/entries lists them";
            Err(ApiError::with_detail(Code::NotFound, detail))
        }
        Err(like) => {
            let detail = format!("no item has this id; the nearest are {}", like.join(", "));
            Err(ApiError::with_detail(Code::NotFound, detail))
        }
    }
}

/// 활용 보기
///
/// What forms match, whether they stand in the lexicon or not: their stems, and inflected forms that
/// the matcher itself has found.
#[utoipa::path(
    post,
    path = "/v1/lexicon/inflections",
    tag = "data",
    request_body(content = InflectionsRequest, content_type = "application/json"),
    responses((status = 200, description = "What they match", body = InflectionsBody)),
)]
pub(in crate::server) async fn inflections(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let draft: InflectionsRequest = body::read_json(&request, payload, state.body_limit).await?;
    let out_of_range =
        |pointer: String, detail: String| Err(ApiError::at(Code::OutOfRange, pointer, detail));
    if draft.forms.is_empty() || draft.forms.len() > MOST_FORMS {
        let detail = format!("{} forms; 1 to {MOST_FORMS} are inflected", draft.forms.len());
        return out_of_range("/forms".to_owned(), detail);
    }
    let long = |form: &String| form.chars().count() > LONGEST_FORM;
    if let Some(place) = draft.forms.iter().position(long) {
        let detail = format!("the form is longer than {LONGEST_FORM} characters");
        return out_of_range(format!("/forms/{place}"), detail);
    }
    if draft.gap.is_some_and(|gap| gap > LONGEST_GAP) {
        return out_of_range("/gap".to_owned(), format!("the gap is over {LONGEST_GAP} syllables"));
    }
    let analyzer = Arc::clone(&state.lexicons.current().analyzer);
    let inflected = background::lookup(move || draft.answer(&analyzer)).await?;
    let body = inflected.map_err(|(place, refused)| {
        ApiError::at(Code::FormRefused, format!("/forms/{place}"), refused.to_string())
    })?;
    app::json(&body)
}
