//! Workbooks as they come back.
//!
//! A workbook is small on the disk and may be huge in memory: a single cell in its last corner spans
//! 17 billion. So cells are read one by one, and what is out of all proportion is refused.

use super::{Cell, Damage, Kind, Row, Sheet, SheetProblem};
use calamine::{Data, Reader as _, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

/// The most bytes of a workbook once it is unpacked, and of the texts of one sheet.
const MOST_BYTES: u64 = 64 << 20;
/// The most rows and columns of a sheet, far beyond those of any lexicon.
const MOST_ROWS: u32 = 200_000;
const MOST_COLUMNS: u32 = 64;

/// Cells that hold something, by row and column from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// Reads the sheets of a workbook; those that only explain are passed over.
pub fn read_workbook(place: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Vec<SheetProblem>> {
    let unreadable = |error: XlsxError| {
        vec![SheetProblem::of_sheet(
            place,
            format!("XLSX 통합 문서로 읽을 수 없습니다: {error}"),
            "암호를 풀고 ‘Excel 통합 문서(.xlsx)’로 저장합니다",
        )]
    };
    if is_too_large(bytes) {
        return Err(vec![too_large(place)]);
    }
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = Vec::new();
    let mut problems = Vec::new();
    for name in workbook.sheet_names() {
        if Kind::is_help(&name) {
            continue;
        }
        let cells = cells(&mut workbook, &name).map_err(unreadable)?;
        let Some(kind) = Kind::named(&name) else {
            if cells != Ok(Cells::new()) {
                let known = Kind::ALL.map(Kind::title).join(", ");
                problems.push(SheetProblem::of_sheet(
                    &name,
                    "무엇이 든 시트인지 알 수 없습니다",
                    format!("지우거나 이름을 고칩니다. 쓸 수 있는 이름: {known}"),
                ));
            }
            continue;
        };
        match cells {
            Ok(cells) => sheets.push(sheet(kind, &name, cells)),
            Err(problem) => problems.push(problem),
        }
    }
    if sheets.is_empty() && problems.is_empty() {
        let known = Kind::ALL.map(Kind::title).join(", ");
        let help = format!("nunchi lexicon export가 만든 파일인지 봅니다. 시트 이름: {known}");
        problems.push(SheetProblem::of_sheet(place, "사전의 시트가 하나도 없습니다", help));
    }
    if problems.is_empty() { Ok(sheets) } else { Err(problems) }
}

/// Whether a workbook unpacks to more than it may. It is unpacked to see: what an archive says of
/// its own size need not be true. One that cannot be unpacked is left to the reader of workbooks.
fn is_too_large(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        // What cannot be unpacked to its end counts as far as it can.
        let mut counted = Counted(0);
        _ = std::io::copy(&mut part.take(left.saturating_add(1)), &mut counted);
        let Some(rest) = left.checked_sub(counted.0) else { return true };
        left = rest;
    }
    false
}

/// Counts bytes and forgets them.
struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn too_large(place: &str) -> SheetProblem {
    let message = format!("풀어 놓으면 {} MB가 넘어 읽지 않았습니다", MOST_BYTES >> 20);
    SheetProblem::of_sheet(place, message, "사전의 시트만 남기고 그림이나 다른 시트를 지웁니다")
}

/// The cells of a sheet that hold something, or the first that is out of all proportion.
fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Result<Cells, SheetProblem>, XlsxError> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet of a chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Ok(Cells::new())),
        Err(error) => return Err(error),
    };
    let mut cells = Cells::new();
    let mut left = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    while let Some(record) = reader.next_cell_with_formula()? {
        let cell = match record.formula.filter(|formula| !formula.is_empty()) {
            Some(formula) => Cell::Damaged(Damage::Formula(formula)),
            None => read(Data::from(record.value)),
        };
        if cell.text() == Some("") {
            continue;
        }
        let (row, column) = record.pos;
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            let message = format!(
                "표에서 너무 먼 칸에 값이 있습니다({MOST_ROWS}행, {MOST_COLUMNS}열까지 읽습니다)"
            );
            let help = "잘못 들어간 값이면 그 칸을 지우고 저장합니다";
            let problem = SheetProblem::of_sheet(name, message, help);
            let problem = problem.in_row(index(row).saturating_add(1));
            return Ok(Err(problem.in_column(index(column), "이름 없음")));
        }
        // One text that many cells share stands in the workbook once.
        match left.checked_sub(cell.text().map_or(0, str::len)) {
            Some(rest) => left = rest,
            None => return Ok(Err(too_large(name))),
        }
        cells.entry(row).or_default().insert(column, cell);
    }
    Ok(Ok(cells))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn sheet(kind: Kind, name: &str, mut cells: Cells) -> Sheet {
    let blank = || Cell::Text(String::new());
    let dense = |mut row: BTreeMap<u32, Cell>, width: u32| -> Vec<Cell> {
        let last = row.last_key_value().map_or(0, |(column, _)| column + 1);
        (0..last.max(width)).map(|column| row.remove(&column).unwrap_or_else(blank)).collect()
    };
    let heads = dense(cells.remove(&0).unwrap_or_default(), 0);
    let columns: Vec<String> =
        heads.iter().map(|head| head.text().unwrap_or_default().trim().to_owned()).collect();
    let width = u32::try_from(columns.len()).unwrap_or(MOST_COLUMNS);
    let rows = cells.into_iter().map(|(row, cells)| Row {
        number: index(row).saturating_add(1),
        cells: dense(cells, width),
    });
    let rows = rows.collect();
    Sheet { kind, place: name.to_owned(), is_cp949: false, columns, rows }.trimmed()
}

