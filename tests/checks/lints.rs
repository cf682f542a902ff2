//! Every lint finds its fault where it stands, and leaves alone what only looks like it.
//!
//! Each code has a folder of a few lines in which it is found, with its place, and one in which it
//! is not. The folders stand on the default grammar, scoring, policy and phrases.

use nunchi::analysis::{LintScope, lint};
use nunchi::resource::{RULES, Resources, ResourcesError, Severity, SourceFile};
use std::collections::BTreeSet;
use std::path::Path;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// Where the entries of a case stand unless it says otherwise.
const ENTRIES: &str = "signals/zz.toml";

struct Case {
    code: &'static str,
    file: &'static str,
    bad: String,
    line: usize,
    column: usize,
    good: String,
}

fn case(
    code: &'static str,
    file: &'static str,
    (bad, line, column): (impl Into<String>, usize, usize),
    good: impl Into<String>,
) -> Case {
    Case { code, file, bad: bad.into(), line, column, good: good.into() }
}

/// A file of one entry: line 3 is its table, line 5 its forms.
fn entry(forms: &str, class: &str, more: &str) -> String {
    let of = |id: &str, forms: &str, class: &str, more: &str| {
        format!(
            "[[entry]]\nid = \"{id}\"\nforms = [{forms}]\nclass = \"{class}\"\nweight = 1.0\n{more}\n"
        )
    };
    format!("signals = [\"anger\"]\n\n{}", of("zz.a", forms, class, more))
}

/// An entry that holds 쿠쿠다스 and weighs more, and a second one: line 10 is its table, 12 its forms.
fn two(forms: &str, class: &str, hit: &str) -> String {
    let first = entry("\"쿠쿠다스\"", "noun", "hits = [\"쿠쿠다스\"]").replace("1.0", "2.0");
    let second = entry(forms, class, &format!("hits = [\"{hit}\"]")).replace("zz.a", "zz.b");
    first + &second.replace("signals = [\"anger\"]\n", "")
}

fn default(path: &str) -> String {
    Resources::embedded().get(path).unwrap().text.clone()
}

fn phrase(more: &str) -> String {
    let text = if more.contains("text =") { "" } else { "text = \"안내드립니다.\"\n" };
    let levels = if more.contains("levels =") { "" } else { "levels = [1]\n" };
    format!(
        "[[phrase]]\nid = \"zz.01\"\n{text}kind = \"apology\"\n{levels}actions = [\"apologize\"]\ntone = \"formal\"\n{more}\n"
    )
}

fn policy_rule(id: &str, conditions: &str) -> String {
    let rule = format!(
        "[[rule]]\nid = \"{id}\"\n{conditions}action = \"apologize\"\npath = \"complaint\"\n\n"
    );
    let policy = default("policy.toml");
    let last = policy.rfind("[[rule]]").unwrap();
    let (before, after) = policy.split_at(last);
    format!("{before}{rule}{after}")
}

