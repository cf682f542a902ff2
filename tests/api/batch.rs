use crate::app::TestApp;
use serde_json::{Value, json};

const BATCH: &str = "/v1/analyze/batch";

fn post(app: &TestApp, body: &Value) -> crate::app::Answer {
    app.post(BATCH, "application/json", body.to_string())
}

#[test]
fn a_batch_answers_what_single_requests_answer() {
    let app = TestApp::start();
    let texts = ["짜증나요", "안녕하세요", "네 ㅡㅡ", "짜증나는데 ㅡㅡ 언제 와요"];
    let messages: Vec<_> = texts.iter().map(|text| json!({ "text": text })).collect();
    let singles: Vec<_> =
        messages.iter().map(|message| app.post_message(message.to_string()).json()).collect();
    let answer = post(&app, &json!({ "messages": messages }));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), json!({ "results": singles }));
}

#[test]
fn a_bad_item_is_answered_in_its_place_and_spoils_no_other() {
    let app = TestApp::start();
    let good = json!({ "text": "짜증나요" });
    let messages = json!([good, { "text": "" }, "비밀", { "text": "가", "role": "비밀" }, good]);
    let answer = post(&app, &json!({ "messages": messages }));
    assert_eq!(answer.status, 200);
    let results = answer.json()["results"].as_array().unwrap().clone();
    assert_eq!(results.len(), 5);
    assert_eq!(results[0], results[4]);
    let error = |index: usize| {
        let error = &results[index]["error"];
        (error["type"].as_str().unwrap().to_owned(), error["errors"][0]["pointer"].clone())
    };
    assert_eq!(error(1), ("urn:nunchi:problem:empty_text".into(), json!("/messages/1/text")));
    assert_eq!(error(2), ("urn:nunchi:problem:wrong_type".into(), json!("/messages/2")));
    assert_eq!(error(3), ("urn:nunchi:problem:unknown_code".into(), json!("/messages/3/role")));
    assert!(!answer.body.contains("비밀"), "{answer:?}");
}

#[test]
fn a_thousand_messages_are_a_batch_and_one_more_is_too_many() {
    let app = TestApp::start();
    let messages = |count| json!({ "messages": vec![json!({ "text": "네" }); count] });
    assert_eq!(post(&app, &messages(1000)).json()["results"].as_array().unwrap().len(), 1000);
    let answer = post(&app, &messages(1001));
    assert_eq!((answer.status, answer.problem().as_str()), (422, "batch_too_large"));
    assert_eq!(answer.pointers(), ["/messages"]);
    assert_eq!(post(&app, &messages(0)).json(), json!({ "results": [] }));
}
