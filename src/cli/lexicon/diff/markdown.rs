//! The report for a pull request.

use super::shown::{Mark, Shown, hits};
use crate::cli::args::DiffArgs;
use std::fmt::Write as _;

pub(super) fn render(shown: &Shown<'_>) -> String {
    let DiffArgs { old, new, .. } = shown.arguments;
    let mut out = format!("### Lexicons: `{old}` → `{new}`\n\n{}.\n", shown.summary());
    table(
        &mut out,
        ["figure", "before", "after", "change"],
        shown.figures().into_iter().map(|figure| {
            let change = format!("{:+.3}", figure.change());
            let value = |value: f64| format!("{value:.3}");
            [figure.name.to_owned(), value(figure.before), value(figure.after), change]
        }),
    );
    table(
        &mut out,
        ["", "from", "to", "messages"],
        shown
            .moves()
            .into_iter()
            .map(|one| [one.what.to_owned(), one.from, one.to, one.messages.to_string()]),
    );
    table(
        &mut out,
        ["entry", "new hits", "lost hits"],
        shown.comparison.entries().into_iter().map(|(entry, count)| {
            [format!("`{entry}`"), count.gained.to_string(), count.lost.to_string()]
        }),
    );
    table(
        &mut out,
        ["message", "level", "action", "hits"],
        shown.samples().into_iter().map(|change| {
            let (before, after) = (&change.before, &change.after);
            [
                shown.parts(change).into_iter().map(marked).collect(),
                format!("{} → {}", before.level.number(), after.level.number()),
                format!("{} → {}", before.action, after.action),
                hits(change).join(" "),
            ]
        }),
    );
    out
}

/// A table, where it has rows.
fn table<const N: usize>(
    out: &mut String,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    _ = writeln!(out, "\n| {} |\n|{}", head.join(" | "), "---|".repeat(N));
    for row in rows {
        _ = writeln!(out, "| {} |", row.join(" | "));
    }
}

fn marked((mark, part): (Mark, &str)) -> String {
    let part = escaped(part);
    match mark {
        Mark::Plain => part,
        Mark::New => format!("**{part}**"),
        Mark::Lost => format!("~~{part}~~"),
    }
}

/// A text that a renderer shows as it is: messages are full of `*`, `_`, `~` and `<`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\\' | '`' | '*' | '_' | '~' | '|' | '[' | ']' | '#' | '@' | '$' => {
                escaped.push('\\');
                escaped.push(ch);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' | '\r' => escaped.push(' '),
            ch => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_cannot_break_out_of_their_cell() {
        assert_eq!(escaped("a|b\n<b>*ㅋ*&"), "a\\|b &lt;b&gt;\\*ㅋ\\*&amp;");
    }
}