fn line_of(text: &str, part: &str) -> usize {
    text.split_once(part).unwrap().0.matches('\n').count() + 1
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let good = entry("\"쿠쿠다스하다\"", "하다", "hits = [\"쿠쿠다스했어요\"]");
    let plain_phrase = phrase("signals = []\nhuman = \"none\"");
    let retired = |row: &str| format!("[[retired]]\n{row}date = \"2026-01-02\"\nwhy = \"시험\"\n");
    let idle = policy_rule("idle", "any_signal = [\"crisis\"]\nmin_level = 2\n");
    let slot = |fallback: &str| {
        format!(
            "{}\n[[slot]]\nname = \"새칸\"\ndescription = \"시험\"\nexample = \"가\"\nfallback = \"{fallback}\"\n",
            default("phrases/slots.toml")
        )
    };
    let slot_line = line_of(&slot(""), "name = \"새칸\"");
    vec![
        case("L002", ENTRIES, ("signals = [\n", 1, 12), good.clone()),
        case("L003", ENTRIES, (good.replace("hits", "hit"), 8, 1), good.clone()),
        case("L004", "policy.toml", (String::new(), 1, 1), default("policy.toml")),
        case("L005", ENTRIES, (good.replace("zz.a", "Zz"), 3, 1), good.clone()),
        case("L006", ENTRIES, (good.replace("[\"쿠쿠다스했", "[\"과자했"), 3, 1), good.clone()),
        case(
            "L007",
            ENTRIES,
            (format!("{good}misses = [\"쿠쿠다스하네\"]\n"), 3, 1),
            format!("{good}misses = [\"과자 하나\"]\n"),
        ),
        case("L008", ENTRIES, (good.replace("\"쿠쿠다스했어요\"", ""), 3, 1), good.clone()),
        case("L009", ENTRIES, (good.replace("1.0", "9.0"), 3, 1), good.clone()),
        case("L010", ENTRIES, (good.replace("쿠쿠다스하다", "쿠쿠다스"), 3, 1), good.clone()),
        case(
            "L011",
            ENTRIES,
            (two("\"쿠쿠다스으으으\"", "exact", "쿠쿠다스"), 12, 10),
            two("\"쿠쿠다스\"", "noun", "쿠쿠다스").replacen(
                "\nforms",
                "\nsignals = [\"waiting\"]\nforms",
                1,
            ),
        ),
        case(
            "L012",
            "policy.toml",
            {
                let cut = default("policy.toml")
                    .replace("id = \"none\"\n", "id = \"none\"\nmin_level = 1\n");
                let line = line_of(&cut, "id = \"none\"") - 1;
                (cut, line, 1)
            },
            default("policy.toml"),
        ),
        case(
            "L013",
            "shifters/zz.toml",
            (
                "kind = \"negator\"\n[[shifter]]\nid = \"zz.shift\"\nforms = [\"지 않\"]\nclass = \"exact\"\nat = \"anywhere\"\nside = \"after\"\nwithin = 1\nfactor = 0.0\nhits = [\"하지 않아요\"]\nshifts = [\"다 하지 않아요\"]\n",
                2,
                1,
            ),
            "kind = \"negator\"\n[[shifter]]\nid = \"zz.shift\"\nforms = [\"지 않\"]\nclass = \"exact\"\nat = \"anywhere\"\nside = \"after\"\nwithin = 1\nfactor = 0.0\nhits = [\"하지 않아요\"]\nshifts = [\"비틱비틱하지 않아요\"]\n",
        ),
        case(
            "L014",
            "shifters/zz.toml",
            (
                "kind = \"negator\"\n[[shifter]]\nid = \"zz.shift\"\nforms = [\"지 않\"]\nclass = \"exact\"\nat = \"anywhere\"\nside = \"after\"\nwithin = 1\nfactor = 0.0\nhits = [\"하지 않아요\"]\nkeeps = [\"비틱비틱하지 않겠어요?\"]\n",
                2,
                1,
            ),
            "kind = \"negator\"\n[[shifter]]\nid = \"zz.shift\"\nforms = [\"지 않아\"]\nclass = \"exact\"\nat = \"anywhere\"\nside = \"after\"\nwithin = 1\nfactor = 0.0\nhits = [\"하지 않아요\"]\nkeeps = [\"비틱비틱하지 않겠어요?\"]\n",
        ),
        case(
            "L015",
            ENTRIES,
            (
                entry("\"쿠쿠다스 ~ 부서지다\", \"쿠쿠다스\"", "phrase", "hits = [\"쿠쿠다스\"]"),
                5,
                10,
            ),
            entry(
                "\"쿠쿠다스 … 부서지다\", \"과자 쿠쿠다스\"",
                "phrase",
                "hits = [\"과자 쿠쿠다스\"]",
            ),
        ),
        case(
            "L016",
            ENTRIES,
            (two("\"쿠쿠다스\"", "phrase", "쿠쿠다스"), 12, 10),
            two("\"쿠쿠다스 부서지다\"", "phrase", "쿠쿠다스가 부서져요"),
        ),
        case(
            "L017",
            ENTRIES,
            (
                entry(
                    "\"쿠쿠다스|과자 부서지다\", \"쿠쿠다스 부서지다\"",
                    "phrase",
                    "hits = [\"과자가 부서져요\"]",
                ),
                5,
                26,
            ),
            entry(
                "\"쿠쿠다스|과자 부서지다\", \"쿠쿠다스 녹다\"",
                "phrase",
                "hits = [\"과자가 부서져요\"]",
            ),
        ),
        case(
            "L018",
            "retired.toml",
            (retired("id = \"zz.gone\"\nreplaced_by = \"zz.nobody\"\n"), 1, 1),
            retired("id = \"zz.gone\"\nreplaced_by = \"base.a\"\n"),
        ),
        case(
            "L019",
            "policy.toml",
            (idle.clone(), line_of(&idle, "id = \"idle\"") - 1, 1),
            policy_rule("new", "all_signals = [\"gratitude\", \"emoticon\"]\nmax_level = 0\n"),
        ),
        case("L020", ENTRIES, (good.replace("\"zz.a\"", "“zz.a”"), 4, 6), good.clone()),
        case("L021", ENTRIES, (format!("\u{FEFF}{good}"), 1, 1), good.replace('\n', "\r\n")),
        case(
            "L022",
            ENTRIES,
            (good.replace("쿠쿠다스했어요", "쿠쿠다스\u{A0}했어요"), 8, 14),
            good.replace("쿠쿠다스했어요", "쿠쿠다스 했어요 👨\u{200D}👩\u{200D}👧"),
        ),
        case(
            "L023",
            ENTRIES,
            (good.replace("했어요", "\u{1112}\u{1162}\u{11BB}어요"), 8, 14),
            good.replace("했어요", "했어요ㅎㅎ"),
        ),
        case(
            "L024",
            ENTRIES,
            (
                entry("\"쿠쿠다스 ... 부서지다\"", "phrase", "hits = [\"쿠쿠다스가 부서져요\"]"),
                5,
                10,
            ),
            entry("\"쿠쿠다스 … 부서지다\"", "phrase", "hits = [\"쿠쿠다스가... 부서져요\"]"),
        ),
        case(
            "L025",
            ENTRIES,
            (entry("\"쿠쿠릅다\"", "adjective", "hits = [\"쿠쿠릅네요\"]"), 5, 10),
            entry(
                "\"괴롭다\", \"쿠쿠릅다/ㅂ\", \"뒤잡다/verb\"",
                "adjective",
                "hits = [\"괴로워요\"]",
            ),
        ),
        case(
            "L026",
            ENTRIES,
            (
                entry(
                    "\"벌목\"",
                    "noun",
                    "at = \"anywhere\"\nhits = [\"벌목\"]\nmisses = [\"나무\"]",
                ),
                3,
                1,
            ),
            entry("\"벌목\"", "noun", "at = \"whole-eojeol\"\nhits = [\"벌목\"]"),
        ),
        case(
            "P001",
            "phrases/zz.toml",
            (format!("{plain_phrase}\n{plain_phrase}"), 11, 1),
            plain_phrase.clone(),
        ),
        case(
            "P002",
            "phrases/zz.toml",
            (phrase("signals = []\nlevels = [2]\nhuman = \"none\""), 1, 1),
            phrase("signals = []\nlevels = [2]\nhuman = \"offers\""),
        ),
        case("P003", "phrases/slots.toml", (slot(""), slot_line - 1, 1), slot("나")),
        case(
            "P004",
            "phrases/zz.toml",
            (phrase("signals = [\"crisis\"]\nhuman = \"offers\""), 1, 1),
            phrase("signals = [\"waiting\"]\nhuman = \"offers\""),
        ),
        case(
            "P005",
            "phrases/zz.toml",
            (phrase("signals = []\nlevels = [4]\nhuman = \"offers\""), 1, 1),
            phrase("signals = []\nlevels = [3]\nhuman = \"offers\""),
        ),
        case(
            "P006",
            "phrases/zz.toml",
            (format!("# 머리말\n{plain_phrase}review_by = \"2026-11-20\"\n"), 2, 1),
            format!("{plain_phrase}review_by = \"2026-11-21\"\n"),
        ),
        case(
            "P007",
            "phrases/zz.toml",
            (phrase("text = \" \"\nsignals = []\nhuman = \"none\""), 1, 1),
            plain_phrase.clone(),
        ),
        case(
            "P008",
            "phrases/zz.toml",
            (format!("{plain_phrase}valid_until = \"2026-11-20\"\n"), 1, 1),
            format!("{plain_phrase}valid_until = \"11-20\"\n"),
        ),
        case(
            "P009",
            "phrases/slots.toml",
            (slot("나"), slot_line, 8),
            default("phrases/slots.toml"),
        ),
    ]
}

