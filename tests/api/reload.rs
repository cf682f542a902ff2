//! Other lexicons take the place of the running ones, without a restart and without a wrong answer.

use crate::app::{Log, TestApp};
use crate::{lexicons, metrics};
use nunchi::settings::ClassifierMode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

pub(crate) const KEY: &str = "open-sesame-4711";
/// SHA-256 of the key.
pub(crate) const DIGEST: &str = "ee0a73337db04d4cdecf1162250c2e7b0d752d91ad5be8debcb31e4595a430a8";

pub(crate) fn digest() -> [u8; 32] {
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(DIGEST.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    bytes
}

fn start(folder: &Path, watch: bool) -> TestApp {
    TestApp::start_as_shipped(|settings| {
        settings.classifier.mode = ClassifierMode::Off;
        settings.lexicons.dir = Some(folder.to_owned());
        settings.lexicons.watch = watch;
        settings.access.admin_key_sha256 = Some(digest());
        settings.server.workers = 2;
    })
}

/// Gives the entry for 짜증나다 another weight.
fn write_weight(folder: &Path, weight: &str) {
    let path = folder.join("signals/anger.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("weight = ").unwrap();
    let (_, after) = rest.split_once('\n').unwrap();
    std::fs::write(path, format!("{before}weight = {weight}\n{after}")).unwrap();
}

fn reload(app: &TestApp) -> Value {
    let answer = app.post_with_key("/v1/lexicon/reload", KEY, "");
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

/// The weight that an answer shows.
fn weight(app: &TestApp) -> String {
    let body = app.post_message(json!({ "text": "짜증나요" }).to_string()).json();
    body["signals"][0]["matches"][0]["weight"].to_string()
}

#[test]
fn an_edit_answers_after_a_reload_and_can_be_taken_back() {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let first = app.get("/v1/lexicon").json()["revision"].as_str().unwrap().to_owned();
    assert_eq!(reload(&app), json!({ "outcome": "unchanged", "revision": first }));
    write_weight(folder.path(), "1.1");
    assert_eq!(weight(&app), "2.4", "nothing changes before the reload");
    let loaded = reload(&app);
    assert_eq!(loaded["outcome"], "loaded");
    assert_ne!(loaded["revision"], json!(first));
    assert_eq!(weight(&app), "1.1");
    let body = app.get("/v1/lexicon").json();
    assert_eq!(body["earlier"][0]["revision"], json!(first));
    assert_eq!(body["last_attempt"]["outcome"], "loaded");
    let loaded_since = || {
        let shown = metrics::value(&app, "nunchi_lexicon_loaded_timestamp_seconds").unwrap();
        shown.parse::<f64>().unwrap()
    };
    let since = loaded_since();
    let back = json!({ "revision": first }).to_string();
    let answer = app.post_with_key("/v1/lexicon/reload", KEY, &back).json();
    assert_eq!(answer, json!({ "outcome": "rolled_back", "revision": first }));
    assert_eq!(weight(&app), "2.4");
    // It answers since the rollback, not since it was first read.
    let rolled_back = app.get("/v1/lexicon").json();
    let instant = |at: &Value| at.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let loaded_at = instant(&rolled_back["loaded_at"]);
    assert!(loaded_at > instant(&body["loaded_at"]), "{rolled_back}");
    assert!(loaded_since() > since, "the figure tells it too");
    let unknown = json!({ "revision": "sha256:0" }).to_string();
    let answer = app.post_with_key("/v1/lexicon/reload", KEY, &unknown);
    assert_eq!((answer.status, answer.problem().as_str()), (404, "unknown_revision"));
}

#[test]
fn a_broken_edit_never_replaces_what_runs_and_is_shown() {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let before = app.get("/v1/lexicon").json()["revision"].clone();
    write_weight(folder.path(), "\"heavy\"");
    let answer = app.post_with_key("/v1/lexicon/reload", KEY, "");
    assert_eq!((answer.status, answer.problem().as_str()), (422, "lexicon_errors"));
    let said = answer.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(said.starts_with("signals/anger.toml:") && said.contains("help:"), "{said}");
    let body = app.get("/v1/lexicon").json();
    assert_eq!(body["revision"], before);
    assert_eq!(body["last_attempt"]["outcome"], "refused");
    assert_eq!(body["last_attempt"]["findings"][0]["file"], "signals/anger.toml");
    assert_eq!(weight(&app), "2.4");
    assert!(Log::text().contains("those that run stay"));
    // An example that no longer hits is an error too.
    write_weight(folder.path(), "1.0\nmisses = [\"짜증나네\"]");
    let answer = app.post_with_key("/v1/lexicon/reload", KEY, "");
    assert!(answer.json()["errors"][0]["detail"].as_str().unwrap().contains("L007"), "{answer:?}");
    std::fs::remove_dir_all(folder.path()).unwrap();
    assert_eq!(app.post_with_key("/v1/lexicon/reload", KEY, "").status, 422);
    assert_eq!(weight(&app), "2.4");
}

#[test]
fn only_the_key_loads_and_nobody_where_there_is_none() {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let answer = app.post("/v1/lexicon/reload", "application/json", "");
    assert_eq!((answer.status, answer.problem().as_str()), (401, "unauthorized"));
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    assert_eq!(app.post_with_key("/v1/lexicon/reload", "sesame", "").status, 401);
    let without = TestApp::start();
    assert_eq!(without.post_with_key("/v1/lexicon/reload", KEY, "").problem(), "forbidden");
    let embedded =
        TestApp::start_with(|settings| settings.access.admin_key_sha256 = Some(digest()));
    let answer = embedded.post_with_key("/v1/lexicon/reload", KEY, "");
    assert_eq!((answer.status, answer.problem().as_str()), (409, "no_lexicon_folder"));
}

#[test]
fn a_refused_edit_shows_in_the_figures_until_it_is_mended() {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let shown = |name: &str| metrics::value(&app, &format!("nunchi_lexicon_{name}")).unwrap();
    assert_eq!([shown("last_reload_success"), shown("errors")], ["1", "0"]);
    let loaded_at = shown("loaded_timestamp_seconds");
    let later = |a: &str, b: &str| a.parse::<f64>().unwrap() > b.parse::<f64>().unwrap();
    write_weight(folder.path(), "\"heavy\"");
    assert_eq!(app.post_with_key("/v1/lexicon/reload", KEY, "").status, 422);
    assert_eq!([shown("last_reload_success"), shown("errors")], ["0", "1"]);
    assert_eq!(shown("reloads_total{outcome=\"refused\"}"), "1");
    assert_eq!(shown("loaded_timestamp_seconds"), loaded_at);
    assert!(later(&shown("last_reload_timestamp_seconds"), &loaded_at));
    write_weight(folder.path(), "1.7");
    let revision = reload(&app)["revision"].as_str().unwrap().to_owned();
    assert_eq!([shown("last_reload_success"), shown("errors")], ["1", "0"]);
    assert_eq!(shown("reloads_total{outcome=\"loaded\"}"), "1");
    assert_eq!(shown("reloads_total{outcome=\"rolled_back\"}"), "0");
    assert!(later(&shown("loaded_timestamp_seconds"), &loaded_at));
    let text = app.get("/metrics").body;
    let sets: Vec<&str> =
        text.lines().filter(|line| line.starts_with("nunchi_lexicon_info{")).collect();
    assert!(sets.len() == 1 && sets[0].contains(&revision), "{sets:?}");
}

#[test]
fn an_edit_is_picked_up_by_itself() {
    let folder = lexicons::folder();
    let app = start(folder.path(), true);
    write_weight(folder.path(), "\"heavy\"");
    wait_for(|| app.get("/v1/lexicon").json()["last_attempt"]["outcome"] == "refused");
    assert_eq!(weight(&app), "2.4");
    write_weight(folder.path(), "1.7");
    wait_for(|| weight(&app) == "1.7");
}

#[test]
fn a_rollback_stays_until_the_files_are_others() {
    let folder = lexicons::folder();
    let app = start(folder.path(), true);
    let first = app.get("/v1/lexicon").json()["revision"].clone();
    write_weight(folder.path(), "1.7");
    wait_for(|| weight(&app) == "1.7");
    let back = json!({ "revision": first }).to_string();
    assert_eq!(app.post_with_key("/v1/lexicon/reload", KEY, &back).status, 200);
    // Whatever else the log holds, this line is about this folder.
    let looked = || {
        let text = Log::text();
        let here = folder.path().to_str().unwrap();
        let lines = text.lines().filter(|line| line.contains(here));
        lines.filter(|line| line.contains("as it was last read")).count()
    };
    let before = looked();
    std::fs::write(folder.path().join(".swp"), "").unwrap();
    write_weight(folder.path(), "1.7");
    wait_for(|| looked() > before);
    assert_eq!(weight(&app), "2.4", "the files are the ones that were rolled back");
    assert_eq!(app.get("/v1/lexicon").json()["last_attempt"]["outcome"], "rolled_back");
    // Whoever asks for the files gets them, and so does whoever edits them.
    assert_eq!(reload(&app)["outcome"], "loaded");
    assert_eq!(weight(&app), "1.7");
    assert_eq!(app.post_with_key("/v1/lexicon/reload", KEY, &back).status, 200);
    write_weight(folder.path(), "1.9");
    wait_for(|| weight(&app) == "1.9");
}

/// A file of the folder that nobody can read to its end before the test writes it.
#[cfg(unix)]
fn hold_reading(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("signals/zz.toml");
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    path
}

#[cfg(unix)]
#[test]
fn while_lexicons_load_others_look_and_try_and_few_wait_to_load_too() {
    const LONGEST: Duration = Duration::from_secs(30);
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let before = app.get("/v1/lexicon").json()["revision"].clone();
    let pipe = hold_reading(folder.path());
    let answers = std::thread::scope(|scope| {
        let load = || app.post_with_key("/v1/lexicon/reload", KEY, "");
        let first = scope.spawn(load);
        // It opens once the reload reads it, and the reload then reads until it is closed.
        let mut held = std::fs::File::options().write(true).open(&pipe).unwrap();
        let (sender, answered) = mpsc::channel();
        let (app, said) = (&app, sender.clone());
        scope.spawn(move || {
            let draft = json!({ "files": [] }).to_string();
            let tried = app.post("/v1/lexicon/check", "application/json", draft);
            _ = said.send((app.get("/v1/lexicon"), tried));
        });
        let looked = answered.recv_timeout(LONGEST);
        // One works and eight wait; the ninth is told to come again.
        let (sender, refused) = mpsc::channel();
        let others: Vec<_> = (0..9)
            .map(|_| {
                let sender = sender.clone();
                scope.spawn(move || {
                    let back = json!({ "revision": "sha256:0" }).to_string();
                    let answer = app.post_with_key("/v1/lexicon/reload", KEY, &back);
                    let status = answer.status;
                    _ = sender.send(answer);
                    status
                })
            })
            .collect();
        let refused = refused.recv_timeout(LONGEST);
        let entry = "signals = [\"anger\"]\n\n[[entry]]\nid = \"zz.held\"\nforms = [\"쿠쿠다스나다\"]\n\
                     class = \"verb\"\nweight = 2.0\nhits = [\"쿠쿠다스 났네\"]\n";
        held.write_all(entry.as_bytes()).unwrap();
        drop(held);
        let mut statuses: Vec<u16> = others.into_iter().map(|one| one.join().unwrap()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [404, 404, 404, 404, 404, 404, 404, 404, 503]);
        (looked.unwrap(), refused.unwrap(), first.join().unwrap())
    });
    let ((looked, tried), refused, first) = answers;
    assert_eq!((looked.status, &looked.json()["revision"]), (200, &before));
    assert_eq!(tried.status, 200, "{tried:?}");
    assert_eq!((refused.status, refused.problem().as_str()), (503, "busy"));
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!((first.status, &first.json()["outcome"]), (200, &json!("loaded")));
}

fn wait_for(done: impl Fn() -> bool) {
    let latest = Instant::now() + Duration::from_secs(30);
    while !done() {
        assert!(Instant::now() < latest, "it never came");
        std::thread::yield_now();
    }
}

#[test]
fn a_thousand_reloads_under_load_cost_no_request_and_mix_no_versions() {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let message = json!({ "text": "짜증나요" });
    let batch = json!({ "messages": vec![message; 20] }).to_string();
    // Each version of the files gives its own weight; an answer must show the two that belong together.
    let pairs: BTreeSet<(String, String)> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut pairs = BTreeSet::new();
                    while !done.load(Ordering::Relaxed) {
                        let answer = app.post("/v1/analyze/batch", "application/json", &batch);
                        assert_eq!(answer.status, 200, "{answer:?}");
                        let results = answer.json()["results"].as_array().unwrap().clone();
                        let shown: BTreeSet<(String, String)> = results.iter().map(pair).collect();
                        assert_eq!(shown.len(), 1, "one request mixes versions: {shown:?}");
                        pairs.extend(shown);
                        asked.fetch_add(1, Ordering::Relaxed);
                    }
                    pairs
                })
            })
            .collect();
        // Whoever looks sees whole sets too.
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let body = app.get("/v1/lexicon").json();
                assert!(body["earlier"].as_array().unwrap().len() <= 5, "{body}");
                if body["last_attempt"].is_object() {
                    assert_eq!(body["last_attempt"]["outcome"], "loaded");
                    assert_ne!(body["revision"], body["earlier"][0]["revision"], "{body}");
                }
            }
        });
        for round in 0..1000 {
            write_weight(folder.path(), if round % 2 == 0 { "1.5" } else { "2.5" });
            assert_eq!(reload(&app)["outcome"], "loaded", "round {round}");
        }
        done.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    assert!(asked.load(Ordering::Relaxed) > 0);
    let weights: BTreeSet<&str> = pairs.iter().map(|(weight, _)| weight.as_str()).collect();
    assert_eq!(
        pairs.len(),
        weights.len(),
        "a version answers with the weight of another: {pairs:?}"
    );
}

