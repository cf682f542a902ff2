//! The layout of lexicon files: the same data always stands the same way, so that a diff shows
//! what was meant.
//!
//! - Keys of a table stand in the order of their kind; unknown ones behind them.
//! - A list stands on one line of at most 120 characters; a longer one has an item a line in
//!   `[[tables]]`, and elsewhere (the word lists of the grammar) the lines that its author gave it.
//! - One blank line before each table, none inside `[[tables]]`; texts in straight double quotes.
//! - Comments stay where they are, figures as they are written.

mod array;
mod decor;
mod faithful;
mod order;

use crate::resource::SourceFile;
use faithful::{comments, same_data};
use std::fmt::Write as _;
use toml_edit::{DocumentMut, Item, Table, Value};

pub(super) use array::{Filling, lay_value};
pub(super) use order::rank;

/// Why a file cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// The file is not valid TOML.
    #[error("{path}: not valid TOML; `nunchi lexicon check` shows the place")]
    Syntax {
        /// The file.
        path: String,
    },
    /// A text over several lines has CRLF line ends inside, which belong to its value; other lines
    /// would lose theirs.
    #[error(
        "{path}: a text over several lines holds Windows line ends (CRLF), which are part of it; \
         the file is left alone: save it with LF"
    )]
    LineEnds {
        /// The file.
        path: String,
    },
    /// The layout would change more than the layout.
    #[error(
        "{path}: the layout would change the data or the comments; this is a bug, nothing is written"
    )]
    Unfaithful {
        /// The file.
        path: String,
    },
}

/// The text of a file in the layout of the house.
pub fn format(file: &SourceFile) -> Result<String, LayoutError> {
    let path = || file.path.clone();
    let text = file.text.replace("\r\n", "\n");
    let formatted = lay_out(&text).ok_or_else(|| LayoutError::Syntax { path: path() })?;
    if text != file.text && !same_data(&file.text, &text) {
        return Err(LayoutError::LineEnds { path: path() });
    }
    let same = same_data(&text, &formatted) && comments(&text) == comments(&formatted);
    let stable = lay_out(&formatted).is_some_and(|again| again == formatted);
    if same && stable { Ok(formatted) } else { Err(LayoutError::Unfaithful { path: path() }) }
}

fn lay_out(text: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let behind = decor::paragraphs(document.trailing().as_str().unwrap_or_default());
    document.set_trailing(behind);
    lay_table(document.as_table_mut(), None, true);
    let text = document.to_string();
    Some(format!("{}\n", text.trim_matches('\n')))
}

/// Lays out a table; `kind` is the name of the `[[tables]]` that it is one of.
fn lay_table(table: &mut Table, kind: Option<&str>, root: bool) {
    if !root {
        let before = table.decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default();
        let before = decor::before_table(before);
        let behind = decor::behind(table.decor().suffix());
        let own = table.decor_mut();
        own.set_prefix(before);
        own.set_suffix(behind);
    }
    if let Some(kind) = kind {
        table.sort_values_by(|a, _, b, _| rank(kind, a.get()).cmp(&rank(kind, b.get())));
    }
    let filling = if kind.is_some() { Filling::OneALine } else { Filling::AsWritten };
    let mut first = true;
    for (mut key, item) in table.iter_mut() {
        let name = key.get().to_owned();
        match item {
            Item::Value(value) => {
                let before = key.leaf_decor().prefix().and_then(|raw| raw.as_str());
                let before = decor::before_key(before.unwrap_or_default(), kind.is_some(), first);
                let decor = key.leaf_decor_mut();
                decor.set_prefix(before);
                decor.set_suffix(" ");
                let behind = decor::behind(value.decor().suffix());
                lay_value(&name, value, filling);
                *value.decor_mut() = toml_edit::Decor::new(" ", behind);
                first = false;
            }
            Item::Table(inner) => lay_table(inner, None, false),
            Item::ArrayOfTables(tables) => {
                for inner in tables.iter_mut() {
                    lay_table(inner, Some(&name), false);
                }
            }
            Item::None => {}
        }
    }
}

/// Lays out a new table of a kind, with a blank line before it.
pub(super) fn lay_new(table: &mut Table, kind: &str) {
    lay_table(table, Some(kind), false);
}

/// A number as a file shows it, with all its decimals and at least so many.
pub(super) fn decimal(number: f64, least: usize) -> Value {
    let shortest = number.to_string();
    let places = shortest.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let written = format!("{number:.*}", places.max(least));
    written.parse().unwrap_or_else(|_| Value::from(number))
}

