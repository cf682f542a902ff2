//! `/metrics` as a scraper reads it.

use crate::app::TestApp;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The value of a series, by its name with its labels.
pub(crate) fn value(app: &TestApp, series: &str) -> Option<String> {
    let text = app.get("/metrics").body;
    let line = text.lines().find(|line| line.rsplit_once(' ').is_some_and(|(s, _)| s == series))?;
    Some(line.rsplit_once(' ').unwrap().1.to_owned())
}

/// Families by name with their type, as `promtool check metrics` wants them.
fn linted(text: &str) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    let mut helped = BTreeSet::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').unwrap();
            assert!(!help.trim().is_empty() && helped.insert(name.to_owned()), "{line}");
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(helped.contains(name), "{name} has no help before its type");
            assert!(
                types.insert(name.to_owned(), kind.to_owned()).is_none(),
                "{name} stands twice"
            );
        } else {
            let name = line.split(['{', ' ']).next().unwrap();
            let value = line.rsplit_once(' ').unwrap().1;
            assert!(value.parse::<f64>().is_ok(), "{line}");
            let parts = ["_bucket", "_sum", "_count"];
            let base = parts.iter().find_map(|part| name.strip_suffix(part));
            let histogram = base.filter(|base| types.get(*base).is_some_and(|t| t == "histogram"));
            assert!(types.contains_key(histogram.unwrap_or(name)), "{line} has no type");
        }
    }
    for (name, kind) in &types {
        let plain = name.chars().all(|ch| ch.is_ascii_lowercase() || ch == '_');
        assert!(name.starts_with("nunchi_") && plain, "{name}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{name} is a {kind}");
        assert!(!["_ms", "_us", "_millis", "_count", "_sum"].iter().any(|end| name.ends_with(end)));
    }
    types
}

#[test]
fn figures_read_as_a_scraper_wants_them() {
    let app = TestApp::start();
    app.post_message(json!({ "text": "짜증나네요" }).to_string());
    let answer = app.get("/metrics");
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4"));
    let types = linted(&answer.body);
    for (name, kind) in [
        ("nunchi_build_info", "gauge"),
        ("nunchi_lexicon_info", "gauge"),
        ("nunchi_lexicon_reloads_total", "counter"),
        ("nunchi_lexicon_last_reload_success", "gauge"),
        ("nunchi_requests_total", "counter"),
        ("nunchi_request_duration_seconds", "histogram"),
    ] {
        assert_eq!(types.get(name).map(String::as_str), Some(kind), "{name}");
    }
    let body = app.get("/v1/lexicon").json();
    let [lexicon, policy, revision] =
        ["version", "policy_version", "revision"].map(|field| body[field].as_str().unwrap());
    let info = format!(
        "nunchi_lexicon_info{{lexicon=\"{lexicon}\",policy=\"{policy}\",revision=\"{revision}\"}}"
    );
    assert_eq!(value(&app, &info), Some("1".to_owned()));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        value(&app, &format!("nunchi_build_info{{version=\"{version}\"}}")),
        Some("1".to_owned())
    );
}

#[test]
fn requests_are_counted_by_route_and_status_and_never_by_text() {
    let app = TestApp::start();
    for text in ["짜증나네요", "감사합니다", ""] {
        app.post_message(json!({ "text": text }).to_string());
    }
    app.get("/v1/lexicon/entries/%EC%A7%9C%EC%A6%9D");
    app.get("/%EC%A7%9C%EC%A6%9D?q=%EC%A7%9C%EC%A6%9D");
    let count = |route: &str, status: u16| {
        value(&app, &format!("nunchi_requests_total{{route=\"{route}\",status=\"{status}\"}}"))
    };
    assert_eq!(count("/v1/analyze", 200), Some("2".to_owned()));
    assert_eq!(count("/v1/analyze", 422), Some("1".to_owned()));
    assert_eq!(count("/v1/lexicon/entries/{id}", 404), Some("1".to_owned()));
    assert_eq!(count("none", 404), Some("1".to_owned()));
    let latency = "nunchi_request_duration_seconds_count{route=\"/v1/analyze\"}";
    assert_eq!(value(&app, latency), Some("3".to_owned()));
    let finest = "nunchi_request_duration_seconds_bucket{route=\"/v1/analyze\",le=\"0.00001\"}";
    assert!(value(&app, finest).is_some(), "{}", app.get("/metrics").body);
    let text = app.get("/metrics").body;
    assert!(text.is_ascii() && !text.contains("%EC"), "{text}");
}
