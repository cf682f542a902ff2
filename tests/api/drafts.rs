//! Edited files are checked and tried without loading anything.

use crate::app::TestApp;
use serde_json::{Value, json};
use std::sync::Mutex;

/// A file with one entry of that weight and form.
fn draft(form: &str, weight: &str) -> Value {
    let text = format!(
        "signals = [\"anger\"]\n\n[[entry]]\nid = \"zz.draft\"\nforms = [\"{form}\"]\nclass = \"verb\"\n\
         weight = {weight}\nhits = [\"쿠쿠다스 났네\"]\n"
    );
    json!([{ "path": "signals/zz.toml", "text": text }])
}

fn post(app: &TestApp, path: &str, body: &Value) -> Value {
    let answer = app.post(path, "application/json", body.to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[test]
fn a_draft_is_checked_with_its_places_and_never_loaded() {
    let app = TestApp::start();
    let before = app.get("/v1/lexicon").json()["revision"].clone();
    let sound = post(&app, "/v1/lexicon/check", &json!({ "files": draft("쿠쿠다스나다", "2.0") }));
    assert_eq!(sound["ok"], true, "{sound}");
    let broken = post(&app, "/v1/lexicon/check", &json!({ "files": draft("쿠쿠다스", "\"2\"") }));
    assert_eq!(broken["ok"], false);
    let finding = &broken["findings"][0];
    assert_eq!(
        (&finding["file"], &finding["severity"]),
        (&json!("signals/zz.toml"), &json!("error"))
    );
    assert!(finding["line"].as_u64().unwrap() >= 3 && finding["help"].is_string(), "{finding}");
    let missed = post(&app, "/v1/lexicon/check", &json!({ "files": draft("못마땅하다", "2.0") }));
    assert!(missed.to_string().contains("L006"), "an example that does not hit: {missed}");
    assert_eq!(app.get("/v1/lexicon").json()["revision"], before);
}

#[test]
fn a_preview_shows_what_would_change_and_where() {
    let app = TestApp::start();
    let messages = ["배송지 변경하고 싶어요", "완전 쿠쿠다스 났네요"];
    let body = json!({ "files": draft("쿠쿠다스나다", "2.5"), "messages": messages });
    let preview = post(&app, "/v1/lexicon/preview", &body);
    assert_eq!((&preview["messages"], &preview["judged_differently"]), (&json!(2), &json!(1)));
    assert_eq!(preview["entries"], json!({ "zz.draft": { "new": 1, "lost": 0 } }));
    let change = &preview["changes"][0];
    assert_eq!((&change["index"], &change["text"]), (&json!(1), &json!(messages[1])));
    assert_eq!((&change["before"]["level"], &change["after"]["level"]), (&json!(0), &json!(2)));
    assert_eq!(change["new"], json!([{ "entry": "zz.draft", "start": 3, "end": 11 }]));
    let unchanged = app.post_message(json!({ "text": messages[1] }).to_string()).json();
    assert_eq!(unchanged["frustration"]["level"], 0, "nothing was loaded");
}

#[test]
fn without_messages_the_sample_and_the_examples_of_the_lexicons_are_tried() {
    let app = TestApp::start();
    let mut files = draft("쿠쿠다스나다", "2.0");
    files[0]["path"] = json!("signals/anger.toml");
    let preview = post(&app, "/v1/lexicon/preview", &json!({ "files": files }));
    assert!(preview["messages"].as_u64().unwrap() > 1_400, "{}", preview["messages"]);
    let changes = preview["changes"].as_array().unwrap();
    assert!(changes.iter().any(|one| one["text"] == "짜증나요"), "the example of the entry");
    let lost = preview["entries"]["anger.jjajeung"]["lost"].as_u64().unwrap();
    assert!(lost > 1, "people write of it in the sample too: {lost}");
}

#[test]
fn a_draft_with_errors_has_no_preview_and_limits_hold() {
    let app = TestApp::start();
    let preview =
        |body: Value| app.post("/v1/lexicon/preview", "application/json", body.to_string());
    let answer = preview(json!({ "files": draft("쿠쿠다스", "x") }));
    assert_eq!((answer.status, answer.problem().as_str()), (422, "lexicon_errors"));
    let answer = preview(json!({ "files": [], "messages": vec!["네"; 10_001] }));
    assert_eq!((answer.status, answer.problem().as_str()), (422, "batch_too_large"));
    let many = vec![json!({ "path": "signals/a.toml", "text": "" }); 101];
    let answer =
        app.post("/v1/lexicon/check", "application/json", json!({ "files": many }).to_string());
    assert_eq!((answer.status, answer.problem().as_str()), (422, "out_of_range"));
}

#[test]
fn more_drafts_than_may_wait_are_told_to_come_again() {
    let app = TestApp::start();
    let messages = vec!["완전 쿠쿠다스 났네요"; 2_000];
    let body = json!({ "files": draft("쿠쿠다스나다", "2.5"), "messages": messages }).to_string();
    let refused = Mutex::new(None);
    // More clients than one that works and eight that wait, each with a draft at all times.
    std::thread::scope(|scope| {
        for _ in 0..14 {
            scope.spawn(|| {
                while refused.lock().unwrap().is_none() {
                    let answer = app.post("/v1/lexicon/preview", "application/json", &body);
                    if answer.status != 200 {
                        *refused.lock().unwrap() = Some(answer);
                    }
                }
            });
        }
    });
    let answer = refused.into_inner().unwrap().unwrap();
    assert_eq!((answer.status, answer.problem().as_str()), (503, "busy"));
    assert_eq!(answer.header("retry-after"), Some("1"));
    let later = app.post("/v1/lexicon/preview", "application/json", &body);
    assert_eq!(later.status, 200, "{later:?}");
}
