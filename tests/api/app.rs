//! A server of the test's own and the ways to speak to it.

use crate::lexicons;
use nunchi::analysis::Analyzer;
use nunchi::server::Application;
use nunchi::settings::{LogFormat, LogSettings, Settings};
use nunchi::telemetry;
use serde_json::Value;
use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, LazyLock, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

/// Everything that any test of this process has logged.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    // All there is, so that a text that is logged at any level is found.
    let settings = LogSettings { format: LogFormat::Json, filter: "trace".into() };
    let sink = log.clone();
    tracing::subscriber::set_global_default(telemetry::subscriber(&settings, move || sink.clone()))
        .unwrap();
    log
});

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text() -> String {
        String::from_utf8_lossy(&LOG.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A real server on a free port; it ends with the value.
pub(crate) struct TestApp {
    pub(crate) port: u16,
    stop: Option<mpsc::Sender<()>>,
    server: Option<JoinHandle<io::Result<()>>>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The last part of the `type` of a problem, after a look at all that problems have in common.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], self.status, "{body}");
        assert!(!body["title"].as_str().unwrap().is_empty());
        assert!(!body["detail"].as_str().unwrap().is_empty());
        body["type"].as_str().unwrap().strip_prefix("urn:nunchi:problem:").unwrap().to_owned()
    }

    /// The fields at fault.
    pub(crate) fn pointers(&self) -> Vec<String> {
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["pointer"].as_str().unwrap_or("-").to_owned()).collect()
    }
}

fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    LazyLock::force(&LOG);
    let mut settings = Settings::default();
    settings.server.port = 0;
    settings.server.workers = 1;
    // No test but those of deadlines may depend on how busy the machine is.
    settings.classifier.deadline = Duration::from_mins(1);
    change(&mut settings);
    settings
}

impl TestApp {
    pub(crate) fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// A service of the tests' own lexicons, without a classifier.
    pub(crate) fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let settings = settings(change);
        Self::run(Application::with_analyzer(&settings, lexicons::analyzer()).unwrap())
    }

    /// A service of other lexicons of the tests' own.
    pub(crate) fn start_of(analyzer: Arc<Analyzer>) -> Self {
        Self::run(Application::with_analyzer(&settings(|_| {}), analyzer).unwrap())
    }

    /// The service that a new user gets, with the embedded lexicons and the embedded model.
    pub(crate) fn start_as_shipped(change: impl FnOnce(&mut Settings)) -> Self {
        Self::run(Application::build(&settings(change)).unwrap())
    }

    fn run(application: Application) -> Self {
        let port = application.port();
        let (stop, stopped) = mpsc::channel::<()>();
        let server = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(application.run_until(async move {
                // A message or the end of the test: both end the server.
                let _ = actix_web::rt::task::spawn_blocking(move || stopped.recv()).await;
            }))
        });
        Self { port, stop: Some(stop), server: Some(server) }
    }

    pub(crate) fn post(&self, path: &str, media_type: &str, body: impl AsRef<[u8]>) -> Answer {
        let request = ureq::post(self.url(path)).config().http_status_as_error(false).build();
        answer(request.header("content-type", media_type).send(body.as_ref()).unwrap())
    }

    pub(crate) fn post_message(&self, body: impl AsRef<[u8]>) -> Answer {
        self.post("/v1/analyze", "application/json", body)
    }

    /// Posts with a bearer key.
    pub(crate) fn post_with_key(&self, path: &str, key: &str, body: &str) -> Answer {
        let request = ureq::post(self.url(path)).config().http_status_as_error(false).build();
        let request = request
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json");
        answer(request.send(body).unwrap())
    }

    /// Deletes with a bearer key.
    pub(crate) fn delete_with_key(&self, path: &str, key: &str) -> Answer {
        let request = ureq::delete(self.url(path)).config().http_status_as_error(false).build();
        answer(request.header("authorization", format!("Bearer {key}")).call().unwrap())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = ureq::get(self.url(path)).config().http_status_as_error(false).build();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call().unwrap())
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Begins a request by hand, for what a client would not send. The connection is closed after it.
    pub(crate) fn begin(&self, head: &str) -> TcpStream {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = format!("{}\r\nhost: test\r\nconnection: close\r\n\r\n", head.trim_end());
        connection.write_all(head.as_bytes()).unwrap();
        connection
    }

    /// Asks the server to end, without waiting for it.
    pub(crate) fn ask_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until the server has ended.
    pub(crate) fn ended(&mut self) {
        self.ask_to_stop();
        self.server.take().unwrap().join().unwrap().unwrap();
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if self.server.is_some() && !std::thread::panicking() {
            self.ended();
        }
    }
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let headers = response.headers().iter();
    let headers = headers.map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned())).collect();
    let status = response.status().as_u16();
    Answer { status, headers, body: response.body_mut().read_to_string().unwrap() }
}

/// Reads an answer of known length from a connection.
pub(crate) fn read_answer(connection: &TcpStream) -> Answer {
    let mut reader = BufReader::new(connection);
    let (status, headers) = read_head(&mut reader);
    let length = headers.iter().find(|(name, _)| name == "content-length").unwrap();
    let mut body = vec![0; length.1.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    Answer { status, headers, body: String::from_utf8(body).unwrap() }
}

/// Reads the head of an answer and leaves its body to be read.
pub(crate) fn read_head(reader: &mut BufReader<&TcpStream>) -> (u16, Vec<(String, String)>) {
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap_or_else(|| panic!("{line:?}")).parse().unwrap();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            None => return (status, headers),
        }
    }
}

/// Writes one chunk of a body whose length is not known.
pub(crate) fn write_chunk(mut connection: &TcpStream, chunk: &[u8]) {
    write!(connection, "{:x}\r\n", chunk.len()).unwrap();
    connection.write_all(chunk).unwrap();
    connection.write_all(b"\r\n").unwrap();
}

/// Ends such a body.
pub(crate) fn write_end(mut connection: &TcpStream) {
    connection.write_all(b"0\r\n\r\n").unwrap();
}

/// The lines of a chunked body, as they come.
pub(crate) struct Chunked<'c> {
    reader: BufReader<&'c TcpStream>,
    rest: Vec<u8>,
}

impl<'c> Chunked<'c> {
    pub(crate) fn new(reader: BufReader<&'c TcpStream>) -> Self {
        Self { reader, rest: Vec::new() }
    }

    /// The next line; none at the end of the body.
    pub(crate) fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.rest.drain(..=end).collect();
                return Some(String::from_utf8(line).unwrap().trim_end().to_owned());
            }
            let mut size = String::new();
            self.reader.read_line(&mut size).unwrap();
            let size = usize::from_str_radix(size.trim_end(), 16).unwrap();
            let mut chunk = vec![0; size + 2];
            self.reader.read_exact(&mut chunk).unwrap();
            if size == 0 {
                assert!(self.rest.is_empty(), "the last line has no end");
                return None;
            }
            self.rest.extend_from_slice(&chunk[..size]);
        }
    }
}

/// The side of a connection that writes is done.
pub(crate) fn finish_writing(connection: &TcpStream) {
    connection.shutdown(Shutdown::Write).unwrap();
}
