use crate::app::{Chunked, TestApp, read_head, write_chunk, write_end};
use serde_json::{Value, json};
use std::io::BufReader;
use std::net::TcpStream;

const HEAD: &str = "POST /v1/analyze/batch HTTP/1.1\r\ncontent-type: application/x-ndjson\r\n\
    transfer-encoding: chunked";

/// Sends chunks from a thread of its own while answers are read, as a client of a stream must.
fn stream(app: &TestApp, chunks: Vec<Vec<u8>>) -> Vec<Value> {
    let connection = app.begin(HEAD);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for chunk in chunks {
                write_chunk(&connection, &chunk);
            }
            write_end(&connection);
        });
        read_all(&connection)
    })
}

fn read_all(connection: &TcpStream) -> Vec<Value> {
    let mut reader = BufReader::new(connection);
    let (status, headers) = read_head(&mut reader);
    assert_eq!(status, 200);
    assert!(headers.contains(&("content-type".into(), "application/x-ndjson".into())));
    let mut answers = Chunked::new(reader);
    let lines = std::iter::from_fn(|| answers.line());
    lines.map(|line| serde_json::from_str(&line).unwrap()).collect()
}

fn kind(result: &Value) -> &str {
    result["error"]["type"].as_str().map_or("answer", |kind| kind.rsplit(':').next().unwrap())
}

#[test]
fn five_thousand_lines_are_answered_in_order() {
    let app = TestApp::start();
    // The end of a match tells which line an answer belongs to.
    let text = |index: usize| format!("{}짜증나", "네 ".repeat(index % 50));
    let lines = (0..5000).map(|index| format!("{}\n", json!({ "text": text(index) })));
    let input = lines.collect::<Vec<_>>().concat();
    let answers = stream(&app, input.as_bytes().chunks(7919).map(<[u8]>::to_vec).collect());
    assert_eq!(answers.len(), 5000);
    for (index, answer) in answers.iter().enumerate() {
        let start = answer["signals"][0]["matches"][0]["start"].as_u64();
        assert_eq!(start, Some(2 * (index as u64 % 50)), "line {index}: {answer}");
    }
    let single = app.post_message(json!({ "text": text(7) }).to_string()).json();
    assert_eq!(answers[7], single);
}

#[test]
fn each_line_is_answered_before_the_next_is_sent() {
    let app = TestApp::start();
    let connection = app.begin(HEAD);
    write_chunk(&connection, "{\"text\":\"짜증나\"}\n".as_bytes());
    let mut reader = BufReader::new(&connection);
    read_head(&mut reader);
    let mut answers = Chunked::new(reader);
    for _ in 0..3 {
        let answer: Value = serde_json::from_str(&answers.line().unwrap()).unwrap();
        assert_eq!(kind(&answer), "answer");
        write_chunk(&connection, "{\"text\":\"짜증나\"}\n".as_bytes());
    }
    write_end(&connection);
    assert!(answers.line().is_some());
    assert_eq!(answers.line(), None);
}

#[test]
fn a_bad_line_becomes_an_error_line_and_blank_ones_have_no_answer() {
    let app = TestApp::start();
    let lines: [&[u8]; 9] = [
        b"{\"text\":\"ok\"}\r\n",
        b"\n",
        b"   \n",
        b"{\"text\":\n",
        b"{\"text\":\"\xff\"}\n",
        b"{\"txet\":\"ok\"}\n",
        b"{\"text\":\" \"}\n",
        b"[1]\n",
        b"{\"text\":\"no end\"}",
    ];
    let answers = stream(&app, lines.iter().map(|line| line.to_vec()).collect());
    let kinds: Vec<_> = answers.iter().map(kind).collect();
    let expected = ["answer", "malformed_json", "invalid_utf8", "unknown_field", "empty_text"];
    assert_eq!(kinds[..5], expected);
    assert_eq!(kinds[5..], ["wrong_type", "answer"]);
    assert!(answers[1]["error"]["detail"].as_str().unwrap().contains("line 4"), "{}", answers[1]);
    assert_eq!(answers[3]["error"]["errors"][0]["pointer"], "/txet");
}

#[test]
fn a_line_over_the_limit_is_reported_and_skipped() {
    let app = TestApp::start_with(|settings| settings.server.ndjson_line_limit = 2048);
    let mut chunks = vec![b"{\"text\":\"one\"}\n{\"text\":\"".to_vec()];
    chunks.extend(std::iter::repeat_n(vec![b'x'; 4096], 500));
    chunks.push(b"\"}\n{\"text\":\"two\"}\n".to_vec());
    let answers = stream(&app, chunks);
    assert_eq!(answers.iter().map(kind).collect::<Vec<_>>(), ["answer", "line_too_long", "answer"]);
    assert_eq!(answers[1]["error"]["status"], 413);
}

#[test]
fn a_stream_may_be_longer_than_a_body() {
    let app = TestApp::start_with(|settings| settings.server.body_limit = 1024);
    let lines = vec![b"{\"text\":\"0123456789\"}\n".to_vec(); 200];
    assert_eq!(stream(&app, lines).len(), 200);
}
