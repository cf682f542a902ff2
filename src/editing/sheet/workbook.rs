//! Sheets as a workbook for Excel and its like: text cells, frozen heads, filters, lists of choices.

use super::column::{Column, Shape};
use super::{Sheet, guide};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    Workbook, Worksheet, XlsxError,
};

/// Rows below the last one in which new items find the same choices and formats.
const SPARE_ROWS: u32 = 500;

/// A workbook with a sheet for each kind, one that explains them, and one of choices.
pub fn write_workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    explain(workbook.add_worksheet(), &formats)?;
    let mut choices = Choices::default();
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet, &formats, &mut choices)?;
    }
    choices.write(workbook.add_worksheet(), &formats)?;
    workbook.save_to_buffer()
}

struct Formats {
    head: Format,
    text: Format,
    number: Format,
    wrapped: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: top()
                .set_bold()
                .set_background_color(Color::RGB(0x00DD_EBF7))
                .set_border_bottom(FormatBorder::Thin),
            // `@` is the format of texts: what is typed into such a cell stays what it is.
            text: top().set_num_format("@").set_text_wrap(),
            number: top().set_num_format("0.0##"),
            wrapped: top().set_text_wrap(),
        }
    }
}

fn explain(page: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_name(guide::TITLE)?;
    for (column, width) in (0..).zip([10.0, 14.0, 64.0, 6.0, 26.0]) {
        page.set_column_width(column, width)?;
    }
    let mut row = 0;
    for line in guide::LINES {
        page.merge_range(row, 0, row, 4, line, &formats.wrapped)?;
        row += 1;
    }
    row += 1;
    for (column, head) in (0..).zip(guide::HEADS) {
        page.write_string_with_format(row, column, head, &formats.head)?;
    }
    for cells in guide::rows() {
        row += 1;
        for (column, text) in (0..).zip(cells) {
            page.write_string_with_format(row, column, text, &formats.wrapped)?;
        }
    }
    Ok(())
}

fn fill(
    page: &mut Worksheet,
    sheet: &Sheet,
    formats: &Formats,
    choices: &mut Choices,
) -> Result<(), XlsxError> {
    page.set_name(sheet.kind.title())?;
    page.set_freeze_panes(1, 2)?;
    let columns = sheet.kind.columns();
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX - SPARE_ROWS);
    let mut files: Vec<&str> = Vec::new();
    for (number, row) in (1..).zip(&sheet.rows) {
        for ((at, column), cell) in (0..).zip(columns).zip(&row.cells) {
            let text = cell.text().unwrap_or_default();
            if column.shape == Shape::File && !files.contains(&text) {
                files.push(text);
            }
            match text.parse::<f64>() {
                Ok(value) if column.shape.is_number() => {
                    let format = if column.shape == Shape::Number {
                        &formats.number
                    } else {
                        &formats.wrapped
                    };
                    page.write_number_with_format(number, at, value, format)?;
                }
                _ if text.is_empty() => {}
                _ => _ = page.write_string_with_format(number, at, text, &formats.text)?,
            }
        }
    }
    for (at, column) in (0..).zip(columns) {
        page.write_string_with_format(0, at, column.name, &formats.head)?;
        page.set_column_width(at, column.width)?;
        if !column.shape.is_number() {
            page.set_column_format(at, &formats.text)?;
        }
        let list = match column.shape {
            Shape::File => {
                Some(choices.range(files.iter().map(|file| (*file).to_owned()).collect()))
            }
            shape => shape
                .choices()
                .map(|codes| choices.range(codes.iter().map(|code| (*code).to_owned()).collect())),
        };
        if let Some(list) = list {
            let validation = validation(column, &list)?;
            page.add_data_validation(1, at, last_row + SPARE_ROWS, at, &validation)?;
        }
    }
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or_default();
    page.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

fn validation(column: &Column, list: &str) -> Result<DataValidation, XlsxError> {
    let validation = DataValidation::new().allow_list_formula(Formula::new(list));
    // Several values in one cell are in no list, so there the list only helps.
    let is_strict = !matches!(column.shape, Shape::Codes(_));
    validation
        .show_error_message(is_strict)
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("목록에 없는 값")?
        .set_error_message("목록에서 고르거나 비워 두세요.")
}

/// Lists of choices, a column each, on a sheet of their own: a list in a cell may not be long.
#[derive(Debug, Default)]
struct Choices(Vec<Vec<String>>);

impl Choices {
    /// The range of a list.
    fn range(&mut self, list: Vec<String>) -> String {
        let index = self.0.iter().position(|known| *known == list).unwrap_or_else(|| {
            self.0.push(list);
            self.0.len() - 1
        });
        let length = self.0.get(index).map_or(1, |list| list.len().max(1));
        let column = rust_xlsxwriter::utility::column_number_to_name(
            u16::try_from(index).unwrap_or_default(),
        );
        format!("={}!${column}$1:${column}${length}", guide::CHOICES)
    }

    fn write(&self, page: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        page.set_name(guide::CHOICES)?;
        for (column, list) in (0..).zip(&self.0) {
            page.set_column_width(column, 28.0)?;
            for (row, choice) in (0..).zip(list) {
                page.write_string_with_format(row, column, choice, &formats.text)?;
            }
        }
        Ok(())
    }
}
