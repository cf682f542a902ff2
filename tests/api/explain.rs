//! How a message was read, step by step.

use crate::app::TestApp;
use crate::lexicons;
use serde_json::{Value, json};

const EXCEPTION: &str = r#"
[[exception]]
id = "exception.emission"
forms = ["짜증나는 연기"]
class = "exact"
covers = ["anger"]
hits = ["짜증나는 연기를 잘한다"]
"#;

const NEGATOR: &str = r#"
kind = "negator"

[[shifter]]
id = "negator.ji-anta"
forms = ["지 않"]
class = "exact"
at = "anywhere"
side = "after"
within = 1
factor = 0.0
hits = ["짜증나지 않아요"]
"#;

fn start() -> TestApp {
    TestApp::start_of(lexicons::analyzer_with(&[
        ("exceptions/idiom.toml", EXCEPTION),
        ("shifters/negators.toml", NEGATOR),
    ]))
}

fn explain(app: &TestApp, body: &Value) -> Value {
    let answer = app.post("/v1/explain", "application/json", body.to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[test]
fn each_hit_is_explained_with_its_place_and_what_it_adds() {
    let app = start();
    let body = json!({ "text": "😡 정말 짜증나네요ㅡㅡ", "offsets": "utf16" });
    let shown = explain(&app, &body);
    let evidence = &shown["evidence"][0];
    assert_eq!(evidence["id"], "anger.jjajeung");
    assert_eq!(evidence["entry"], "짜증나다");
    assert_eq!((&evidence["start"], &evidence["end"]), (&json!(6), &json!(11)), "{evidence}");
    assert_eq!(evidence["text"], "짜증나네요");
    assert_eq!((&evidence["weight"], &evidence["contribution"]), (&json!(2.4), &json!(2.4)));
    assert_eq!((&evidence["off"], &evidence["exception"]), (&Value::Null, &Value::Null));
    assert_eq!((&evidence["file"], &evidence["line"]), (&json!("signals/anger.toml"), &json!(4)));
    assert_eq!(shown["rule"], "clear");
    assert_eq!(shown["disguised"], Value::Null);
    let tokens: Vec<(&str, &str, u64)> = shown["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|token| {
            let text = |field: &str| token[field].as_str().unwrap();
            (text("text"), text("kind"), token["start"].as_u64().unwrap())
        })
        .collect();
    let expected =
        [("😡", "emoji", 0), ("정말", "word", 3), ("짜증나네요", "word", 6), ("ㅡㅡ", "jamo", 11)];
    assert_eq!(tokens, expected);
    let contributions = shown["evidence"].as_array().unwrap().iter();
    let sum: f64 = contributions.map(|one| one["contribution"].as_f64().unwrap()).sum();
    let points = shown["points"].as_f64().unwrap();
    assert!(sum > 2.4 && (sum - points).abs() < 1.0, "{sum} is near {points}, which has a bias");
    let answer = app.post_message(body.to_string()).json();
    assert_eq!(shown["answer"], answer, "the answer is that of /v1/analyze");
    assert_eq!(shown["lexicon_alone"]["level"], answer["frustration"]["level"]);
}

#[test]
fn what_switched_a_hit_off_is_named_and_shown() {
    let app = start();
    let shown = explain(&app, &json!({ "text": "짜증나지 않아요" }));
    let evidence = &shown["evidence"][0];
    assert_eq!((&evidence["off"], &evidence["contribution"]), (&json!("negation"), &json!(0.0)));
    let negator = json!({
        "id": "negator.ji-anta", "kind": "negator", "start": 3, "end": 6, "text": "지 않",
    });
    assert_eq!(evidence["shifters"], json!([negator]));
    assert_eq!(shown["others"], json!([]));
    let shown = explain(&app, &json!({ "text": "짜증나는 연기를 하네요" }));
    let evidence = &shown["evidence"][0];
    assert_eq!(evidence["off"], "exception");
    assert_eq!(evidence["exception"]["id"], "exception.emission");
    assert_eq!(evidence["exception"]["text"], "짜증나는 연기");
}

#[test]
fn what_found_nothing_to_do_is_shown_too() {
    let app = start();
    let shown = explain(&app, &json!({ "text": "가지 않아요" }));
    assert_eq!(shown["evidence"], json!([]));
    assert_eq!(shown["others"][0]["id"], "negator.ji-anta");
    assert_eq!(shown["others"][0]["kind"], "negator");
    assert_eq!(shown["answer"]["frustration"]["level"], 0);
}

#[test]
fn a_request_that_analyze_refuses_is_refused_in_the_same_way() {
    let app = start();
    for body in ["{}", "{\"text\":\" \"}", "{\"text\":\"네\",\"max_apologies\":99}"] {
        let explained = app.post("/v1/explain", "application/json", body);
        let analyzed = app.post_message(body);
        assert_eq!(explained.status, analyzed.status);
        assert_eq!(explained.json(), analyzed.json());
    }
}
