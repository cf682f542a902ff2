//! What people say of answers is stored, exported as labelled rows, and forgotten on demand.

use crate::app::{Answer, TestApp};
use crate::reload::{KEY, digest};
use nunchi::evaluation::Dataset;
use serde_json::{Value, json};
use std::path::Path;

fn start(folder: &Path) -> TestApp {
    TestApp::start_with(|settings| {
        settings.feedback.dir = folder.join("data");
        settings.access.admin_key_sha256 = Some(digest());
        settings.server.workers = 2;
    })
}

fn post(app: &TestApp, body: &Value) -> Answer {
    app.post("/v1/feedback", "application/json", body.to_string())
}

/// Stores feedback and gives its id.
fn store(app: &TestApp, body: &Value) -> String {
    let answer = post(app, body);
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn export(app: &TestApp, query: &str, accept: &str) -> Answer {
    let key = format!("Bearer {KEY}");
    let headers = [("authorization", key.as_str()), ("accept", accept)];
    app.get_with(&format!("/v1/feedback{query}"), &headers)
}

fn rows(app: &TestApp) -> Dataset {
    let answer = export(app, "", "*/*");
    assert_eq!(answer.status, 200, "{answer:?}");
    Dataset::parse(&answer.body).unwrap()
}

fn lines(folder: &Path) -> Vec<Value> {
    let file = std::fs::read_to_string(folder.join("data/feedback.jsonl")).unwrap();
    file.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_answer_has_an_id_that_feedback_can_name() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let answer = app.post_message(json!({ "text": "짜증나요" }).to_string());
    let id = answer.header("x-request-id").unwrap().to_owned();
    let other = app.post_message(json!({ "text": "짜증나요" }).to_string());
    assert_ne!(Some(id.as_str()), other.header("x-request-id"));
    let stored = store(&app, &json!({ "answer_id": id, "verdict": "right", "note": "상담 1팀" }));
    let record = &lines(folder.path())[0];
    assert_eq!((&record["id"], &record["answer_id"]), (&json!(stored), &json!(id)));
    assert_eq!((&record["verdict"], &record["note"]), (&json!("right"), &json!("상담 1팀")));
    assert!(record.get("text").is_none() && record.get("judged").is_none());
    assert!(rows(&app).rows.is_empty(), "without a text there is no row");
}

#[test]
fn a_text_with_consent_becomes_a_labelled_row() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let said = |text: &str, verdict: &str, expected: Value| json!({ "text": text, "consent": true, "verdict": verdict, "expected": expected });
    // The tests' own lexicon knows 짜증나다 and the mark ㅡㅡ.
    let right = store(&app, &said("짜증나요", "right", Value::Null));
    let waiting = json!({ "level": 2, "signals": ["waiting"] });
    let missed = store(&app, &said("사흘째\t감감\n무소식", "wrong", waiting));
    let calm = store(&app, &said("짜증나는 건 아니고요 ㅡㅡ", "wrong", json!({ "level": 0 })));
    store(&app, &said("누구도 모르는 말", "wrong", Value::Null));
    let labels: Vec<_> = rows(&app)
        .rows
        .into_iter()
        .map(|row| {
            let signals: Vec<_> = row.signals.iter().map(nunchi::domain::Signal::code).collect();
            (row.id, row.text, row.level.number(), signals.join(","), row.action.code())
        })
        .collect();
    let row = |id: String, text: &str, level, signals: &str, action| {
        (id, text.to_owned(), level, signals.to_owned(), action)
    };
    assert_eq!(
        labels,
        [
            row(right, "짜증나요", 2, "anger", "offer"),
            row(missed, "사흘째 감감 무소식", 2, "waiting", "offer"),
            row(calm, "짜증나는 건 아니고요 ㅡㅡ", 0, "", "none"),
        ]
    );
    let judged = &lines(folder.path())[0]["judged"];
    assert_eq!((&judged["level"], &judged["signals"]), (&json!(2), &json!(["anger"])));
    let version = app.get("/v1/lexicon").json()["version"].clone();
    assert_eq!(judged["lexicon"], version);
}

#[test]
fn the_hash_stands_for_a_text_that_must_not_be_stored() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    // printf %s 네 | sha256sum
    let hash = "1c0ddfd0050938404c354c36d541bada7f72efa79371d4f96a75a9ad0bc11af0";
    let text = json!({ "text": "네", "consent": true, "verdict": "right" });
    store(&app, &text);
    let of_text = lines(folder.path())[0]["text_sha256"].as_str().unwrap().to_owned();
    assert_eq!(of_text, hash);
    let upper = of_text.to_uppercase();
    store(&app, &json!({ "text_sha256": upper, "verdict": "wrong" }));
    let record = lines(folder.path())[1].clone();
    assert_eq!((&record["text_sha256"], record.get("text")), (&json!(of_text), None));
    let mut agreeing = text.clone();
    agreeing["text_sha256"] = json!(upper);
    store(&app, &agreeing);
}

