//! Files that appear whole or not at all.

use anyhow::Context as _;
use nunchi::editing::{Access, Staged};
use std::io::Write as _;
use std::path::Path;

/// A file beside `target` that takes its place with [`put`]; it vanishes by itself before that.
pub(super) fn beside(target: &Path) -> anyhow::Result<Staged> {
    Staged::beside(target, Access::Usual)
        .with_context(|| format!("cannot write beside {}", target.display()))
}

/// Puts a written file into the place of `target`.
pub(super) fn put(written: Staged, target: &Path) -> anyhow::Result<()> {
    written.put().with_context(|| format!("cannot write {}", target.display()))
}

/// Writes a whole file.
pub(super) fn write(target: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut file = beside(target)?;
    file.write_all(content).with_context(|| format!("cannot write {}", target.display()))?;
    put(file, target)
}
