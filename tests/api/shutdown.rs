use crate::app::{Chunked, TestApp, read_head, write_chunk, write_end};
use std::io::BufReader;
use std::net::TcpStream;

#[test]
fn a_request_in_flight_is_finished_before_the_service_ends() {
    let mut app = TestApp::start();
    let head = "POST /v1/analyze/batch HTTP/1.1\r\ncontent-type: application/x-ndjson\r\n\
        transfer-encoding: chunked";
    let connection = app.begin(head);
    write_chunk(&connection, "{\"text\":\"짜증나\"}\n".as_bytes());
    let mut reader = BufReader::new(&connection);
    assert_eq!(read_head(&mut reader).0, 200);
    let mut answers = Chunked::new(reader);
    let first = answers.line().unwrap();

    app.ask_to_stop();
    // The port is closed once the end has begun; until then connections are still taken.
    while TcpStream::connect(("127.0.0.1", app.port)).is_ok() {
        std::thread::yield_now();
    }
    write_chunk(&connection, "{\"text\":\"짜증나\"}\n".as_bytes());
    write_end(&connection);
    assert_eq!(answers.line(), Some(first));
    assert_eq!(answers.line(), None);
    app.ended();
}
