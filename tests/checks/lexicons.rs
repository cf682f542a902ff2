//! The default lexicons keep what they promise.

use nunchi::analysis::{Analyzer, check};
use nunchi::domain::Signal;
use nunchi::evaluation::{Dataset, sample};
use nunchi::lexicon::Role;
use nunchi::resource::{Resources, Severity, SourceFile};
use std::collections::BTreeSet;
use std::path::Path;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

fn from_tree() -> Resources {
    Resources::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons")).unwrap()
}

/// The default lexicons with one file replaced or added.
fn with_file(path: &str, text: &str) -> Resources {
    let mut files: Vec<SourceFile> =
        Resources::embedded().files().iter().filter(|file| file.path != path).cloned().collect();
    files.push(SourceFile { path: path.to_owned(), text: text.to_owned() });
    Resources::new(files)
}

fn findings(path: &str, text: &str) -> Vec<(&'static str, usize)> {
    let found = check(&with_file(path, text), TODAY).sorted();
    let of_file = found.into_iter().filter(|finding| finding.file == path);
    of_file.map(|finding| (finding.code, finding.line)).collect()
}

#[test]
fn every_example_of_every_entry_holds() {
    let errors: Vec<String> = check(&from_tree(), TODAY)
        .sorted()
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{} errors\n{}", errors.len(), errors.join("\n"));
}

#[test]
fn the_embedded_files_are_those_of_the_tree() {
    assert_eq!(Resources::embedded(), from_tree());
}

#[test]
fn every_signal_has_its_entries() {
    let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
    let items = analyzer.lexicon().items();
    assert!(items.len() >= 700, "{} items", items.len());
    for signal in Signal::ALL {
        let entries = items.iter().filter(|item| match &item.role {
            Role::Entry(entry) => entry.signals.contains(*signal),
            _ => false,
        });
        assert!(entries.count() >= 20, "{signal} has too few entries");
    }
}

#[test]
fn each_fault_is_reported_with_its_code_and_line() {
    let path = "signals/zz-test.toml";
    let entry = |body: &str| format!("signals = [\"anger\"]\n\n[[entry]]\n{body}");
    let whole = |extra: &str| {
        entry(&format!("id = \"zz.a\"\nforms = [\"쿠쿠다스하다\"]\nclass = \"하다\"\n{extra}"))
    };
    let good = whole("weight = 1.0\nhits = [\"쿠쿠다스했어요\"]\n");
    assert_eq!(findings(path, &good), []);
    for (text, expected) in [
        ("signals = [\n".to_owned(), ("L002", 1)),
        (whole("weight = 1.0\nhit = []\n"), ("L003", 8)),
        (
            entry("id = \"zz.a\"\nforms = [\"쿠쿠다스\"]\nclass = \"nuon\"\nweight = 1.0\n"),
            ("L003", 6),
        ),
        (whole("weight = \"1\"\nhits = [\"쿠쿠다스했어요\"]\n"), ("L003", 7)),
        (good.replace("zz.a", "Zz"), ("L005", 3)),
        (whole("weight = 1.0\nhits = [\"쿠쿠 과자\"]\n"), ("L006", 3)),
        (
            whole("weight = 1.0\nhits = [\"쿠쿠다스해\"]\nmisses = [\"쿠쿠다스하다\"]\n"),
            ("L007", 3),
        ),
        (whole("weight = 1.0\n"), ("L008", 3)),
        (whole("weight = 9.0\nhits = [\"쿠쿠다스했어요\"]\n"), ("L009", 3)),
        (good.replace("쿠쿠다스하다", "쿠쿠다스"), ("L010", 3)),
        (good.replace("entry", "entri"), ("L003", 3)),
    ] {
        let found = findings(path, &text);
        assert!(found.contains(&expected), "{expected:?} not in {found:?} for\n{text}");
    }
}

