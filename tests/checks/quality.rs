//! Quality floors: committed figures below which no change may fall.
//!
//! `dev-messages.tsv` is ours and lies in `tests/data`. The real texts belong to others: they are
//! read from the folder that `NUNCHI_TEST_DATA` names, and reported as not run without it.

use nunchi::analysis::{Analyzer, Scratch};
use nunchi::evaluation::{Dataset, Report, evaluate};
use nunchi::loading;
use nunchi::resource::Resources;
use nunchi::settings::Settings;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    lexicon: Side,
    with_model: Side,
}

/// The floors of one way to answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
    /// Every how many-th neutral query is looked at.
    neutral_step: usize,
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

/// The lexicon alone.
fn alone() -> (Analyzer, Scratch) {
    (Analyzer::build(&Resources::embedded()).unwrap(), Scratch::default())
}

/// What a new user gets: lexicon and embedded model.
fn with_model() -> (Analyzer, Scratch) {
    let analyzer = loading::analyzer(&Settings::default()).unwrap();
    let scratch = analyzer.scratch().unwrap();
    (analyzer, scratch)
}

#[test]
fn the_lexicon_alone_stays_above_its_floors() {
    check(&floors().lexicon, alone());
}

#[test]
fn lexicon_and_model_stay_above_their_floors() {
    check(&floors().with_model, with_model());
}

fn check(side: &Side, (analyzer, mut scratch): (Analyzer, Scratch)) {
    for (name, floor) in &side.labelled {
        let Some(path) = find(name) else {
            not_run(name);
            continue;
        };
        let dataset = Dataset::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        check_labelled(name, floor, &evaluate(&analyzer, &dataset, TODAY, 0, &mut scratch));
    }
    for (name, ceiling) in &side.neutral {
        let Some(path) = find(name) else {
            not_run(name);
            continue;
        };
        let dataset = neutral_queries(&path, side.neutral_step);
        check_neutral(name, ceiling, &evaluate(&analyzer, &dataset, TODAY, 0, &mut scratch));
    }
}

#[expect(clippy::print_stdout, reason = "the figures are worth seeing")]
fn check_labelled(name: &str, floor: &LabelledFloor, report: &Report) {
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

fn neutral_queries(path: &Path, step: usize) -> Dataset {
    let text = std::process::Command::new("gzip").arg("-dc").arg(path).output().unwrap().stdout;
    let text = String::from_utf8(text).unwrap();
    let header: Vec<&str> = text.lines().next().unwrap().split('\t').collect();
    let column = header.iter().position(|column| *column == "text").unwrap();
    // The even rows may have been used to fit weights (tools/fit_weights.py); the odd ones never.
    let held_out = text.lines().skip(1).skip(1).step_by(step);
    Dataset::neutral(held_out.filter_map(|line| line.split('\t').nth(column)))
}

#[expect(clippy::print_stdout, reason = "the figures are worth seeing")]
fn check_neutral(name: &str, ceiling: &NeutralCeiling, report: &Report) {
    let alarms = *report.false_alarms.get("all").unwrap();
    println!("{name}: level 1 {:.4}, level 2 {:.4}", alarms.at_mild, alarms.at_clear);
    assert!(alarms.at_mild <= ceiling.at_mild, "{name}: {:.4} at level 1", alarms.at_mild);
    assert!(alarms.at_clear <= ceiling.at_clear, "{name}: {:.4} at level 2", alarms.at_clear);
}
