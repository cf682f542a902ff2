//! What all workers share, and the one way from a request to its answer.

use super::error::{ApiError, Code};
use crate::analysis::{Analyzer, Scratch};
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
    pub(super) limits: LimitSettings,
    pub(super) body_limit: usize,
    pub(super) line_limit: usize,
    /// The OpenAPI document as it is sent.
    pub(super) openapi: Bytes,
}

impl State {
    pub(super) fn new(analyzer: Arc<Analyzer>, settings: &Settings) -> Self {
        Self {
            analyzer,
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

    /// Answers one message.
    pub(super) fn answer(
        &self,
        request: &AnalyzeRequest,
        defaults: Defaults,
        scratch: &RefCell<Scratch>,
    ) -> Result<AnalyzeResponse, ApiError> {
        // One worker runs one handler at a time between two awaits, and none is held over one.
        let mut scratch = scratch.try_borrow_mut().map_err(|_| ApiError::new(Code::Internal))?;
        Ok(request.answer(&self.analyzer, defaults, &mut scratch)?)
    }
}

/// The day in Korea, for lines with a season.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::fixed(offset(KOREA))).date()
}
