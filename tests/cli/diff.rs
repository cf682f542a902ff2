//! `nunchi lexicon diff`: what an edit does to messages.

use crate::files::{copy_lexicons, nunchi, text};
use std::path::Path;
use std::process::Command;

const ENTRY: &str = "signals = [\"anger\"]\n\n[[entry]]\nid = \"zz.kukudas\"\nforms = [\"쿠쿠다스나다\"]\nclass = \"verb\"\nweight = 2.5\nhits = [\"쿠쿠다스 났네\"]\n";

fn corpus(folder: &Path) -> String {
    let path = folder.join("corpus.tsv");
    let rows = "id\ttext\tfrustration\tsentiment\tsignals\taction\n\
        a\t완전 쿠쿠다스 났네요\t2\tnegative\tanger\tapologize\n\
        b\t배송지 변경하고 싶어요\t0\tneutral\t-\tnone\n";
    std::fs::write(&path, rows).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_edit_shows_its_hits_its_moves_and_its_figures_in_every_format() {
    let folder = copy_lexicons();
    std::fs::write(folder.path().join("signals/zz.toml"), ENTRY).unwrap();
    let (dir, place) = (folder.path().to_str().unwrap(), tempfile::tempdir().unwrap());
    let corpus = corpus(place.path());
    let run = |format: &str| {
        let arguments =
            ["lexicon", "diff", "embedded", dir, "--corpus", &corpus, "--format", format];
        let run = nunchi(&arguments);
        assert!(run.status.success(), "{}", text(&run.stderr));
        text(&run.stdout)
    };
    let shown = run("text");
    for expected in
        ["2 messages, 1 read differently", "level 0 → 2  1", "zz.kukudas", "쿠쿠다스 났네요", "QWK"]
    {
        assert!(shown.contains(expected), "no `{expected}` in\n{shown}");
    }
    let markdown = run("markdown");
    assert!(markdown.contains("| `zz.kukudas` | 1 | 0 |"), "{markdown}");
    assert!(markdown.contains("| action | none | apologize | 1 |"), "{markdown}");
    assert!(markdown.contains("완전 **쿠쿠다스 났네요**"), "{markdown}");
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["judged_differently"], 1);
    assert_eq!(json["samples"][0]["line"], 1);
    assert_eq!(json["samples"][0]["new"][0]["entry"], "zz.kukudas");
    assert!(json["quality"]["QWK"]["after"].as_f64() > json["quality"]["QWK"]["before"].as_f64());
}

#[test]
fn the_page_is_whole_by_itself_and_marks_what_changed() {
    let folder = copy_lexicons();
    std::fs::write(folder.path().join("signals/zz.toml"), ENTRY).unwrap();
    let (dir, place) = (folder.path().to_str().unwrap(), tempfile::tempdir().unwrap());
    let (corpus, page) = (corpus(place.path()), place.path().join("report.html"));
    let page_name = page.to_str().unwrap();
    let arguments = ["lexicon", "diff", "embedded", dir, "--corpus", &corpus, "--format", "html"];
    let run = nunchi(&[&arguments[..], &["--out", page_name]].concat());
    assert!(run.status.success() && run.stdout.is_empty(), "{}", text(&run.stderr));
    let page = std::fs::read_to_string(page).unwrap();
    for expected in [
        "<ins>쿠쿠다스 났네요</ins>",
        "zz.kukudas",
        "라벨에 가까워짐",
        "<svg",
        "data-moves=\"up nearer\"",
        "data-entries=\"zz.kukudas\"",
    ] {
        assert!(page.contains(expected), "no `{expected}` in\n{page}");
    }
    for foreign in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "the page reaches for {foreign}");
    }
}

#[test]
fn a_wrong_label_is_named_rather_than_passed_over() {
    let place = tempfile::tempdir().unwrap();
    let corpus = place.path().join("corpus.tsv");
    let rows = "id\ttext\tfrustration\tsentiment\tsignals\taction\na\t네\t7\tneutral\t-\tnone\n";
    std::fs::write(&corpus, rows).unwrap();
    let corpus = corpus.to_str().unwrap();
    let run = nunchi(&["lexicon", "diff", "embedded", "embedded", "--corpus", corpus]);
    let said = text(&run.stderr);
    assert!(
        !run.status.success()
            && said.contains("corpus.tsv")
            && said.contains("line 2: frustration"),
        "{said}"
    );
}

#[test]
fn lexicons_of_a_git_revision_are_compared_with_a_folder() {
    let place = tempfile::tempdir().unwrap();
    let lexicons = copy_lexicons();
    let inside = place.path().join("words");
    let copied = Command::new("cp").arg("-r").arg(lexicons.path()).arg(&inside).status().unwrap();
    assert!(copied.success());
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(place.path()).args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.com",
        ]);
        assert!(command.args(arguments).output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "words"]);
    std::fs::write(inside.join("signals/zz.toml"), ENTRY).unwrap();
    let corpus = corpus(place.path());
    let diff = |old: &str, new: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nunchi"));
        let command = command.current_dir(place.path());
        command.args(["lexicon", "diff", old, new, "--corpus", &corpus]).output().unwrap()
    };
    let shown = text(&diff("HEAD:words", "words").stdout);
    assert!(shown.contains("1 read differently") && shown.contains("zz.kukudas"), "{shown}");
    let same = text(&diff("HEAD:words", "embedded").stdout);
    assert!(same.contains("0 read differently"), "{same}");
    let unknown = diff("HEAD:nowhere", "words");
    let said = text(&unknown.stderr);
    assert!(!unknown.status.success() && said.contains("no .toml file in nowhere"), "{said}");
}

#[test]
fn a_corpus_may_be_lines_or_json_lines() {
    let place = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("lines.txt", "짜증나네요\n배송지 변경하고 싶어요\n"),
        ("log.jsonl", "{\"text\":\"짜증나네요\"}\n{\"text\":\"배송지 변경하고 싶어요\"}\n"),
    ] {
        let path = place.path().join(name);
        std::fs::write(&path, content).unwrap();
        let corpus = path.to_str().unwrap();
        let run = nunchi(&["lexicon", "diff", "embedded", "embedded", "--corpus", corpus]);
        assert!(text(&run.stdout).contains("2 messages, 0 read"), "{}", text(&run.stderr));
    }
    let path = place.path().join("broken.jsonl");
    std::fs::write(&path, "{\"text\":\"비밀\"\n").unwrap();
    let run =
        nunchi(&["lexicon", "diff", "embedded", "embedded", "--corpus", path.to_str().unwrap()]);
    let said = text(&run.stderr);
    assert!(said.contains("line 1") && !said.contains("비밀"), "{said}");
}
