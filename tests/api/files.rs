//! The files that answer can be read, edited and tried.

use crate::app::TestApp;
use serde_json::{Value, json};

#[test]
fn the_files_that_answer_are_listed_and_read_as_written() {
    let app = TestApp::start();
    let files = app.get("/v1/lexicon/files").json()["files"].as_array().unwrap().clone();
    let paths: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"signals/anger.toml") && paths.contains(&"policy.toml"), "{paths:?}");
    let file = app.get("/v1/lexicon/files/signals/anger.toml").json();
    let text = file["text"].as_str().unwrap();
    assert!(text.contains(r#"id = "anger.jjajeung""#), "{text}");
    let listed = files.iter().find(|file| file["path"] == "signals/anger.toml").unwrap();
    assert_eq!(listed["lines"], json!(text.lines().count()));
}

#[test]
fn a_file_goes_back_into_a_draft_as_it_came() {
    let app = TestApp::start();
    let mut file = app.get("/v1/lexicon/files/signals/anger.toml").json();
    let preview = |file: &Value| {
        let body = json!({ "files": [file], "messages": ["정말 짜증나요"] });
        app.post("/v1/lexicon/preview", "application/json", body.to_string()).json()
    };
    assert_eq!(preview(&file)["read_differently"], 0);
    let text = file["text"].as_str().unwrap().replace("weight = 2.4", "weight = 0.4");
    file["text"] = json!(text);
    assert_eq!(preview(&file)["judged_differently"], 1);
}

#[test]
fn what_is_no_lexicon_file_is_not_found() {
    let app = TestApp::start();
    for path in ["signals/none.toml", "", "../Cargo.toml", "%2e%2e/Cargo.toml", "/etc/passwd"] {
        let answer = app.get(&format!("/v1/lexicon/files/{path}"));
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not_found"), "{path}");
    }
}
