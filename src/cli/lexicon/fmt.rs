//! `nunchi lexicon fmt`: the layout of the house for lexicon files.

use super::args::FmtArgs;
use super::source;
use crate::cli::args::DataArgs;
use crate::cli::{FAILURE, findings, style};
use anyhow::Context as _;
use nunchi::editing::{self, LayoutError};
use nunchi::resource::{Diagnostics, Resources, SourceFile, read_root};
use std::io::Write as _;
use std::process::ExitCode;

pub(super) fn run(arguments: &FmtArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let folder = source::folder(arguments.dir.as_deref(), data)?;
    let resources = Resources::from_dir(&folder)?;
    let mut out = anstream::stdout().lock();
    let mut changed: Vec<SourceFile> = Vec::new();
    let mut problems = Diagnostics::default();
    for file in resources.files() {
        let text = match editing::format(file) {
            Ok(text) => text,
            Err(LayoutError::Syntax { .. }) => {
                _ = read_root(file, &mut problems);
                continue;
            }
            Err(error @ LayoutError::LineEnds { .. }) => {
                anstream::eprintln!("{} {error}", style::paint(style::WARN, "warning"));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let path = folder.join(&file.path);
        // The bytes, because a byte-order mark or other line ends are not in the text as read.
        let before =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if before != text.as_bytes() {
            changed.push(SourceFile { path: file.path.clone(), text });
        }
    }
    if problems.has_errors() {
        findings::write_text(&mut out, &problems.sorted())?;
        writeln!(out, "{}: nothing is written", style::paint(style::BAD, "failed"))?;
        return Ok(ExitCode::from(FAILURE));
    }
    for file in &changed {
        writeln!(out, "{}", folder.join(&file.path).display())?;
    }
    let (all, count) = (resources.files().len(), changed.len());
    if arguments.check && count > 0 {
        let hint = format!("run `nunchi lexicon fmt {}`", folder.display());
        let failed = style::paint(style::BAD, "failed");
        writeln!(out, "{failed}: {count} of {all} files are laid out otherwise; {hint}")?;
        return Ok(ExitCode::from(FAILURE));
    }
    editing::replace_read(&folder, &resources, &changed)?;
    let ok = style::paint(style::GOOD, "ok");
    writeln!(out, "{ok}: {all} files, {count} laid out anew")?;
    Ok(ExitCode::SUCCESS)
}
