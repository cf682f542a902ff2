//! The program under load, with a lexicon folder of its own to edit.

use crate::client::{Connection, MESSAGES, Weights, version_and_weight};
use nunchi::resource::Resources;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const KEY: &str = "reload-under-load";
/// SHA-256 of the key.
const DIGEST: &str = "ff9be2b49fcd70390788a2480f3f7d4093bcb3c1ac8eec8fbdd2b41b1b60af0b";
/// The entry that is edited.
const ENTRY: &str = "id = \"anger.dapdap\"\n";
/// The weights that it is given by turns.
const WEIGHTS: [&str; 2] = ["2.0", "2.1"];

/// The program, running.
pub(crate) struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
    edits: AtomicUsize,
}

impl Server {
    /// Starts it on a free port with a copy of the embedded lexicons.
    pub(crate) fn start(program: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in Resources::embedded().files() {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
        let mut child = Command::new(program)
            .args(["serve", "--port", "0", "--lexicons"])
            .arg(folder.path())
            .env("NUNCHI_ACCESS__ADMIN_KEY_SHA256", DIGEST)
            .env("NUNCHI_LEXICONS__WATCH", "false")
            .env("NUNCHI_LOG__FORMAT", "json")
            .env("NUNCHI_LOG__FILTER", "warn,nunchi::server=info,nunchi::server::observe=warn")
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let port = port(&mut log);
        // The rest of the log is read so that the program never waits for us.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { child, port, folder, edits: AtomicUsize::new(0) }
    }

    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// What each of the two sets answers; each is loaded once for that.
    pub(crate) fn learn(&self) -> Weights {
        let mut weights = Weights::new();
        for _ in WEIGHTS {
            self.reload_another();
            let mut connection = Connection::open(self.port);
            for message in MESSAGES {
                let body = connection.analyze(message).unwrap();
                let (version, weight) = version_and_weight(&body).unwrap();
                weights.entry(version).or_default().push(weight);
            }
        }
        let mut sets = weights.values();
        let alike = sets.next() == sets.next();
        assert!(weights.len() == WEIGHTS.len() && !alike, "the two sets answer alike: {weights:?}");
        weights
    }

    /// Writes the other weight and has the folder loaded; how long the loading took.
    pub(crate) fn reload_another(&self) -> Duration {
        let edits = self.edits.fetch_add(1, Ordering::Relaxed) + 1;
        self.write_weight(WEIGHTS[edits % WEIGHTS.len()]);
        let begun = Instant::now();
        let url = format!("http://127.0.0.1:{}/v1/lexicon/reload", self.port);
        let request = ureq::post(url).header("authorization", format!("Bearer {KEY}"));
        let mut answer = request.send("").unwrap();
        let body: Value = answer.body_mut().read_json().unwrap();
        assert_eq!(body["outcome"], "loaded", "{body}");
        begun.elapsed()
    }

    fn write_weight(&self, weight: &str) {
        let path: PathBuf = self.folder.path().join("signals/anger.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, entry) = text.split_once(ENTRY).unwrap();
        let (fields, rest) = entry.split_once("weight = ").unwrap();
        let (_, after) = rest.split_once('\n').unwrap();
        std::fs::write(path, format!("{before}{ENTRY}{fields}weight = {weight}\n{after}")).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The port that the log tells.
fn port(log: &mut impl std::io::BufRead) -> u16 {
    let mut told = String::new();
    for line in log.by_ref().lines() {
        let line = line.unwrap();
        let port = serde_json::from_str::<Value>(&line).ok().and_then(|line| line["port"].as_u64());
        if let Some(port) = port {
            return port.try_into().unwrap();
        }
        told.push_str(&line);
    }
    panic!("the server did not start: {told}");
}