#[test]
fn an_id_used_twice_and_a_short_form_without_a_miss_are_reported() {
    let path = "signals/zz-test.toml";
    let twice = "signals = [\"anger\"]\n[[entry]]\nid = \"zz.a\"\nforms = [\"쿠쿠다스\"]\nclass = \"noun\"\nweight = 1.0\nhits = [\"쿠쿠다스\"]\n";
    let again = format!("{twice}{}", twice.replace("signals = [\"anger\"]\n", ""));
    assert!(findings(path, &again).contains(&("L005", 8)));
    let short = twice.replace("쿠쿠다스", "쿠쿠");
    assert!(findings(path, &short).contains(&("L008", 2)));
}

#[test]
fn all_faults_are_listed_and_nothing_is_half_loaded() {
    let text = "signals = [\"anger\"]\n[[entry]]\nid = 1\n[[entry]]\nid = \"zz.b\"\nforms = [\"x\"]\nclass = \"verb\"\nweight = 1.0\n";
    let problems = Analyzer::build(&with_file("signals/zz-test.toml", text)).unwrap_err();
    let lines: Vec<usize> = problems.sorted().iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [3, 4], "the wrong id and the form that cannot be inflected");
}

#[test]
fn a_policy_without_a_last_resort_is_refused() {
    let policy = Resources::embedded().get("policy.toml").unwrap().text.clone();
    let cut = policy.replace("id = \"none\"\n", "id = \"none\"\nmin_level = 1\n");
    assert_ne!(policy, cut);
    let problems = Analyzer::build(&with_file("policy.toml", &cut)).unwrap_err();
    assert!(problems.to_string().contains("L012"), "{problems}");
}

#[test]
fn a_phrase_that_leaves_a_furious_customer_without_a_human_is_refused() {
    let phrase = "[[phrase]]\nid = \"zz.01\"\ntext = \"{없는칸} 죄송합니다.\"\nkind = \"apology\"\nsignals = [\"crisis\"]\nlevels = [3]\nactions = [\"transfer\"]\ntone = \"formal\"\nhuman = \"none\"\n";
    let problems = Analyzer::build(&with_file("phrases/zz.toml", phrase)).unwrap_err();
    let codes: Vec<&str> = problems.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["P002", "P003", "P004"]);
}

#[test]
fn a_folder_that_would_leave_a_person_in_danger_without_a_line_is_refused() {
    let without = |gone: &str| {
        let files = Resources::embedded().files().to_vec();
        Resources::new(files.into_iter().filter(|file| !file.path.starts_with(gone)).collect())
    };
    let problems = Analyzer::build(&without("phrases/")).unwrap_err();
    assert!(
        problems.iter().any(|p| p.code == "P007" && p.message.contains("crisis")),
        "{problems}"
    );
    assert!(Analyzer::build(&without("signals/")).is_err());
}

#[test]
fn figures_that_contradict_each_other_are_refused() {
    let scoring = Resources::embedded().get("scoring.toml").unwrap().text.clone();
    for (from, to) in [
        ("mild = 1.0", "mild = 5.0"),
        ("threshold = 0.5", "threshold = 7.0"),
        ("threshold = 0.5", "threshold = nan"),
        ("relief_share = 0.4", "relief_share = 4.0"),
        ("slope = ", "slope = -"),
    ] {
        let text = scoring.replacen(from, to, 1);
        assert_ne!(text, scoring, "{from}");
        let problems = Analyzer::build(&with_file("scoring.toml", &text)).unwrap_err();
        assert!(problems.iter().all(|problem| problem.code == "L012"), "{to}: {problems}");
    }
}

#[test]
fn the_sample_holds_no_message_that_quality_is_measured_on() {
    let folded = |text: &str| text.split_whitespace().collect::<String>();
    let sample: BTreeSet<String> = sample().map(folded).collect();
    assert!(sample.len() > 1_400, "{} messages", sample.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dev-messages.tsv");
    let measured = Dataset::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    let shared = measured.rows.iter().filter(|row| sample.contains(&folded(&row.text))).count();
    assert_eq!((shared, measured.rows.is_empty()), (0, false));
}
