//! The file of all feedback: one JSON object a line, appended, never half-read.
//!
//! Every change is made under a lock file, so that services and commands may share a folder. A
//! record is on the disk when [`Store::append`] returns. A process that dies while it writes leaves
//! a last line without its end; the next one to write mends that, and readers pass it over.

use super::private;
use super::record::Record;
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The file of all feedback in its folder.
pub const FILE: &str = "feedback.jsonl";
/// The file that whoever changes the other one locks. Apart, because that one is replaced.
const LOCK: &str = "feedback.lock";
/// What stays while a record is deleted, before it takes the place of the file. Always of this
/// name, so that the next to lock finds and removes what a process that died has left of it.
const NEW: &str = "feedback.jsonl.new";
/// Bytes that a record may have. The longest message of the settings, escaped, needs less.
const LONGEST_RECORD: usize = 1024 * 1024;

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
    /// A single record is too long.
    #[error("a record of feedback has {length} bytes, the limit is {LONGEST_RECORD}")]
    Long {
        /// Its length in bytes.
        length: usize,
    },
}

/// Which records are deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one of this id.
    Id(String),
    /// All of this answer.
    Answer(String),
    /// All of the message with this hash, in hexadecimal.
    Text(String),
}

/// A line, as far as it must be known to be deleted.
#[derive(Deserialize)]
struct Named<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(borrow, default)]
    answer_id: Option<Cow<'l, str>>,
    #[serde(borrow, default)]
    text_sha256: Option<Cow<'l, str>>,
}

