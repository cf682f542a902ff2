//! `nunchi lexicon mine`: what frustrated messages say and the lexicon does not know.

use crate::files::{copy_lexicons, nunchi, text};
use serde_json::Value;
use std::path::Path;

/// Endings of one made-up predicate that no lexicon knows, and of one that calm messages share.
const ENDINGS: [&str; 6] = ["하네요", "했어요", "해서요", "하더라고요", "합니다", "하는데요"];

/// A corpus with a new expression of waiting, one that is known, and one that everybody uses.
fn corpus(folder: &Path) -> String {
    let mut rows = "id\ttext\tlevel\tsignals\n".to_owned();
    for (number, ending) in ENDINGS.iter().cycle().take(24).enumerate() {
        let angry = format!("a{number}\t{number}호 접수 건이 뭉그작{ending}\t2\twaiting\n");
        let known = format!("k{number}\t{number}호 건 답답{ending}\t2\tanger\n");
        let calm = format!("c{number}\t{number}호 접수 건을 문의{ending}\t0\t-\n");
        rows.extend([angry, known, calm]);
    }
    let path = folder.join("corpus.tsv");
    std::fs::write(&path, rows).unwrap();
    path.to_str().unwrap().to_owned()
}

fn mine(corpus: &str, more: &[&str]) -> String {
    let arguments = [&["lexicon", "mine", "--corpus", corpus], more].concat();
    let run = nunchi(&arguments);
    assert!(run.status.success(), "{}", text(&run.stderr));
    text(&run.stdout)
}

#[test]
fn an_unknown_expression_is_found_with_its_forms_counts_signal_and_examples() {
    let place = tempfile::tempdir().unwrap();
    let corpus = corpus(place.path());
    let mined: Value = serde_json::from_str(&mine(&corpus, &["--format", "json"])).unwrap();
    assert_eq!((&mined["frustrated"], &mined["calm"]), (&48.into(), &24.into()));
    let first = &mined["suggestions"][0];
    assert_eq!((&first["form"], &first["class"]), (&"뭉그작하다".into(), &"하다".into()));
    assert_eq!((&first["frustrated"], &first["calm"]), (&24.into(), &0.into()));
    assert_eq!(first["signal"], "waiting");
    assert_eq!(first["spellings"].as_array().unwrap().len(), 4);
    let example = &first["examples"][0];
    let marked: String = example["text"].as_str().unwrap().chars().collect::<Vec<_>>()
        [usize::try_from(example["start"].as_u64().unwrap()).unwrap()
            ..usize::try_from(example["end"].as_u64().unwrap()).unwrap()]
        .iter()
        .collect();
    assert!(marked.starts_with("뭉그작"), "{marked}");
    let forms: Vec<&str> = mined["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["form"].as_str().unwrap())
        .collect();
    assert!(!forms.iter().any(|form| form.contains("답답") || form.contains("문의")), "{forms:?}");
    let shown = mine(&corpus, &[]);
    assert!(shown.contains("뭉그작하다  [하다]  waiting"), "{shown}");
    assert!(shown.contains("[뭉그작하네요]"), "{shown}");
}

#[test]
fn the_id_of_a_draft_is_nobody_elses() {
    let place = tempfile::tempdir().unwrap();
    let corpus = corpus(place.path());
    let folder = copy_lexicons();
    let dir = folder.path().to_str().unwrap();
    let entry = "id = \"waiting.munggeujak\"\n";
    let drafts = || mine(&corpus, &["--format", "toml", "--top", "1", "--lexicons", dir]);
    assert!(drafts().contains(entry), "{}", drafts());
    let known = format!(
        "signals = [\"waiting\"]\n[[entry]]\n{entry}forms = [\"꾸물텅하다\"]\nclass = \"하다\"\nweight = 1.0\n\
         hits = [\"일 처리가 꾸물텅하네요\"]\n"
    );
    std::fs::write(folder.path().join("signals/zz.toml"), known).unwrap();
    assert!(drafts().contains("id = \"waiting.munggeujak-2\"\n"), "{}", drafts());
}

#[test]
fn a_draft_is_accepted_once_its_examples_are_written() {
    let place = tempfile::tempdir().unwrap();
    let corpus = corpus(place.path());
    let drafts = mine(&corpus, &["--format", "toml", "--top", "1"]);
    assert!(!drafts.contains("접수 건"), "no sentence of the corpus is copied: {drafts}");
    let folder = copy_lexicons();
    let dir = folder.path().to_str().unwrap();
    let file = folder.path().join("signals/zz.toml");
    let check = |drafts: &str| {
        std::fs::write(&file, drafts).unwrap();
        text(&nunchi(&["lexicon", "check", "--lexicons", dir]).stdout)
    };
    // The file says the theme where an entry does not.
    let drafts = format!("signals = []\n{drafts}");
    assert!(check(&drafts).contains("L008"), "{}", check(&drafts));
    let finished = drafts.replace("hits = []", "hits = [\"일 처리가 뭉그작하네요\"]");
    assert!(check(&finished).contains("ok"), "{}", check(&finished));
    let after = nunchi(&["lexicon", "mine", "--corpus", &corpus, "--lexicons", dir]);
    assert!(!text(&after.stdout).contains("뭉그작하다"), "what is known is not suggested again");
}

#[test]
fn messages_without_levels_are_judged_by_the_classifier() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("messages.txt");
    std::fs::write(&path, "배송지 변경하고 싶어요\n영업시간 알려 주세요\n").unwrap();
    let path = path.to_str().unwrap();
    let shown = mine(path, &[]);
    assert!(shown.contains("0 frustrated and 2 calm messages, by the classifier"), "{shown}");
    let run = nunchi(&["lexicon", "mine", "--corpus", path, "--classifier", "off"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("a column `level`"), "{}", text(&run.stderr));
}

#[test]
fn a_wrong_level_is_named_by_its_line() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("corpus.tsv");
    std::fs::write(&path, "text\tlevel\n네\t0\n비밀\t7\n").unwrap();
    let run = nunchi(&["lexicon", "mine", "--corpus", path.to_str().unwrap()]);
    let said = text(&run.stderr);
    assert!(said.contains("line 3") && !said.contains("비밀"), "{said}");
}
