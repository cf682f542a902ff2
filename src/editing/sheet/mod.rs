//! Lexicon files as tables for people of spreadsheets, and back.
//!
//! A [`Sheet`] holds one kind of item, a row each, the fields as written; [`export()`] makes them,
//! [`Plan::new`] finds what a sheet that comes back wants changed, and changes only that: comments,
//! order and every other field of the files stay. Workbooks and CSV are two ways to carry sheets.
//! What a person of spreadsheets reads here is Korean, as the guide for linguists is.

mod cell;
mod column;
mod csv;
mod damage;
mod export;
mod field;
mod guide;
mod kind;
mod plan;
mod problem;
mod rows;
mod table;
mod verify;
mod workbook;
mod workbook_reader;

pub use csv::{read_csv, write_csv};
pub use export::{ExportError, export};
pub use kind::Kind;
pub use plan::{Change, Plan};
pub use problem::SheetProblem;
pub use workbook::write_workbook;
pub use workbook_reader::read_workbook;

/// The items of one kind, a row each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What its rows are.
    pub kind: Kind,
    /// How a person finds it: the name of the sheet or of the file.
    pub place: String,
    /// Whether it came in CP949, which loses letters that it does not have.
    pub is_cp949: bool,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows under them; blank ones are left out.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the spreadsheet, from 1; the header is 1.
    pub number: usize,
    /// Its cells, one a column; missing ones are blank.
    pub cells: Vec<Cell>,
}

/// One cell as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text, certainly as it was typed.
    Text(String),
    /// A text of a CSV file: the spreadsheet may have taken what was typed for something else.
    Bare(String),
    /// Something that the spreadsheet made of what was typed.
    Damaged(Damage),
}

/// What a spreadsheet made of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// A date or a time.
    Date,
    /// A formula.
    Formula(String),
    /// The error of a formula.
    Error(String),
}

impl Cell {
    /// The text of a whole cell; none of a damaged one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Bare(text) => Some(text),
            Self::Damaged(_) => None,
        }
    }

    fn is_blank(&self) -> bool {
        self.text().is_some_and(|text| text.trim().is_empty())
    }
}

impl Sheet {
    /// Whether anything stands in a column below its head.
    fn is_filled(&self, column: usize) -> bool {
        self.rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()))
    }

    /// Leaves out blank rows, and blank columns without a name.
    fn trimmed(mut self) -> Self {
        self.rows.retain(|row| !row.cells.iter().all(Cell::is_blank));
        while self.columns.last().is_some_and(|name| name.trim().is_empty())
            && !self.is_filled(self.columns.len() - 1)
        {
            self.columns.pop();
        }
        self
    }
}
