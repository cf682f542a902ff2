use crate::app::{Log, TestApp};
use serde_json::json;

/// A text that no other test sends.
const SECRET: &str = "홍길동비밀상담";

#[test]
fn the_text_of_a_bad_request_is_neither_sent_back_nor_logged() {
    let app = TestApp::start();
    let bodies = [
        json!({ "text": 1, "role": SECRET }).to_string(),
        json!({ "text": "a", "role": SECRET }).to_string(),
        json!({ "text": "a", "offsets": SECRET }).to_string(),
        json!({ "text": "a", "max_apologies": SECRET }).to_string(),
        json!({ "text": { "text": SECRET } }).to_string(),
        json!({ "text": "a", SECRET: 1 }).to_string(),
        json!({ "text": SECRET, "max_apologies": 21 }).to_string(),
        json!({ "text": SECRET.repeat(1000) }).to_string(),
        json!([SECRET]).to_string(),
        json!(SECRET).to_string(),
        SECRET.to_owned(),
        format!("{{\"text\":\"{SECRET}"),
        format!("{{\"text\":\"{SECRET}\", {SECRET}: 1}}"),
    ];
    for body in &bodies {
        for path in ["/v1/analyze", "/v1/analyze/batch", "/v1/explain"] {
            let answer = app.post(path, "application/json", body);
            assert!(answer.status >= 400 && !answer.body.contains(SECRET), "{body}: {answer:?}");
        }
        let batch = format!("{{\"messages\":[{body}]}}");
        let answer = app.post("/v1/analyze/batch", "application/json", &batch);
        assert!(!answer.body.contains(SECRET), "{batch}: {answer:?}");
        let answer = app.post("/v1/analyze/batch", "application/x-ndjson", body);
        assert!(!answer.body.contains(SECRET), "{body}: {answer:?}");
        assert!(answer.body.starts_with("{\"error\":"), "{answer:?}");
    }
    assert_not_logged();
}

#[test]
fn neither_is_the_text_of_a_good_request_or_of_a_query_or_path() {
    let app = TestApp::start();
    assert_eq!(app.post_message(json!({ "text": SECRET }).to_string()).status, 200);
    // 홍길동비밀상담, as a browser writes it into an address.
    let encoded = SECRET.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    for path in [
        format!("/v1/phrases?{encoded}=1&signal={encoded}"),
        format!("/v1/lexicon/entries?q={encoded}&kind={encoded}&after={encoded}"),
        format!("/v1/lexicon/entries/{encoded}"),
        format!("/{encoded}"),
    ] {
        let answer = app.get(&path);
        assert!(answer.status >= 400 && !answer.body.contains(SECRET), "{answer:?}");
        assert!(!answer.body.contains(&encoded), "{answer:?}");
    }
    assert_not_logged();
    let log = Log::text();
    assert!(!log.contains(&encoded), "a path or query is logged");
    assert!(log.contains("\"route\":\"/v1/analyze\""), "requests are logged");
}

#[test]
fn neither_is_the_text_of_feedback_stored_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::start_with(|settings| {
        settings.feedback.dir = folder.path().join("data");
        settings.feedback.max_bytes = 4096;
        settings.limits.text_code_points = 600;
    });
    let good = json!({ "text": SECRET, "consent": true, "verdict": "right", "note": SECRET });
    let stored = app.post("/v1/feedback", "application/json", good.to_string());
    assert_eq!(stored.status, 201, "{stored:?}");
    assert!(!stored.body.contains(SECRET));
    let bodies = [
        json!({ "text": SECRET, "verdict": "right" }),
        json!({ "text": SECRET, "consent": true, "verdict": SECRET }),
        json!({ "text": SECRET, "consent": SECRET, "verdict": "right" }),
        json!({ "text": SECRET, "consent": true, "verdict": "right", SECRET: 1 }),
        json!({ "text": SECRET.repeat(100), "consent": true, "verdict": "right" }),
        json!({ "text": SECRET, "consent": true, "verdict": "right", "text_sha256": SECRET }),
        json!({ "answer_id": SECRET, "verdict": "right" }),
        json!({ "answer_id": "a", "verdict": "wrong", "expected": { "level": SECRET } }),
        json!({ "answer_id": "a", "verdict": "wrong", "expected": { "signals": [SECRET] } }),
        json!({ "answer_id": "a", "verdict": "right", "note": SECRET.repeat(200) }),
    ];
    for body in bodies {
        let answer = app.post("/v1/feedback", "application/json", body.to_string());
        assert!(matches!(answer.status, 400 | 422), "{body}: {answer:?}");
        assert!(!answer.body.contains(SECRET), "{body}: {answer:?}");
    }
    // A file that is full, and a folder that is none.
    let long = json!({ "text": SECRET.repeat(80), "consent": true, "verdict": "right" });
    let full = || app.post("/v1/feedback", "application/json", long.to_string()).status;
    assert!((0..5).any(|_| full() == 503));
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data"), "").unwrap();
    assert_eq!(app.post("/v1/feedback", "application/json", good.to_string()).status, 503);
    assert_not_logged();
}

fn assert_not_logged() {
    let log = Log::text();
    let line = log.lines().find(|line| line.contains(SECRET));
    assert_eq!(line, None, "a text is logged");
}
