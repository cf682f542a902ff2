//! `nunchi reply check`: what is wrong with replies.

use crate::files::{copy_lexicons, nunchi, nunchi_with_input, text};

#[test]
fn a_bad_reply_is_marked_with_other_words_and_fails() {
    let run = nunchi(&["reply", "check", "환불은 안 돼요."]);
    let shown = text(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{shown}");
    for part in ["    환불은 안 돼요.\n           ^^^^^^^\n", "error blunt.an-dwae", "→ 어렵습니다"]
    {
        assert!(shown.contains(part), "{part:?} not in\n{shown}");
    }
}

#[test]
fn each_line_of_standard_input_is_a_reply() {
    let input = "네, 확인했습니다.\n\n기다리세요.\n";
    let run = nunchi_with_input(&["reply", "check", "--json"], input);
    let answers: Vec<serde_json::Value> =
        text(&run.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ok: Vec<bool> = answers.iter().map(|answer| answer["ok"].as_bool().unwrap()).collect();
    assert_eq!(ok, [true, false]);
    assert_eq!(run.status.code(), Some(1));
    let polite = nunchi_with_input(&["reply", "check"], "네, 확인했습니다.\n");
    assert_eq!(polite.status.code(), Some(0));
    assert_eq!(text(&polite.stdout), "ok  네, 확인했습니다.\n");
}

#[test]
fn flags_say_what_is_known_of_the_conversation() {
    let with = |flags: &[&str], reply: &str| {
        nunchi(&[&["reply", "check"], flags, &[reply]].concat()).status.code()
    };
    assert_eq!(with(&["--off", "blunt.bulga"], "환불이 불가합니다."), Some(0));
    assert_eq!(with(&[], "불편을 드려 죄송합니다."), Some(0));
    assert_eq!(with(&["--signal", "threat"], "불편을 드려 죄송합니다."), Some(1));
    assert_eq!(with(&["--channel", "voice"], "그 업무는 전화로만 가능합니다."), Some(0));
    let wrong = nunchi(&["reply", "check", "--off", "blunt.nothing", "네."]);
    assert!(text(&wrong.stderr).contains("there is no rule `blunt.nothing`"));
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn a_folder_without_rules_is_said_loudly_and_not_filled_up() {
    let folder = copy_lexicons();
    std::fs::remove_dir_all(folder.path().join("replies")).unwrap();
    std::fs::remove_file(folder.path().join("replies.toml")).unwrap();
    let dir = folder.path().to_str().unwrap();
    let run = nunchi(&["reply", "check", "--lexicons", dir, "안 돼요."]);
    assert!(text(&run.stderr).contains("no rules for replies"), "{run:?}");
    assert_eq!(run.status.code(), Some(0));
    let checked = nunchi(&["lexicon", "check", "--lexicons", dir]);
    assert!(text(&checked.stdout).contains("R004"));
    assert_eq!(checked.status.code(), Some(0), "a warning");
}

#[test]
fn the_check_of_the_lexicons_runs_the_examples_of_the_rules() {
    let folder = copy_lexicons();
    let path = folder.path().join("replies/blunt.toml");
    let rules = std::fs::read_to_string(&path).unwrap();
    let broken = rules.replacen("hits = [\"오늘은", "hits = [\"오늘은 비가 와요\", \"오늘은", 1);
    assert_ne!(rules, broken);
    std::fs::write(&path, broken).unwrap();
    let run = nunchi(&["lexicon", "check", "--lexicons", folder.path().to_str().unwrap()]);
    let shown = text(&run.stdout);
    assert!(shown.contains("replies/blunt.toml") && shown.contains("L006"), "{shown}");
    assert_eq!(run.status.code(), Some(1));
}