/// The weight and the version that an answer shows.
fn pair(answer: &Value) -> (String, String) {
    let weight = &answer["signals"][0]["matches"][0]["weight"];
    (weight.to_string(), answer["versions"]["lexicon"].to_string())
}

#[test]
fn rules_of_replies_are_replaced_with_the_rest() {
    let folder = lexicons::folder();
    let app = start(folder.path(), false);
    let check = || {
        let body = json!({ "text": "그건 곤란스럽습니다." }).to_string();
        app.post("/v1/replies/check", "application/json", body).json()
    };
    let before = check();
    assert_eq!(before["findings"], json!([]));
    let rules = "kind = \"blunt\"\nseverity = \"error\"\nmessage = \"선을 긋는 말입니다\"\n\n[[rule]]\n\
                 id = \"zz.gollan\"\nforms = [\"곤란스럽습니다\"]\nclass = \"exact\"\n\
                 alternatives = [\"어렵습니다\"]\nhits = [\"곤란스럽습니다\"]\nmisses = [\"어렵습니다\"]\n";
    std::fs::create_dir(folder.path().join("replies")).unwrap();
    std::fs::write(folder.path().join("replies/zz.toml"), rules).unwrap();
    assert_eq!(reload(&app)["outcome"], "loaded");
    let after = check();
    assert_eq!(after["findings"][0]["rule"], "zz.gollan");
    assert_ne!(after["versions"]["replies"], before["versions"]["replies"]);
}
