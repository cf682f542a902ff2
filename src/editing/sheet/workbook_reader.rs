//! Workbooks as they come back.

use super::{Cell, Damage, Kind, Row, Sheet, SheetProblem};
use calamine::{Data, Range, Reader as _, Xlsx};
use std::io::Cursor;

/// Reads the sheets of a workbook; those that only explain are passed over.
pub fn read_workbook(place: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Vec<SheetProblem>> {
    let unreadable = |error: calamine::XlsxError| {
        vec![SheetProblem::of_sheet(
            place,
            format!("XLSX 통합 문서로 읽을 수 없습니다: {error}"),
            "암호를 풀고 ‘Excel 통합 문서(.xlsx)’로 저장합니다",
        )]
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = Vec::new();
    let mut problems = Vec::new();
    for name in workbook.sheet_names() {
        if Kind::is_help(&name) {
            continue;
        }
        let values = workbook.worksheet_range(&name).map_err(unreadable)?;
        let Some(kind) = Kind::named(&name) else {
            if !values.is_empty() {
                let known = Kind::ALL.map(Kind::title).join(", ");
                problems.push(SheetProblem::of_sheet(
                    &name,
                    "무엇이 든 시트인지 알 수 없습니다",
                    format!("지우거나 이름을 고칩니다. 쓸 수 있는 이름: {known}"),
                ));
            }
            continue;
        };
        let formulas = workbook.worksheet_formula(&name).map_err(unreadable)?;
        sheets.push(sheet(kind, &name, &values, &formulas));
    }
    if sheets.is_empty() && problems.is_empty() {
        let known = Kind::ALL.map(Kind::title).join(", ");
        let help = format!("nunchi lexicon export가 만든 파일인지 봅니다. 시트 이름: {known}");
        problems.push(SheetProblem::of_sheet(place, "사전의 시트가 하나도 없습니다", help));
    }
    if problems.is_empty() { Ok(sheets) } else { Err(problems) }
}

fn sheet(kind: Kind, name: &str, values: &Range<Data>, formulas: &Range<String>) -> Sheet {
    let (height, width) = values.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
    let cell = |row: u32, column: u32| {
        let formula = formulas.get_value((row, column)).filter(|formula| !formula.is_empty());
        formula.map_or_else(
            || read(values.get_value((row, column))),
            |formula| Cell::Damaged(Damage::Formula(formula.clone())),
        )
    };
    let heads = (0..width).map(|column| {
        let head = cell(0, column);
        head.text().unwrap_or_default().trim().to_owned()
    });
    let columns = heads.collect();
    let rows = (1..height).map(|row| Row {
        number: usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1),
        cells: (0..width).map(|column| cell(row, column)).collect(),
    });
    let rows = rows.collect();
    Sheet { kind, place: name.to_owned(), is_cp949: false, columns, rows }.trimmed()
}

fn read(value: Option<&Data>) -> Cell {
    match value {
        None | Some(Data::Empty) => Cell::Text(String::new()),
        Some(Data::String(text)) => Cell::Text(text.replace("_x000D_", "")),
        Some(Data::Float(number)) => Cell::Text(number.to_string()),
        Some(Data::Int(number)) => Cell::Text(number.to_string()),
        Some(Data::Bool(flag)) => Cell::Text(flag.to_string()),
        Some(Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_)) => {
            Cell::Damaged(Damage::Date)
        }
        Some(Data::Error(error)) => Cell::Damaged(Damage::Error(error.to_string())),
    }
}
