//! The README tells the truth: its request gets its answer, and its test command is the one of CI.
//! Its figures of quality are held by the floors of `quality.rs`.

use nunchi::api::{AnalyzeRequest, Defaults};
use nunchi::loading;
use nunchi::settings::Settings;
use std::path::Path;

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The first fenced block behind a heading comment such as `<!-- answer -->`.
fn block(name: &str) -> String {
    let text = readme();
    let marker = format!("<!-- {name} -->");
    let (_, behind) = text.split_once(&marker).unwrap_or_else(|| panic!("README has no {marker}"));
    let (_, fenced) = behind.split_once("```").expect("a fenced block follows the marker");
    let (_, body) = fenced.split_once('\n').expect("the fence names a language");
    body.split_once("```").expect("the block is closed").0.trim_end().to_owned()
}

#[test]
fn the_answer_shown_is_the_answer_given_to_the_byte() {
    let curl = block("request");
    let body = curl.split_once("-d '").expect("the request has a body").1;
    let body = body.split_once('\'').expect("the body is quoted").0;
    let request: AnalyzeRequest = serde_json::from_str(body).unwrap();
    let analyzer = loading::analyzer(&Settings::default()).unwrap();
    let mut scratch = analyzer.scratch().unwrap();
    let defaults = Defaults { max_code_points: 5000, today: jiff::civil::date(2026, 11, 21) };
    let answer = request.answer(&analyzer, defaults, &mut scratch).unwrap();
    let expected = serde_json::to_string(&answer).unwrap();
    assert_eq!(block("answer"), expected, "paste this into README.md:\n{expected}\n");
}

#[test]
fn the_test_command_is_the_one_that_ci_runs() {
    let ci = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run");
    let ci = std::fs::read_to_string(ci).unwrap();
    let command = block("test");
    assert!(ci.contains(&command), ".ci/run does not call `{command}`");
}
