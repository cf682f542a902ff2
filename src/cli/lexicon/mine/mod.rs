//! `nunchi lexicon mine`: expressions of a corpus that may be worth an entry.

mod labels;
mod show;

use crate::cli::args::{DataArgs, MineArgs};
use crate::cli::{analyzer, input, settings};
use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use labels::Label;
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::domain::{Level, Signal, SignalSet};
use nunchi::evaluation::mining::{Document, Options, mine, read};
use nunchi::lexicon::Grammar;
use nunchi::loading;
use nunchi::resource::Diagnostics;
use std::io::Write as _;
use std::process::ExitCode;

/// Probabilities from which on a classifier is sure of a level, and below which of its absence.
const SURE: f64 = 0.8;
const SURELY_NOT: f64 = 0.2;
/// From which on a signal is taken from it.
const PRESENT: f64 = 0.5;
/// Messages that a thread reads between two moves of the progress bar.
const CHUNK: usize = 200;

pub(super) fn run(arguments: &MineArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let (texts, labels) = labels::read(&arguments.corpus)?;
    let level = Level::from_number(arguments.level).unwrap_or_default();
    let analyzer = if labels.is_some() {
        // Labels know better, and the classifier takes its time.
        let resources = loading::resources(&settings(data)?)?;
        Analyzer::build(&resources).context("the lexicons have errors")?
    } else {
        analyzer(data)?
    };
    if labels.is_none() && analyzer.classifier().is_none() {
        bail!(
            "the messages have no levels and there is no classifier to ask: give a column `level` \
             (0 to 3), or run without --classifier off"
        );
    }
    let read = read_all(&analyzer, &texts, labels.as_deref())?;
    let (mut documents, mut of_documents) = (Vec::new(), Vec::new());
    for (document, text) in read.into_iter().zip(&texts) {
        let judged = document.and_then(|document| {
            if labels.is_some() { Some(document) } else { judged_by_classifier(document, level) }
        });
        if let Some(document) = judged {
            documents.push(document);
            of_documents.push(text.as_str());
        }
    }
    let grammar = Grammar::load(analyzer.resources(), &mut Diagnostics::default());
    let grammar = grammar.context("the lexicons have no grammar")?;
    let options = Options { level, least: arguments.min_count, top: arguments.top };
    let mined = mine(&grammar, &documents, &of_documents, options);
    let shown = show::Shown {
        mined: &mined,
        texts: &of_documents,
        labelled: labels.is_some(),
        lexicon: analyzer.lexicon(),
    };
    let text = shown.as_format(arguments.format)?;
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Reads all messages on all cores, in order.
fn read_all(
    analyzer: &Analyzer,
    texts: &[String],
    labels: Option<&[Label]>,
) -> anyhow::Result<Vec<Option<Document>>> {
    let bar = ProgressBar::new(texts.len() as u64);
    let template = "{bar:40.cyan/dim} {pos}/{len} messages  {elapsed} elapsed, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = texts.len().div_ceil(workers).max(1);
    let whole = std::thread::scope(|scope| {
        let threads: Vec<_> = texts
            .chunks(share)
            .enumerate()
            .map(|(number, part)| {
                let labels = labels.and_then(|labels| labels.get(number * share..));
                let bar = &bar;
                scope.spawn(move || read_part(analyzer, part, labels, bar))
            })
            .collect();
        let mut whole = Vec::with_capacity(texts.len());
        for thread in threads {
            whole.extend(thread.join().expect("reading cannot panic: a bug in analysis")?);
        }
        anyhow::Ok(whole)
    })?;
    bar.finish_and_clear();
    Ok(whole)
}

fn read_part(
    analyzer: &Analyzer,
    texts: &[String],
    labels: Option<&[Label]>,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<Option<Document>>> {
    let mut scratch =
        if labels.is_some() { Scratch::default() } else { crate::cli::scratch(analyzer)? };
    let today = input::today();
    let mut documents = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let document = read(analyzer, text, labels.is_none(), today, &mut scratch);
        let label = labels.and_then(|labels| labels.get(index)).copied();
        documents.push(document.map(|document| match label {
            Some((level, signals)) => Document { level, signals, ..document },
            None => document,
        }));
        if documents.len().is_multiple_of(CHUNK) {
            bar.inc(CHUNK as u64);
        }
    }
    Ok(documents)
}

/// The message with the level that the classifier is sure of, where the lexicon is silent.
fn judged_by_classifier(document: Document, level: Level) -> Option<Document> {
    let verdict = document.verdict.as_deref().filter(|_| document.by_lexicon == Level::None)?;
    let at_least = verdict.at_least?;
    let [mild, ..] = at_least;
    let frustrated =
        at_least.get(usize::from(level.number()).saturating_sub(1)).copied().flatten()?;
    if frustrated >= SURE {
        let heard = |one: &Signal| verdict.signal(*one).is_some_and(|heard| heard >= PRESENT);
        let signals: SignalSet = Signal::ALL.iter().copied().filter(heard).collect();
        Some(Document { level, signals, ..document })
    } else if mild.unwrap_or(frustrated) <= SURELY_NOT {
        Some(Document { level: Level::None, signals: SignalSet::EMPTY, ..document })
    } else {
        None
    }
}
