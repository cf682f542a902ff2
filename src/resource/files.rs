//! A set of lexicon files: the embedded default or a folder given at run time.

use super::damage::not_utf8;
use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(rust_embed::RustEmbed)]
#[folder = "lexicons/"]
#[include = "*.toml"]
struct Embedded;

/// One file as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path inside the folder, with `/`.
    pub path: String,
    /// Its text, without a byte-order mark.
    pub text: String,
}

impl SourceFile {
    /// Line and column, both from 1, of a byte offset; columns count characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset.min(self.text.len())).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        (before.matches('\n').count() + 1, column)
    }

    /// Where a text stands among the values of `key` in the table that begins at `offset`; the table
    /// itself if it is not found as it is written there.
    pub(crate) fn offset_of(&self, offset: usize, key: &str, text: &str) -> usize {
        let behind = self.text.get(offset..).unwrap_or_default();
        let table = behind.split("\n[").next().unwrap_or_default();
        let line = table.match_indices(key).map(|(at, _)| at).find(|at| {
            let before = table.get(..*at).unwrap_or_default();
            let after = table.get(at + key.len()..).unwrap_or_default();
            before.ends_with('\n') && after.trim_start_matches([' ', '\t']).starts_with('=')
        });
        let Some(line) = line else { return offset };
        let values = table.get(line..).unwrap_or_default();
        let quoted = [format!("\"{text}\""), format!("'{text}'")];
        let place = quoted.iter().filter_map(|quoted| values.find(quoted)).min();
        place.map_or(offset, |place| offset + line + place)
    }

    /// Where a line, counted from 1, begins.
    pub(crate) fn offset_of_line(&self, line: usize) -> usize {
        let lines = self.text.split_inclusive('\n').take(line.saturating_sub(1));
        lines.map(str::len).sum()
    }

    /// A finding at a byte offset of this file.
    pub fn diagnostic(
        &self,
        severity: Severity,
        code: &'static str,
        offset: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        let (line, column) = self.position(offset);
        Diagnostic {
            code,
            severity,
            file: self.path.clone(),
            line,
            column,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// All files of a lexicon folder, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resources {
    files: Vec<SourceFile>,
    /// Paths of the files that began with a byte-order mark.
    marked: BTreeSet<String>,
}

/// Why a folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ResourcesError {
    /// The folder or a file in it cannot be opened.
    #[error("cannot read {}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Files that are not UTF-8 text.
    #[error("{0}")]
    Encoding(Diagnostics),
    /// A folder without any TOML file.
    #[error("{} has no .toml file; a lexicon folder holds grammar.toml, scoring.toml, policy.toml and folders of signals, shifters, exceptions and phrases", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

impl Resources {
    /// The files compiled into the program.
    pub fn embedded() -> Self {
        let files = Embedded::iter().filter_map(|path| {
            let text = Embedded::get(&path)?;
            Some(SourceFile {
                path: path.to_string(),
                text: String::from_utf8_lossy(&text.data).into_owned(),
            })
        });
        Self::new(files.collect())
    }

    /// A set of files given as texts.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut marked = BTreeSet::new();
        for file in &mut files {
            // A byte-order mark is a spreadsheet's habit and carries no meaning in UTF-8.
            if let Some(text) = file.text.strip_prefix('\u{FEFF}') {
                file.text = text.to_owned();
                marked.insert(file.path.clone());
            }
        }
        Self { files, marked }
    }

    /// All `.toml` files below a folder; hidden files and folders are left out.
    pub fn from_dir(root: &Path) -> Result<Self, ResourcesError> {
        let mut paths = Vec::new();
        collect(root, &mut paths)?;
        if paths.is_empty() {
            return Err(ResourcesError::Empty { path: root.to_path_buf() });
        }
        let mut files = Vec::with_capacity(paths.len());
        let mut problems = Diagnostics::default();
        for path in paths {
            let name = relative(root, &path);
            let bytes = std::fs::read(&path)
                .map_err(|source| ResourcesError::Read { path: path.clone(), source })?;
            match decode(&name, bytes) {
                Ok(text) => files.push(SourceFile { path: name, text }),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.has_errors() {
            return Err(ResourcesError::Encoding(problems));
        }
        Ok(Self::new(files))
    }

    /// The same files with others in the place of those of the same path, or beside them.
    #[must_use]
    pub fn overlaid(&self, files: impl IntoIterator<Item = SourceFile>) -> Self {
        let mut by_path: BTreeMap<String, SourceFile> =
            self.files.iter().map(|file| (file.path.clone(), file.clone())).collect();
        let mut marked = self.marked.clone();
        for file in files {
            marked.remove(&file.path);
            by_path.insert(file.path.clone(), file);
        }
        let mut resources = Self::new(by_path.into_values().collect());
        resources.marked.append(&mut marked);
        resources
    }

    /// Whether the file of that path began with a byte-order mark.
    pub(super) fn is_marked(&self, path: &str) -> bool {
        self.marked.contains(path)
    }

    /// Every file.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The files whose path begins with `prefix`.
    pub fn below<'r>(&'r self, prefix: &'r str) -> impl Iterator<Item = &'r SourceFile> {
        self.files.iter().filter(move |file| file.path.starts_with(prefix))
    }

    /// The file of that path.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// `sha256:` and the first 16 hexadecimal digits of the hash of the chosen files.
    pub fn fingerprint(&self, chosen: impl Fn(&str) -> bool) -> String {
        let mut hasher = Sha256::new();
        for file in self.files.iter().filter(|file| chosen(&file.path)) {
            hasher.update(file.path.as_bytes());
            hasher.update([0]);
            hasher.update(file.text.as_bytes());
            hasher.update([0]);
        }
        let digest = hasher.finalize();
        let first = digest.iter().take(8).fold(0_u64, |hash, byte| (hash << 8) | u64::from(*byte));
        format!("sha256:{first:016x}")
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), ResourcesError> {
    let failed = |source| ResourcesError::Read { path: folder.to_path_buf(), source };
    for item in std::fs::read_dir(folder).map_err(failed)? {
        let path = item.map_err(failed)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes)
        .map_err(|error| not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let file = SourceFile { path: "a.toml".into(), text: "가 = 1\n나다 = x\n".into() };
        let offset = file.text.find('x').unwrap();
        assert_eq!(file.position(offset), (2, 6));
    }

    #[test]
    fn a_file_in_cp949_is_named_and_explained() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), b"x = 1\ny = \"\xc2\xa5\xc1\xf5\"\n").unwrap();
        let message = Resources::from_dir(folder.path()).unwrap_err().to_string();
        assert!(message.contains("a.toml:2:6") && message.contains("CP949"), "{message}");
        assert!(message.contains("y = \"짜증\""), "{message}");
    }

    #[test]
    fn a_byte_order_mark_is_read_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "\u{FEFF}x = 1\r\n").unwrap();
        let resources = Resources::from_dir(folder.path()).unwrap();
        assert_eq!(resources.get("a.toml").unwrap().text, "x = 1\r\n");
    }
}
