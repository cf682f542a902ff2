//! Lists and texts: on one line where they fit.

use super::basic;
use toml_edit::{Array, Value};

/// Characters of a line that holds a whole list, at most.
const WIDTH: usize = 120;
const INDENT: &str = "  ";

/// How a list is laid out that is too long for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::editing) enum Filling {
    /// So that a diff shows the item.
    OneALine,
    /// As its author broke it, because a long list of short words is grouped by sense.
    AsWritten,
}

/// Lays out the value of a key, comments behind it aside.
pub(in crate::editing) fn lay_value(key: &str, value: &mut Value, filling: Filling) {
    match value {
        Value::Array(array) => lay_array(key, array, filling),
        Value::String(_) => straighten(value),
        _ => {}
    }
}

/// Gives a text in single quotes double ones.
fn straighten(value: &mut Value) {
    let is_literal = value.to_string().trim_start().starts_with('\'');
    if let (true, Some(text)) = (is_literal, value.as_str()) {
        *value = basic(text);
    }
}

fn lay_array(key: &str, array: &mut Array, filling: Filling) {
    let comments = comments(array);
    let is_broken = |item: &Value| {
        item.decor().prefix().and_then(|raw| raw.as_str()).is_some_and(|raw| raw.contains('\n'))
    };
    let broke: Vec<bool> = array.iter().map(is_broken).collect();
    for item in array.iter_mut() {
        straighten(item);
        if let Value::Array(inner) = item {
            lay_array("", inner, filling);
        }
        item.decor_mut().clear();
    }
    array.set_trailing("");
    array.set_trailing_comma(false);
    let shown: Vec<String> = array.iter().map(ToString::to_string).collect();
    let is_commented = comments.iter().any(|comments| !comments.is_empty());
    let list = shown.join(", ");
    let length = key.chars().count() + " = []".len() + list.chars().count();
    let is_whole = filling == Filling::AsWritten && !broke.contains(&true);
    if (length <= WIDTH || is_whole) && !is_commented {
        for (index, item) in array.iter_mut().enumerate() {
            item.decor_mut().set_prefix(if index == 0 { "" } else { " " });
        }
        return;
    }
    for (index, (item, before)) in array.iter_mut().zip(&comments).enumerate() {
        let goes_on = filling == Filling::AsWritten
            && index > 0
            && before.is_empty()
            && broke.get(index) != Some(&true);
        item.decor_mut().set_prefix(if goes_on { " ".to_owned() } else { broken(before, INDENT) });
    }
    array.set_trailing_comma(!shown.is_empty());
    array.set_trailing(broken(comments.last().map_or(&[], Vec::as_slice), ""));
}

/// The comments before each item, and at the end those behind the last.
fn comments(array: &Array) -> Vec<Vec<String>> {
    let text = |raw: Option<&toml_edit::RawString>| {
        raw.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned()
    };
    let mut gaps: Vec<String> = array.iter().map(|item| text(item.decor().prefix())).collect();
    gaps.push(text(Some(array.trailing())));
    // What stands between an item and its comma belongs behind the item.
    for (index, item) in array.iter().enumerate() {
        let behind = text(item.decor().suffix());
        if let Some(gap) = gaps.get_mut(index + 1).filter(|_| behind.contains('#')) {
            *gap = format!("{behind}\n{gap}");
        }
    }
    gaps.iter().map(|gap| gap_comments(gap)).collect()
}

/// The comments of a gap; one on the line of the item before keeps a leading space as its mark.
fn gap_comments(gap: &str) -> Vec<String> {
    let lines = gap.split('\n').enumerate();
    lines
        .filter(|(_, line)| line.contains('#'))
        .map(|(number, line)| match number {
            0 => format!(" {}", line.trim()),
            _ => line.trim().to_owned(),
        })
        .collect()
}

/// A line break with the comments that stand there.
fn broken(comments: &[String], indent: &str) -> String {
    let mut text = String::new();
    for comment in comments {
        if comment.starts_with(' ') {
            text.push_str(comment);
        } else {
            text.push('\n');
            text.push_str(INDENT);
            text.push_str(comment);
        }
    }
    text.push('\n');
    text + indent
}