impl Which {
    fn is(&self, line: &[u8]) -> bool {
        let Ok(named) = serde_json::from_slice::<Named<'_>>(line) else { return false };
        match self {
            Self::Id(id) => named.id == *id,
            Self::Answer(id) => named.answer_id.is_some_and(|answer| answer == *id),
            Self::Text(hash) => {
                named.text_sha256.is_some_and(|known| known.eq_ignore_ascii_case(hash))
            }
        }
    }
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
        if line.len() > LONGEST_RECORD {
            return Err(StoreError::Long { length: line.len() });
        }
        let _lock = self.lock()?;
        let mut file = private::options().open(&path).map_err(failed)?;
        let length = mend(&mut file).map_err(failed)?;
        if length + line.len() as u64 > self.max_bytes {
            return Err(StoreError::Full { limit: self.max_bytes });
        }
        // The first record makes the file, and perhaps its folder.
        let settle = || if length == 0 { self.settle() } else { Ok(()) };
        write(&mut file, length, &line, settle).map_err(failed)
    }

    /// Makes sure that the file and its folder are still there after a power cut.
    fn settle(&self) -> io::Result<()> {
        private::sync_folder(&self.folder)?;
        let above = self.folder.parent().filter(|above| !above.as_os_str().is_empty());
        // Whoever may write here need not be allowed to read the folder above.
        drop(private::sync_folder(above.unwrap_or(Path::new("."))));
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

    /// Deletes records from the disk and gives their number.
    pub fn forget(&self, which: &Which) -> Result<usize, StoreError> {
        let Some(_lock) = self.lock_if_there()? else { return Ok(0) };
        let path = self.path();
        let failed = |source| StoreError::Io { path: path.clone(), source };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(failed(error)),
        };
        let mut kept = Vec::with_capacity(bytes.len());
        let mut forgotten = 0;
        for line in whole_lines(&bytes) {
            if which.is(line) {
                forgotten += 1;
            } else {
                kept.extend_from_slice(line);
                kept.push(b'\n');
            }
        }
        if forgotten > 0 {
            let replaced = self.replace(&kept);
            if replaced.is_err() {
                drop(self.remove_unfinished());
            }
            replaced.map_err(failed)?;
        }
        Ok(forgotten)
    }

    /// Puts other lines in the place of all.
    fn replace(&self, lines: &[u8]) -> io::Result<()> {
        let new = self.folder.join(NEW);
        let mut file = private::options().create_new(true).open(&new)?;
        file.write_all(lines)?;
        file.sync_all()?;
        std::fs::rename(&new, self.path())?;
        private::sync_folder(&self.folder)
    }

    /// Removes what a process that died while it deleted a record has left: a copy of all others,
    /// some of which may have been deleted since.
    fn remove_unfinished(&self) -> io::Result<()> {
        match std::fs::remove_file(self.folder.join(NEW)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Waits until nobody else changes the file; ends when the file is dropped.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.folder.join(LOCK);
        let locked = private::options().open(&path).and_then(|file| file.lock().map(|()| file));
        let lock = locked.map_err(|source| StoreError::Io { path, source })?;
        let failed = |source| StoreError::Io { path: self.folder.join(NEW), source };
        self.remove_unfinished().map_err(failed)?;
        Ok(lock)
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

/// Writes a line behind all others. Where that or what must follow fails, the line is cut off:
/// nobody is told that it is stored, so it must not turn up later.
fn write(
    file: &mut File,
    length: u64,
    line: &[u8],
    settle: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let written = file
        .seek(SeekFrom::Start(length))
        .and_then(|_| file.write_all(line))
        .and_then(|()| file.sync_data())
        .and_then(|()| settle());
    if written.is_err() {
        drop(file.set_len(length));
    }
    written
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

    fn forget(store: &Store, id: &str) -> usize {
        store.forget(&Which::Id(id.to_owned())).unwrap()
    }

    fn store(max_bytes: u64) -> (tempfile::TempDir, Store) {
        let place = tempfile::tempdir().unwrap();
        let store = Store::new(place.path().join("data"), max_bytes);
        (place, store)
    }

    #[test]
    fn what_is_appended_is_read_and_what_is_forgotten_is_gone() {
        let (_place, store) = store(10_000);
        assert!(ids(&store).is_empty() && forget(&store, "one") == 0);
        assert!(!store.folder.exists(), "reading makes nothing");
        for id in ["one", "two", "three"] {
            store.append(&record(id)).unwrap();
        }
        assert!(forget(&store, "two") == 1 && forget(&store, "two") == 0);
        store.append(&record("four")).unwrap();
        assert_eq!(ids(&store), ["one", "three", "four"]);
        assert!(!std::fs::read_to_string(store.path()).unwrap().contains("two"));
    }

    #[test]
    fn all_of_an_answer_or_a_message_are_forgotten_together() {
        let (_place, store) = store(10_000);
        for (id, answer, hash) in [("one", "a", "ab"), ("two", "b", "AB"), ("three", "b", "cd")] {
            let (answer_id, text_sha256) = (Some(answer.to_owned()), Some(hash.to_owned()));
            store.append(&Record { answer_id, text_sha256, ..record(id) }).unwrap();
        }
        store.append(&Record { answer_id: None, ..record("four") }).unwrap();
        let of = |which| store.forget(&which).unwrap();
        assert_eq!(of(Which::Text("ab".to_owned())), 2);
        assert_eq!(ids(&store), ["three", "four"]);
        assert_eq!(of(Which::Answer("a".to_owned())), 0);
        assert_eq!(of(Which::Answer("b".to_owned())), 1);
        assert_eq!(ids(&store), ["four"]);
    }

    #[test]
    fn what_a_killed_deletion_left_is_removed_by_the_next() {
        let (_place, store) = store(10_000);
        store.append(&record("one")).unwrap();
        let left = store.folder.join(NEW);
        let works: [fn(&Store); 3] = [
            |store| drop(store.read().unwrap()),
            |store| store.append(&record("two")).unwrap(),
            |store| assert_eq!(forget(store, "two"), 1),
        ];
        for work in works {
            std::fs::write(&left, "the text of someone forgotten").unwrap();
            work(&store);
            assert!(!left.exists());
        }
        assert_eq!(ids(&store), ["one"]);
        let files = std::fs::read_dir(&store.folder).unwrap().count();
        assert_eq!(files, 2, "the file and its lock");
    }

    #[test]
    fn a_record_that_could_not_be_settled_is_cut_off() {
        let (_place, store) = store(10_000);
        store.append(&record("one")).unwrap();
        let mut file = private::options().open(store.path()).unwrap();
        let length = file.metadata().unwrap().len();
        let line = serde_json::to_vec(&record("two")).unwrap();
        let refused = || Err(io::Error::other("the folder cannot be synced"));
        assert!(write(&mut file, length, &line, refused).is_err());
        assert_eq!(ids(&store), ["one"]);
    }

    #[test]
    fn a_record_has_a_limit_of_its_own() {
        let (_place, store) = store(10_000_000);
        let note = Some("x".repeat(LONGEST_RECORD));
        let long = Record { note, ..record("one") };
        assert!(matches!(store.append(&long), Err(StoreError::Long { .. })));
        assert!(ids(&store).is_empty());
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
                            assert_eq!(forget(&other, &format!("{writer}-{number}")), 1);
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
        forget(&store, "one");
        assert_eq!(mode(&store.path()), 0o600);
    }
}
