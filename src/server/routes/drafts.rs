//! `POST /v1/lexicon/check` and `/preview`: edited files, tried without loading anything.

use crate::analysis::{Analyzer, LintScope, lint};
use crate::api::{
    ChangeBody, CheckBody, CheckRequest, DraftFile, FindingBody, HitBody, HitCount, JudgmentBody,
    PreviewBody, PreviewRequest,
};
use crate::domain::OffsetUnit;
use crate::evaluation::diff::{Change, Hit, Verdict, compare};
use crate::evaluation::sample;
use crate::lexicon::examples;
use crate::resource::{Diagnostics, Resources, Severity, SourceFile};
use crate::server::error::{ApiError, Code};
use crate::server::state::{State, today};
use crate::server::{app, body};
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::Arc;

/// Changes that a preview shows.
const SHOWN: usize = 100;
/// Files of one draft.
const MOST_FILES: usize = 100;
/// Messages that a preview is tried on.
const MOST_MESSAGES: usize = 10_000;

pub(in crate::server) fn register(service: &mut web::ServiceConfig) {
    let check = app::resource("/v1/lexicon/check", app::POST);
    service.service(check.route(web::post().to(check_draft)));
    let preview = app::resource("/v1/lexicon/preview", app::POST);
    service.service(preview.route(web::post().to(preview_draft)));
}

/// 고친 사전 확인하기
///
/// Checks edited files together with the others that answer now, with all their examples, as a
/// reload would; of the edited files also what is only suspicious, such as entries that hit
/// ordinary Korean by accident. Nothing is loaded.
#[utoipa::path(
    post,
    path = "/v1/lexicon/check",
    tag = "data",
    request_body(content = CheckRequest, content_type = "application/json"),
    responses((status = 200, description = "What is wrong", body = CheckBody)),
)]
pub(in crate::server) async fn check_draft(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let draft: CheckRequest = body::read_json(&request, payload, state.body_limit).await?;
    let running = Arc::clone(&state.lexicons.current().analyzer);
    let paths: Vec<String> = draft.files.iter().map(|file| file.path.clone()).collect();
    let resources = overlay(&running, draft.files)?;
    let findings = state.drafts.run({
        let paths = paths.clone();
        move || {
            let scope = LintScope { files: Some(&paths), ordinary: Some(&[]) };
            lint(&resources, today(), scope).sorted()
        }
    });
    let findings = findings.await?;
    let ok = findings.iter().all(|finding| finding.severity != Severity::Error);
    let told = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error || paths.contains(&finding.file));
    app::json(&CheckBody { ok, findings: told.map(FindingBody::from).collect() })
}

/// 고친 사전 미리 보기
///
/// What edited files would change on messages of yours, or, without any, on 1,500 messages that come with
/// the program and every example sentence of the lexicons that answer now. Both sides are read by the lexicon alone. Nothing is loaded.
#[utoipa::path(
    post,
    path = "/v1/lexicon/preview",
    tag = "data",
    request_body(content = PreviewRequest, content_type = "application/json"),
    responses((status = 200, description = "What would change", body = PreviewBody)),
)]
pub(in crate::server) async fn preview_draft(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let PreviewRequest { files, messages } =
        body::read_json(&request, payload, state.body_limit).await?;
    let given = messages.as_ref().map_or(0, Vec::len);
    if given > MOST_MESSAGES {
        let detail = format!("{given} messages are over the limit of {MOST_MESSAGES}");
        return Err(ApiError::at(Code::BatchTooLarge, "/messages", detail));
    }
    let running = Arc::clone(&state.lexicons.current().analyzer);
    let resources = overlay(&running, files)?;
    let preview = state.drafts.run(move || {
        let draft = Analyzer::build(&resources).map_err(Diagnostics::sorted)?;
        let texts = messages.unwrap_or_else(|| {
            // What customers write comes first, since not all changes are shown.
            sample().map(str::to_owned).chain(examples(running.resources())).collect()
        });
        Ok(preview(&running, &draft, &texts))
    });
    match preview.await? {
        Ok(preview) => app::json(&preview),
        Err(findings) => {
            let errors: Vec<_> =
                Vec::into_iter(findings).filter(|one| one.severity == Severity::Error).collect();
            Err(ApiError::lexicons(&errors))
        }
    }
}

fn overlay(running: &Analyzer, files: Vec<DraftFile>) -> Result<Resources, ApiError> {
    if files.len() > MOST_FILES {
        let detail = format!("{} files are over the limit of {MOST_FILES}", files.len());
        return Err(ApiError::at(Code::OutOfRange, "/files", detail));
    }
    let drafts = files.into_iter().map(|file| SourceFile { path: file.path, text: file.text });
    Ok(running.resources().overlaid(drafts))
}

fn preview(running: &Analyzer, draft: &Analyzer, texts: &[String]) -> PreviewBody {
    let comparison = compare(running, draft, texts.iter().map(String::as_str), today());
    let mut changes: Vec<&Change> = comparison.changes.iter().collect();
    changes.sort_by_key(|change| (!change.moves(), change.index));
    let entries = comparison
        .entries()
        .into_iter()
        .map(|(entry, count)| (entry.to_owned(), HitCount { new: count.gained, lost: count.lost }));
    PreviewBody {
        messages: comparison.messages,
        read_differently: comparison.changes.len(),
        judged_differently: comparison.changes.iter().filter(|change| change.moves()).count(),
        entries: entries.collect(),
        changes: changes
            .into_iter()
            .take(SHOWN)
            .filter_map(|change| Some(change_body(change, texts.get(change.index)?)))
            .collect(),
    }
}

fn change_body(change: &Change, text: &str) -> ChangeBody {
    let hits = |hits: &[Hit]| {
        let bodies = hits.iter().map(|hit| {
            let (start, end) = hit.span.counted_in(OffsetUnit::CodePoint, text);
            HitBody { entry: hit.entry.clone(), start, end }
        });
        bodies.collect()
    };
    ChangeBody {
        index: change.index,
        text: text.to_owned(),
        before: judgment(&change.before),
        after: judgment(&change.after),
        new: hits(&change.gained),
        lost: hits(&change.lost),
    }
}

fn judgment(verdict: &Verdict) -> JudgmentBody {
    JudgmentBody {
        level: verdict.level.number(),
        action: verdict.action,
        signals: verdict.signals.iter().collect(),
    }
}
