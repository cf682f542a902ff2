//! Colors of the terminal output; `anstream` drops them where there is no terminal.

use anstyle::{AnsiColor, Style};

/// Errors and severe levels.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Warnings and clear levels.
pub(super) const WARN: Style = AnsiColor::Yellow.on_default().bold();
/// Good news.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Names and headings.
pub(super) const HEAD: Style = AnsiColor::Cyan.on_default().bold();
/// What matters less.
pub(super) const DIM: Style = Style::new().dimmed();

/// Text in a style.
pub(super) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{}{text}{}", style.render(), style.render_reset())
}