/// The text of a value as a file shows it: in straight double quotes.
pub(super) fn basic(text: &str) -> Value {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for ch in text.chars() {
        match ch {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            control if control.is_control() => {
                _ = write!(written, "\\u{:04X}", u32::from(control));
            }
            other => written.push(other),
        }
    }
    written.push('"');
    // Parsed rather than built: a built text chooses its quotes by itself.
    written.parse().unwrap_or_else(|_| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(text: &str) -> String {
        format(&SourceFile { path: "signals/a.toml".into(), text: text.into() }).unwrap()
    }

    #[test]
    fn an_entry_stands_the_way_of_the_house() {
        let messy = "\n# 머리말\nsignals=['anger']\r\n\r\n\r\n[[entry]] # 첫째\nnote = \"끝 # 아님\"\n\n  # 무게의 까닭\n  weight =  2.00   # 짐작\nid = 'a.b'\nforms = [\n \"답답하다\", ]\nhits=[\"정말 \\\"답답\\\"\", 'C:\\길']\n# ── 다음 ──\n[[entry]]\nid = \"a.c\"\nmystery = 1\nclass = \"noun\"\n\n\n# 끝말";
        let expected = "# 머리말\nsignals = [\"anger\"]\n\n[[entry]] # 첫째\nid = \"a.b\"\nforms = [\"답답하다\"]\n# 무게의 까닭\nweight = 2.00   # 짐작\nhits = [\"정말 \\\"답답\\\"\", \"C:\\\\길\"]\nnote = \"끝 # 아님\"\n\n# ── 다음 ──\n[[entry]]\nid = \"a.c\"\nclass = \"noun\"\nmystery = 1\n\n# 끝말\n";
        assert_eq!(laid_out(messy), expected);
        assert_eq!(laid_out(expected), expected);
    }

    #[test]
    fn a_long_list_has_an_item_a_line_and_a_short_one_a_line() {
        let long = "가".repeat(60);
        let text = format!(
            "[[entry]]\nid = \"a.b\"\nforms = [\"{long}\", \"{long}\"]\nhits = [\n\"가\",\n\"나\"\n]\n"
        );
        let expected = format!(
            "[[entry]]\nid = \"a.b\"\nforms = [\n  \"{long}\",\n  \"{long}\",\n]\nhits = [\"가\", \"나\"]\n"
        );
        assert_eq!(laid_out(&text), expected);
    }

    #[test]
    fn comments_inside_a_list_stay_at_their_items() {
        let text = "[[entry]]\nforms = [ # 처음\n\"가\", # 가의 것\n# 나의 것\n\"나\" # 나 뒤\n, \"다\"\n# 끝\n]\n";
        let expected = "[[entry]]\nforms = [ # 처음\n  \"가\", # 가의 것\n  # 나의 것\n  \"나\", # 나 뒤\n  \"다\",\n  # 끝\n]\n";
        assert_eq!(laid_out(text), expected);
        assert_eq!(laid_out(expected), expected);
    }

    #[test]
    fn long_word_lists_keep_the_lines_of_their_author() {
        let word = "가".repeat(60);
        let text = format!("josa = [\n  \"{word}\",   \"가\",\n  \"을\", \"{word}\"\n]\n");
        let expected = format!("josa = [\n  \"{word}\", \"가\",\n  \"을\", \"{word}\",\n]\n");
        assert_eq!(laid_out(&text), expected);
    }

    #[test]
    fn every_file_keeps_its_data_and_its_comments() {
        for file in crate::resource::Resources::embedded().files() {
            let text = format(file).unwrap();
            let data = |text: &str| toml::from_str::<toml::Table>(text).unwrap();
            assert_eq!(data(&text), data(&file.text), "{}", file.path);
        }
    }

    #[test]
    fn line_ends_inside_a_text_are_data() {
        let file = |text: &str| SourceFile { path: "a.toml".into(), text: text.into() };
        let text = "x = 1\r\ny = '''가\r\n나'''\r\n";
        assert_eq!(format(&file(text)), Err(LayoutError::LineEnds { path: "a.toml".into() }));
        assert_eq!(laid_out("y = \"가\"\r\nx=nan\r\n"), "y = \"가\"\nx = nan\n");
    }

    #[test]
    fn what_is_no_toml_is_refused() {
        let file = SourceFile { path: "a.toml".into(), text: "x = “y”".into() };
        assert_eq!(format(&file), Err(LayoutError::Syntax { path: "a.toml".into() }));
    }
}
