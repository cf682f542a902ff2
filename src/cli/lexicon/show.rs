//! `nunchi lexicon show`: an item with all it matches, or the items that match a text.

use crate::cli::args::{DataArgs, ShowArgs};
use crate::cli::settings;
use crate::cli::style::{self, paint};
use anyhow::{Context as _, bail};
use nunchi::analysis::Analyzer;
use nunchi::api::{EntriesBody, EntryBody, EntryDetailBody};
use nunchi::lexicon::{Item, Wanted};
use nunchi::loading;
use std::io::Write;
use std::process::ExitCode;

/// Ids that are suggested where nothing is found.
const SUGGESTED: usize = 5;

pub(super) fn run(arguments: &ShowArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let resources = loading::resources(&settings(data)?)?;
    let analyzer = Analyzer::build(&resources)?;
    let mut out = anstream::stdout().lock();
    let wanted = arguments.wanted.trim();
    let found = find(&analyzer, wanted)?;
    if let [only] = found.as_slice() {
        let body = EntryDetailBody::new(&analyzer, only);
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&body).context("JSON")?)?;
        } else {
            write_detail(&mut out, &body)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let entries: Vec<EntryBody> = found.iter().map(|item| EntryBody::from(*item)).collect();
    if arguments.json {
        let body = EntriesBody { total: entries.len(), entries, next: None };
        writeln!(out, "{}", serde_json::to_string_pretty(&body).context("JSON")?)?;
    } else {
        for entry in &entries {
            writeln!(out, "{}\n  {}", head(entry), entry.forms.join(", "))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What an argument names: the item of that id, those whose ids begin so, or those that match it as
/// a text, the best first.
fn find<'a>(analyzer: &'a Analyzer, wanted: &str) -> anyhow::Result<Vec<&'a Item>> {
    let lexicon = analyzer.lexicon();
    if let Some(item) = lexicon.by_id(wanted) {
        return Ok(vec![item]);
    }
    let below: Vec<&Item> =
        lexicon.items().iter().filter(|item| item.id.starts_with(wanted)).collect();
    if !wanted.is_empty() && !below.is_empty() {
        return Ok(below);
    }
    let matching = lexicon.matching(wanted);
    if !matching.is_empty() {
        return Ok(matching);
    }
    let like = lexicon.ids_like(wanted, SUGGESTED);
    if !like.is_empty() {
        bail!(
            "no item has this id and none matches it as a text; the nearest ids are {}",
            like.join(", ")
        );
    }
    let holding = Wanted { text: Some(wanted), ..Wanted::default() };
    let holding = lexicon.search(holding, analyzer.details());
    if wanted.is_empty() || holding.is_empty() {
        bail!("no item has this id and none matches it as a text");
    }
    let ids: Vec<&str> = holding.iter().take(SUGGESTED).map(|item| item.id.as_str()).collect();
    bail!("no item matches this text; it stands in {}", ids.join(", "));
}

/// Id, kind and figures on one line.
fn head(entry: &EntryBody) -> String {
    let mut said = vec![entry.kind.code().to_owned(), entry.class.name().to_owned()];
    said.extend(entry.weight.map(|weight| format!("weight {weight:+.2}")));
    said.extend(entry.confidence.map(|confidence| format!("confidence {confidence:.2}")));
    said.extend(entry.factor.map(|factor| format!("factor {factor:.2}")));
    let signals: Vec<&str> = entry.signals.iter().map(|signal| signal.code()).collect();
    if !signals.is_empty() {
        said.push(format!("[{}]", signals.join(", ")));
    }
    let place = paint(style::DIM, format!("{}:{}", entry.file, entry.line));
    format!("{}  {}  {place}", paint(style::HEAD, &entry.id), said.join("  "))
}

fn write_detail(out: &mut impl Write, body: &EntryDetailBody) -> anyhow::Result<()> {
    writeln!(out, "{}", head(&body.entry))?;
    if !body.entry.note.is_empty() {
        writeln!(out, "  {}", body.entry.note)?;
    }
    let placing = placing(body);
    if !placing.is_empty() {
        writeln!(out, "  {}", placing.join(", "))?;
    }
    writeln!(out, "{}", paint(style::HEAD, "forms"))?;
    for one in &body.inflections {
        let own = if one.class == body.entry.class {
            String::new()
        } else {
            format!(" ({})", one.class.name())
        };
        writeln!(out, "  {}{own}", one.form)?;
        if one.stems.as_slice() != [one.form.as_str()] {
            writeln!(out, "    {} {}", paint(style::DIM, "stems   "), one.stems.join(", "))?;
        }
        writeln!(out, "    {} {}", paint(style::DIM, "examples"), one.examples.join(", "))?;
    }
    let sentences = [
        ("hits", &body.hits),
        ("misses", &body.misses),
        ("shifts", &body.shifts),
        ("keeps", &body.keeps),
    ];
    for (name, sentences) in sentences.into_iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(out, "{}", paint(style::HEAD, name))?;
        for sentence in sentences {
            writeln!(out, "  {sentence}")?;
        }
    }
    Ok(())
}

/// Where the item may stand and what it does there, in the words of the files.
fn placing(body: &EntryDetailBody) -> Vec<String> {
    // The names of these are those of the files, which serde knows.
    fn code(value: &impl serde::Serialize) -> String {
        let name = serde_json::to_value(value).ok();
        name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
    }
    let mut said = Vec::new();
    said.extend(body.at.as_ref().map(|at| format!("at {}", code(at))));
    said.extend(body.gap.map(|gap| format!("gap {gap}")));
    if body.disguise {
        said.push("in disguise too".to_owned());
    }
    if let Some(covers) = &body.covers {
        let covers: Vec<&str> = covers.iter().map(|signal| signal.code()).collect();
        said.push(format!("covers {}", covers.join(", ")));
    }
    said.extend(body.shifter.as_ref().map(code));
    said.extend(body.side.as_ref().map(|side| format!("{} a hit", code(side))));
    said.extend(body.within.map(|within| format!("within {within}")));
    said.extend(body.only.as_ref().map(|only| format!("only {}", code(only))));
    said
}
