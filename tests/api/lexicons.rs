//! A lexicon folder of the tests' own, so that answers do not move when linguists work.

use nunchi::analysis::Analyzer;
use nunchi::domain::Signal;
use nunchi::resource::{Resources, SourceFile};
use std::sync::{Arc, LazyLock};

const SIGNALS: &str = r#"
signals = ["anger"]

[[entry]]
id = "anger.jjajeung"
forms = ["짜증나다"]
class = "verb"
weight = 2.4
hits = ["짜증나요"]

[[entry]]
id = "emoticon.line"
signals = ["emoticon"]
forms = ["ㅡㅡ"]
class = "emoticon"
weight = 1.0
hits = ["네 ㅡㅡ"]
"#;

const PHRASES: &str = r#"
[[phrase]]
id = "anger.01"
text = "{고객명}님, 불편을 드려 죄송합니다. 상담원을 연결해 드릴까요?"
kind = "apology"
signals = ["anger"]
levels = [1, 2, 3]
actions = ["apologize", "offer", "transfer"]
tone = "formal"
human = "offers"

[[phrase]]
id = "general.01"
text = "불편하셨겠어요. 바로 살펴볼게요."
kind = "apology"
signals = []
levels = [1]
actions = ["apologize"]
tone = "warm"
human = "none"

[[slot]]
name = "고객명"
description = "고객의 이름"
example = "김하나"
fallback = "고객"
"#;

const POLICY: &str = r#"
[[rule]]
id = "clear"
min_level = 2
action = "offer"
queue = "general"
path = "complaint"
protect_agent = false

[[rule]]
id = "mild"
min_level = 1
action = "apologize"
path = "complaint"
protect_agent = false

[[rule]]
id = "none"
action = "none"
path = "none"
protect_agent = false
"#;

/// The files of the folder.
fn files() -> Vec<SourceFile> {
    // Grammar and scoring are those of the program.
    let embedded = Resources::embedded();
    let shared = ["grammar.toml", "scoring.toml"].into_iter().filter_map(|path| embedded.get(path));
    let mut files: Vec<SourceFile> = shared.cloned().collect();
    let (phrases, slots) = PHRASES.split_once("[[slot]]").unwrap();
    let slots = format!("[[slot]]{slots}");
    let rows = Signal::ALL.iter().enumerate().map(|(priority, signal)| {
        format!(
            "[signal.{signal}]\nname = \"{signal}\"\npath = \"complaint\"\nqueue = \"general\"\n\
             dimension = \"expectation\"\nreason_priority = {priority}\n"
        )
    });
    let policy = format!("{POLICY}{}", rows.collect::<String>());
    let own = [
        ("signals/anger.toml", SIGNALS),
        ("phrases/all.toml", phrases),
        ("phrases/slots.toml", slots.as_str()),
        ("policy.toml", policy.as_str()),
    ];
    files.extend(own.map(|(path, text)| SourceFile { path: path.into(), text: text.into() }));
    files
}

/// Compiled once for all tests.
static ANALYZER: LazyLock<Arc<Analyzer>> = LazyLock::new(|| {
    let analyzer = Analyzer::build(&Resources::new(files()));
    Arc::new(analyzer.unwrap_or_else(|problems| panic!("{problems}")))
});

/// The same files and others beside them.
pub(crate) fn analyzer_with(others: &[(&str, &str)]) -> Arc<Analyzer> {
    let others = others.iter();
    let others =
        others.map(|(path, text)| SourceFile { path: (*path).into(), text: (*text).into() });
    let analyzer = Analyzer::build(&Resources::new(files().into_iter().chain(others).collect()));
    Arc::new(analyzer.unwrap_or_else(|problems| panic!("{problems}")))
}

/// The same files in a folder, to be edited.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files() {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    folder
}

pub(crate) fn analyzer() -> Arc<Analyzer> {
    Arc::clone(&ANALYZER)
}
