//! The command line. Declared by `main`, not by the library, so that clap and anyhow stay here.

mod analyze;
mod args;
mod eval;
mod explain;
mod input;
mod lexicon;
mod score;
mod serve;
mod style;

use anyhow::Context as _;
use args::{Arguments, Command};
use clap::{CommandFactory as _, Parser as _};
use nunchi::analysis::Analyzer;
use nunchi::resource::Resources;
use nunchi::settings::{Overrides, Sources, load};
use std::path::Path;
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
    let lexicons = arguments.lexicons.as_deref();
    let Some(command) = &arguments.command else {
        return serve::run(&arguments.serve, lexicons);
    };
    if !arguments.serve.is_empty() {
        let kind = clap::error::ErrorKind::ArgumentConflict;
        let message = "--host, --port and --config belong behind `serve`";
        Arguments::command().error(kind, message).exit();
    }
    match command {
        Command::Serve(command) => serve::run(command, lexicons),
        Command::Analyze(command) => analyze::run(command, lexicons),
        Command::Explain(command) => explain::run(command, lexicons),
        Command::Lexicon(command) => lexicon::run(command, lexicons),
        Command::Score(command) => score::run(command, lexicons),
        Command::Eval(command) => eval::run(command, lexicons),
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

/// The files of `--lexicons DIR`, of the folder in the environment, or the embedded ones.
fn resources(lexicons: Option<&Path>) -> anyhow::Result<Resources> {
    let flags = Overrides { lexicons: lexicons.map(Path::to_owned), ..Overrides::default() };
    let settings = load(Sources::of_process(None, flags)).context("the settings cannot be used")?;
    match settings.lexicons.dir {
        Some(folder) => Ok(Resources::from_dir(&folder)?),
        None => Ok(Resources::embedded()),
    }
}

/// The analyzer of `--lexicons DIR`, or the embedded one.
fn analyzer(lexicons: Option<&Path>) -> anyhow::Result<Analyzer> {
    Analyzer::build(&resources(lexicons)?).context("the lexicons cannot be loaded")
}
