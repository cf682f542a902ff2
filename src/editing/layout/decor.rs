//! What stands between the data: comments and blank lines.

use toml_edit::RawString;

/// The lines of a stretch of comments and blank lines, without their indentation.
fn lines(raw: &str) -> impl Iterator<Item = &str> {
    raw.lines().map(str::trim)
}

/// Comments with at most one blank line between them.
pub(super) fn paragraphs(raw: &str) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines(raw) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if blank {
            text.push('\n');
        }
        blank = false;
        text.push_str(line);
        text.push('\n');
    }
    if blank {
        text.push('\n');
    }
    text
}

/// What stands before the header of a table: a blank line, then its comments.
pub(super) fn before_table(raw: &str) -> String {
    let text = paragraphs(raw);
    // A comment right below the data before it, with a blank line behind it, belongs to that data.
    let belongs_above = text.starts_with('#') && text.contains("\n\n");
    if text.starts_with('\n') || belongs_above { text } else { format!("\n{text}") }
}

/// What stands before a key: its comments, and at most one blank line outside of `[[tables]]`.
pub(super) fn before_key(raw: &str, is_dense: bool, is_first: bool) -> String {
    let text = paragraphs(raw);
    if is_dense {
        return text.split_inclusive('\n').filter(|line| *line != "\n").collect();
    }
    if is_first { text.trim_start_matches('\n').to_owned() } else { text }
}

/// A comment on the same line, with the space before it as it was, so that columns stay columns.
pub(super) fn behind(raw: Option<&RawString>) -> String {
    let raw = raw.and_then(RawString::as_str).unwrap_or_default().trim_end();
    if raw.starts_with('#') { format!(" {raw}") } else { raw.to_owned() }
}
