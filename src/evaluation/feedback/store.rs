//! The file of all feedback: one JSON object a line, appended, never half-read.
//!
//! Every change is made under a lock file, so that services and commands may share a folder. A
//! record is on the disk when [`Store::append`] returns. A process that dies while it writes leaves
//! a last line without its end; the next one to write mends that, and readers pass it over.

use super::private;
use super::record::Record;
use serde::Deserialize;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The file of all feedback in its folder.
pub const FILE: &str = "feedback.jsonl";
/// The file that whoever changes the other one locks. Apart, because that one is replaced.
const LOCK: &str = "feedback.lock";

/// A folder of feedback.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    max_bytes: u64,
}

/// What a file of feedback holds.
#[derive(Debug, Default)]
pub struct Records {
    /// The records, the oldest first.
    pub records: Vec<Record>,
    /// Numbers of the lines, from 1, that are no record. A last line without its end is not among
    /// them: it was never acknowledged.
    pub unreadable: Vec<usize>,
}

/// Why feedback cannot be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk says no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file has reached its limit.
    #[error("the file of feedback has reached its limit of {limit} bytes")]
    Full {
        /// The limit of the settings.
        limit: u64,
    },
}

/// A line, as far as it must be known to be deleted.
#[derive(Deserialize)]
struct Named<'l> {
    id: &'l str,
}

impl Store {
    /// The store of a folder, which is made when the first record comes.
    pub const fn new(folder: PathBuf, max_bytes: u64) -> Self {
        Self { folder, max_bytes }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Stores a record; when this returns it is on the disk.
    pub fn append(&self, record: &Record) -> Result<(), StoreError> {
        let path = self.path();
        let failed = |source| StoreError::Io { path: path.clone(), source };
        private::make_folder(&self.folder).map_err(failed)?;
        let mut line = serde_json::to_vec(record).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        let _lock = self.lock()?;
        let mut file = private::options().open(&path).map_err(failed)?;
        let length = mend(&mut file).map_err(failed)?;
        if length + line.len() as u64 > self.max_bytes {
            return Err(StoreError::Full { limit: self.max_bytes });
        }
        let written = file
            .seek(SeekFrom::Start(length))
            .and_then(|_| file.write_all(&line))
            .and_then(|()| file.sync_data());
        if let Err(error) = written {
            // Nobody is told that it is stored, so it must not turn up later.
            drop(file.set_len(length));
            return Err(failed(error));
        }
        if length == 0 {
            // The file is new, and its folder may be.
            private::sync_folder(&self.folder).map_err(failed)?;
            let above = self.folder.parent().filter(|above| !above.as_os_str().is_empty());
            // Whoever may write here need not be allowed to read the folder above.
            drop(private::sync_folder(above.unwrap_or(Path::new("."))));
        }
        Ok(())
    }

    /// All records; none where nothing was ever stored.
    pub fn read(&self) -> Result<Records, StoreError> {
        let _lock = self.lock_if_there()?;
        let path = self.path();
        match Records::of_file(&path) {
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(Records::default())
            }
            read => read,
        }
    }

    /// Deletes a record from the disk; false where there is none of that id.
    pub fn forget(&self, id: &str) -> Result<bool, StoreError> {
        let Some(_lock) = self.lock_if_there()? else { return Ok(false) };
        let path = self.path();
        let failed = |source| StoreError::Io { path: path.clone(), source };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(failed(error)),
        };
        let mut kept = Vec::with_capacity(bytes.len());
        let mut found = false;
        for line in whole_lines(&bytes) {
            if serde_json::from_slice(line).is_ok_and(|named: Named<'_>| named.id == id) {
                found = true;
            } else {
                kept.extend_from_slice(line);
                kept.push(b'\n');
            }
        }
        if !found {
            return Ok(false);
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        file.write_all(&kept).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        private::sync_folder(&self.folder).map_err(failed)?;
        Ok(true)
    }

    /// Waits until nobody else changes the file; ends when the file is dropped.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.folder.join(LOCK);
        let locked = private::options().open(&path).and_then(|file| file.lock().map(|()| file));
        locked.map_err(|source| StoreError::Io { path, source })
    }

    /// [`Self::lock`], without making anything where nothing was ever stored.
    fn lock_if_there(&self) -> Result<Option<File>, StoreError> {
        if self.path().exists() { self.lock().map(Some) } else { Ok(None) }
    }
}

impl Records {
    /// Reads a file of feedback, or that of a folder, without changing anything.
    pub fn of_path(path: &Path) -> Result<Self, StoreError> {
        if path.is_dir() { Self::of_file(&path.join(FILE)) } else { Self::of_file(path) }
    }

    fn of_file(path: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Io { path: path.to_owned(), source };
        let mut read = Self::default();
        for (number, line) in whole_lines(&std::fs::read(path).map_err(failed)?).enumerate() {
            match serde_json::from_slice(line) {
                Ok(record) => read.records.push(record),
                Err(_) if line.trim_ascii().is_empty() => {}
                Err(_) => read.unreadable.push(number + 1),
            }
        }
        Ok(read)
    }
}

