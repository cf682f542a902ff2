//! From files to sheets.

use super::cell::shown;
use super::column::Shape;
use super::kind::Kind;
use super::table::Files;
use super::{Cell, Row, Sheet, SheetProblem};
use crate::resource::Resources;
use toml_edit::Item;

/// Why lexicon files cannot be shown as sheets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ExportError(Vec<SheetProblem>);

/// A sheet for each kind of item, with every item of the folder.
pub fn export(resources: &Resources) -> Result<Vec<Sheet>, ExportError> {
    let files = Files::read(resources).map_err(ExportError)?;
    let mut problems = Vec::new();
    let sheets = Kind::ALL.map(|kind| sheet(kind, &files, &mut problems)).into();
    if problems.is_empty() { Ok(sheets) } else { Err(ExportError(problems)) }
}

fn sheet(kind: Kind, files: &Files, problems: &mut Vec<SheetProblem>) -> Sheet {
    let mut rows = Vec::new();
    for (place, table) in files.items(kind) {
        let id = table.get(kind.id()).and_then(Item::as_str).unwrap_or_default();
        let cell = |name: &str, shape: Shape| match shape {
            Shape::File => Some(place.file.clone()),
            _ => shown(table.get(name)),
        };
        let mut cells = Vec::with_capacity(kind.columns().len());
        for column in kind.columns() {
            let text = cell(column.name, column.shape).unwrap_or_else(|| {
                problems.push(SheetProblem::of_sheet(
                    &place.file,
                    format!("{id}의 {}은(는) 표의 한 칸에 적을 수 없습니다", column.name),
                    "줄바꿈이나 빈 글을 목록에서 빼고 다시 합니다",
                ));
                String::new()
            });
            cells.push(Cell::Text(text));
        }
        rows.push(Row { number: rows.len() + 2, cells });
    }
    let columns = kind.columns().iter().map(|column| column.name.to_owned()).collect();
    Sheet { kind, place: kind.title().to_owned(), is_cp949: false, columns, rows }
}
