//! Between a field of a file and the text of a cell.
//!
//! Several values stand one a line; a blank cell is a field that is not there, `[]` an empty list
//! and `""` an empty text.

use super::column::Shape;
use crate::editing::layout::{basic, decimal};
use crate::phrases::ValidDay;
use toml_edit::{Array, Item, Value};

const NO_ITEMS: &str = "[]";
const NO_LETTERS: &str = "\"\"";

/// What a cell says wrongly: what, and how to mend it.
pub(super) type Fault = (String, String);

/// The cell of a field; none where a cell cannot say what the field says.
pub(super) fn shown(item: Option<&Item>) -> Option<String> {
    match item.and_then(Item::as_value) {
        None => item.is_none_or(Item::is_none).then(String::new),
        Some(Value::String(text)) => match text.value().as_str() {
            "" => Some(NO_LETTERS.to_owned()),
            text => (text != NO_LETTERS && !text.contains('\r')).then(|| text.to_owned()),
        },
        Some(Value::Array(array)) => shown_list(array),
        Some(value) => Some(bare(value)),
    }
}

fn shown_list(array: &Array) -> Option<String> {
    let lines: Option<Vec<String>> = array
        .iter()
        .map(|item| match item {
            Value::String(text) => Some(text.value().clone()),
            Value::Integer(_) => Some(bare(item)),
            _ => None,
        })
        .collect();
    let lines = lines?;
    let fits =
        |line: &String| !line.trim().is_empty() && !line.contains(['\n', '\r']) && line != NO_ITEMS;
    match lines.as_slice() {
        [] => Some(NO_ITEMS.to_owned()),
        lines => lines.iter().all(fits).then(|| lines.join("\n")),
    }
}

/// A value without what stands around it.
fn bare(value: &Value) -> String {
    value.clone().decorated("", "").to_string()
}

/// The field that a cell asks for; none for a blank one. `like` is the field as it was.
pub(super) fn parsed(
    text: &str,
    shape: Shape,
    like: Option<&Value>,
) -> Result<Option<Value>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = match shape {
        Shape::File | Shape::Text if text == NO_LETTERS => basic(""),
        Shape::File | Shape::Text => basic(text),
        Shape::Day => {
            ValidDay::try_from(text.to_owned()).map_err(|_| {
                fault(
                    format!("`{text}`은(는) 날짜가 아닙니다"),
                    "12-20이나 2026-12-20처럼 적고, 칸의 서식을 텍스트로 바꿉니다",
                )
            })?;
            basic(text)
        }
        Shape::Number => number(text, like)?,
        Shape::Whole => whole(text)?,
        Shape::Flag => match text.to_ascii_lowercase().as_str() {
            "true" => Value::from(true),
            "false" => Value::from(false),
            _ => {
                let message = format!("`{text}`은(는) true도 false도 아닙니다");
                return Err(fault(message, "true나 false를 적거나 비웁니다"));
            }
        },
        Shape::Code(codes) => code(text, codes)?,
        Shape::Texts => list(text.split('\n'), |line| Ok(basic(line)))?,
        Shape::Codes(codes) => list(text.split(['\n', ',']), |line| code(line, codes))?,
        Shape::Wholes => list(text.split(['\n', ',']), whole)?,
    };
    Ok(Some(value))
}

fn fault(message: impl Into<String>, help: impl Into<String>) -> Fault {
    (message.into(), help.into())
}

fn list<'t>(
    lines: impl Iterator<Item = &'t str>,
    read: impl Fn(&str) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let lines = lines.map(str::trim).filter(|line| !line.is_empty() && *line != NO_ITEMS);
    let values = lines.map(read).collect::<Result<Vec<Value>, Fault>>()?;
    let mut array = Array::new();
    for value in values {
        array.push_formatted(value);
    }
    Ok(Value::Array(array))
}

fn code(text: &str, codes: &[&str]) -> Result<Value, Fault> {
    if codes.contains(&text) {
        return Ok(basic(text));
    }
    let message = format!("`{text}`은(는) 쓸 수 없는 값입니다");
    Err(fault(message, format!("다음 가운데에서 고릅니다: {}", codes.join(", "))))
}

fn whole(text: &str) -> Result<Value, Fault> {
    // A spreadsheet may say 3.0 for 3.
    let digits = text.trim_end_matches('0').strip_suffix('.').unwrap_or(text);
    let number = digits.parse::<i64>().map_err(|_| {
        fault(format!("`{text}`은(는) 정수가 아닙니다"), "3처럼 소수점 없이 적습니다")
    })?;
    Ok(Value::from(number))
}

/// A number with at least as many decimals as the field had, and at least one.
fn number(text: &str, like: Option<&Value>) -> Result<Value, Fault> {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(|| {
        fault(format!("`{text}`은(는) 숫자가 아닙니다"), "2.5처럼 점으로 소수를 적습니다")
    })?;
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Ok(decimal(number, like.map_or(1, |like| decimals(&bare(like)).max(1))))
}

/// Whether two values say the same, however they are written.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Boolean(a), Value::Boolean(b)) => a.value() == b.value(),
        // -0.0 and 0.0 are one number to a spreadsheet.
        _ => figure(a).is_some_and(|a| {
            figure(b).is_some_and(|b| a.partial_cmp(&b) == Some(std::cmp::Ordering::Equal))
        }),
    }
}

fn figure(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| bare(value).parse().ok().filter(|_| value.is_integer()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_decimals_of_the_field() {
        let like: Value = "2.00".parse().unwrap();
        let written = |text: &str, like| bare(&parsed(text, Shape::Number, like).unwrap().unwrap());
        assert_eq!(written("2.5", Some(&like)), "2.50");
        assert_eq!(written("-1.125", Some(&like)), "-1.125");
        assert_eq!((written("3", None), written("0.3", None)), ("3.0".into(), "0.3".into()));
        let whole =
            |text: &str| parsed(text, Shape::Whole, None).map(|value| bare(&value.unwrap()));
        assert_eq!((whole("3.0").unwrap(), whole("10").unwrap()), ("3".into(), "10".into()));
        assert!(whole("3.5").is_err() && parsed("2,5", Shape::Number, None).is_err());
    }

    #[test]
    fn blank_empty_and_nothing_are_three_things() {
        let read = |text: &str, shape| parsed(text, shape, None).unwrap().map(|v| bare(&v));
        assert_eq!(read(" \n", Shape::Texts), None);
        assert_eq!(read("[]", Shape::Texts), Some("[]".into()));
        assert_eq!(read("\"\"", Shape::Text), Some("\"\"".into()));
    }
}
