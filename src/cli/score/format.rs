//! The three formats of logs: JSON lines, CSV and TSV, in and out, in any combination.

use super::row::{ADDED, Record, Scored};
use anyhow::{Context as _, anyhow, bail};
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

/// The format of a log, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    JsonLines,
    Csv,
    Tsv,
}

impl Format {
    pub(super) fn of(path: &Path) -> anyhow::Result<Self> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("jsonl" | "ndjson") => Ok(Self::JsonLines),
            Some("csv") => Ok(Self::Csv),
            Some("tsv") => Ok(Self::Tsv),
            _ => bail!("{}: the name must end in .jsonl, .csv or .tsv", path.display()),
        }
    }
}

/// The rows of a log.
pub(super) enum Records<R: Read> {
    JsonLines { lines: std::io::Lines<BufReader<R>>, text: String },
    Table { rows: csv::StringRecordsIntoIter<R>, columns: Vec<String>, text: usize },
}

impl<R: Read> Records<R> {
    /// Opens a log whose message stands in the column or key `text`.
    pub(super) fn open(format: Format, reader: R, text: &str) -> anyhow::Result<Self> {
        if format == Format::JsonLines {
            let lines = BufReader::new(reader).lines();
            return Ok(Self::JsonLines { lines, text: text.to_owned() });
        }
        let mut builder = csv::ReaderBuilder::new();
        builder.flexible(true);
        if format == Format::Tsv {
            builder.delimiter(b'\t').quoting(false);
        }
        let mut table = builder.from_reader(reader);
        let header = table.headers().context("the first line must name the columns")?;
        let columns: Vec<String> =
            header.iter().map(|name| name.trim_start_matches('\u{FEFF}').to_owned()).collect();
        let found = columns.iter().position(|column| column == text).ok_or_else(|| {
            let known = columns.join(", ");
            anyhow!("no column `{text}`; the columns are {known}; name one with --text")
        })?;
        Ok(Self::Table { rows: table.into_records(), columns, text: found })
    }

    /// The columns: those of the header, or, for JSON lines, the keys of the first rows.
    pub(super) fn columns_of(&self, first: &[Record]) -> Vec<String> {
        if let Self::Table { columns, .. } = self {
            return columns.clone();
        }
        let mut columns: Vec<String> = Vec::new();
        for key in first.iter().flat_map(|record| record.fields.keys()) {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
        columns
    }

    /// The next rows, at most `limit`.
    pub(super) fn take(&mut self, limit: usize) -> anyhow::Result<Vec<Record>> {
        let mut records = Vec::with_capacity(limit);
        while records.len() < limit {
            let Some(record) = self.next()? else { break };
            records.push(record);
        }
        Ok(records)
    }

    fn next(&mut self) -> anyhow::Result<Option<Record>> {
        match self {
            Self::JsonLines { lines, text } => loop {
                let Some(line) = lines.next() else { return Ok(None) };
                let line = line.context("the log is not UTF-8 text; save it as UTF-8")?;
                if !line.trim().is_empty() {
                    return Ok(Some(json_record(&line, text)));
                }
            },
            Self::Table { rows, columns, text } => {
                let Some(row) = rows.next() else { return Ok(None) };
                let row = row.context("the log cannot be read on")?;
                let fields =
                    columns.iter().zip(&row).map(|(name, value)| (name.clone(), value.into()));
                let message = row.get(*text).map(str::to_owned);
                let message = message.ok_or_else(|| "the row has no text column".to_owned());
                // An unquoted separator in a message would cut it off unnoticed.
                let (found, wanted) = (row.len(), columns.len());
                let whole = if found == wanted {
                    Ok(())
                } else {
                    Err(format!("the row has {found} fields, the header names {wanted}"))
                };
                let message = whole.and(message);
                Ok(Some(Record { fields: fields.collect(), text: message }))
            }
        }
    }
}

fn json_record(line: &str, text: &str) -> Record {
    // The parser's own message could quote the text, so only the place is told.
    let parsed: Result<Map<String, Value>, String> = serde_json::from_str(line)
        .map_err(|error| format!("no JSON object (column {})", error.column()));
    match parsed {
        Ok(fields) => {
            let message = fields.get(text).and_then(Value::as_str).map(str::to_owned);
            let message = message.ok_or_else(|| format!("no text under the key `{text}`"));
            Record { fields, text: message }
        }
        Err(error) => Record { fields: Map::new(), text: Err(error) },
    }
}

/// Where scored rows go.
pub(super) enum Sink<W: Write> {
    JsonLines(W),
    Table { table: Box<csv::Writer<W>>, columns: Vec<String>, begun: bool },
}

impl<W: Write> Sink<W> {
    pub(super) fn open(format: Format, writer: W, columns: Vec<String>) -> Self {
        if format == Format::JsonLines {
            return Self::JsonLines(writer);
        }
        let mut builder = csv::WriterBuilder::new();
        if format == Format::Tsv {
            builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
        }
        Self::Table { table: Box::new(builder.from_writer(writer)), columns, begun: false }
    }

    pub(super) fn write(&mut self, scored: &Scored) -> anyhow::Result<()> {
        match self {
            Self::JsonLines(writer) => {
                let mut object = scored.fields.clone();
                let added = ADDED.iter().zip(&scored.added).filter(|(_, value)| !value.is_null());
                object.extend(added.map(|(name, value)| ((*name).to_owned(), value.clone())));
                serde_json::to_writer(&mut *writer, &object)?;
                writeln!(writer)?;
            }
            Self::Table { table, columns, begun } => {
                if !*begun {
                    table.write_record(columns.iter().map(String::as_str).chain(ADDED))?;
                    *begun = true;
                }
                if let Some(key) = scored.fields.keys().find(|key| !columns.contains(key)) {
                    bail!(
                        "the key `{key}` has no column, because the first rows lack it; write JSON lines instead"
                    );
                }
                let own = columns
                    .iter()
                    .map(|name| scored.fields.get(name).map_or_else(String::new, plain));
                table.write_record(own.chain(scored.added.iter().map(plain)))?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::JsonLines(mut writer) => writer.flush()?,
            Self::Table { mut table, .. } => table.flush()?,
        }
        Ok(())
    }
}

/// A value in a table cell; tabs and line breaks would break a TSV.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace(['\t', '\n', '\r'], " "),
        other => other.to_string(),
    }
}
