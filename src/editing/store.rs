//! Files that change together: all of them or none.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file could not be written; those before it stand as they did.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}; nothing is changed", path.display())]
pub struct StoreError {
    /// The file.
    pub path: PathBuf,
    /// Why not.
    pub source: std::io::Error,
}

/// Gives files their new texts. Every text is on the disk before the first file is replaced, and a
/// reader sees the old or the new text of a file, never a part.
pub fn replace(files: &[(PathBuf, impl AsRef<[u8]>)]) -> Result<(), StoreError> {
    let mut staged = Vec::with_capacity(files.len());
    for (path, text) in files {
        // A link stays a link: what it points to is replaced.
        let target = path.canonicalize().unwrap_or_else(|_| path.clone());
        let file = stage(&target, text.as_ref())
            .map_err(|source| StoreError { path: path.clone(), source })?;
        staged.push((target, file));
    }
    let mut replaced: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::with_capacity(staged.len());
    for (target, file) in staged {
        let before = std::fs::read(&target).ok();
        if let Err(error) = file.persist(&target) {
            take_back(&replaced);
            return Err(StoreError { path: target, source: error.error });
        }
        replaced.push((target, before));
    }
    Ok(())
}

fn stage(target: &Path, text: &[u8]) -> std::io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // Temporary files are private by default; these get the usual permissions, less the umask.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // Hidden, so that whoever reads the folder meanwhile passes it over.
    let mut file = builder.prefix(".nunchi-").tempfile_in(folder)?;
    if let Ok(existing) = std::fs::metadata(target) {
        std::fs::set_permissions(file.path(), existing.permissions())?;
    }
    file.write_all(text)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn take_back(replaced: &[(PathBuf, Option<Vec<u8>>)]) {
    for (path, before) in replaced {
        // The first failure is the one to tell; a second one here would hide it.
        _ = match before {
            Some(bytes) => std::fs::write(path, bytes),
            None => std::fs::remove_file(path),
        };
    }
}
