//! What all workers share, and the one way from a request to its answer.

use super::classifiers::Classifiers;
use super::error::{ApiError, Code};
use crate::analysis::{Analyzer, Opinion, Scratch};
use crate::api::{AnalyzeRequest, AnalyzeResponse, Defaults};
use crate::settings::{LimitSettings, Settings};
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use std::cell::RefCell;
use std::sync::Arc;

/// Hours that Korea is ahead of UTC; it has no summer time.
const KOREA: i8 = 9;

/// What all workers share; nothing of it changes.
#[derive(Debug)]
pub(super) struct State {
    pub(super) analyzer: Arc<Analyzer>,
    classifiers: Option<Classifiers>,
    pub(super) limits: LimitSettings,
    pub(super) body_limit: usize,
    pub(super) line_limit: usize,
    /// The OpenAPI document as it is sent.
    pub(super) openapi: Bytes,
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
        analyzer: Arc<Analyzer>,
        classifiers: Option<Classifiers>,
        settings: &Settings,
    ) -> Self {
        Self {
            analyzer,
            classifiers,
            limits: settings.limits,
            body_limit: settings.server.body_limit,
            line_limit: settings.server.ndjson_line_limit,
            openapi: super::routes::openapi::document(settings).into(),
        }
    }

    /// What this request takes from settings and clock.
    pub(super) fn defaults(&self) -> Defaults {
        Defaults { max_code_points: self.limits.text_code_points, today: today() }
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
        defaults: Defaults,
        scratch: &RefCell<Scratch>,
        patience: Patience,
    ) -> Result<AnalyzeResponse, ApiError> {
        let message = request.message(defaults)?;
        let reading = {
            // One worker runs one handler at a time between two awaits, and none is held over one.
            let mut scratch =
                scratch.try_borrow_mut().map_err(|_| ApiError::new(Code::Internal))?;
            self.analyzer.read(&message, &mut scratch)
        };
        let opinion = match &self.classifiers {
            Some(classifiers) if self.analyzer.is_classifier_wanted(&message, &reading) => {
                let text = message.text.as_str();
                match patience {
                    Patience::Chat => classifiers.ask(text).await,
                    Patience::Batch => classifiers.ask_in_turn(text).await,
                }
            }
            _ => Opinion::NotAsked,
        };
        let analysis = self.analyzer.conclude(&message, reading, opinion);
        Ok(request.respond(&self.analyzer, &analysis))
    }
}

/// The day in Korea, for lines with a season.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::fixed(offset(KOREA))).date()
}
