//! A headless Chromium, spoken to over two pipes in its own protocol (CDP).
//!
//! A dozen methods of that protocol are enough for these tests; the crates that hold all of it take
//! longer to compile than nunchi itself. Chromium ends when its pipes close, so none outlives the tests.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The longest that a method may take: far more than any does.
const PATIENCE: Duration = Duration::from_mins(1);
/// Where distributions put it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// What keeps a browser of tests still, quick and alone.
const SWITCHES: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
];

/// The program that `NUNCHI_TEST_CHROMIUM` names, or the first of the usual ones.
pub(crate) fn program() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("NUNCHI_TEST_CHROMIUM").filter(|path| !path.is_empty()) {
        let given = PathBuf::from(given);
        assert!(given.is_file(), "NUNCHI_TEST_CHROMIUM names no file: {}", given.display());
        return Some(given);
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let all = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.into_iter().find(|path| path.is_file())
}

/// Who waits for what the browser says.
#[derive(Default)]
struct Waiting {
    answers: HashMap<u64, Sender<Value>>,
    events: HashMap<String, Sender<Value>>,
}

pub(crate) struct Browser {
    child: Child,
    to: Mutex<Option<ChildStdin>>,
    waiting: Arc<Mutex<Waiting>>,
    last: AtomicU64,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub(crate) fn start(program: &Path) -> Self {
        let profile = tempfile::tempdir().unwrap();
        // Chromium reads from descriptor 3 and writes to 4; the shell lays our pipes there.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#])
            .arg(program)
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let waiting = Arc::new(Mutex::new(Waiting::default()));
        let from = child.stdout.take().unwrap();
        let hand_on = Arc::clone(&waiting);
        std::thread::spawn(move || listen(from, &hand_on));
        let to = Mutex::new(child.stdin.take());
        Self { child, to, waiting, last: AtomicU64::new(0), _profile: profile }
    }

    /// Calls a method and waits for its result.
    pub(crate) fn call(&self, session: Option<&str>, method: &str, params: &Value) -> Value {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let (sender, answer) = channel();
        self.waiting.lock().unwrap().answers.insert(id, sender);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.lock().unwrap().as_mut().unwrap().write_all(&bytes).unwrap();
        let answer = answer.recv_timeout(PATIENCE);
        let answer = answer.unwrap_or_else(|_| panic!("Chromium does not answer {method}"));
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// What happens in a session from now on.
    pub(crate) fn events(&self, session: &str) -> Receiver<Value> {
        let (sender, events) = channel();
        self.waiting.lock().unwrap().events.insert(session.to_owned(), sender);
        events
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.to.lock().map(|mut to| to.take()));
        let _ = self.child.wait();
    }
}

/// Hands on answers and events, each ended by a zero byte, until Chromium ends.
fn listen(from: ChildStdout, waiting: &Mutex<Waiting>) {
    for message in BufReader::new(from).split(0) {
        let Ok(message) = message else { return };
        let Ok(message) = serde_json::from_slice::<Value>(&message) else { return };
        let mut waiting = waiting.lock().unwrap();
        if let Some(id) = message["id"].as_u64() {
            if let Some(asked) = waiting.answers.remove(&id) {
                let _ = asked.send(message);
            }
        } else if let Some(session) = message["sessionId"].as_str()
            && let Some(listener) = waiting.events.get(session)
        {
            let _ = listener.send(message);
        }
    }
}