#[test]
fn signals_are_stored_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let signals = json!(["waiting", "anger", "waiting", "anger"]);
    let body = json!({ "answer_id": "a", "verdict": "wrong", "expected": { "signals": signals } });
    store(&app, &body);
    assert_eq!(lines(folder.path())[0]["expected"]["signals"], json!(["anger", "waiting"]));
}

#[test]
fn what_cannot_be_stored_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let other = "0".repeat(64);
    let cases = [
        (json!({ "verdict": "right" }), 400, "missing_field", ""),
        (json!({ "answer_id": "a" }), 400, "missing_field", "/verdict"),
        (json!({ "answer_id": "a", "verdict": "maybe" }), 400, "unknown_code", "/verdict"),
        (json!({ "answer_id": "a", "verdict": "right", "x": 1 }), 400, "unknown_field", "/x"),
        (json!({ "answer_id": "a b", "verdict": "right" }), 422, "invalid_value", "/answer_id"),
        (json!({ "text_sha256": "ab", "verdict": "right" }), 422, "invalid_value", "/text_sha256"),
        (json!({ "text": "네", "verdict": "right" }), 422, "consent_required", "/consent"),
        (
            json!({ "text": "네", "consent": false, "verdict": "right" }),
            422,
            "consent_required",
            "/consent",
        ),
        (
            json!({ "text": "네", "consent": true, "text_sha256": other, "verdict": "right" }),
            422,
            "hash_mismatch",
            "/text_sha256",
        ),
        (json!({ "text": " ", "consent": true, "verdict": "right" }), 422, "empty_text", "/text"),
        (
            json!({ "text": "가".repeat(5001), "consent": true, "verdict": "right" }),
            422,
            "text_too_long",
            "/text",
        ),
        (
            json!({ "answer_id": "a", "verdict": "right", "note": "가".repeat(1001) }),
            422,
            "text_too_long",
            "/note",
        ),
        (
            json!({ "answer_id": "a", "verdict": "wrong", "expected": { "level": 4 } }),
            422,
            "out_of_range",
            "/expected/level",
        ),
        (
            json!({ "answer_id": "a", "verdict": "wrong", "expected": { "signals": ["rage"] } }),
            400,
            "unknown_code",
            "/expected/signals/0",
        ),
        (
            json!({ "answer_id": "a", "verdict": "wrong", "expected": { "signals": vec!["crisis"; nunchi::domain::Signal::ALL.len() + 1] } }),
            422,
            "out_of_range",
            "/expected/signals",
        ),
        (
            json!({ "answer_id": "a", "verdict": "wrong", "expected": { "mood": 1 } }),
            400,
            "unknown_field",
            "/expected/mood",
        ),
    ];
    for (body, status, code, pointer) in cases {
        let answer = post(&app, &body);
        assert_eq!((answer.status, answer.problem().as_str()), (status, code), "{body}");
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was stored");
}

#[test]
fn it_is_exported_as_a_table_or_as_lines_to_whoever_has_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    assert_eq!(export(&app, "", "*/*").body.lines().count(), 1, "a header and no row");
    store(&app, &json!({ "text": "짜증나요", "consent": true, "verdict": "right" }));
    let table = export(&app, "", "text/html, */*");
    assert_eq!(table.header("content-type"), Some("text/tab-separated-values; charset=utf-8"));
    for (query, accept) in [
        ("?format=jsonl", "*/*"),
        ("", "application/x-ndjson"),
        ("?format=jsonl", "text/tab-separated-values"),
    ] {
        let answer = export(&app, query, accept);
        assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
        let row: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((&row["frustration"], &row["signals"]), (&json!(2), &json!(["anger"])));
        assert_eq!(Dataset::parse_json_lines(&answer.body).unwrap(), rows(&app));
    }
    for query in ["?format=xml", "?format=", "?shape=tsv", "?format=tsv&format=tsv"] {
        assert_eq!(export(&app, query, "*/*").problem(), "invalid_query");
    }
    assert_eq!(app.get("/v1/feedback").problem(), "unauthorized");
    let wrong = [("authorization", "Bearer sesame")];
    assert_eq!(app.get_with("/v1/feedback", &wrong).status, 401);
    assert_eq!(TestApp::start().get("/v1/feedback").problem(), "forbidden");
}

