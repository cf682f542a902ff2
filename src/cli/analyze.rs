//! `nunchi analyze`: a short line a message, or the JSON of the API.

use super::args::{AnalyzeArgs, DataArgs};
use super::{FAILURE, analyzer, input, style};
use anyhow::{Context as _, anyhow};
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::api::{AnalyzeRequest, AnalyzeResponse, Defaults};
use nunchi::domain::{MessageText, Source};
use std::io::Write as _;
use std::process::ExitCode;

/// Longer texts are refused here as they are by the service.
const MAX_CODE_POINTS: usize = 5_000;

pub(super) fn run(arguments: &AnalyzeArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let analyzer = analyzer(data)?;
    let mut scratch = super::scratch(&analyzer)?;
    let mut out = anstream::stdout().lock();
    let (mut number, mut wrong) = (0, 0);
    input::for_each(arguments.text.as_deref(), |text| {
        number += 1;
        match answer(arguments, &analyzer, text, &mut scratch) {
            Ok(line) => writeln!(out, "{line}")?,
            // One bad message must not cost the answers to those behind it.
            Err(problem) => {
                wrong += 1;
                anstream::eprintln!(
                    "{} message {number}: {problem}",
                    style::paint(style::BAD, "error")
                );
            }
        }
        Ok(())
    })?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) })
}

/// The line that answers one message, or what is wrong with it.
fn answer(
    arguments: &AnalyzeArgs,
    analyzer: &Analyzer,
    text: &str,
    scratch: &mut Scratch,
) -> anyhow::Result<String> {
    if arguments.evidence {
        return evidence(analyzer, text, scratch);
    }
    let defaults = Defaults { max_code_points: MAX_CODE_POINTS, today: input::today() };
    let answer = AnalyzeRequest::of(text)
        .answer(analyzer, defaults, scratch)
        .map_err(|invalid| anyhow!("{}", invalid.detail))?;
    if arguments.json {
        return serde_json::to_string(&answer).context("the answer as JSON");
    }
    Ok(line(&answer, text))
}

/// What every hit of an entry contributes, by the lexicon alone; the input of `tools/fit_weights.py`
/// and of `models/train/fuse.py`.
fn evidence(analyzer: &Analyzer, text: &str, scratch: &mut Scratch) -> anyhow::Result<String> {
    let assessment = analyzer.assess(MessageText::parse(text, MAX_CODE_POINTS)?, scratch);
    let hits: Vec<serde_json::Value> = assessment
        .evidence
        .iter()
        .map(|one| {
            serde_json::json!({
                "entry": analyzer.lexicon().item(one.hit.item).map(|item| item.id.as_str()),
                "weight": one.weight,
                "factor": one.shift.factor,
                "contribution": one.contribution,
                "off": one.is_off(),
            })
        })
        .collect();
    let signals: Vec<&str> = assessment.present.iter().map(nunchi::domain::Signal::code).collect();
    let scores: serde_json::Map<String, serde_json::Value> = assessment
        .signals
        .iter()
        .map(|one| (one.signal.code().to_owned(), one.score.into()))
        .collect();
    let object = serde_json::json!({
        "points": assessment.points,
        "level": assessment.level.number(),
        "signals": signals,
        "signal_scores": scores,
        "sentiment": assessment.sentiment.code(),
        "sentiment_score": assessment.sentiment_score,
        "evidence": hits,
    });
    Ok(object.to_string())
}

fn line(answer: &AnalyzeResponse, text: &str) -> String {
    let color = [style::DIM, style::GOOD, style::WARN, style::BAD];
    let level = usize::from(answer.frustration.level);
    let badge =
        format!("{} {:<6} {:.2}", level, answer.frustration.label, answer.frustration.score);
    let signals: Vec<&str> = answer
        .signals
        .iter()
        .filter(|signal| {
            // A signal of the lexicon whose every match is negated is absent.
            signal.source != Source::Lexicon || signal.matches.iter().any(|found| !found.negated)
        })
        .map(|signal| signal.code.code())
        .collect();
    let signals = if signals.is_empty() { "-".to_owned() } else { signals.join(",") };
    format!(
        "{}  {:<9} {:<40} {}",
        style::paint(color.get(level).copied().unwrap_or_default(), badge),
        answer.action.code(),
        signals,
        style::paint(style::DIM, text.trim()),
    )
}
