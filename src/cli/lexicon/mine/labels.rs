//! Messages to mine, with a level where the file has one.

use crate::cli::lexicon::corpus::Corpus;
use anyhow::{Context as _, bail};
use nunchi::domain::{Level, Signal, SignalSet};
use std::path::Path;

/// The columns that hold a level, the first that is there.
const LEVELS: [&str; 2] = ["frustration", "level"];

/// A level and signals as labelled.
pub(super) type Label = (Level, SignalSet);

/// The messages of a file, all of them labelled or none.
pub(super) fn read(path: &Path) -> anyhow::Result<(Vec<String>, Option<Vec<Label>>)> {
    let corpus = Corpus::read(path)?;
    if let Some(labels) = corpus.labels {
        let labels = labels.rows.iter().map(|row| (row.level, row.signals)).collect();
        return Ok((corpus.texts, Some(labels)));
    }
    let file =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = file.trim_start_matches('\u{FEFF}');
    let header: Vec<&str> =
        text.lines().next().unwrap_or_default().split('\t').map(str::trim).collect();
    let column = |name: &str| header.iter().position(|one| *one == name);
    let (Some(of_text), Some(of_level)) = (column("text"), LEVELS.into_iter().find_map(column))
    else {
        return Ok((corpus.texts, None));
    };
    let of_signals = column("signals");
    let (mut texts, mut labels) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let level = cells.get(of_level).and_then(|cell| cell.parse().ok());
        let Some(level) = level.and_then(Level::from_number) else {
            bail!("line {}: the level must be 0, 1, 2 or 3", number + 1);
        };
        let signals = of_signals.and_then(|column| cells.get(column)).copied().unwrap_or_default();
        // A signal of another guideline says nothing here.
        let signals = signals.split(',').filter_map(|code| code.trim().parse::<Signal>().ok());
        texts.push(cells.get(of_text).copied().unwrap_or_default().to_owned());
        labels.push((level, signals.collect()));
    }
    Ok((texts, Some(labels)))
}
