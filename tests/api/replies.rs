//! `POST /v1/replies/check`.

use crate::app::{Answer, Log, TestApp};
use serde_json::{Value, json};

fn check(app: &TestApp, body: &Value) -> Answer {
    app.post("/v1/replies/check", "application/json", body.to_string())
}

/// A service of the embedded lexicons: the rules are what is asked about.
fn shipped() -> TestApp {
    TestApp::start_as_shipped(|settings| {
        settings.classifier.mode = nunchi::settings::ClassifierMode::Off;
    })
}

#[test]
fn a_blunt_reply_is_answered_with_place_reason_and_other_words() {
    let app = shipped();
    let text = "😀 오늘은 환불이 안 돼요.";
    let answer = check(&app, &json!({ "text": text })).json();
    assert_eq!(answer["ok"], false);
    let finding = &answer["findings"][0];
    assert_eq!(
        (&finding["rule"], &finding["kind"], &finding["severity"]),
        (&json!("blunt.an-dwae"), &json!("blunt"), &json!("error"))
    );
    let place = (&finding["start"], &finding["end"], &finding["text"]);
    assert_eq!(place, (&json!(10), &json!(14), &json!("안 돼요")));
    assert_eq!(finding["alternatives"][0], "어렵습니다");
    assert!(!finding["message"].as_str().unwrap().is_empty());
    assert!(answer["versions"]["replies"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(answer.get("warnings"), None, "nothing was missing");

    let at = |unit: &str| check(&app, &json!({ "text": text, "offsets": unit })).json();
    assert_eq!(at("utf16")["findings"][0]["start"], 11);
    assert_eq!(at("byte")["findings"][0]["start"], 25);
}

#[test]
fn a_polite_reply_is_in_order_and_a_request_can_switch_rules_off() {
    let app = shipped();
    let polite = check(&app, &json!({ "text": "네, 확인했습니다. 잠시만 기다려 주세요." })).json();
    assert_eq!((&polite["ok"], &polite["findings"]), (&json!(true), &json!([])));
    let off = json!({ "text": "환불이 불가합니다.", "off": ["blunt.bulga", "no.such-rule"] });
    assert_eq!(check(&app, &off).json()["findings"], json!([]));
}

#[test]
fn what_is_known_of_the_conversation_counts() {
    let app = shipped();
    let text = "불편을 드려 죄송합니다.";
    let calm = check(&app, &json!({ "text": text })).json();
    assert_eq!(calm["findings"], json!([]));
    let abuse = json!({ "text": text, "customer": { "signals": ["threat"] } });
    assert_eq!(check(&app, &abuse).json()["findings"][0]["kind"], "apology");
    let phrases = app.get("/v1/phrases?kind=apology").json();
    let phrase = phrases["phrases"].as_array().unwrap().iter().find(|p| p["slots"] == json!([]));
    let phrase = phrase.unwrap();
    let used = json!({ "text": phrase["text"], "used": [phrase["id"]] });
    let answer = check(&app, &used).json();
    assert_eq!(answer["findings"][0]["rule"], "template.used", "{answer}");
    assert_eq!(answer["ok"], true, "a warning does not forbid");
}

#[test]
fn what_cannot_be_checked_is_a_problem_and_nothing_is_logged() {
    let app = shipped();
    for (body, status, problem, pointer) in [
        (json!({ "text": " " }), 422, "empty_text", "/text"),
        (json!({ "text": "가".repeat(5_001) }), 422, "text_too_long", "/text"),
        (json!({ "text": "네", "txt": 1 }), 400, "unknown_field", "/txt"),
        (
            json!({ "text": "네", "customer": { "signals": ["angry"] } }),
            400,
            "unknown_code",
            "/customer/signals/0",
        ),
        (json!({ "text": "네", "off": vec!["a.b"; 1_001] }), 422, "out_of_range", "/off"),
        (json!({}), 400, "missing_field", "/text"),
    ] {
        let answer = check(&app, &body);
        assert_eq!((answer.status, answer.problem().as_str()), (status, problem));
        assert_eq!(answer.pointers(), [pointer]);
    }
    let secret = "고객님이 잘못 입력하셔서 김비밀 님 건은 안 돼요";
    assert_eq!(check(&app, &json!({ "text": secret })).status, 200);
    assert!(!Log::text().contains("김비밀"), "the text of a reply is in the log");
}

#[test]
fn without_rules_the_answer_says_so() {
    let app = TestApp::start();
    let answer = check(&app, &json!({ "text": "안 돼요." })).json();
    assert_eq!(answer["warnings"], json!(["no_reply_rules"]), "the tests' own lexicons have none");
    assert_eq!((&answer["ok"], &answer["findings"]), (&json!(true), &json!([])));
}
