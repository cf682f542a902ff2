//! Reading TOML so that every error keeps its place and none hides another.
//!
//! A file is parsed into a table of spans first; each `[[table]]` in it is then read on its own,
//! so that one wrong field is one finding and the rest of the file is still looked at.

use super::damage::look_alike;
use super::diagnostic::{Diagnostics, Severity};
use super::files::SourceFile;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A value with the byte offset where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// Where its table begins.
    pub offset: usize,
    /// What was read.
    pub value: T,
}

/// The root table of a file, taken apart key by key.
pub struct RootTable<'f> {
    file: &'f SourceFile,
    table: DeTable<'f>,
}

/// Parses a file; syntax errors become findings.
pub fn read_root<'f>(file: &'f SourceFile, problems: &mut Diagnostics) -> RootTable<'f> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    // A mark that only looks right gives several errors in its line; it is said once.
    let mut said = Vec::new();
    for error in errors {
        let offset = error.span().map_or(0, |span| span.start);
        if let Some(finding) = look_alike(file, offset) {
            if !said.contains(&finding.line) {
                said.push(finding.line);
                problems.push(finding);
            }
            continue;
        }
        problems.push(file.diagnostic(
            Severity::Error,
            "L002",
            offset,
            format!("not valid TOML: {}", error.message().replace('\n', " ")),
            "see the examples in lexicons/README.md; texts stand in straight double quotes",
        ));
    }
    RootTable { file, table: table.into_inner() }
}

impl<'f> RootTable<'f> {
    /// Takes the array of tables `[[key]]`, each read as `T`.
    pub fn take_array<T: DeserializeOwned>(
        &mut self,
        key: &str,
        problems: &mut Diagnostics,
    ) -> Vec<Located<T>> {
        let Some(value) = self.table.remove(key) else { return Vec::new() };
        let offset = value.span().start;
        let DeValue::Array(items) = value.into_inner() else {
            problems.push(self.file.diagnostic(
                Severity::Error,
                "L003",
                offset,
                format!("`{key}` must be a list of tables"),
                format!("begin each with a line [[{key}]]"),
            ));
            return Vec::new();
        };
        items
            .into_iter()
            .filter_map(|item| self.read(item, &format!("[[{key}]]"), problems))
            .collect()
    }

    /// Takes the value of `key`, read as `T`.
    pub fn take<T: DeserializeOwned>(
        &mut self,
        key: &str,
        problems: &mut Diagnostics,
    ) -> Option<Located<T>> {
        let value = self.table.remove(key)?;
        self.read(value, &format!("`{key}`"), problems)
    }

    /// Takes the whole table, read as `T`.
    pub fn take_all<T: DeserializeOwned>(mut self, problems: &mut Diagnostics) -> Option<T> {
        let table = std::mem::take(&mut self.table);
        let value = Spanned::new(0..self.file.text.len(), DeValue::Table(table));
        self.read(value, "the file", problems).map(|located| located.value)
    }

    /// Reports every key that was not taken.
    pub fn finish(self, known: &str, problems: &mut Diagnostics) {
        for key in self.table.keys() {
            problems.push(self.file.diagnostic(
                Severity::Error,
                "L003",
                key.span().start,
                format!("unknown key `{}`", key.get_ref()),
                format!("this file may hold {known}"),
            ));
        }
    }

    fn read<T: DeserializeOwned>(
        &self,
        value: Spanned<DeValue<'f>>,
        what: &str,
        problems: &mut Diagnostics,
    ) -> Option<Located<T>> {
        let offset = value.span().start;
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(Located { offset, value }),
            Err(error) => {
                let at = error.span().map_or(offset, |span| span.start);
                problems.push(self.file.diagnostic(
                    Severity::Error,
                    "L003",
                    at,
                    format!("{what}: {}", error.message().replace('\n', " ")),
                    "correct the field; lexicons/README.md lists what each table may hold",
                ));
                None
            }
        }
    }
}
