//! Messages to try lexicons on: labelled or not, in a table, in JSON lines or one a line.

use anyhow::Context as _;
use nunchi::evaluation::Dataset;
use std::path::Path;

/// The column that makes a table one of labelled messages.
const LABEL: &str = "frustration";

/// Messages, with their labels where the file has them.
pub(super) struct Corpus {
    pub(super) texts: Vec<String>,
    pub(super) labels: Option<Dataset>,
}

impl Corpus {
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let text = text.trim_start_matches('\u{FEFF}');
        if path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson") {
            if let Ok(labels) = Dataset::parse_json_lines(text) {
                return Ok(Self::labelled(labels));
            }
            return Ok(Self { texts: json_lines(text)?, labels: None });
        }
        let header = text.lines().next().unwrap_or_default();
        let Some(column) = header.split('\t').position(|column| column.trim() == "text") else {
            return Ok(Self { texts: text.lines().map(str::to_owned).collect(), labels: None });
        };
        // Whoever labels messages wants to be told of a row that cannot be read.
        if header.split('\t').any(|column| column.trim() == LABEL) {
            let labels = Dataset::parse(text)
                .with_context(|| format!("{} has labels that cannot be read", path.display()))?;
            return Ok(Self::labelled(labels));
        }
        let rows = text.lines().skip(1).filter_map(|line| line.split('\t').nth(column));
        Ok(Self { texts: rows.map(str::to_owned).collect(), labels: None })
    }

    fn labelled(labels: Dataset) -> Self {
        let texts = labels.rows.iter().map(|row| row.text.clone()).collect();
        Self { texts, labels: Some(labels) }
    }
}

fn json_lines(text: &str) -> anyhow::Result<Vec<String>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            // The parser's own message could quote the text, so only the place is told.
            let value: Option<serde_json::Value> = serde_json::from_str(line).ok();
            let text = value.as_ref().and_then(|value| value.get("text")?.as_str());
            let text =
                text.with_context(|| format!("line {}: no JSON object with a text", number + 1));
            text.map(str::to_owned)
        })
        .collect()
}
