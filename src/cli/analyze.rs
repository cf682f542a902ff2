//! `nunchi analyze`: a short line a message, or the JSON of the API.

use super::args::AnalyzeArgs;
use super::{analyzer, input, style};
use anyhow::{Context as _, anyhow};
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::api::{AnalyzeRequest, AnalyzeResponse, Defaults};
use nunchi::domain::MessageText;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// Longer texts are refused here as they are by the service.
const MAX_CODE_POINTS: usize = 5_000;

pub(super) fn run(arguments: &AnalyzeArgs, lexicons: Option<&Path>) -> anyhow::Result<ExitCode> {
    let analyzer = analyzer(lexicons)?;
    let defaults = Defaults { max_code_points: MAX_CODE_POINTS, today: input::today() };
    let mut scratch = Scratch::default();
    let mut out = anstream::stdout().lock();
    input::for_each(arguments.text.as_deref(), |text| {
        if arguments.evidence {
            writeln!(out, "{}", evidence(&analyzer, text, &mut scratch)?)?;
            return Ok(());
        }
        let request = AnalyzeRequest::of(text);
        let answer = request
            .answer(&analyzer, defaults, &mut scratch)
            .map_err(|invalid| anyhow!("{}", invalid.detail))?;
        if arguments.json {
            let json = serde_json::to_string(&answer).context("the answer as JSON")?;
            writeln!(out, "{json}")?;
        } else {
            writeln!(out, "{}", line(&answer, text))?;
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// What every hit of an entry contributes; the input of `tools/fit_weights.py`.
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
    let object = serde_json::json!({
        "points": assessment.points,
        "level": assessment.level.number(),
        "signals": signals,
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
        .filter(|signal| signal.matches.iter().any(|found| !found.negated))
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
