//! The items of the lexicon, searched and one by one; and what forms match.

use crate::app::{Answer, TestApp};
use serde_json::{Value, json};

fn entries(app: &TestApp, query: &[(&str, &str)]) -> Value {
    let answer = ask(app, query);
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn ask(app: &TestApp, query: &[(&str, &str)]) -> Answer {
    let pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    app.get(&format!("/v1/lexicon/entries?{}", pairs.join("&")))
}

fn encoded(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

fn ids(body: &Value) -> Vec<&str> {
    let entries = body["entries"].as_array().unwrap();
    entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

#[test]
fn an_inflected_form_finds_its_entry_first() {
    let app = TestApp::start();
    let body = entries(&app, &[("q", "어제부터 짜증났는데")]);
    assert_eq!(ids(&body), ["anger.jjajeung"]);
    // The text of an example, with other spacing.
    assert_eq!(ids(&entries(&app, &[("q", "네ㅡ ㅡ")])), ["emoticon.line"]);
    assert_eq!(ids(&entries(&app, &[("q", "EMOTICON.l")])), ["emoticon.line"]);
    let none = entries(&app, &[("q", "쿠쿠다스")]);
    assert_eq!(none, json!({ "total": 0, "entries": [], "next": null }));
}

#[test]
fn a_list_is_filtered_and_comes_in_pages() {
    let app = TestApp::start();
    let first = entries(&app, &[("limit", "1")]);
    assert_eq!((&first["total"], ids(&first)), (&json!(2), vec!["anger.jjajeung"]));
    assert_eq!(first["next"], "anger.jjajeung");
    let second = entries(&app, &[("limit", "1"), ("after", "anger.jjajeung")]);
    assert_eq!((ids(&second), &second["next"]), (vec!["emoticon.line"], &Value::Null));
    assert_eq!(ids(&entries(&app, &[("signal", "emoticon")])), ["emoticon.line"]);
    assert_eq!(entries(&app, &[("kind", "shifter")])["total"], 0);
    assert_eq!(entries(&app, &[("file", "signals/")])["total"], 2);
    let entry = &first["entries"][0];
    assert_eq!((&entry["kind"], &entry["class"]), (&json!("entry"), &json!("verb")));
    assert_eq!((&entry["weight"], &entry["line"]), (&json!(2.4), &json!(4)));
    assert_eq!((&entry["signals"], &entry["factor"]), (&json!(["anger"]), &Value::Null));
}

#[test]
fn a_wrong_query_names_every_parameter_at_fault() {
    let app = TestApp::start();
    let long = "가".repeat(201);
    let wrong = [("kind", "verb"), ("limit", "501"), ("after", "no.such"), ("q", long.as_str())];
    let answer = ask(&app, &wrong);
    assert_eq!((answer.status, answer.problem().as_str()), (400, "invalid_query"));
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    let at_fault: Vec<&str> = errors.iter().map(|e| e["parameter"].as_str().unwrap()).collect();
    assert_eq!(at_fault, ["kind", "limit", "q", "after"]);
    assert_eq!(ask(&app, &[("page", "2")]).problem(), "invalid_query");
    // There is such an item, but none of those asked for comes after it.
    let answer = ask(&app, &[("signal", "emoticon"), ("after", "anger.jjajeung")]);
    assert_eq!((answer.status, answer.problem().as_str()), (400, "invalid_query"));
    assert_eq!(answer.json()["errors"][0]["parameter"], "after");
}

#[test]
fn an_entry_is_shown_with_its_examples_and_inflections() {
    let app = TestApp::start();
    let body = app.get("/v1/lexicon/entries/anger.jjajeung").json();
    assert_eq!((&body["id"], &body["hits"]), (&json!("anger.jjajeung"), &json!(["짜증나요"])));
    assert_eq!((&body["at"], &body["covers"]), (&Value::Null, &Value::Null));
    let inflections = &body["inflections"][0];
    assert_eq!(inflections["stems"], json!(["짜증나"]));
    let examples = inflections["examples"].as_array().unwrap();
    for expected in ["짜증나요", "짜증났는데", "짜증은 나지만", "짜증 나네요"] {
        assert!(examples.contains(&json!(expected)), "{expected} in {examples:?}");
    }
    let answer = app.get("/v1/lexicon/entries/anger.jjajung");
    assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"));
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("`anger.jjajeung`") && !detail.contains("jjajung"), "{detail}");
}

#[test]
fn a_form_that_nobody_has_written_yet_is_inflected() {
    let app = TestApp::start();
    let post =
        |body: Value| app.post("/v1/lexicon/inflections", "application/json", body.to_string());
    let answer = post(json!({ "forms": ["갑갑하다", "괴롭다/ㅂ"], "class": "하다" }));
    assert_eq!(answer.status, 200, "{answer:?}");
    let body = answer.json();
    assert_eq!(body["inflections"][0]["stems"][2], "갑갑해");
    assert_eq!(body["inflections"][1]["class"], "ㅂ");
    let examples = body["inflections"][1]["examples"].to_string();
    assert!(examples.contains("괴로워요") && examples.contains("괴롭네요"), "{examples}");
    let phrase = post(json!({ "forms": ["답변|회신 없다"], "class": "phrase" })).json();
    assert_eq!(phrase["inflections"][0]["stems"], json!(["답변 없다", "회신 없다"]));
    let wrong = post(json!({ "forms": ["갑갑하다", "먹다"], "class": "하다" }));
    assert_eq!((wrong.status, wrong.problem().as_str()), (422, "form_refused"));
    assert_eq!(wrong.pointers(), ["/forms/1"]);
    assert!(wrong.json()["detail"].as_str().unwrap().contains("먹다"), "{wrong:?}");
    assert_eq!(post(json!({ "forms": [], "class": "verb" })).problem(), "out_of_range");
    assert_eq!(post(json!({ "forms": ["가"], "class": "verbs" })).problem(), "unknown_code");
}
