//! The rows of a sheet against the items of the files.

use super::column::{Column, FILE, Shape};
use super::field::{Field, Wish, put};
use super::kind::Kind;
use super::plan::{Change, Plan, Work};
use super::problem::SheetProblem;
use super::table::{Files, Place};
use super::{Cell, Row, Sheet, cell};
use std::collections::{BTreeMap, HashMap};
use toml_edit::{Item, Table};

/// A sheet whose header is understood.
pub(super) struct Reader<'s> {
    sheet: &'s Sheet,
    /// The columns, with their places in the sheet.
    columns: Vec<(usize, &'static Column)>,
    /// The files that rows may name.
    files: Vec<String>,
}

impl<'s> Reader<'s> {
    /// Reads the header; without a column of ids there is no reader.
    pub(super) fn new(
        sheet: &'s Sheet,
        files: &Files,
        problems: &mut Vec<SheetProblem>,
    ) -> Option<Self> {
        let known = sheet.kind.columns();
        let mut columns: Vec<(usize, &'static Column)> = Vec::new();
        for (index, name) in sheet.columns.iter().enumerate() {
            let name = name.trim();
            if name.is_empty() && !sheet.is_filled(index) {
                continue;
            }
            let problem = |message: String, help: String| {
                SheetProblem::of_sheet(&sheet.place, message, help).in_row(1).in_column(index, name)
            };
            let Some(column) = known.iter().find(|column| column.name == name) else {
                let names: Vec<&str> = known.iter().map(|column| column.name).collect();
                let message = if name.is_empty() {
                    "이름 없는 열에 값이 있습니다".to_owned()
                } else {
                    format!("`{name}`(이)라는 열은 없습니다")
                };
                let help = format!(
                    "숨긴 열일 수도 있습니다. 지우거나 이름을 고칩니다. 쓸 수 있는 열: {}",
                    names.join(", ")
                );
                problems.push(problem(message, help));
                continue;
            };
            if columns.iter().any(|(_, other)| other.name == name) {
                let help = "하나만 남깁니다".to_owned();
                problems.push(problem(format!("`{name}` 열이 두 번 있습니다"), help));
                continue;
            }
            columns.push((index, column));
        }
        let id = sheet.kind.id();
        if !columns.iter().any(|(_, column)| column.name == id) {
            let message = format!("`{id}` 열이 없어 어느 줄이 무엇인지 알 수 없습니다");
            let help = "내보낸 표의 첫 줄(열 이름)을 그대로 둡니다";
            problems.push(SheetProblem::of_sheet(&sheet.place, message, help).in_row(1));
            return None;
        }
        let files = files.of(sheet.kind).map(str::to_owned).collect();
        Some(Self { sheet, columns, files })
    }

    /// Reads the rows: edited fields are put into `files`, tables that come or go into `work`.
    /// Returns the rows of the ids that were named.
    pub(super) fn read(
        &self,
        files: &mut Files,
        index: &HashMap<String, Place>,
        work: &mut Work,
        plan: &mut Plan,
        problems: &mut Vec<SheetProblem>,
    ) -> BTreeMap<String, usize> {
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        let key = self.sheet.kind.id();
        for row in &self.sheet.rows {
            self.check_width(row, problems);
            let id = self.text(row, key).unwrap_or_default().trim().to_owned();
            if id.is_empty() {
                let message = format!("`{key}`가 비어 있습니다");
                problems.push(self.at(row, key, message, "주제.로마자 꼴의 이름을 적습니다"));
                continue;
            }
            if let Some(first) = named.insert(id.clone(), row.number) {
                let message = format!("`{id}`가 {first}행에도 있습니다");
                problems.push(self.at(row, key, message, "한 줄을 지우거나 새 이름을 줍니다"));
                continue;
            }
            match index.get(&id) {
                Some(place) => self.edit(row, &id, place, files, work, plan, problems),
                None => self.add(row, &id, work, plan, problems),
            }
        }
        named
    }

    #[expect(clippy::too_many_arguments, reason = "what is read and the four things it may change")]
    fn edit(
        &self,
        row: &Row,
        id: &str,
        place: &Place,
        files: &mut Files,
        work: &mut Work,
        plan: &mut Plan,
        problems: &mut Vec<SheetProblem>,
    ) {
        let keeps_quotes = self.is_emoticon(row, files.table(place));
        for (_, column) in &self.columns {
            let name = column.name;
            if column.shape == Shape::File {
                if let Some(to) = self.file(row, Some(&place.file), problems)
                    && to != place.file
                {
                    let (id, from) = (id.to_owned(), place.file.clone());
                    plan.changes.push(Change::Moved { id, from, to: to.clone() });
                    work.moved.push((place.clone(), to));
                }
                continue;
            }
            let Some(table) = files.table_mut(place) else { return };
            let old = table.get(name);
            let Some(before) = cell::shown(old) else { continue };
            let field = Field {
                column,
                before: &before,
                old: old.and_then(Item::as_value),
                keeps_quotes,
                is_cp949: self.sheet.is_cp949,
            };
            match field.wish(self.cell(row, name)) {
                Ok(Wish::Nothing) => {}
                Ok(Wish::Set { value, shown }) => {
                    put(table, self.sheet.kind.table(), name, value);
                    plan.changes.push(Change::Edited {
                        id: id.to_owned(),
                        file: place.file.clone(),
                        key: name,
                        before,
                        after: shown,
                    });
                }
                Err((message, help)) => problems.push(self.at(row, name, message, help)),
            }
        }
    }

    fn add(
        &self,
        row: &Row,
        id: &str,
        work: &mut Work,
        plan: &mut Plan,
        problems: &mut Vec<SheetProblem>,
    ) {
        let mut table = Table::new();
        let keeps_quotes = self.is_emoticon(row, None);
        let file = self.file(row, None, problems);
        for column in self.sheet.kind.columns().iter().filter(|column| column.name != FILE) {
            let is_cp949 = self.sheet.is_cp949;
            let field = Field { column, before: "", old: None, keeps_quotes, is_cp949 };
            match field.wish(self.cell(row, column.name)) {
                Ok(Wish::Nothing) if column.required => {
                    let message = format!("새 줄에 `{}`가 비어 있습니다", column.name);
                    problems.push(self.at(row, column.name, message, column.about));
                }
                Ok(Wish::Nothing) => {}
                Ok(Wish::Set { value, .. }) => {
                    put(&mut table, self.sheet.kind.table(), column.name, value);
                }
                Err((message, help)) => problems.push(self.at(row, column.name, message, help)),
            }
        }
        if let Some(file) = file {
            plan.changes.push(Change::Added { id: id.to_owned(), file: file.clone() });
            work.added.push((file, self.sheet.kind, table));
        }
    }

    /// The file that a row names; `old` where it names none.
    fn file(
        &self,
        row: &Row,
        old: Option<&str>,
        problems: &mut Vec<SheetProblem>,
    ) -> Option<String> {
        let text = self.text(row, FILE).unwrap_or_default().trim();
        if self.files.iter().any(|file| file == text) {
            return Some(text.to_owned());
        }
        let has_column = self.columns.iter().any(|(_, column)| column.name == FILE);
        if let (Some(old), false) = (old, has_column && !text.is_empty()) {
            return Some(old.to_owned());
        }
        let message = if text.is_empty() {
            "새 줄에 `file`이 비어 있습니다".to_owned()
        } else {
            format!("`{text}`(이)라는 파일은 없습니다")
        };
        let help = format!("다음 가운데에서 고릅니다: {}", self.files.join(", "));
        problems.push(self.at(row, FILE, message, help));
        None
    }

    /// Whether an item is made of marks, in which curly quotes may be meant.
    fn is_emoticon(&self, row: &Row, table: Option<&Table>) -> bool {
        let old = || table.and_then(|table| table.get("class")).and_then(Item::as_str);
        let class = self.text(row, "class").filter(|text| !text.trim().is_empty()).or_else(old);
        class == Some("emoticon")
    }

    /// Cells behind the last column would be lost unnoticed.
    fn check_width(&self, row: &Row, problems: &mut Vec<SheetProblem>) {
        let width = self.sheet.columns.len();
        for (index, cell) in row.cells.iter().enumerate().skip(width) {
            if cell.text().is_none_or(|text| !text.trim().is_empty()) {
                let help = "CSV라면 쉼표가 든 칸을 큰따옴표로 감쌉니다";
                let problem =
                    SheetProblem::of_sheet(&self.sheet.place, "이름 없는 열에 값이 있습니다", help);
                problems.push(problem.in_row(row.number).in_column(index, "이름 없음"));
            }
        }
    }

    fn cell<'r>(&self, row: &'r Row, name: &str) -> Option<&'r Cell> {
        let (index, _) = self.columns.iter().find(|(_, column)| column.name == name)?;
        row.cells.get(*index)
    }

    fn text<'r>(&self, row: &'r Row, name: &str) -> Option<&'r str> {
        self.cell(row, name).and_then(Cell::text)
    }

    fn at(
        &self,
        row: &Row,
        name: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> SheetProblem {
        let problem = SheetProblem::of_sheet(&self.sheet.place, message, help).in_row(row.number);
        match self.columns.iter().find(|(_, column)| column.name == name) {
            Some((index, _)) => problem.in_column(*index, name),
            None => problem,
        }
    }
}

impl Kind {
    /// Whether a sheet or file name is one of ours that holds no items.
    pub(super) fn is_help(name: &str) -> bool {
        [super::guide::TITLE, super::guide::CHOICES].contains(&name.trim())
    }
}
