//! `nunchi lexicon new` without a terminal: from flags.

use crate::files::{copy_lexicons, nunchi, text};
use std::process::Output;

/// Adds an entry to a folder with these flags, after those that every entry here has.
fn add(folder: &str, flags: &[&str]) -> Output {
    let mut arguments = vec![
        "lexicon",
        "new",
        "--lexicons",
        folder,
        "--form",
        "쿠쿠다스나다",
        "--signal",
        "anger",
        "--weight",
        "2",
        "--yes",
    ];
    arguments.extend(flags);
    nunchi(&arguments)
}

#[test]
fn an_entry_is_shown_tried_and_written_at_the_end_of_its_file() {
    let folder = copy_lexicons();
    let (dir, path) = (folder.path().to_str().unwrap(), folder.path().join("signals/anger.toml"));
    let before = std::fs::read_to_string(&path).unwrap();
    let flags = [
        "--hit",
        "완전 쿠쿠다스 났네요",
        "--miss",
        "쿠쿠다스 과자 있나요",
        "--note",
        "바스러진 마음",
    ];
    let run = add(dir, &flags);
    let said = text(&run.stdout);
    assert!(run.status.success(), "{said}{}", text(&run.stderr));
    for expected in ["갈래 verb", "쿠쿠다스나", "anger.kukudaseunada", "찾는 꼴"] {
        assert!(said.contains(expected), "no `{expected}` in\n{said}");
    }
    let added = "\n[[entry]]\nid = \"anger.kukudaseunada\"\nforms = [\"쿠쿠다스나다\"]\nclass = \"verb\"\nweight = 2.00\nhits = [\"완전 쿠쿠다스 났네요\"]\nmisses = [\"쿠쿠다스 과자 있나요\"]\nnote = \"바스러진 마음\"\n";
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("{before}{added}"));
    assert!(nunchi(&["lexicon", "check", "--lexicons", dir]).status.success());
    // Once more: the form is known, and the id is taken.
    let again = text(&add(dir, &["--hit", "쿠쿠다스 났어"]).stdout);
    assert!(again.contains("이미 찾는 항목이 있습니다: anger.kukudaseunada"), "{again}");
    assert!(again.contains("anger.kukudaseunada-2"), "{again}");
}

#[test]
fn an_example_that_fails_is_told_and_nothing_is_written() {
    let folder = copy_lexicons();
    let path = folder.path().join("signals/anger.toml");
    let before = std::fs::read(&path).unwrap();
    let dir = folder.path().to_str().unwrap();
    let run = add(dir, &["--hit", "배송지 변경하고 싶어요", "--miss", "쿠쿠다스 났네"]);
    let said = text(&run.stdout);
    assert!(!run.status.success() && said.contains("L006") && said.contains("L007"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn another_file_gets_the_signals_that_are_not_its_own() {
    let folder = copy_lexicons();
    let run = add(
        folder.path().to_str().unwrap(),
        &["--into", "signals/insult.toml", "--hit", "쿠쿠다스 났네", "--id", "insult.kukudas"],
    );
    assert!(run.status.success(), "{}{}", text(&run.stdout), text(&run.stderr));
    let file = std::fs::read_to_string(folder.path().join("signals/insult.toml")).unwrap();
    let (_, entry) = file.split_once("insult.kukudas").unwrap();
    assert!(entry.contains("signals = [\"anger\"]"), "{entry}");
}

#[test]
fn without_a_terminal_the_missing_flags_are_named() {
    let said = text(&nunchi(&["lexicon", "new", "--form", "쿠쿠다스나다"]).stderr);
    for flag in ["--signal", "--weight", "--hit", "--yes"] {
        assert!(said.contains(flag), "no {flag} in {said}");
    }
    assert!(!said.contains("--form"), "{said}");
    let folder = copy_lexicons();
    let dir = folder.path().to_str().unwrap();
    let said = text(&add(dir, &["--hit", "쿠쿠다스 났네", "--class", "동사"]).stderr);
    assert!(said.contains("`동사`"), "{said}");
}
