//! Quality floors: committed figures below which no change may fall.
//!
//! `dev-messages.tsv` is ours and lies in `tests/data`. The real texts belong to others: they are
//! read from the folder that `NUNCHI_TEST_DATA` names, and reported as not run without it.

use nunchi::analysis::Analyzer;
use nunchi::evaluation::{Dataset, Report, evaluate};
use nunchi::resource::Resources;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    labelled: BTreeMap<String, LabelledFloor>,
    neutral: BTreeMap<String, NeutralCeiling>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelledFloor {
    qwk: f64,
    f1_at_clear: f64,
    auc_at_clear: f64,
    action_accuracy: f64,
    sentiment_accuracy: f64,
    signals_micro_f1: f64,
    calm_at_clear: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NeutralCeiling {
    at_mild: f64,
    at_clear: f64,
}

fn floors() -> Floors {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality-floors.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A file of our own test data or of the folder of other people's texts.
fn find(name: &str) -> Option<PathBuf> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let theirs = || option_env_folder().map(|folder| folder.join(name));
    [Some(ours), theirs()].into_iter().flatten().find(|path| path.exists())
}

#[expect(clippy::disallowed_methods, reason = "a test has no settings; this names its data folder")]
fn option_env_folder() -> Option<PathBuf> {
    std::env::var("NUNCHI_TEST_DATA").ok().map(PathBuf::from)
}

/// A set that is not at hand: said where no folder was named, a failure where one was.
#[expect(clippy::print_stdout, reason = "a floor that did not run must be seen")]
fn not_run(name: &str) {
    assert!(option_env_folder().is_none(), "{name} is not in the folder of NUNCHI_TEST_DATA");
    println!("{name}: NOT RUN, set NUNCHI_TEST_DATA to the folder that holds it");
}

fn report(dataset: &Dataset) -> Report {
    let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
    evaluate(&analyzer, dataset, TODAY, 0)
}

#[test]
fn labelled_sets_stay_above_their_floors() {
    for (name, floor) in floors().labelled {
        let Some(path) = find(&name) else {
            not_run(&name);
            continue;
        };
        let dataset = Dataset::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        let report = report(&dataset);
        let clear = report.levels.get(&2).unwrap().f1;
        let calm = report.false_alarms.get("all").unwrap().at_clear;
        println!(
            "{name}: QWK {:.3}, F1 at level 2 {clear:.3}, action {:.3}",
            report.qwk, report.action_accuracy
        );
        for (what, actual, floor) in [
            ("QWK", report.qwk, floor.qwk),
            ("F1 at level 2", clear, floor.f1_at_clear),
            ("AUC at level 2", report.auc_at_clear, floor.auc_at_clear),
            ("action accuracy", report.action_accuracy, floor.action_accuracy),
            ("sentiment accuracy", report.sentiment_accuracy, floor.sentiment_accuracy),
            ("signals micro F1", report.signals_micro.f1, floor.signals_micro_f1),
        ] {
            assert!(actual >= floor, "{name}: {what} fell to {actual:.3}, the floor is {floor}");
        }
        assert!(calm <= floor.calm_at_clear, "{name}: {calm:.4} of the calm rows reach level 2");
    }
}

#[test]
fn neutral_queries_raise_hardly_any_alarm() {
    for (name, ceiling) in floors().neutral {
        let Some(path) = find(&name) else {
            not_run(&name);
            continue;
        };
        let text =
            std::process::Command::new("gzip").arg("-dc").arg(&path).output().unwrap().stdout;
        let text = String::from_utf8(text).unwrap();
        let header: Vec<&str> = text.lines().next().unwrap().split('\t').collect();
        let column = header.iter().position(|column| *column == "text").unwrap();
        // The even rows may have been used to fit weights (tools/fit_weights.py); the odd ones never.
        let held_out = text.lines().skip(1).skip(1).step_by(2);
        let texts = held_out.filter_map(|line| line.split('\t').nth(column));
        let report = report(&Dataset::neutral(texts));
        let alarms = *report.false_alarms.get("all").unwrap();
        println!("{name}: level 1 {:.4}, level 2 {:.4}", alarms.at_mild, alarms.at_clear);
        assert!(alarms.at_mild <= ceiling.at_mild, "{name}: {:.4} at level 1", alarms.at_mild);
        assert!(alarms.at_clear <= ceiling.at_clear, "{name}: {:.4} at level 2", alarms.at_clear);
    }
}
