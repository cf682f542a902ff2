//! Files that appear whole or not at all.

use anyhow::Context as _;
use std::io::Write as _;
use std::path::Path;
use tempfile::NamedTempFile;

/// A file beside `target` that takes its place with [`put`]; it vanishes by itself before that.
pub(super) fn beside(target: &Path) -> anyhow::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    readable_by_others(&mut tempfile::Builder::new())
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .with_context(|| format!("cannot write beside {}", target.display()))
}

/// Puts a written file into the place of `target`.
pub(super) fn put(written: NamedTempFile, target: &Path) -> anyhow::Result<()> {
    written.persist(target).with_context(|| format!("cannot write {}", target.display()))?;
    Ok(())
}

/// Writes a whole file.
pub(super) fn write(target: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut file = beside(target)?;
    file.write_all(content).with_context(|| format!("cannot write {}", target.display()))?;
    put(file, target)
}

/// Gives the file the usual permissions, less the umask; temporary files are private by default.
fn readable_by_others<'b, 'n, 's>(
    builder: &'b mut tempfile::Builder<'n, 's>,
) -> &'b mut tempfile::Builder<'n, 's> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