#[test]
fn a_record_is_forgotten_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let text = |text: &str| json!({ "text": text, "consent": true, "verdict": "right" });
    let (first, second) = (store(&app, &text("짜증나요")), store(&app, &text("짜증나네")));
    let path = format!("/v1/feedback/{first}");
    assert_eq!(app.delete_with_key(&path, "sesame").status, 401);
    assert_eq!(app.delete_with_key(&path, KEY).status, 204);
    let again = app.delete_with_key(&path, KEY);
    assert_eq!((again.status, again.problem().as_str()), (404, "not_found"));
    assert_eq!(rows(&app).rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), [second]);
    let file = std::fs::read_to_string(folder.path().join("data/feedback.jsonl")).unwrap();
    assert!(!file.contains("짜증나요") && file.contains("짜증나네"));
}

#[test]
fn records_without_a_text_are_found_and_forgotten_too() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    // printf %s 네 | sha256sum
    let hash = "1c0ddfd0050938404c354c36d541bada7f72efa79371d4f96a75a9ad0bc11af0";
    let noted = json!({ "answer_id": "a", "verdict": "wrong", "note": "010-0000-0000 고객" });
    let hashed = json!({ "text_sha256": hash, "verdict": "right" });
    let told = json!({ "text": "네", "consent": true, "verdict": "right" });
    let ids = [&noted, &hashed, &told].map(|body| store(&app, body));
    let records = || -> Vec<Value> {
        let answer = export(&app, "?format=records", "*/*");
        assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
        answer.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = records();
    assert_eq!(all, lines(folder.path()));
    assert_eq!(all.iter().map(|one| one["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    assert_eq!((&all[0]["note"], &all[1]["text_sha256"]), (&noted["note"], &json!(hash)));
    assert_eq!((all[1].get("text"), &all[2]["text"]), (None, &json!("네")));

    let forget = |query: &str| app.delete_with_key(&format!("/v1/feedback{query}"), KEY);
    let both = format!("?answer_id=a&text_sha256={hash}");
    for query in ["", "?text_sha256=ab", "?answer_id=", "?id=a", both.as_str()] {
        let answer = forget(query);
        assert_eq!((answer.status, answer.problem().as_str()), (400, "invalid_query"), "{query}");
    }
    assert_eq!(app.delete_with_key("/v1/feedback?answer_id=a", "sesame").status, 401);
    assert_eq!(records().len(), 3);
    let upper = hash.to_uppercase();
    assert_eq!(forget(&format!("?text_sha256={upper}")).json(), json!({ "deleted": 2 }));
    assert_eq!(records(), &all[..1]);
    assert_eq!(forget("?answer_id=a").json(), json!({ "deleted": 1 }));
    assert_eq!(forget("?answer_id=a").json(), json!({ "deleted": 0 }));
    assert!(records().is_empty());
}

#[test]
fn many_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let ids: Vec<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let app = &app;
                scope.spawn(move || {
                    let body = |number: usize| {
                        let text = format!("{writer}-{number} 짜증나요");
                        json!({ "text": text, "consent": true, "verdict": "right" })
                    };
                    (0..20).map(|number| store(app, &body(number))).collect::<Vec<_>>()
                })
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    let mut stored: Vec<String> = rows(&app).rows.into_iter().map(|row| row.id).collect();
    let mut acknowledged = ids;
    stored.sort();
    acknowledged.sort();
    assert_eq!(stored, acknowledged);
}

#[test]
fn where_it_cannot_be_stored_only_feedback_suffers() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("data"), "a file where the folder should be").unwrap();
    let app = start(folder.path());
    let answer = post(&app, &json!({ "answer_id": "a", "verdict": "right" }));
    assert_eq!((answer.status, answer.problem().as_str()), (503, "feedback_unavailable"));
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(!detail.contains("data"), "the path is not told: {detail}");
    assert_eq!(app.post_message(json!({ "text": "짜증나요" }).to_string()).status, 200);
    assert_eq!(app.get("/readyz").status, 200);
    std::fs::remove_file(folder.path().join("data")).unwrap();
    store(&app, &json!({ "answer_id": "a", "verdict": "right" }));
}

#[test]
fn a_limit_and_a_switch_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let small = TestApp::start_with(|settings| {
        settings.feedback.dir = folder.path().join("data");
        settings.feedback.max_bytes = 1300;
    });
    let body = json!({ "answer_id": "a", "verdict": "right", "note": "x".repeat(400) });
    assert_eq!(
        (0..4).map(|_| post(&small, &body).status).collect::<Vec<_>>(),
        [201, 201, 503, 503]
    );
    let full = post(&small, &body).json()["detail"].as_str().unwrap().to_owned();
    assert!(full.contains("1300 bytes"), "{full}");
    let off = TestApp::start_with(|settings| {
        settings.feedback.enabled = false;
        settings.feedback.dir = folder.path().join("data");
        settings.access.admin_key_sha256 = Some(digest());
    });
    assert_eq!(post(&off, &body).problem(), "forbidden");
    assert_eq!(export(&off, "", "*/*").status, 200, "what is stored can still be taken out");
}
