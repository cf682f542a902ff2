//! `eval` and `score`: files in, figures or files out; and what the other tests share.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) fn nunchi(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// Runs the program in a working directory of its own.
pub(crate) fn nunchi_in(folder: &Path, arguments: &[&str]) -> Output {
    command(arguments).current_dir(folder).output().unwrap()
}

pub(crate) fn nunchi_with_input(arguments: &[&str], input: &str) -> Output {
    let mut child =
        command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nunchi"));
    command.args(arguments).env_remove("NUNCHI_LEXICONS__DIR").stdin(Stdio::null());
    command
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A copy of the default lexicons in a folder of its own.
pub(crate) fn copy_lexicons() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

fn labelled() -> String {
    format!("{}/tests/data/dev-messages.tsv", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn eval_prints_a_table_and_the_same_figures_as_json() {
    let table = text(&nunchi(&["eval", &labelled(), "--worst", "3"]).stdout);
    for expected in
        ["QWK", "level ≥ 2", "signals (micro)", "action offer", "false alarms", "worst rows"]
    {
        assert!(table.contains(expected), "no `{expected}` in\n{table}");
    }
    let json = text(&nunchi(&["eval", &labelled(), "--json"]).stdout);
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["rows"], 400);
    let kappa = format!("{:.3}", report["qwk"].as_f64().unwrap());
    assert!(table.contains(&kappa), "{kappa} not in\n{table}");
}

#[test]
fn eval_names_each_line_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.tsv");
    let rows = "id\ttext\tfrustration\tsentiment\tsignals\taction\na\t안녕\t9\tneutral\t-\tnone\nb\t네\t0\tcalm\t-\tnone\n";
    std::fs::write(&path, rows).unwrap();
    let run = nunchi(&["eval", path.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1));
    let message = text(&run.stderr);
    assert!(message.contains("line 2") && message.contains("line 3"), "{message}");
}

#[test]
fn score_takes_any_format_to_any_format_and_keeps_every_field() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("in.csv"), "id,text\n1,\"환불, 빨리 해주세요 짜증나네\"\n2,감사합니다\n")
        .unwrap();
    assert!(nunchi(&["score", &path("in.csv"), "--out", &path("out.jsonl")]).status.success());
    let lines = std::fs::read_to_string(path("out.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["id"], "1");
    assert!(rows[0]["nunchi_level"].as_u64().unwrap() >= 1);
    assert_eq!(rows[1]["nunchi_level"], 0);
    assert!(nunchi(&["score", &path("out.jsonl"), "--out", &path("again.tsv")]).status.success());
    let mode = |name: &str| std::fs::metadata(path(name)).unwrap().permissions();
    assert_eq!(mode("again.tsv"), mode("in.csv"), "the output is as readable as any new file");
    let table = std::fs::read_to_string(path("again.tsv")).unwrap();
    assert!(table.starts_with("id\ttext\t"), "{table}");
    assert_eq!(table.lines().count(), 3);
}

#[test]
fn rows_that_cannot_be_scored_are_kept_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("in.jsonl"), "{\"text\":\"안녕\"}\n{\"txt\":\"x\"}\nnot json\n").unwrap();
    let run = nunchi(&["score", &path("in.jsonl"), "--out", &path("out.jsonl")]);
    assert_eq!(run.status.code(), Some(1));
    let message = text(&run.stderr);
    assert!(message.contains("row 2") && message.contains("row 3"), "{message}");
    assert_eq!(std::fs::read_to_string(path("out.jsonl")).unwrap().lines().count(), 3);
}

#[test]
fn only_customers_are_judged_and_a_first_bad_row_costs_no_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let rows = "nope\n{\"id\":7,\"text\":\"짜증나네요\",\"role\":\"agent\"}\n{\"id\":8,\"text\":\"짜증나네요\",\"role\":\"customer\"}\n";
    std::fs::write(path("in.jsonl"), rows).unwrap();
    nunchi(&["score", &path("in.jsonl"), "--out", &path("out.csv")]);
    let table = std::fs::read_to_string(path("out.csv")).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("id,text,role,nunchi_level"), "{table}");
    assert!(
        lines[2].starts_with("7,짜증나네요,agent,0,")
            && lines[3].starts_with("8,짜증나네요,customer,2,"),
        "{table}"
    );
}

#[test]
fn a_score_that_cannot_begin_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("in.csv"), "id,message\n1,안녕\n").unwrap();
    let run = nunchi(&["score", &path("in.csv"), "--out", &path("out.csv")]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("the columns are id, message"));
    assert!(nunchi(&["score", &path("in.csv"), "--out", &path("in.csv")]).status.code() == Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
