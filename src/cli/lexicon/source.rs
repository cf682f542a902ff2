//! Which lexicons a name means: a folder, the embedded ones, or those of a git revision.

use crate::cli::args::DataArgs;
use crate::cli::settings;
use anyhow::{Context as _, anyhow, bail};
use nunchi::analysis::Analyzer;
use nunchi::editing::{self, StoreError};
use nunchi::resource::{Resources, SourceFile};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the lexicons stand in a repository, unless the name says otherwise.
const FOLDER: &str = "lexicons";
/// The name of the lexicons built into the program.
const EMBEDDED: &str = "embedded";

/// The analyzer of a folder, of `embedded`, or of a git revision such as `HEAD~1` or `main:words`.
pub(super) fn analyzer(name: &str) -> anyhow::Result<Analyzer> {
    let resources = resources(name)?;
    Analyzer::build(&resources).with_context(|| format!("the lexicons of {name} have errors"))
}

/// The folder that a command may write into: the argument, or that of the settings.
pub(super) fn folder(argument: Option<&Path>, data: &DataArgs) -> anyhow::Result<PathBuf> {
    let folder = match argument {
        Some(folder) => Some(folder.to_owned()),
        None => settings(data)?.lexicons.dir,
    };
    folder.context(
        "no folder of lexicons is named; the embedded ones cannot be written: give --lexicons DIR",
    )
}

/// Writes files of a folder for somebody who was told all else in Korean, unless one of them was
/// edited after it was read.
pub(super) fn write(folder: &Path, read: &Resources, files: &[SourceFile]) -> anyhow::Result<()> {
    editing::replace_read(folder, read, files).map_err(|error| match error {
        StoreError::Edited { path } => anyhow!(
            "{}: 읽은 뒤에 다른 곳에서 고친 파일입니다. 덮어쓰지 않으려고 아무것도 쓰지 않았습니다. 다시 실행해 주세요",
            path.display()
        ),
        other => other.into(),
    })
}

fn resources(name: &str) -> anyhow::Result<Resources> {
    if name == EMBEDDED {
        return Ok(Resources::embedded());
    }
    if Path::new(name).is_dir() {
        return Ok(Resources::from_dir(Path::new(name))?);
    }
    of_revision(name).with_context(|| {
        format!(
            "{name} is no folder, not `{EMBEDDED}`, and no git revision with a folder of lexicons"
        )
    })
}

fn of_revision(name: &str) -> anyhow::Result<Resources> {
    let (revision, folder) = name.split_once(':').unwrap_or((name, FOLDER));
    if revision.starts_with('-') {
        bail!("a revision does not begin with -");
    }
    let list = git(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", revision, "--", folder])?;
    let prefix = format!("{}/", folder.trim_end_matches('/'));
    let mut files = Vec::new();
    for path in list.split('\0') {
        let Some(inner) = path.strip_prefix(&prefix) else { continue };
        if Path::new(inner).extension().is_some_and(|extension| extension == "toml") {
            let text = git(&["show", &format!("{revision}:{path}")])?;
            files.push(SourceFile { path: inner.to_owned(), text });
        }
    }
    if files.is_empty() {
        bail!("{revision} has no .toml file in {folder}");
    }
    Ok(Resources::new(files))
}

fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let run = Command::new("git").args(arguments).output().context("git cannot be run")?;
    if !run.status.success() {
        bail!("git: {}", String::from_utf8_lossy(&run.stderr).trim());
    }
    String::from_utf8(run.stdout).context("a file is not UTF-8 text")
}
