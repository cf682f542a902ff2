//! `nunchi lexicon stats`: counts of the lexicons, and of what a corpus hits.

use crate::files::{nunchi, text};

#[test]
fn a_labelled_corpus_gives_coverage_frequencies_and_precision() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("corpus.tsv");
    let rows = "id\ttext\tfrustration\tsentiment\tsignals\taction\n\
        a\t진짜 짜증나네요\t2\tnegative\tanger\tapologize\n\
        b\t짜증나지는 않아요\t0\tneutral\t-\tnone\n\
        c\t배송지 변경하고 싶어요\t0\tneutral\t-\tnone\n\
        d\t짜증이라는 노래 제목이 짜증 맞죠\t0\tneutral\t-\tnone\n";
    std::fs::write(&path, rows).unwrap();
    let run = |more: &[&str]| {
        let mut arguments = vec!["lexicon", "stats", "--corpus", path.to_str().unwrap()];
        arguments.extend(more);
        let run = nunchi(&arguments);
        assert!(run.status.success(), "{}", text(&run.stderr));
        text(&run.stdout)
    };
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    let corpus = &json["corpus"];
    assert_eq!((&corpus["messages"], &corpus["levels"]["2"]["hit"]), (&4.into(), &1.into()));
    let entry = &corpus["items"]["anger.jjajeung"];
    assert!(entry["hits"].as_u64() >= Some(3) && entry["negated"].as_u64() >= Some(1), "{entry}");
    assert!(entry["precision"].as_f64() > Some(0.0));
    assert!(corpus["never"].as_array().unwrap().len() > 2000);
    assert_eq!(json["files"]["signals/anger.toml"]["items"].as_u64().map(|n| n > 100), Some(true));
    let table = run(&["--top", "1"]);
    for expected in ["coverage", "messages labelled level 0", "most frequent", "precision"] {
        assert!(table.contains(expected), "no `{expected}` in\n{table}");
    }
    assert!(!table.contains("never hit"), "{table}");
    let markdown = run(&["--format", "markdown", "--never"]);
    assert!(markdown.contains("### never hit") && markdown.contains("| threat."), "{markdown}");
}

#[test]
fn without_a_corpus_the_lexicons_are_counted() {
    let run = nunchi(&["lexicon", "stats"]);
    let table = text(&run.stdout);
    assert!(table.contains("signals/anger.toml") && table.contains("patterns"), "{table}");
    assert!(!table.contains("coverage"), "{table}");
    assert!(!nunchi(&["lexicon", "stats", "--never"]).status.success());
}
