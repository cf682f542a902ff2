//! Golden cases: `tests/cases/*.toml`, to which linguists add without a word of Rust. Those of
//! replies (`replies-*.toml`) are read by `super::replies`.

use nunchi::analysis::{Analyzer, Message, Scratch};
use nunchi::domain::{Action, Channel, MessageText, Role, Signal};
use nunchi::resource::Resources;
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    case: Vec<Case>,
}

/// One message and what must hold of its answer; what is left out is not checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// Exactly this level.
    level: Option<u8>,
    min_level: Option<u8>,
    max_level: Option<u8>,
    action: Option<Action>,
    /// Signals that must be present.
    #[serde(default)]
    signals: Vec<Signal>,
    /// Signals that must not be present.
    #[serde(default)]
    absent: Vec<Signal>,
    because: String,
}

#[test]
fn every_golden_case_holds() {
    let analyzer = Analyzer::build(&Resources::embedded()).unwrap();
    let mut scratch = Scratch::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failures = Vec::new();
    let mut count = 0;
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("replies-") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let file: CaseFile =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        for case in file.case {
            count += 1;
            for fault in faults(&analyzer, &case, &mut scratch) {
                failures.push(format!("{name}: `{}` {fault} ({})", case.text, case.because));
            }
        }
    }
    assert!(count >= 100, "only {count} cases were read");
    let help = "run `nunchi explain` on the sentence to see what was found";
    assert!(
        failures.is_empty(),
        "{} of {count} fail; {help}\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn faults(analyzer: &Analyzer, case: &Case, scratch: &mut Scratch) -> Vec<String> {
    let message = Message {
        text: MessageText::parse(&case.text, 5000).unwrap(),
        role: Role::Customer,
        channel: Channel::Chat,
        max_apologies: 3,
        today: jiff::civil::date(2026, 11, 21),
        classifier: true,
    };
    let analysis = analyzer.analyze(&message, scratch);
    let level = analysis.assessment.level.number();
    let mut faults = Vec::new();
    let mut expect = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    let Case { level: exact, min_level, max_level, action, signals, absent, .. } = case;
    expect(exact.is_none_or(|exact| level == exact), format!("has level {level}, not {exact:?}"));
    expect(
        min_level.is_none_or(|min| level >= min),
        format!("has level {level}, under {min_level:?}"),
    );
    expect(
        max_level.is_none_or(|max| level <= max),
        format!("has level {level}, over {max_level:?}"),
    );
    let decided = analysis.decision.action;
    expect(
        action.is_none_or(|action| decided == action),
        format!("gets {decided}, not {action:?}"),
    );
    for signal in signals {
        expect(analysis.assessment.present.contains(*signal), format!("lacks {signal}"));
    }
    for signal in absent {
        expect(!analysis.assessment.present.contains(*signal), format!("shows {signal}"));
    }
    faults
}
