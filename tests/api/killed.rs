//! A service that is killed in the middle of its work has lost nothing that it acknowledged.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A real process of the program.
struct Service {
    process: Child,
    url: String,
}

impl Service {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_nunchi"))
            .args(["serve", "--port", "0", "--classifier", "off"])
            .env("NUNCHI_FEEDBACK__DIR", data)
            .env_remove("NUNCHI_LEXICONS__DIR")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it listened");
            // The first line is for people.
            let event: Option<Value> = serde_json::from_str(&line).ok();
            if let Some(port) = event.as_ref().and_then(|event| event["port"].as_u64()) {
                break port;
            }
        };
        // A log that nobody reads would stop the service in the end.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { process, url: format!("http://127.0.0.1:{port}/v1/feedback") }
    }
}

/// The id of stored feedback; none once the service is gone.
fn send(url: &str, text: &str) -> Option<String> {
    let body = json!({ "text": text, "consent": true, "verdict": "right" });
    let mut answer = ureq::post(url).send_json(body).ok()?;
    let body: Value = answer.body_mut().read_json().ok()?;
    Some(body["id"].as_str().unwrap().to_owned())
}

impl Drop for Service {
    fn drop(&mut self) {
        // SIGKILL, where there are signals.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn every_acknowledged_record_outlives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let acknowledged = Mutex::new(Vec::new());
    for round in 0..3 {
        let mut service = Service::start(data.path());
        let process = Mutex::new(&mut service.process);
        let url = service.url.clone();
        let stored = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (stored, acknowledged, process, url) = (&stored, &acknowledged, &process, &url);
                scope.spawn(move || {
                    for number in 0.. {
                        // Long lines are more likely to be torn.
                        let text = format!("{round}-{writer}-{number} {}", "답답해요 ".repeat(400));
                        let Some(id) = send(url, &text) else { break };
                        acknowledged.lock().unwrap().push(id);
                        if stored.fetch_add(1, Ordering::Relaxed) == 20 {
                            process.lock().unwrap().kill().unwrap();
                        }
                    }
                });
            }
        });
        assert!(stored.load(Ordering::Relaxed) > 20);
    }
    // Whatever the kills have torn is mended by the next that is stored.
    let service = Service::start(data.path());
    acknowledged.lock().unwrap().push(send(&service.url, "마지막").unwrap());
    let file = std::fs::read_to_string(data.path().join("feedback.jsonl")).unwrap();
    let stored: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for id in acknowledged.lock().unwrap().iter() {
        assert!(stored.iter().any(|record| record["id"] == **id), "{id} is lost");
    }
}
