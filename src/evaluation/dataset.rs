//! Labelled messages in the TSV format of the annotation guideline.

use crate::domain::{Action, Level, SentimentLabel, Signal, SignalSet};
use serde::Deserialize;
use std::str::FromStr;

/// Columns that every labelled file has.
const REQUIRED: [&str; 6] = ["id", "text", "frustration", "sentiment", "signals", "action"];

/// One labelled message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The message.
    pub text: String,
    /// Labelled level.
    pub level: Level,
    /// Labelled sentiment.
    pub sentiment: SentimentLabel,
    /// Labelled signals.
    pub signals: SignalSet,
    /// Labelled action.
    pub action: Action,
    /// What makes the row hard; `-` where the file does not say.
    pub kind: String,
}

/// [`Row`] as a JSON object.
#[derive(Deserialize)]
struct JsonRow {
    id: String,
    text: String,
    frustration: u8,
    sentiment: SentimentLabel,
    signals: Vec<Signal>,
    action: Action,
    kind: Option<String>,
}

/// A file of labelled messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// The rows in the order of the file.
    pub rows: Vec<Row>,
}

/// Everything that is wrong with a file of labelled messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct DatasetError(Vec<String>);

impl Dataset {
    /// Reads a TSV text; every wrong line is named.
    pub fn parse(text: &str) -> Result<Self, DatasetError> {
        let mut lines = text.trim_start_matches('\u{FEFF}').lines();
        let header: Vec<&str> =
            lines.next().unwrap_or_default().split('\t').map(str::trim).collect();
        let column = |name: &str| header.iter().position(|column| *column == name);
        let missing: Vec<&str> =
            REQUIRED.into_iter().filter(|name| column(name).is_none()).collect();
        if !missing.is_empty() {
            let list = missing.join(", ");
            return Err(DatasetError(vec![format!(
                "line 1: the header lacks {list}; it must be tab-separated and name {}",
                REQUIRED.join(", ")
            )]));
        }
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let field =
                |name: &str| column(name).and_then(|i| fields.get(i)).map(|field| field.trim());
            match row(&field) {
                Ok(row) => rows.push(row),
                Err(problem) => problems.push(format!("line {}: {problem}", number + 2)),
            }
        }
        if problems.is_empty() { Ok(Self { rows }) } else { Err(DatasetError(problems)) }
    }

    /// Reads JSON lines with the same fields, `signals` a list; every wrong line is named.
    pub fn parse_json_lines(text: &str) -> Result<Self, DatasetError> {
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            // The parser's own message could quote the text, so only the place is told.
            let parsed = serde_json::from_str::<JsonRow>(line).ok();
            match parsed.and_then(|row| Some((Level::from_number(row.frustration)?, row))) {
                Some((level, row)) => rows.push(Row {
                    id: row.id,
                    text: row.text,
                    level,
                    sentiment: row.sentiment,
                    signals: row.signals.into_iter().collect(),
                    action: row.action,
                    kind: row.kind.unwrap_or_else(|| "-".to_owned()),
                }),
                None => problems.push(format!("line {}: no labelled message", number + 1)),
            }
        }
        if problems.is_empty() { Ok(Self { rows }) } else { Err(DatasetError(problems)) }
    }

    /// One text a row, all labelled as neutral with level 0: for false alarms on ordinary queries.
    pub fn neutral<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let rows = texts.into_iter().enumerate().map(|(index, text)| Row {
            id: format!("n{index}"),
            text: text.to_owned(),
            level: Level::None,
            sentiment: SentimentLabel::Neutral,
            signals: SignalSet::EMPTY,
            action: Action::None,
            kind: "neutral".to_owned(),
        });
        Self { rows: rows.collect() }
    }
}

fn row<'l>(field: &impl Fn(&str) -> Option<&'l str>) -> Result<Row, String> {
    let required = |name: &'static str| field(name).ok_or_else(|| format!("no column {name}"));
    let level = required("frustration")?;
    let level = level
        .parse()
        .ok()
        .and_then(Level::from_number)
        .ok_or_else(|| "frustration must be 0, 1, 2 or 3".to_owned())?;
    let signals = required("signals")?;
    let signals = signals
        .split(',')
        .map(str::trim)
        .filter(|code| !code.is_empty() && *code != "-")
        .map(|code| Signal::from_str(code).map_err(|error| error.to_string()))
        .collect::<Result<SignalSet, String>>()?;
    Ok(Row {
        id: required("id")?.to_owned(),
        text: required("text")?.to_owned(),
        level,
        sentiment: required("sentiment")?.parse().map_err(|error| format!("{error}"))?,
        signals,
        action: required("action")?.parse().map_err(|error| format!("{error}"))?,
        kind: field("kind").filter(|kind| !kind.is_empty()).unwrap_or("-").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_line_is_named() {
        let text = "id\ttext\tfrustration\tsentiment\tsignals\taction\n\
                    a\t안녕\t7\tneutral\t-\tnone\nb\t안녕\t0\tneutral\tangry\tnone\n";
        let message = Dataset::parse(text).unwrap_err().to_string();
        assert!(
            message.contains("line 2: frustration") && message.contains("line 3: unknown signal")
        );
        assert!(Dataset::parse("id,text\n").unwrap_err().to_string().contains("tab-separated"));
    }
}
