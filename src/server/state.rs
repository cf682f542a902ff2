//! What all workers share, and the one way from a request to its answer.

use super::background::Lane;
use super::classifiers::Classifiers;
use super::error::{ApiError, Code};
use super::lexicons::Lexicons;
use super::metrics::Metrics;
use crate::analysis::{Analysis, Analyzer, Message, Opinion, Reading, Scratch};
use crate::api::{AnalyzeRequest, AnalyzeResponse, Defaults, ExplainResponse, Seen};
use crate::evaluation::feedback::Store;
use crate::settings::{LimitSettings, Settings};
use actix_web::HttpRequest;
use actix_web::http::header;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::sync::Arc;
use subtle::ConstantTimeEq as _;

/// Hours that Korea is ahead of UTC; it has no summer time.
const KOREA: i8 = 9;

/// What all workers share; only the lexicons in it change, between two requests.
#[derive(Debug)]
pub(super) struct State {
    pub(super) lexicons: Arc<Lexicons>,
    /// Where edited files are checked and tried.
    pub(super) drafts: Lane,
    /// Where other lexicons are loaded on request.
    pub(super) reloads: Lane,
    admin_key: Option<[u8; 32]>,
    classifiers: Option<Classifiers>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) limits: LimitSettings,
    pub(super) body_limit: usize,
    pub(super) line_limit: usize,
    /// What people say of answers, and whether more is taken.
    pub(super) feedback: Feedback,
    /// The OpenAPI document as it is sent.
    pub(super) openapi: Bytes,
}

/// What people say of answers.
#[derive(Debug)]
pub(super) struct Feedback {
    /// Whether more is taken.
    pub(super) enabled: bool,
    pub(super) store: Arc<Store>,
}

/// What a request takes once, so that nothing changes under it.
#[derive(Debug, Clone)]
pub(super) struct Occasion {
    pub(super) defaults: Defaults,
    pub(super) analyzer: Arc<Analyzer>,
}

/// Whether somebody waits for this one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// A chatbot does: rather no verdict than a late one.
    Chat,
    /// It is one of many: its turn will come.
    Batch,
}

impl State {
    pub(super) fn new(
        lexicons: Arc<Lexicons>,
        classifiers: Option<Classifiers>,
        metrics: Arc<Metrics>,
        settings: &Settings,
    ) -> Self {
        Self {
            lexicons,
            drafts: Lane::new(),
            reloads: Lane::new(),
            admin_key: settings.access.admin_key_sha256,
            classifiers,
            metrics,
            limits: settings.limits,
            body_limit: settings.server.body_limit,
            line_limit: settings.server.ndjson_line_limit,
            feedback: Feedback {
                enabled: settings.feedback.enabled,
                store: Arc::new(Store::new(
                    settings.feedback.dir.clone(),
                    settings.feedback.max_bytes,
                )),
            },
            openapi: super::routes::openapi::document(settings).into(),
        }
    }

    /// What this request takes from settings, clock and lexicons, once for its whole length.
    pub(super) fn occasion(&self) -> Occasion {
        let max_code_points = self.limits.text_code_points;
        Occasion {
            defaults: Defaults { max_code_points, today: today() },
            analyzer: Arc::clone(&self.lexicons.current().analyzer),
        }
    }

    /// Whether a request may load other lexicons, or read and delete feedback.
    pub(super) fn authorize(&self, request: &HttpRequest) -> Result<(), ApiError> {
        let Some(wanted) = self.admin_key else {
            let detail = "no admin key is set; access.admin_key_sha256 in the settings sets one";
            return Err(ApiError::with_detail(Code::Forbidden, detail));
        };
        let given =
            request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = given
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, key)) = key else { return Err(ApiError::new(Code::Unauthorized)) };
        let digest: [u8; 32] = Sha256::digest(key.trim()).into();
        if digest.ct_eq(&wanted).into() { Ok(()) } else { Err(ApiError::new(Code::Unauthorized)) }
    }

    /// How many messages of one request are best answered at a time.
    pub(super) fn width(&self) -> usize {
        // Two for each thread: one is judged while the other is read or waits for its turn.
        self.classifiers.as_ref().map_or(1, |classifiers| 2 * classifiers.threads())
    }

    /// Answers one message.
    pub(super) async fn answer(
        &self,
        request: &AnalyzeRequest,
        occasion: &Occasion,
        scratch: &RefCell<Scratch>,
        patience: Patience,
    ) -> Result<AnalyzeResponse, ApiError> {
        let message = request.message(occasion.defaults)?;
        let analysis = self.analyze(&message, occasion, scratch, patience).await?;
        Ok(request.respond(&occasion.analyzer, &analysis))
    }

    /// Judges one message.
    pub(super) async fn analyze<'o>(
        &self,
        message: &Message<'_>,
        occasion: &'o Occasion,
        scratch: &RefCell<Scratch>,
        patience: Patience,
    ) -> Result<Analysis<'o>, ApiError> {
        let reading = {
            // One worker runs one handler at a time between two awaits, and none is held over one.
            let mut scratch =
                scratch.try_borrow_mut().map_err(|_| ApiError::new(Code::Internal))?;
            occasion.analyzer.read(message, &mut scratch)
        };
        let opinion = self.opinion(message, &reading, &occasion.analyzer, patience).await;
        Ok(occasion.analyzer.conclude(message, reading, opinion))
    }

    /// Answers one message and shows how it was read.
    pub(super) async fn explain(
        &self,
        request: &AnalyzeRequest,
        occasion: &Occasion,
        scratch: &RefCell<Scratch>,
    ) -> Result<ExplainResponse, ApiError> {
        let message = request.message(occasion.defaults)?;
        let analyzer = &occasion.analyzer;
        let (reading, seen) = {
            let mut scratch =
                scratch.try_borrow_mut().map_err(|_| ApiError::new(Code::Internal))?;
            let reading = analyzer.read(&message, &mut scratch);
            (reading, Seen::from(&*scratch))
        };
        let opinion = self.opinion(&message, &reading, analyzer, Patience::Chat).await;
        let analysis = analyzer.conclude(&message, reading, opinion);
        Ok(ExplainResponse::new(analyzer, &analysis, seen, &request.text, request.offsets))
    }

    /// What the classifier has to say, where it is asked.
    async fn opinion(
        &self,
        message: &Message<'_>,
        reading: &Reading,
        analyzer: &Analyzer,
        patience: Patience,
    ) -> Opinion {
        let Some(classifiers) = &self.classifiers else { return Opinion::NotAsked };
        if !analyzer.is_classifier_wanted(message, reading) {
            return Opinion::NotAsked;
        }
        let text = message.text.as_str();
        match patience {
            Patience::Chat => classifiers.ask(text).await,
            Patience::Batch => classifiers.ask_in_turn(text).await,
        }
    }
}

/// The day in Korea, for lines with a season.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::fixed(offset(KOREA))).date()
}
