//! Files that change together, and never a part of one.

use super::staged::{Access, Staged};
use crate::resource::{Resources, SourceFile};
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Why files could not be replaced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A file could not be read or written; all of them stand as they did.
    #[error("cannot write {}; nothing is changed", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: Error,
    },
    /// A file could not be written, and one that was could not be set back.
    #[error(
        "cannot write {}, and {} could not be set back: it has its new text",
        path.display(),
        kept.display()
    )]
    Half {
        /// The file that could not be written.
        path: PathBuf,
        /// The file that could not be set back.
        kept: PathBuf,
        /// Why the first could not be written.
        source: Error,
    },
    /// A file has been edited since it was read; nothing is changed.
    #[error("{} was edited after it was read; nothing is changed: run the command again", path.display())]
    Edited {
        /// The file.
        path: PathBuf,
    },
}

/// Gives files their new texts, in this order.
///
/// Every text is on the disk before the first file is replaced, and a reader sees the old or the new
/// text of a file, never a part. Where one cannot be replaced, those before it are set back. Only
/// a process or machine that dies between two files leaves the first ones new and the others old, so
/// files that gain something go before those that lose it.
pub fn replace(files: &[(PathBuf, impl AsRef<[u8]>)]) -> Result<(), StoreError> {
    put_all(files.iter().map(|(path, text)| (path.clone(), text.as_ref(), None)))
}

/// Gives files of a folder their new texts, as [`replace`] does, unless one of them is no longer as
/// it was `read`: what was made of the old text would overwrite an edit.
pub fn replace_read(
    folder: &Path,
    read: &Resources,
    files: &[SourceFile],
) -> Result<(), StoreError> {
    put_all(files.iter().map(|file| {
        let expected = read.get(&file.path).map(|before| before.text.as_bytes());
        (folder.join(&file.path), file.text.as_bytes(), Some(Expected(expected)))
    }))
}

/// The text that a file must still have, less a byte-order mark; none where there must be no file.
struct Expected<'t>(Option<&'t [u8]>);

impl Expected<'_> {
    fn is(&self, found: Option<&[u8]>) -> bool {
        let plain = |bytes| <[u8]>::strip_prefix(bytes, "\u{FEFF}".as_bytes()).unwrap_or(bytes);
        self.0 == found.map(plain)
    }
}

/// A file that is ready to be replaced.
struct Ready {
    path: PathBuf,
    new: Staged,
    /// The file as it was, to be put back; none where there was none.
    old: Option<Staged>,
}

fn put_all<'t>(
    files: impl Iterator<Item = (PathBuf, &'t [u8], Option<Expected<'t>>)>,
) -> Result<(), StoreError> {
    let mut staged = Vec::new();
    for (path, text, expected) in files {
        let new = stage(&path, text);
        staged.push((
            new.map_err(|source| StoreError::Write { path: path.clone(), source })?,
            path,
            expected,
        ));
    }
    let several = staged.len() > 1;
    let mut ready = Vec::with_capacity(staged.len());
    for (new, path, expected) in staged {
        let failed = |source| StoreError::Write { path: path.clone(), source };
        let before = match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        if expected.is_some_and(|expected| !expected.is(before.as_deref())) {
            return Err(StoreError::Edited { path });
        }
        let before = before.filter(|_| several);
        let old = before.map(|bytes| stage(&path, &bytes)).transpose().map_err(failed)?;
        ready.push(Ready { path, new, old });
    }
    let mut replaced: Vec<(PathBuf, Option<Staged>)> = Vec::with_capacity(ready.len());
    for Ready { path, new, old } in ready {
        if let Err(source) = new.put() {
            return Err(match take_back(replaced) {
                None => StoreError::Write { path, source },
                Some(kept) => StoreError::Half { path, kept, source },
            });
        }
        replaced.push((path, old));
    }
    Ok(())
}

fn stage(path: &Path, text: &[u8]) -> std::io::Result<Staged> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = Staged::beside(path, Access::Usual)?;
    file.write_all(text)?;
    file.sync()?;
    Ok(file)
}

/// Sets files back, the last first; the first that cannot be.
fn take_back(replaced: Vec<(PathBuf, Option<Staged>)>) -> Option<PathBuf> {
    let mut kept = None;
    for (path, old) in replaced.into_iter().rev() {
        let back = old.map_or_else(|| std::fs::remove_file(&path), Staged::put);
        if back.is_err() {
            kept = kept.or(Some(path));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let items = std::fs::read_dir(folder).unwrap();
        let names = items.map(|item| item.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn an_edit_since_the_reading_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
        std::fs::write(&a, "\u{FEFF}a = 1\n").unwrap();
        std::fs::write(&b, "b = 1\n").unwrap();
        let read = Resources::from_dir(folder.path()).unwrap();
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let files = [file("a.toml", "a = 2\n"), file("b.toml", "b = 2\n")];
        std::fs::write(&b, "b = 1 # mine\n").unwrap();
        let error = replace_read(folder.path(), &read, &files).unwrap_err();
        assert!(matches!(error, StoreError::Edited { path } if path == b));
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "\u{FEFF}a = 1\n");
        assert_eq!(std::fs::read_to_string(&b).unwrap(), "b = 1 # mine\n");
        assert_eq!(names(folder.path()), ["a.toml", "b.toml"]);
        let read = Resources::from_dir(folder.path()).unwrap();
        replace_read(folder.path(), &read, &files).unwrap();
        assert_eq!(std::fs::read_to_string(&b).unwrap(), "b = 2\n");
        // One that has come since is somebody's work as well.
        std::fs::write(folder.path().join("c.toml"), "c = 1\n").unwrap();
        assert!(replace_read(folder.path(), &read, &[file("c.toml", "")]).is_err());
    }

    #[test]
    fn what_cannot_be_read_is_a_failure_before_anything_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
        std::fs::write(&a, "a").unwrap();
        std::fs::create_dir(&b).unwrap();
        let error = replace(&[(a.clone(), "new"), (b.clone(), "new")]).unwrap_err();
        assert!(matches!(error, StoreError::Write { path, .. } if path == b));
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "a");
        assert_eq!(names(folder.path()), ["a.toml", "b.toml"]);
    }

    #[test]
    fn files_are_set_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
        std::fs::write(&a, "new").unwrap();
        std::fs::write(&b, "new").unwrap();
        let old = stage(&a, b"old").unwrap();
        assert_eq!(take_back(vec![(a.clone(), Some(old)), (b, None)]), None);
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.toml"]);
        let gone = folder.path().join("c.toml");
        assert_eq!(take_back(vec![(gone.clone(), None)]), Some(gone));
    }
}
