//! `nunchi feedback export`: from what people said of answers to figures, without a service.

use crate::files::{nunchi, text};

/// A record as the service writes it, one without a text, and a line that a crash has torn.
const STORED: &str = r#"{"id":"0198a","at":"2026-11-21T09:00:00Z","verdict":"wrong","expected":{"level":2},"judged":{"level":0,"signals":[],"action":"none","sentiment":"neutral","score":0.01,"lexicon":"sha256:0","policy":"sha256:0"},"label":{"level":2,"signals":["waiting"],"action":"offer","sentiment":"negative"},"text":"사흘째 감감 무소식","text_sha256":"00"}
{"id":"0198b","at":"2026-11-21T09:00:01Z","verdict":"right","answer_id":"a"}
{"id":"0198c","at":"2026-11-21T09:0"#;

#[test]
fn stored_feedback_becomes_rows_that_eval_reads() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("feedback.jsonl"), STORED).unwrap();
    let (dir, rows) = (place.path().to_str().unwrap(), place.path().join("rows.tsv"));
    let rows = rows.to_str().unwrap();
    let run = nunchi(&["feedback", "export", dir, "--out", rows]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert!(text(&run.stderr).contains("1 of 2 records"), "{}", text(&run.stderr));
    let table = std::fs::read_to_string(rows).unwrap();
    assert_eq!(
        table,
        "id\ttext\tfrustration\tsentiment\tsignals\taction\tdomain\tkind\n\
         0198a\t사흘째 감감 무소식\t2\tnegative\twaiting\toffer\t-\tfeedback\n"
    );
    let figures = text(&nunchi(&["eval", rows, "--classifier", "off"]).stdout);
    assert!(figures.contains("rows  1"), "{figures}");
    let file = format!("{dir}/feedback.jsonl");
    assert_eq!(text(&nunchi(&["feedback", "export", &file]).stdout), table);
    let lines = text(&nunchi(&["feedback", "export", &file, "--format", "jsonl"]).stdout);
    let row: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!((&row["frustration"], &row["judged"]["level"]), (&2.into(), &0.into()));
    assert_eq!(std::fs::read_to_string(file).unwrap(), STORED, "exporting changes nothing");
}

#[test]
fn a_damaged_line_is_named_and_a_missing_file_is_explained() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("feedback.jsonl");
    std::fs::write(&file, format!("비밀\n{STORED}")).unwrap();
    let run = nunchi(&["feedback", "export", file.to_str().unwrap()]);
    assert!(run.status.success());
    let said = text(&run.stderr);
    assert!(said.contains("line 1 is no record") && !said.contains("비밀"), "{said}");
    let none = nunchi(&["feedback", "export", "no/such/folder"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(text(&none.stderr).contains("no/such/folder"));
}
