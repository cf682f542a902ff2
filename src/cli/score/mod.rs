//! `nunchi score`: whole logs, with a progress bar; the output appears only when it is complete.

mod format;
mod row;

use super::args::{DataArgs, ScoreArgs};
use super::{FAILURE, analyzer, input, output, style};
use anyhow::{Context as _, bail};
use format::{Format, Records, Sink};
use indicatif::{ProgressBar, ProgressStyle};
use nunchi::analysis::{Analyzer, Scratch};
use row::{Record, Scored, score};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::path::Path;
use std::process::ExitCode;

/// Rows that are read, scored on all cores and written at a time.
const CHUNK: usize = 4_096;
/// Wrong rows that are named one by one; the rest are only counted.
const NAMED_PROBLEMS: usize = 10;

pub(super) fn run(arguments: &ScoreArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let (source, target) = (&arguments.input, &arguments.out);
    let same_file = |a: &Path, b: &Path| {
        a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
    };
    if same_file(source, target) {
        bail!("the output would overwrite the input {}; choose another file", source.display());
    }
    let analyzer = analyzer(data)?;
    let file = File::open(source).with_context(|| format!("cannot read {}", source.display()))?;
    let bar = progress(file.metadata().map_or(0, |metadata| metadata.len()));
    let reader = BufReader::new(bar.wrap_read(file));
    let mut partial = output::beside(target)?;
    let result = copy(arguments, &analyzer, reader, BufWriter::new(&mut partial));
    bar.finish_and_clear();
    let problems = result?;
    output::put(partial, target)?;
    report(&problems, target);
    Ok(if problems.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILURE) })
}

/// What could not be scored.
#[derive(Debug, Default)]
struct Problems {
    rows: usize,
    wrong: usize,
    named: Vec<String>,
}

fn copy(
    arguments: &ScoreArgs,
    analyzer: &Analyzer,
    reader: impl Read,
    writer: impl std::io::Write,
) -> anyhow::Result<Problems> {
    let mut records = Records::open(Format::of(&arguments.input)?, reader, &arguments.text)?;
    let format = Format::of(&arguments.out)?;
    let mut problems = Problems::default();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut scratches =
        (0..workers).map(|_| super::scratch(analyzer)).collect::<anyhow::Result<Vec<Scratch>>>()?;
    let mut chunk = records.take(CHUNK)?;
    let mut sink = Sink::open(format, writer, records.columns_of(&chunk));
    while !chunk.is_empty() {
        for scored in score_all(analyzer, chunk, &mut scratches) {
            problems.rows += 1;
            if let Some(error) = &scored.error {
                problems.wrong += 1;
                if problems.named.len() < NAMED_PROBLEMS {
                    problems.named.push(format!("row {}: {error}", problems.rows));
                }
            }
            sink.write(&scored).with_context(|| format!("row {}", problems.rows))?;
        }
        chunk = records.take(CHUNK)?;
    }
    sink.finish()?;
    Ok(problems)
}

/// Scores a chunk on as many threads as there are buffers, in order.
fn score_all(analyzer: &Analyzer, chunk: Vec<Record>, scratches: &mut [Scratch]) -> Vec<Scored> {
    let share = chunk.len().div_ceil(scratches.len()).max(1);
    let today = input::today();
    let mut rest = chunk.into_iter();
    let shares = std::iter::from_fn(|| {
        let part: Vec<Record> = rest.by_ref().take(share).collect();
        (!part.is_empty()).then_some(part)
    });
    std::thread::scope(|scope| {
        let threads: Vec<_> = shares
            .zip(scratches)
            .map(|(part, scratch)| {
                scope.spawn(move || {
                    let each = |record| score(analyzer, record, today, scratch);
                    part.into_iter().map(each).collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("scoring cannot panic: a bug in analysis"))
            .collect()
    })
}

fn progress(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    let template = "{bar:40.cyan/dim} {bytes}/{total_bytes}  {elapsed} elapsed, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

fn report(problems: &Problems, target: &Path) {
    let done = problems.rows - problems.wrong;
    anstream::eprintln!(
        "{} {done} rows scored into {}",
        style::paint(style::GOOD, "ok"),
        target.display()
    );
    if problems.wrong > 0 {
        let head = style::paint(style::WARN, "not scored");
        anstream::eprintln!("{head} {} rows; they carry nunchi_error", problems.wrong);
        for named in &problems.named {
            anstream::eprintln!("  {named}");
        }
    }
}