/// A small folder: the defaults without their words, one entry, and the file of the case.
fn folder(file: &str, text: &str) -> Resources {
    let embedded = Resources::embedded();
    let kept = ["grammar.toml", "scoring.toml", "policy.toml", "phrases/", "ordinary/"];
    let mut files: Vec<SourceFile> = embedded
        .files()
        .iter()
        .filter(|one| kept.iter().any(|kept| one.path.starts_with(kept)) && one.path != file)
        .cloned()
        .collect();
    let base = "signals = [\"anger\"]\n[[entry]]\nid = \"base.a\"\nforms = [\"비틱비틱하다\"]\nclass = \"하다\"\nweight = 1.0\nhits = [\"비틱비틱해요\"]\n";
    files.push(SourceFile { path: "signals/base.toml".into(), text: base.into() });
    if !text.is_empty() {
        files.push(SourceFile { path: file.into(), text: text.into() });
    }
    Resources::new(files)
}

/// Code, file, line and column of everything that is found.
fn findings(resources: &Resources, code: &str) -> Vec<(&'static str, String, usize, usize)> {
    let ordinary: Option<&[String]> = (code == "L026").then_some(&[]);
    let found = lint(resources, TODAY, LintScope { files: None, ordinary }).sorted();
    // The folders of these tests have no rules for replies.
    let found = found.into_iter().filter(|one| one.code != "R004");
    found.map(|one| (one.code, one.file, one.line, one.column)).collect()
}