fn read(value: Data) -> Cell {
    match value {
        Data::Empty => Cell::Text(String::new()),
        Data::String(text) => Cell::Text(text.replace("_x000D_", "")),
        Data::Float(number) => Cell::Text(number.to_string()),
        Data::Int(number) => Cell::Text(number.to_string()),
        Data::Bool(flag) => Cell::Text(flag.to_string()),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Cell::Damaged(Damage::Date)
        }
        Data::Error(error) => Cell::Damaged(Damage::Error(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{DocProperties, Workbook};

    #[test]
    fn a_cell_in_the_last_corner_is_named_instead_of_making_room_for_all() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name("항목").unwrap();
        page.write_string(0, 0, "id").unwrap();
        page.write_string(1_048_575, 16_383, "x").unwrap();
        let problems = read_workbook("a.xlsx", &book.save_to_buffer().unwrap()).unwrap_err();
        let said = problems.iter().map(ToString::to_string).collect::<String>();
        assert!(said.contains("항목 1048576행 XFD열") && said.contains("너무 먼 칸"), "{said}");
    }

    #[test]
    fn a_row_far_below_costs_one_row_and_formats_alone_cost_none() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name("항목").unwrap();
        page.write_string(0, 0, "id").unwrap();
        page.write_string(150_000, 0, "a.b").unwrap();
        page.write_blank(1_048_575, 16_383, &rust_xlsxwriter::Format::new().set_bold()).unwrap();
        let sheets = read_workbook("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
        let cells = vec![Cell::Text("a.b".into())];
        assert_eq!(sheets[0].rows, [Row { number: 150_001, cells }]);
    }

    #[test]
    fn a_workbook_that_unpacks_to_far_more_is_refused() {
        let mut book = Workbook::new();
        let comment = "가".repeat(usize::try_from(MOST_BYTES).unwrap() / 3 + 1);
        book.set_properties(&DocProperties::new().set_comment(&comment));
        book.add_worksheet().set_name("항목").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        assert!(bytes.len() < 1 << 20);
        let problems = read_workbook("a.xlsx", &bytes).unwrap_err();
        assert!(problems[0].message.contains("64 MB"), "{problems:?}");
    }
}