/// The lines of a file, without one that has no end yet, unless it is a whole record.
fn whole_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    let (whole, rest) = end.and_then(|end| bytes.split_at_checked(end)).unwrap_or((&[], bytes));
    let rest = rest.trim_ascii();
    let last = serde_json::from_slice::<Record>(rest).is_ok().then_some(rest);
    let lines = whole.split(|byte| *byte == b'\n').filter(move |_| end.is_some());
    lines.chain(last)
}

/// Ends a last line that is a whole record, cuts off one that is not, and gives the length.
fn mend(file: &mut File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    if length == 0 {
        return Ok(0);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    if last == *b"\n" {
        return Ok(length);
    }
    // Only after a crash, so that the whole file may be read.
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    let start = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let rest = bytes.get(start..).unwrap_or_default();
    if serde_json::from_slice::<Record>(rest).is_ok() {
        file.seek(SeekFrom::End(0))?;
        file.write_all(b"\n")?;
        return Ok(length + 1);
    }
    tracing::warn!(bytes = rest.len(), "feedback: an unfinished record is cut off");
    file.set_len(start as u64)?;
    Ok(start as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::FeedbackVerdict;

    fn record(id: &str) -> Record {
        Record {
            id: id.to_owned(),
            at: "2026-11-21T09:00:00Z".to_owned(),
            answer_id: Some("a".to_owned()),
            text_sha256: None,
            verdict: FeedbackVerdict::Right,
            expected: None,
            judged: None,
            label: None,
            text: None,
            note: None,
        }
    }

    fn ids(store: &Store) -> Vec<String> {
        store.read().unwrap().records.into_iter().map(|record| record.id).collect()
    }

    fn store(max_bytes: u64) -> (tempfile::TempDir, Store) {
        let place = tempfile::tempdir().unwrap();
        let store = Store::new(place.path().join("data"), max_bytes);
        (place, store)
    }

    #[test]
    fn what_is_appended_is_read_and_what_is_forgotten_is_gone() {
        let (_place, store) = store(10_000);
        assert!(ids(&store).is_empty() && !store.forget("one").unwrap());
        assert!(!store.folder.exists(), "reading makes nothing");
        for id in ["one", "two", "three"] {
            store.append(&record(id)).unwrap();
        }
        assert!(store.forget("two").unwrap() && !store.forget("two").unwrap());
        store.append(&record("four")).unwrap();
        assert_eq!(ids(&store), ["one", "three", "four"]);
        assert!(!std::fs::read_to_string(store.path()).unwrap().contains("two"));
    }

    #[test]
    fn an_unfinished_line_is_passed_over_and_cut_off_by_the_next() {
        let (_place, store) = store(10_000);
        store.append(&record("one")).unwrap();
        let whole = std::fs::read(store.path()).unwrap();
        let torn = |length: usize| {
            let mut bytes = whole.clone();
            bytes.extend_from_slice(&whole[..length]);
            std::fs::write(store.path(), bytes).unwrap();
        };
        for length in 1..whole.len() - 1 {
            torn(length);
            let read = store.read().unwrap();
            assert_eq!((read.records.len(), read.unreadable.len()), (1, 0), "{length}");
            store.append(&record("two")).unwrap();
            assert_eq!(ids(&store), ["one", "two"], "{length}");
        }
        // A record that lacks nothing but its line end is whole.
        torn(whole.len() - 1);
        store.append(&record("two")).unwrap();
        assert_eq!(ids(&store), ["one", "one", "two"]);
    }

    #[test]
    fn a_damaged_line_is_named_and_costs_no_other() {
        let (_place, store) = store(10_000);
        store.append(&record("one")).unwrap();
        let mut bytes = std::fs::read(store.path()).unwrap();
        bytes.extend_from_slice(b"{\"id\": 7}\n");
        std::fs::write(store.path(), bytes).unwrap();
        store.append(&record("two")).unwrap();
        let read = store.read().unwrap();
        assert_eq!((read.records.len(), read.unreadable), (2, vec![2]));
    }

    #[test]
    fn a_full_file_takes_no_more_and_loses_nothing() {
        let (_place, store) = store(200);
        store.append(&record("one")).unwrap();
        store.append(&record("two")).unwrap();
        assert!(matches!(store.append(&record("three")), Err(StoreError::Full { limit: 200 })));
        assert_eq!(ids(&store), ["one", "two"]);
    }

    #[test]
    fn many_writers_of_one_folder_lose_nothing() {
        let (_place, first) = store(1_000_000);
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let other = Store::new(first.folder.clone(), 1_000_000);
                scope.spawn(move || {
                    for number in 0..25 {
                        other.append(&record(&format!("{writer}-{number}"))).unwrap();
                        if number % 5 == 4 {
                            assert!(other.forget(&format!("{writer}-{number}")).unwrap());
                        }
                    }
                });
            }
        });
        let mut found = ids(&first);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 80);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_place, store) = store(10_000);
        store.append(&record("one")).unwrap();
        store.append(&record("two")).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&store.folder), mode(&store.path())), (0o700, 0o600));
        store.forget("one").unwrap();
        assert_eq!(mode(&store.path()), 0o600);
    }
}
