//! `nunchi lexicon stats`: what is in the lexicons, and what of it a corpus hits.

use super::args::{StatsArgs, StatsFormat};
use super::corpus::Corpus;
use super::parallel;
use crate::cli::args::DataArgs;
use crate::cli::{settings, style};
use anyhow::Context as _;
use nunchi::analysis::Analyzer;
use nunchi::domain::{Level, Signal};
use nunchi::evaluation::coverage::{Coverage, Covered, Use, coverage};
use nunchi::lexicon::{Role, examples};
use nunchi::loading;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

pub(super) fn run(arguments: &StatsArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let resources = loading::resources(&settings(data)?)?;
    let analyzer = Analyzer::build(&resources).context("the lexicons have errors")?;
    let found = match &arguments.corpus {
        Some(path) => Some(read(&analyzer, Corpus::read(path)?)),
        None => None,
    };
    let shown = Shown { arguments, analyzer: &analyzer, coverage: found.as_ref() };
    let text = match arguments.format {
        StatsFormat::Text => shown.tables(&Terminal),
        StatsFormat::Markdown => shown.tables(&Markdown),
        StatsFormat::Json => serde_json::to_string_pretty(&shown.json()).context("as JSON")? + "\n",
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a corpus on all cores.
fn read(analyzer: &Analyzer, corpus: Corpus) -> Coverage {
    let messages: Vec<(String, Option<Level>)> = match corpus.labels {
        Some(labels) => labels.rows.into_iter().map(|row| (row.text, Some(row.level))).collect(),
        None => corpus.texts.into_iter().map(|text| (text, None)).collect(),
    };
    let part = |part: &[(String, Option<Level>)]| {
        coverage(analyzer, part.iter().map(|(text, level)| (text.as_str(), *level)))
    };
    parallel::in_parts(&messages, part, |whole: &mut Coverage, part, _| whole.append(part))
}

/// A table: a title, heads, and rows of as many cells.
struct Table {
    title: &'static str,
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// How tables are written.
trait Writer {
    fn table(&self, table: &Table) -> String;
}

struct Terminal;
struct Markdown;

impl Writer for Terminal {
    fn table(&self, table: &Table) -> String {
        use unicode_width::UnicodeWidthStr as _;
        let last = table.heads.len().saturating_sub(1);
        let width = |column: usize| {
            let cells =
                table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
            cells.chain(table.heads.get(column).map(|head| head.width())).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..table.heads.len()).map(width).collect();
        let line = |cells: &mut dyn Iterator<Item = &str>| -> String {
            let mut line = String::new();
            for (index, (cell, width)) in cells.zip(&widths).enumerate() {
                let space = " ".repeat(width.saturating_sub(cell.width()));
                // Figures stand to the right, the name at the end of the line to the left.
                _ = if index == last {
                    write!(line, "  {cell}")
                } else {
                    write!(line, "  {space}{cell}")
                };
            }
            line
        };
        let mut out = format!("{}\n", style::paint(style::HEAD, table.title));
        let heads = line(&mut table.heads.iter().copied());
        _ = writeln!(out, "{}", style::paint(style::DIM, heads));
        for row in &table.rows {
            _ = writeln!(out, "{}", line(&mut row.iter().map(String::as_str)));
        }
        out
    }
}

impl Writer for Markdown {
    fn table(&self, table: &Table) -> String {
        let mut out = format!("### {}\n\n| {} |\n", table.title, table.heads.join(" | "));
        _ = writeln!(out, "|{}", "---|".repeat(table.heads.len()));
        for row in &table.rows {
            _ = writeln!(out, "| {} |", row.join(" | ").replace('_', "\\_"));
        }
        out + "\n"
    }
}

struct Shown<'s> {
    arguments: &'s StatsArgs,
    analyzer: &'s Analyzer,
    coverage: Option<&'s Coverage>,
}

impl Shown<'_> {
    fn tables(&self, writer: &dyn Writer) -> String {
        let mut tables = vec![self.sizes(), self.files(), self.signals(), self.classes()];
        if let Some(coverage) = self.coverage {
            tables.push(self.covered(coverage));
            tables.push(self.most(coverage));
            if self.arguments.never {
                let rows = self.never(coverage).map(|id| vec![id.to_owned()]).collect();
                tables.push(Table { title: "never hit", heads: vec!["item"], rows });
            }
        }
        tables.iter().map(|table| writer.table(table)).collect()
    }

    /// Counts of the whole: name and figure.
    fn totals(&self) -> Vec<(&'static str, usize)> {
        let items = self.analyzer.lexicon().items();
        let count = |is: fn(&Role) -> bool| items.iter().filter(|item| is(&item.role)).count();
        vec![
            ("entries", count(|role| matches!(role, Role::Entry(_)))),
            ("exceptions", count(|role| matches!(role, Role::Exception { .. }))),
            ("shifters", count(|role| matches!(role, Role::Shifter(_)))),
            ("phrases", self.analyzer.phrases().phrases().len()),
            ("forms", items.iter().map(|item| item.forms.len()).sum()),
            ("patterns", self.analyzer.lexicon().pattern_count()),
            ("examples", examples(self.analyzer.resources()).len()),
        ]
    }

    fn sizes(&self) -> Table {
        let rows = self.totals().into_iter();
        let rows = rows.map(|(name, count)| vec![count.to_string(), name.to_owned()]).collect();
        Table { title: "sizes", heads: vec!["count", "what"], rows }
    }

    /// Items and forms by a key.
    fn grouped(&self, keys: impl Fn(&nunchi::lexicon::Item) -> Vec<String>) -> Vec<Vec<String>> {
        let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for item in self.analyzer.lexicon().items() {
            for key in keys(item) {
                let group = groups.entry(key).or_default();
                group.0 += 1;
                group.1 += item.forms.len();
            }
        }
        let row = |(key, (items, forms)): (String, (usize, usize))| {
            vec![items.to_string(), forms.to_string(), key]
        };
        groups.into_iter().map(row).collect()
    }

    fn files(&self) -> Table {
        let rows = self.grouped(|item| vec![item.file.clone()]);
        Table { title: "files", heads: vec!["items", "forms", "file"], rows }
    }

    fn signals(&self) -> Table {
        let rows = self.grouped(|item| match &item.role {
            Role::Entry(entry) if entry.signals.is_empty() => vec!["-".to_owned()],
            Role::Entry(entry) => entry.signals.iter().map(|one| one.code().to_owned()).collect(),
            _ => Vec::new(),
        });
        Table { title: "signals", heads: vec!["entries", "forms", "signal"], rows }
    }

    fn classes(&self) -> Table {
        let rows = self.grouped(|item| vec![item.class.name().to_owned()]);
        Table { title: "classes", heads: vec!["items", "forms", "class"], rows }
    }

    /// The most frequent items first, and of equally frequent ones the first of the lexicon.
    fn ranked<'c>(&'c self, coverage: &'c Coverage) -> Vec<(&'c str, Use)> {
        let mut ranked: Vec<(&str, Use)> =
            coverage.uses(self.analyzer).filter(|(_, one)| one.hits > 0).collect();
        ranked.sort_by_key(|(_, one)| std::cmp::Reverse(one.hits));
        ranked
    }

    fn most(&self, coverage: &Coverage) -> Table {
        let labelled = !coverage.levels.is_empty();
        let ranked = self.ranked(coverage);
        let is_entry = |id: &str| {
            let item = self.analyzer.lexicon().by_id(id);
            item.is_some_and(|item| matches!(item.role, Role::Entry(_)))
        };
        let entries = ranked.into_iter().filter(|(id, _)| is_entry(id));
        let rows = entries.take(self.arguments.top).map(|(id, one)| {
            let mut row = vec![
                one.hits.to_string(),
                one.messages.to_string(),
                one.excepted.to_string(),
                one.negated.to_string(),
            ];
            if labelled {
                row.push(one.precision().map_or_else(|| "-".to_owned(), percent));
            }
            row.push(id.to_owned());
            row
        });
        let mut heads = vec!["hits", "messages", "excepted", "negated"];
        if labelled {
            heads.push("precision");
        }
        heads.push("entry");
        Table { title: "most frequent entries", heads, rows: rows.collect() }
    }

    fn never<'c>(&'c self, coverage: &'c Coverage) -> impl Iterator<Item = &'c str> {
        coverage.uses(self.analyzer).filter(|(_, one)| one.hits == 0).map(|(id, _)| id)
    }

    /// How much of the corpus is hit (all of it, by level, by signal), and of what is hit how much counts.
    fn covered(&self, coverage: &Coverage) -> Table {
        let row = |hit: usize, messages: usize, name: &str| {
            let share = Covered { messages, hit }.share();
            vec![percent(share), hit.to_string(), messages.to_string(), name.to_owned()]
        };
        let all = coverage.all;
        let mut rows = vec![row(all.hit, all.messages, "messages with evidence")];
        for (level, one) in &coverage.levels {
            let name = format!("messages labelled level {}", level.number());
            rows.push(row(one.hit, one.messages, &name));
        }
        for signal in Signal::ALL {
            let count = coverage.signals.get(signal).copied().unwrap_or(0);
            rows.push(row(count, all.messages, signal.code()));
        }
        let sum = |figure: fn(&Use) -> usize| {
            coverage.uses(self.analyzer).map(|(_, one)| figure(&one)).sum::<usize>()
        };
        let hits = sum(|one| one.hits);
        rows.push(row(sum(|one| one.excepted), hits, "hits inside exceptions"));
        rows.push(row(sum(|one| one.negated), hits, "hits switched off"));
        let items = self.analyzer.lexicon().items().len();
        rows.push(row(self.ranked(coverage).len(), items, "items hit"));
        Table { title: "coverage", heads: vec!["share", "count", "of all", "what"], rows }
    }

    fn json(&self) -> Value {
        let totals: Map<String, Value> = self
            .totals()
            .into_iter()
            .map(|(name, count)| (name.to_owned(), json!(count)))
            .collect();
        let groups = |table: Table| -> Map<String, Value> {
            let figure = |cell: Option<&String>| cell.and_then(|cell| cell.parse::<usize>().ok());
            let rows = table.rows.iter().filter_map(|row| {
                let sizes = json!({ "items": figure(row.first()), "forms": figure(row.get(1)) });
                Some((row.last()?.clone(), sizes))
            });
            rows.collect()
        };
        let mut value = json!({
            "totals": totals,
            "files": groups(self.files()),
            "signals": groups(self.signals()),
            "classes": groups(self.classes()),
        });
        if let (Some(coverage), Some(object)) = (self.coverage, value.as_object_mut()) {
            object.insert("corpus".to_owned(), self.corpus_json(coverage));
        }
        value
    }

    fn corpus_json(&self, coverage: &Coverage) -> Value {
        let levels: Map<String, Value> = coverage
            .levels
            .iter()
            .map(|(level, one)| {
                (level.number().to_string(), json!({ "messages": one.messages, "hit": one.hit }))
            })
            .collect();
        let signals: Map<String, Value> = coverage
            .signals
            .iter()
            .map(|(signal, count)| (signal.code().to_owned(), json!(count)))
            .collect();
        let items: Map<String, Value> = self
            .ranked(coverage)
            .into_iter()
            .map(|(id, one)| {
                let figures = json!({
                    "hits": one.hits,
                    "messages": one.messages,
                    "excepted": one.excepted,
                    "negated": one.negated,
                    "precision": one.precision(),
                });
                (id.to_owned(), figures)
            })
            .collect();
        json!({
            "messages": coverage.all.messages,
            "hit": coverage.all.hit,
            "levels": levels,
            "signals": signals,
            "items": items,
            "never": self.never(coverage).collect::<Vec<_>>(),
        })
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
