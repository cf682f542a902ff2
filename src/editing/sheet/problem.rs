//! What is wrong with a sheet, where, and how to mend it.

use std::fmt;

/// One finding in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// The sheet or file.
    pub place: String,
    /// The row, from 1, where it is in one.
    pub row: Option<usize>,
    /// The column: its place from 0, and its name.
    pub column: Option<(usize, String)>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl SheetProblem {
    pub(super) fn of_sheet(
        place: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { place: place.to_owned(), row: None, column: None, message, help }
    }

    #[must_use]
    pub(super) fn in_row(self, row: usize) -> Self {
        Self { row: Some(row), ..self }
    }

    #[must_use]
    pub(super) fn in_column(self, index: usize, name: &str) -> Self {
        Self { column: Some((index, name.to_owned())), ..self }
    }
}

/// The letters of a column, as a spreadsheet shows them: A, B, … Z, AA.
fn letters(index: usize) -> String {
    let mut rest = index + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for SheetProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if let Some(row) = self.row {
            write!(f, " {row}행")?;
        }
        if let Some((index, name)) = &self.column {
            write!(f, " {}열({name})", letters(*index))?;
        }
        write!(f, ": {}", self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  → {}", self.help) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        let named: Vec<String> = [0, 12, 25, 26, 27, 701, 702].map(letters).into();
        assert_eq!(named, ["A", "M", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
