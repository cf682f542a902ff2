//! `analyze`, `explain`, `lexicon check`: one message or one folder at a time.

use crate::files::{copy_lexicons, nunchi, nunchi_in, nunchi_with_input, text};
use serde_json::json;

#[test]
fn analyze_answers_the_json_of_the_api() {
    let run = nunchi(&["analyze", "--json", "아니 몇 번을 말해야 합니까 ㅡㅡ"]);
    let answer: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    assert!(answer["frustration"]["level"].as_u64().unwrap() >= 2);
    assert_eq!(answer["action"], "offer");
    let codes: Vec<&str> =
        answer["signals"].as_array().unwrap().iter().map(|s| s["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"repetition") && codes.contains(&"emoticon"), "{codes:?}");
}

#[test]
fn analyze_reads_one_message_a_line_from_standard_input() {
    let run = nunchi_with_input(&["analyze"], "배송지 변경하고 싶어요\n\n아 진짜 시발 장난하냐\n");
    let lines: Vec<String> = text(&run.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("0 none") && lines[1].starts_with("3 severe"), "{lines:?}");
}

#[test]
fn one_bad_line_does_not_cost_the_answers_behind_it() {
    let input = format!("감사합니다\n{}\n아 진짜 시발 장난하냐\n", "비밀".repeat(3000));
    let run = nunchi_with_input(&["analyze"], &input);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(text(&run.stdout).lines().count(), 2);
}

#[test]
fn a_text_that_is_too_long_is_refused_without_being_repeated() {
    let run = nunchi(&["analyze", &"비밀번호".repeat(2000)]);
    assert_eq!(run.status.code(), Some(1));
    let message = text(&run.stderr);
    assert!(message.contains("8000 code points") && !message.contains("비밀"), "{message}");
}

#[test]
fn explain_shows_matches_under_the_text_and_the_sum_of_contributions() {
    let run = nunchi(&["explain", "불만은 없는데 시1발 진짜 답답하네요ㅠㅠㅠㅠㅠ"]);
    let shown = text(&run.stdout);
    for expected in [
        "normalized  불만은 없는데 시1발 진짜 답답하네요ㅠㅠㅠ",
        "behind the disguise",
        "(disguised)",
        "switched off",
        "anger",
        "profanity",
        "by rule",
        "sum",
    ] {
        assert!(shown.contains(expected), "no `{expected}` in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "colors only on a terminal");
}

#[test]
fn an_edit_in_a_folder_of_lexicons_takes_effect_in_every_command() {
    let folder = copy_lexicons();
    let added = "signals = [\"anger\"]\n\n[[entry]]\nid = \"zz.kukudas\"\nforms = [\"쿠쿠다스나다\"]\nclass = \"verb\"\nweight = 4.5\nhits = [\"쿠쿠다스 나네\"]\n";
    std::fs::write(folder.path().join("signals/zz.toml"), added).unwrap();
    let dir = folder.path().to_str().unwrap();
    let labelled = folder.path().join("labelled.tsv");
    std::fs::write(
        &labelled,
        "id\ttext\tfrustration\tsentiment\tsignals\taction\nz\t쿠쿠다스가 났어요\t3\tnegative\tanger\ttransfer\n",
    )
    .unwrap();
    let labelled = labelled.to_str().unwrap();
    let out = |args: &[&str]| text(&nunchi(&[&["--lexicons", dir], args].concat()).stdout);
    assert!(out(&["analyze", "--classifier", "off", "쿠쿠다스가 났어요"]).starts_with("3 severe"));
    // The model has never heard of it and may lower the level by one, not more.
    let fused = out(&["analyze", "쿠쿠다스가 났어요"]);
    assert!(fused.starts_with("2 clear") || fused.starts_with("3 severe"), "{fused}");
    assert!(out(&["explain", "쿠쿠다스 났어"]).contains("zz.kukudas"));
    assert!(out(&["lexicon", "check"]).contains("ok"));
    assert!(out(&["eval", labelled]).contains("QWK"));
    assert!(text(&nunchi(&["analyze", "쿠쿠다스가 났어요"]).stdout).starts_with("0 none"));
}

#[test]
fn lexicon_check_lists_every_fault_with_its_place_and_fails() {
    let folder = copy_lexicons();
    let broken = "signals = [\"anger\"]\n[[entry]]\nid = \"zz.a\"\nforms = [\"가나다라\"]\nclass = \"hada\"\nweight = 1\n[[entry]]\nid = \"zz.b\"\nforms = [\"먹다\"]\nclass = \"ㅂ\"\nweight = 1.0\n";
    std::fs::write(folder.path().join("signals/zz.toml"), broken).unwrap();
    let dir = folder.path().to_str().unwrap();
    let run = nunchi(&["lexicon", "check", "--lexicons", dir]);
    assert_eq!(run.status.code(), Some(1));
    let shown = text(&run.stdout);
    assert!(shown.contains("signals/zz.toml:5:9: error L003"), "{shown}");
    assert!(shown.contains("signals/zz.toml:7:1: error L010"), "{shown}");
    let json = nunchi(&["lexicon", "check", "--json", "--lexicons", dir]);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&text(&json.stdout)).unwrap();
    assert!(findings.iter().any(|finding| finding["code"] == "L003" && finding["line"] == 5));
}

#[test]
fn lexicon_check_gives_code_hosts_what_they_show_beside_the_lines() {
    let folder = copy_lexicons();
    let faulty = "signals = [\"anger\"]\n[[entry]]\nid = \"zz.a\"\nforms = [\"쿠쿠다스 ~ 부서지다\", \"쿠쿠다스 녹다\"]\nclass = \"phrase\"\nweight = 1.0\nhits = [\"쿠쿠다스가 녹아요\"]\n";
    std::fs::write(folder.path().join("signals/새 말.toml"), faulty).unwrap();
    let dir = folder.path().to_str().unwrap();
    let run = nunchi(&["lexicon", "check", "--format", "sarif", "--lexicons", dir]);
    assert_eq!(run.status.code(), Some(0), "a warning does not fail the check");
    let report: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(
        (&driver["name"], &run["columnKind"]),
        (&json!("nunchi"), &json!("unicodeCodePoints"))
    );
    let result = &run["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("L015"), &json!("warning")));
    let rule = &driver["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], "L015");
    assert!(rule["help"]["text"].as_str().unwrap().contains("lexicons/README.md"), "{rule}");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"], json!({ "startLine": 4, "startColumn": 10 }));
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///"), "outside of the working directory: {uri}");
    assert!(uri.ends_with("/signals/%EC%83%88%20%EB%A7%90.toml"), "{uri}");
    let strict = nunchi(&["lexicon", "check", "--deny-warnings", "--lexicons", dir]);
    assert_eq!(strict.status.code(), Some(1));
    let own = folder.path().join("own.txt");
    std::fs::write(&own, "오늘 쿠쿠다스가 녹는 날씨네요\n").unwrap();
    let own = own.to_str().unwrap();
    let run = nunchi(&["lexicon", "check", "--ordinary", own, "--lexicons", dir]);
    assert!(text(&run.stdout).contains("zz.a hits ordinary Korean: 오늘"), "{}", text(&run.stdout));
}

#[test]
fn lexicon_check_names_files_as_they_lie_in_the_repository() {
    let folder = copy_lexicons();
    let inside = folder.path().join("repository/words");
    std::fs::create_dir_all(&inside).unwrap();
    std::fs::write(inside.join("grammar.toml"), b"josa = [\"\xc0\xcc\"]\n").unwrap();
    let run = nunchi_in(
        &folder.path().join("repository"),
        &["lexicon", "check", "--format", "sarif", "--lexicons", "./words"],
    );
    assert_eq!(run.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    let result = &report["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("L001"), &json!("error")));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "words/grammar.toml");
    assert_eq!(place["region"]["startLine"], 1);
}

#[test]
fn every_code_is_explained() {
    let run = nunchi(&["lexicon", "check", "--explain", "l007"]);
    let shown = text(&run.stdout);
    assert!(shown.starts_with("L007 error") && shown.contains("`misses`"), "{shown}");
    let run = nunchi(&["lexicon", "check", "--explain", "L999"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("no code L999"));
}

#[test]
fn a_folder_without_lexicons_is_explained() {
    let empty = tempfile::tempdir().unwrap();
    let run = nunchi(&["analyze", "안녕", "--lexicons", empty.path().to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("no .toml file"));
}
