use crate::app::TestApp;
use serde_json::json;

#[test]
fn a_frustrated_message_is_answered_with_level_reasons_and_action() {
    let app = TestApp::start();
    let answer = app.post_message(json!({ "text": "정말 짜증나네요 ㅡㅡ" }).to_string());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let mut body = answer.json();
    // Scoring is the linguists' to tune; the shape is not.
    for figure in ["/frustration/score", "/sentiment/score"] {
        let figure = body.pointer_mut(figure).unwrap();
        assert!(figure.is_f64());
        *figure = json!("[score]");
    }
    for version in body["versions"].as_object_mut().unwrap().values_mut() {
        assert!(version.as_str().unwrap().starts_with("sha256:"));
        *version = json!("[version]");
    }
    insta::assert_json_snapshot!(body);
}

#[test]
fn offsets_come_in_the_unit_asked_for() {
    let app = TestApp::start();
    let start = |unit: &str| {
        let body = json!({ "text": "😡 짜증나", "offsets": unit }).to_string();
        app.post_message(body).json()["signals"][0]["matches"][0]["start"].as_u64().unwrap()
    };
    assert_eq!(["code_point", "utf16", "byte"].map(start), [2, 3, 5]);
}

#[test]
fn only_messages_of_customers_are_judged() {
    let app = TestApp::start();
    let body = json!({ "text": "짜증나", "role": "bot" }).to_string();
    assert_eq!(app.post_message(body).json()["frustration"]["level"], 0);
}

#[test]
fn no_more_lines_are_recommended_than_asked_for() {
    let app = TestApp::start();
    let lines = |count: u8| {
        let body = json!({ "text": "짜증나네요", "max_apologies": count }).to_string();
        app.post_message(body).json()["apologies"].as_array().unwrap().len()
    };
    assert_eq!((lines(0), lines(1)), (0, 1));
}

#[test]
fn a_charset_of_utf_8_and_an_id_of_the_caller_are_taken() {
    let app = TestApp::start();
    let body = json!({ "text": "안녕하세요" }).to_string();
    let answer = app.post("/v1/analyze", "application/json; charset=UTF-8", body);
    assert_eq!(answer.status, 200);
    assert!(!answer.header("x-request-id").unwrap().is_empty());
    let answer = app.get_with("/healthz", &[("x-request-id", "abc-1")]);
    assert_eq!(answer.header("x-request-id"), Some("abc-1"));
    let answer = app.get_with("/healthz", &[("x-request-id", "not an id")]);
    assert_ne!(answer.header("x-request-id"), Some("not an id"));
}
