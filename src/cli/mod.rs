//! The command line. Declared by `main`, not by the library, so that clap and anyhow stay here.

mod analyze;
mod args;
mod eval;
mod explain;
mod feedback;
mod findings;
mod input;
mod lexicon;
mod model;
mod output;
mod reply;
mod report;
mod sarif;
mod score;
mod serve;
mod style;

use anyhow::Context as _;
use args::{Arguments, Command, DataArgs};
use clap::{CommandFactory as _, Parser as _};
use nunchi::analysis::{Analyzer, Scratch};
use nunchi::loading;
use nunchi::settings::{Overrides, Settings, Sources, load};
use std::process::ExitCode;

/// Exit code of a run that found something wrong.
const FAILURE: u8 = 1;

/// Runs the program with the arguments of the process.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!(
                "{}error{}: {error:#}",
                style::BAD.render(),
                style::BAD.render_reset()
            );
            ExitCode::from(FAILURE)
        }
    }
}

fn dispatch(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let data = &arguments.data;
    let Some(command) = &arguments.command else {
        return serve::run(&arguments.serve, data);
    };
    if !arguments.serve.is_empty() {
        let kind = clap::error::ErrorKind::ArgumentConflict;
        let message = "--host, --port and --config belong behind `serve`";
        Arguments::command().error(kind, message).exit();
    }
    match command {
        Command::Serve(command) => serve::run(command, data),
        Command::Analyze(command) => analyze::run(command, data),
        Command::Explain(command) => explain::run(command, data),
        Command::Reply(command) => reply::run(command, data),
        Command::Lexicon(command) => lexicon::run(command, data),
        Command::Model(command) => model::run(command, data),
        Command::Score(command) => score::run(command, data),
        Command::Eval(command) => eval::run(command, data),
        Command::Feedback(command) => feedback::run(command),
    }
}

/// Whether the reader of our output went away (`nunchi … | head`), which is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// The flags that name data, as the settings take them.
fn overrides(data: &DataArgs) -> Overrides {
    Overrides {
        lexicons: data.lexicons.clone(),
        model: data.model.clone(),
        classifier: data.classifier.clone(),
        ..Overrides::default()
    }
}

/// The settings of the flags, the environment and the defaults.
fn settings(data: &DataArgs) -> anyhow::Result<Settings> {
    load(Sources::of_process(None, overrides(data))).context("the settings cannot be used")
}

/// The analyzer that the flags and the environment describe.
fn analyzer(data: &DataArgs) -> anyhow::Result<Analyzer> {
    Ok(loading::analyzer(&settings(data)?)?)
}

/// Buffers of a thread that runs the classifier itself.
fn scratch(analyzer: &Analyzer) -> anyhow::Result<Scratch> {
    analyzer.scratch().context("the classifier does not run; `nunchi model check` says more")
}
