use crate::app::{Answer, TestApp, finish_writing, read_answer, write_chunk};
use nunchi::server::Code;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write as _;

fn assert_problem(answer: &Answer, status: u16, code: &str, pointers: &[&str]) {
    assert_eq!((answer.status, answer.problem().as_str()), (status, code), "{answer:?}");
    assert_eq!(answer.pointers(), pointers, "{answer:?}");
}

#[test]
fn a_body_that_is_not_a_message_is_refused_with_the_place() {
    let app = TestApp::start();
    let cases: [(&[u8], u16, &str, &[&str]); 13] = [
        (b"", 400, "malformed_json", &[]),
        (b"{\"text\":\"a\"", 400, "malformed_json", &[]),
        (b"{\"text\":\"\xed\xa0\x80\"}", 400, "invalid_utf8", &[]),
        (b"{\"text\":7}", 400, "wrong_type", &["/text"]),
        (b"[\"text\"]", 400, "wrong_type", &[""]),
        (b"null", 400, "wrong_type", &[""]),
        (b"{}", 400, "missing_field", &["/text"]),
        (b"{\"text\":\"a\",\"txt\":1}", 400, "unknown_field", &["/txt"]),
        (b"{\"text\":\"a\",\"text\":\"b\"}", 400, "duplicate_field", &[""]),
        (b"{\"text\":\"a\",\"role\":\"boss\"}", 400, "unknown_code", &["/role"]),
        (b"{\"text\":\"a\",\"max_apologies\":21}", 422, "out_of_range", &["/max_apologies"]),
        (b"{\"text\":\"a\",\"max_apologies\":-1}", 422, "out_of_range", &["/max_apologies"]),
        (b"{\"text\":\" \\n\"}", 422, "empty_text", &["/text"]),
    ];
    for (body, status, code, pointers) in cases {
        assert_problem(&app.post_message(body), status, code, pointers);
    }
}

#[test]
fn a_syntax_error_tells_line_and_column() {
    let app = TestApp::start();
    let answer = app.post_message("{\n  \"text\": \"가나다\" x}");
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.ends_with("at line 2, column 17"), "{detail}");
}

#[test]
fn a_text_may_have_as_many_code_points_as_the_settings_say() {
    let app = TestApp::start_with(|settings| settings.limits.text_code_points = 3);
    assert_eq!(app.post_message(json!({ "text": "가나다" }).to_string()).status, 200);
    let answer = app.post_message(json!({ "text": "가나다라" }).to_string());
    assert_problem(&answer, 422, "text_too_long", &["/text"]);
}

#[test]
fn a_body_that_is_declared_as_something_else_is_refused() {
    let app = TestApp::start();
    let body = json!({ "text": "네" }).to_string();
    for media_type in ["text/plain", "application/json; charset=euc-kr", "application/x-ndjson"] {
        let answer = app.post("/v1/analyze", media_type, &body);
        assert_problem(&answer, 415, "unsupported_media_type", &[]);
    }
    let mut none = app.begin("POST /v1/analyze HTTP/1.1\r\ncontent-length: 2");
    none.write_all(b"{}").unwrap();
    assert_problem(&read_answer(&none), 415, "unsupported_media_type", &[]);
    let request = ureq::post(app.url("/v1/analyze")).config().http_status_as_error(false).build();
    let request = request.header("content-type", "application/json");
    let status = request.header("content-encoding", "gzip").send(&body).unwrap().status();
    assert_eq!(status, 415);
}

#[test]
fn a_body_over_the_limit_is_refused_whether_its_length_is_announced_or_not() {
    let app = TestApp::start_with(|settings| settings.server.body_limit = 1024);
    let head = "POST /v1/analyze HTTP/1.1\r\ncontent-type: application/json\r\n";
    let announced = app.begin(&format!("{head}content-length: 1025"));
    assert_problem(&read_answer(&announced), 413, "body_too_large", &[]);
    let chunked = app.begin(&format!("{head}transfer-encoding: chunked"));
    write_chunk(&chunked, &[b' '; 1025]);
    assert_problem(&read_answer(&chunked), 413, "body_too_large", &[]);
}

#[test]
fn a_body_that_breaks_off_is_refused() {
    let app = TestApp::start();
    let head = "POST /v1/analyze HTTP/1.1\r\ncontent-type: application/json\r\n\
        transfer-encoding: chunked";
    let mut connection = app.begin(head);
    connection.write_all(b"not a length\r\n").unwrap();
    finish_writing(&connection);
    assert_problem(&read_answer(&connection), 400, "body_incomplete", &[]);
}

#[test]
fn an_unknown_route_is_a_problem_too() {
    let app = TestApp::start();
    for path in ["/v1", "/v1/analyze/", "/v2/analyze", "/page.html"] {
        assert_problem(&app.get(path), 404, "not_found", &[]);
    }
}

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start();
    let answer = app.get("/v1/analyze");
    assert_problem(&answer, 405, "method_not_allowed", &[]);
    assert_eq!(answer.header("allow"), Some("POST"));
    let answer = app.post("/v1/phrases", "application/json", "{}");
    assert_problem(&answer, 405, "method_not_allowed", &[]);
    assert_eq!(answer.header("allow"), Some("GET, HEAD"));
}

#[test]
fn every_kind_of_problem_has_a_test() {
    // `internal` is shown by a handler that panics, in the server's own tests.
    let here = [include_str!("errors.rs"), include_str!("batch.rs"), include_str!("stream.rs")]
        .concat()
        + include_str!("catalog.rs")
        + include_str!("entries.rs")
        + include_str!("feedback.rs")
        + include_str!("reload.rs");
    let untested: BTreeSet<_> = Code::ALL
        .iter()
        .map(|code| code.row().code)
        .filter(|code| *code != "internal" && !here.contains(&format!("\"{code}\"")))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}
