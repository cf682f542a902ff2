//! `/v1/lexicon/files`: the files of the lexicons that answer, as their authors wrote them, so that
//! an edit can begin with what runs.

use crate::api::{DraftFile, FileBody, FilesBody};
use crate::server::app;
use crate::server::error::{ApiError, Code};
use crate::server::state::State;
use actix_web::{HttpResponse, web};

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    service
        .service(app::read_only("/v1/lexicon/files", files))
        .service(app::read_only("/v1/lexicon/files/{path:.*}", file));
}

/// 사전의 파일들
///
/// The files of the lexicons that answer.
#[utoipa::path(
    get,
    path = "/v1/lexicon/files",
    tag = "data",
    responses((status = 200, description = "The files", body = FilesBody)),
)]
pub(in crate::server) async fn files(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let current = state.lexicons.current();
    let files = current.analyzer.resources().files().iter();
    let files =
        files.map(|file| FileBody { path: file.path.clone(), lines: file.text.lines().count() });
    app::json(&FilesBody { files: files.collect() })
}

/// 사전 파일 하나
///
/// One file with its whole text, in the shape that `POST /v1/lexicon/check` and `/preview` take.
#[utoipa::path(
    get,
    path = "/v1/lexicon/files/{path}",
    tag = "data",
    params(("path" = String, Path, description = "Its path", example = "signals/anger.toml")),
    responses((status = 200, description = "The file", body = DraftFile)),
)]
pub(in crate::server) async fn file(
    path: web::Path<String>,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let current = state.lexicons.current();
    let Some(file) = current.analyzer.resources().get(&path) else {
        let detail = "no file has this path; GET /v1/lexicon/files lists them";
        return Err(ApiError::with_detail(Code::NotFound, detail));
    };
    app::json(&DraftFile { path: file.path.clone(), text: file.text.clone() })
}