#[test]
fn each_lint_finds_its_fault_and_leaves_alone_what_only_looks_like_it() {
    let mut wrong = Vec::new();
    for Case { code, file, bad, line, column, good } in cases() {
        let found = findings(&folder(file, &bad), code);
        if !found.contains(&(code, file.to_owned(), line, column)) {
            wrong.push(format!("{code} is not at {file}:{line}:{column} but {found:?}\n{bad}"));
        }
        let found = findings(&folder(file, &good), code);
        if found.iter().any(|one| one.0 == code) {
            wrong.push(format!("{code} in the sound folder: {found:?}\n{good}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_rule_has_such_a_pair_and_a_row_in_the_guide() {
    // A file that is no text never becomes a set of texts; it has a test of its own.
    let mut tested: BTreeSet<&str> = cases().iter().map(|case| case.code).collect();
    tested.insert("L001");
    // Those of replies have theirs beside the other tests of replies.
    tested.extend(["R001", "R002", "R003", "R004", "R005"]);
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(tested, rules);
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/README.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    for rule in RULES {
        let severity = if rule.severity == Severity::Error { "오류" } else { "경고" };
        let row = format!("| {} | {severity} | {} | {} |", rule.code, rule.korean, rule.mend);
        assert!(guide.contains(&row), "lexicons/README.md has no row\n{row}");
    }
}

#[test]
fn a_file_in_another_encoding_is_found_and_read_as_it_was_meant() {
    let dir = tempfile::tempdir().unwrap();
    let read = |bytes: &[u8]| {
        std::fs::write(dir.path().join("a.toml"), bytes).unwrap();
        Resources::from_dir(dir.path())
    };
    let Err(ResourcesError::Encoding(found)) = read(b"x = 1\ny = \"\xc2\xa5\xc1\xf5\"\n") else {
        panic!("CP949 was taken for UTF-8");
    };
    let found = found.sorted();
    assert_eq!((found[0].code, found[0].line, found[0].column), ("L001", 2, 6));
    assert!(found[0].message.contains("y = \"짜증\""), "{}", found[0].message);
    assert!(read("y = \"짜증\"\n".as_bytes()).is_ok());
}

#[test]
fn a_retired_id_may_not_come_back() {
    let entry = entry("\"쿠쿠다스하다\"", "하다", "hits = [\"쿠쿠다스했어요\"]");
    let row = "[[retired]]\nid = \"zz.a\"\ndate = \"2026-01-02\"\nwhy = \"시험\"\n";
    let files = |id: &str| {
        folder(ENTRIES, &entry.replace("zz.a", id))
            .overlaid([SourceFile { path: "retired.toml".into(), text: row.into() }])
    };
    let found = findings(&files("zz.a"), "L018");
    assert_eq!(found, [("L018", ENTRIES.to_owned(), 3, 1)]);
    assert_eq!(findings(&files("zz.b"), "L018"), []);
}

#[test]
fn a_user_s_own_texts_are_ordinary_too() {
    let own = ["쿠쿠다스과자점".to_owned(), "오늘 쿠쿠다스하기 좋은 날이네요".to_owned()];
    let text = entry("\"쿠쿠다스\"", "noun", "hits = [\"쿠쿠다스\"]");
    let scope = LintScope { files: None, ordinary: Some(&own) };
    let found = lint(&folder(ENTRIES, &text), TODAY, scope).sorted();
    let found = found.iter().find(|one| one.code == "L026").unwrap();
    assert!(own.iter().all(|text| found.message.contains(text)), "{}", found.message);
}

#[test]
fn the_default_lexicons_leave_nothing_to_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons");
    let scope = LintScope { files: None, ordinary: Some(&[]) };
    let found = lint(&Resources::from_dir(&folder).unwrap(), TODAY, scope);
    assert!(found.iter().next().is_none(), "{found}");
}

#[test]
fn an_item_has_a_bounded_number_of_forms_and_findings_stand_at_theirs() {
    let many: Vec<String> = (0..1_001).map(|number| format!("\"쿠쿠{number}\"")).collect();
    for forms in [many.join(", "), String::new()] {
        let found =
            findings(&folder(ENTRIES, &entry(&forms, "exact", "hits = [\"쿠쿠0\"]")), "L009");
        assert!(found.contains(&("L009", ENTRIES.to_owned(), 3, 1)), "{found:?}");
    }
    // The same text in another field or in the next entry is not the form.
    let text = entry("'뷁하다'", "noun", "hits = [\"뷁하다\"]\nmisses = [\"안녕하세요\"]");
    let found = findings(&folder(ENTRIES, &text), "L025");
    let line = text.lines().position(|line| line.starts_with("forms")).unwrap() + 1;
    let own: Vec<_> = found.iter().filter(|one| one.0 == "L025").collect();
    assert!(!own.is_empty() && own.iter().all(|one| one.2 == line), "{found:?}");
}

#[test]
fn a_rule_that_asks_for_any_of_no_signals_is_refused() {
    let policy = default("policy.toml").replacen("any_signal = [\"crisis\"]", "any_signal = []", 1);
    let found = findings(&folder("policy.toml", &policy), "L012");
    assert!(found.iter().any(|one| one.0 == "L012"), "{found:?}");
}
