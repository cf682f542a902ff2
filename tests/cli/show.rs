//! `lexicon show`: an item with all it matches.

use crate::files::{nunchi, text};
use serde_json::Value;

fn show(arguments: &[&str]) -> String {
    let run = nunchi(&[&["lexicon", "show"], arguments].concat());
    assert!(run.status.success(), "{}", text(&run.stderr));
    text(&run.stdout)
}

#[test]
fn an_entry_is_shown_with_everything_about_it() {
    let shown = show(&["anger.dapdap"]);
    for expected in [
        "signals/anger.toml:",
        "[anger]",
        "답답하, 답답허, 답답해",
        "답답했는데",
        "답답은 하지만",
        "hits",
        "misses",
    ] {
        assert!(shown.contains(expected), "no `{expected}` in\n{shown}");
    }
    let shifter = show(&["negator.ji-anta"]);
    assert!(shifter.contains("after a hit") && shifter.contains("keeps"), "{shifter}");
}

#[test]
fn json_is_the_body_of_the_api() {
    let one: Value = serde_json::from_str(&show(&["--json", "anger.dapdap"])).unwrap();
    assert_eq!(one["id"], "anger.dapdap");
    let stems = one.pointer("/inflections/0/stems").and_then(Value::as_array).unwrap();
    assert!(stems.iter().any(|stem| stem == "답답해"), "{one}");
    let many: Value = serde_json::from_str(&show(&["--json", "negator."])).unwrap();
    let entries = many["entries"].as_array().unwrap();
    assert!(entries.len() > 1 && many["total"] == entries.len());
    assert!(entries.iter().all(|entry| entry["kind"] == "shifter"), "{many}");
}

#[test]
fn a_sentence_finds_what_matches_it_the_best_first() {
    let shown = show(&["정말 답답했는데요"]);
    assert!(shown.starts_with("anger.dapdap "), "{shown}");
    assert!(shown.contains("intensifier."), "shifters are found too: {shown}");
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest() {
    let run = nunchi(&["lexicon", "show", "anger.dapdop"]);
    assert_eq!(run.status.code(), Some(1));
    let said = text(&run.stderr);
    assert!(said.contains("nearest") && said.contains("anger.dapdap"), "{said}");
    let run = nunchi(&["lexicon", "show", "쿠쿠다스"]);
    assert_eq!(run.status.code(), Some(1));
}
