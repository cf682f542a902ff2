//! Sheets as CSV files, as Korean spreadsheets write and read them.
//!
//! A cell that a spreadsheet would take for a formula, a number or a date is written with a `'`
//! before it; one `'` at the begin of a cell is taken off again when it is read.

use super::{Cell, Damage, Kind, Row, Sheet, SheetProblem};
use std::borrow::Cow;

/// The longest text that a spreadsheet may take for a date or a number.
const LONGEST_DATE: usize = 24;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A sheet as a CSV file: UTF-8 with a byte-order mark, without which Korean Excel reads CP949.
pub fn write_csv(sheet: &Sheet) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    // Writing into memory cannot fail.
    _ = writer.write_record(&sheet.columns);
    let columns = sheet.kind.columns();
    for row in &sheet.rows {
        let cells = row.cells.iter().zip(columns).map(|(cell, column)| {
            let text = cell.text().unwrap_or_default();
            if column.shape.is_number() { Cow::Borrowed(text) } else { guarded(text) }
        });
        _ = writer.write_record(cells.map(Cow::into_owned));
    }
    writer.into_inner().unwrap_or_default()
}

/// A text with a `'` before it where a spreadsheet would take it for something else.
fn guarded(text: &str) -> Cow<'_, str> {
    let first = text.chars().next().unwrap_or_default();
    let is_short = text.len() <= LONGEST_DATE && !text.contains('\n');
    let lower = text.to_ascii_lowercase();
    let risky = matches!(first, '=' | '+' | '-' | '@' | '\'' | '\t' | '＝' | '＋' | '－' | '＠')
        || (is_short
            && matches!(first, '0'..='9' | '０'..='９' | '.' | '(' | '$' | '%' | '₩' | '#'))
        || (is_short && MONTHS.iter().any(|month| lower.starts_with(month)));
    if risky { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Reads a CSV file: UTF-8, UTF-16 or CP949; with commas, semicolons or tabs.
pub fn read_csv(kind: Kind, place: &str, bytes: &[u8]) -> Result<Sheet, SheetProblem> {
    let (text, is_cp949) = decoded(bytes).ok_or_else(|| {
        SheetProblem::of_sheet(
            place,
            "UTF-8도 CP949도 아니어서 읽을 수 없습니다",
            "스프레드시트에서 ‘CSV UTF-8’로 저장합니다",
        )
    })?;
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: char| header.matches(mark).count();
    let delimiter = match (count(','), count(';'), count('\t')) {
        (commas, semicolons, tabs) if tabs > commas.max(semicolons) => b'\t',
        (commas, semicolons, _) if semicolons > commas => b';',
        _ => b',',
    };
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| {
            SheetProblem::of_sheet(
                place,
                format!("CSV로 읽을 수 없습니다: {error}"),
                "따옴표가 짝이 맞는지 봅니다",
            )
        })?;
        if index == 0 {
            columns = record.iter().map(|name| name.trim().to_owned()).collect();
        } else {
            rows.push(Row { number: index + 1, cells: record.iter().map(cell).collect() });
        }
    }
    Ok(Sheet { kind, place: place.to_owned(), is_cp949, columns, rows }.trimmed())
}

/// The text of a file and whether it was CP949; none where it is neither.
fn decoded(bytes: &[u8]) -> Option<(Cow<'_, str>, bool)> {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes.get(length..)?);
        return (!damaged).then_some((text, false));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((Cow::Borrowed(text), false));
    }
    let (text, damaged) = encoding_rs::EUC_KR.decode_without_bom_handling(bytes);
    (!damaged).then_some((text, true))
}

fn cell(text: &str) -> Cell {
    const ERRORS: [&str; 7] = ["#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"];
    if ERRORS.contains(&text.trim()) {
        return Cell::Damaged(Damage::Error(text.trim().to_owned()));
    }
    match text.strip_prefix('\'') {
        Some(text) => Cell::Text(text.to_owned()),
        None => Cell::Bare(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_misread_comes_back_as_it_was() {
        for text in [
            "=안 되다",
            "-_-",
            "+…",
            "@",
            "'라고",
            "3-4",
            "May 5",
            "112",
            "#",
            "\"\"",
            "가\n나",
            "가,나",
        ] {
            let sheet = Sheet {
                kind: Kind::Slot,
                place: "slots.csv".into(),
                is_cp949: false,
                columns: vec!["file".into(), "name".into()],
                rows: vec![Row {
                    number: 2,
                    cells: vec![Cell::Text("phrases/slots.toml".into()), Cell::Text(text.into())],
                }],
            };
            let read = read_csv(Kind::Slot, "slots.csv", &write_csv(&sheet)).unwrap();
            assert_eq!(read.rows[0].cells[1].text(), Some(text));
        }
        assert!(guarded("3-4").starts_with('\'') && !guarded("안 되다").starts_with('\''));
    }

    #[test]
    fn other_encodings_and_separators_are_read() {
        let (cp949, _, _) = encoding_rs::EUC_KR.encode("name,fallback\r\n고객명,고객님\r\n,\r\n");
        let sheet = read_csv(Kind::Slot, "a", &cp949).unwrap();
        assert!(sheet.is_cp949 && sheet.rows.len() == 1);
        let utf16: Vec<u8> = "\u{FEFF}name\tfallback\t\n고객명\t고객님\t\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let sheet = read_csv(Kind::Slot, "a", &utf16).unwrap();
        assert_eq!(sheet.columns, ["name", "fallback"]);
        assert_eq!(sheet.rows[0].cells[1].text(), Some("고객님"));
        assert!(read_csv(Kind::Slot, "a", &[0xff, 0x41, 0x80]).is_err());
    }
}
