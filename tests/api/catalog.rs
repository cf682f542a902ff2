use crate::app::TestApp;
use serde_json::json;

fn ids(app: &TestApp, query: &str) -> Vec<String> {
    let answer = app.get(&format!("/v1/phrases{query}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    let phrases = answer.json()["phrases"].as_array().unwrap().clone();
    phrases.iter().map(|phrase| phrase["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn phrases_are_filtered_by_every_parameter_given() {
    let app = TestApp::start();
    assert_eq!(ids(&app, ""), ["anger.01", "general.01"]);
    assert_eq!(ids(&app, "?signal=anger"), ["anger.01"]);
    assert_eq!(ids(&app, "?action=offer&level=2&channel=chat&kind=apology"), ["anger.01"]);
    assert_eq!(ids(&app, "?tone=warm"), ["general.01"]);
    assert!(ids(&app, "?tone=warm&signal=anger").is_empty());
    assert!(ids(&app, "?situation=high_load").is_empty());
}

#[test]
fn a_phrase_names_its_slots() {
    let app = TestApp::start();
    let body = app.get("/v1/phrases?signal=anger").json();
    assert_eq!(body["phrases"][0]["slots"], json!(["고객명"]));
}

#[test]
fn everything_wrong_with_a_query_is_named() {
    let app = TestApp::start();
    let answer = app.get("/v1/phrases?signal=rage&level=7&colour=red&tone=warm&tone=formal");
    assert_eq!((answer.status, answer.problem().as_str()), (400, "invalid_query"));
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    let named: Vec<_> = errors.iter().map(|error| error["parameter"].as_str().unwrap()).collect();
    assert_eq!(named, ["colour", "tone", "signal", "level"]);
}

#[test]
fn the_lexicon_tells_what_is_loaded() {
    let app = TestApp::start();
    let body = app.get("/v1/lexicon").json();
    assert_eq!((&body["entries"], &body["phrases"]), (&json!(2), &json!(2)));
    assert_eq!(body["entries_by_signal"]["anger"], 1);
    assert!(body["version"].as_str().unwrap().starts_with("sha256:"));
}
