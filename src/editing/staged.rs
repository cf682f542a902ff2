//! A file that appears whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever the umask allows; one that replaces another has the rights of that.
    Usual,
    /// Its owner alone.
    Owner,
}

/// A file that is written beside its place and takes it with [`Staged::put`]; before that it
/// vanishes by itself, unless the process is killed.
#[derive(Debug)]
pub struct Staged {
    file: NamedTempFile,
    target: PathBuf,
}

impl Staged {
    /// Begins a file for that place, whose folder must be there. A link stays a link: what it points
    /// to is replaced.
    pub fn beside(path: &Path, access: Access) -> std::io::Result<Self> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut builder = tempfile::Builder::new();
        // Temporary files are private by default; these get the usual permissions, less the umask.
        #[cfg(unix)]
        if access == Access::Usual {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        // Hidden, so that whoever reads the folder meanwhile passes it over.
        let file = builder.prefix(".nunchi-").tempfile_in(folder(&target))?;
        if let (Access::Usual, Ok(existing)) = (access, std::fs::metadata(&target)) {
            std::fs::set_permissions(file.path(), existing.permissions())?;
        }
        Ok(Self { file, target })
    }

    /// Waits until what was written is on the disk.
    pub fn sync(&self) -> std::io::Result<()> {
        self.file.as_file().sync_all()
    }

    /// Takes the place, once everything is on the disk.
    pub fn put(self) -> std::io::Result<()> {
        self.sync()?;
        self.file.persist(&self.target).map_err(|error| error.error)?;
        // The file has its place by now. Where a folder cannot be synced, as on some shared drives,
        // there is nothing to undo.
        #[cfg(unix)]
        if let Ok(folder) = std::fs::File::open(folder(&self.target)) {
            _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

fn folder(target: &Path) -> &Path {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
