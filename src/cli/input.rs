//! Messages from the argument or from standard input.

use std::io::BufRead as _;

/// Calls `each` with the argument, or with each line of standard input that is not blank.
pub(super) fn for_each(
    argument: Option<&str>,
    mut each: impl FnMut(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if let Some(text) = argument {
        return each(text);
    }
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            each(&line)?;
        }
    }
    Ok(())
}

/// The day in the zone of the machine, for lines with a season.
pub(super) fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}
