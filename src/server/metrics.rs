//! What `/metrics` tells, in the text format of Prometheus.
//!
//! One registry a service, so that two in one process do not mix. No label ever holds anything of
//! a message: routes are patterns, the rest are words of ours and hashes.

use super::lexicons::{Loaded, Outcome};
use actix_web::http::StatusCode;
use prometheus::core::Collector;
use prometheus::{
    Encoder as _, Gauge, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts,
    Registry, TextEncoder, exponential_buckets,
};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The media type of what is told.
pub(super) const TEXT: &str = prometheus::TEXT_FORMAT;

/// Seconds of the lowest bucket, how much wider each next one is, and how many there are: from 10 µs,
/// which is what a short message takes, to 1.3 s.
const BUCKETS: (f64, f64, usize) = (10e-6, 2.0, 18);

/// The figures of one service.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    latency: HistogramVec,
    lexicon: GaugeVec,
    loaded_at: Gauge,
    reloads: IntCounterVec,
    succeeded: IntGauge,
    attempted_at: Gauge,
    errors: IntGauge,
    /// Held while several figures change together, and while all are read.
    whole: Mutex<()>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let (start, factor, count) = BUCKETS;
        let buckets = exponential_buckets(start, factor, count).unwrap_or_default();
        let latency = HistogramOpts::new(
            "nunchi_request_duration_seconds",
            "Time from a request to the head of its answer, by route",
        );
        let metrics = Self {
            registry: Registry::new(),
            requests: counters(
                "nunchi_requests_total",
                "Requests answered, by route and status",
                &["route", "status"],
            ),
            latency: made(HistogramVec::new(latency.buckets(buckets), &["route"])),
            lexicon: gauges(
                "nunchi_lexicon_info",
                "The lexicons that answer; the value is always 1",
                &["lexicon", "policy", "revision"],
            ),
            loaded_at: made(Gauge::new(
                "nunchi_lexicon_loaded_timestamp_seconds",
                "When the lexicons that answer began to",
            )),
            reloads: counters(
                "nunchi_lexicon_reloads_total",
                "Attempts to load other lexicons, by what came of them",
                &["outcome"],
            ),
            succeeded: made(IntGauge::new(
                "nunchi_lexicon_last_reload_success",
                "1 where the last attempt left what it was asked for; 0 where the files have errors",
            )),
            attempted_at: made(Gauge::new(
                "nunchi_lexicon_last_reload_timestamp_seconds",
                "When lexicons were last loaded or tried",
            )),
            errors: made(IntGauge::new(
                "nunchi_lexicon_errors",
                "Errors that kept the last edit from being loaded",
            )),
            whole: Mutex::new(()),
        };
        let build = gauges(
            "nunchi_build_info",
            "The program that runs; the value is always 1",
            &["version"],
        );
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1.0);
        let all: [Box<dyn Collector>; 9] = [
            Box::new(build),
            Box::new(metrics.requests.clone()),
            Box::new(metrics.latency.clone()),
            Box::new(metrics.lexicon.clone()),
            Box::new(metrics.loaded_at.clone()),
            Box::new(metrics.reloads.clone()),
            Box::new(metrics.succeeded.clone()),
            Box::new(metrics.attempted_at.clone()),
            Box::new(metrics.errors.clone()),
        ];
        for collector in all {
            made(metrics.registry.register(collector));
        }
        // An outcome that has not happened is a 0, not a gap.
        for outcome in Outcome::NAMES {
            metrics.reloads.with_label_values(&[outcome]);
        }
        metrics.succeeded.set(1);
        metrics
    }

    /// A request was answered.
    pub(super) fn answered(&self, route: &str, status: StatusCode, took: Duration) {
        self.requests.with_label_values(&[route, status.as_str()]).inc();
        self.latency.with_label_values(&[route]).observe(took.as_secs_f64());
    }

    /// Other lexicons answer.
    pub(super) fn loaded(&self, loaded: &Loaded) {
        let analyzer = &loaded.analyzer;
        let lexicon = analyzer.lexicon().fingerprint();
        let policy = analyzer.policy().fingerprint();
        let _whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        self.lexicon.reset();
        self.lexicon.with_label_values(&[lexicon, policy, loaded.revision()]).set(1.0);
        self.loaded_at.set(seconds(loaded.at));
        self.attempted_at.set(seconds(loaded.at));
    }

    /// Something came of an attempt to load other lexicons.
    pub(super) fn attempted(&self, at: jiff::Timestamp, outcome: &Outcome) {
        let errors = match outcome {
            Outcome::Unchanged | Outcome::Loaded | Outcome::RolledBack => 0,
            Outcome::Refused(findings) => i64::try_from(findings.len()).unwrap_or(i64::MAX),
            Outcome::Unreadable(_) => 1,
        };
        let _whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        self.reloads.with_label_values(&[outcome.name()]).inc();
        self.succeeded.set(i64::from(errors == 0));
        self.errors.set(errors);
        self.attempted_at.set(seconds(at));
    }

    /// All figures as they stand.
    pub(super) fn text(&self) -> Vec<u8> {
        let families = {
            let _whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
            self.registry.gather()
        };
        let mut text = Vec::new();
        made(TextEncoder::new().encode(&families, &mut text));
        text
    }
}

fn counters(name: &str, help: &str, labels: &[&str]) -> IntCounterVec {
    made(IntCounterVec::new(Opts::new(name, help), labels))
}

fn gauges(name: &str, help: &str, labels: &[&str]) -> GaugeVec {
    made(GaugeVec::new(Opts::new(name, help), labels))
}

/// Names and labels are written here and nowhere else.
fn made<T>(made: prometheus::Result<T>) -> T {
    made.expect("metrics have sound names, each its own: a bug in server::metrics")
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of this century fit 53 bits")]
fn seconds(at: jiff::Timestamp) -> f64 {
    at.as_microsecond() as f64 / 1e6
}
