//! Retired ids: an id that once named an entry or a line never names another, so that reports of
//! different years can be compared.

use crate::lexicon::Lexicon;
use crate::phrases::PhraseBank;
use crate::resource::{Diagnostic, Diagnostics, Resources, Severity, read_root};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where retired ids stand in a lexicon folder; a folder need not have any.
const RETIRED_FILE: &str = "retired.toml";

/// `[[retired]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Retired {
    id: String,
    #[expect(dead_code, reason = "checked as it is read; for the readers of the file")]
    date: Day,
    #[expect(dead_code, reason = "for the readers of the file")]
    why: String,
    /// Who does its work now.
    replaced_by: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Day(#[expect(dead_code, reason = "checked as it is read")] Date);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("`{text}` is no day; write \"YYYY-MM-DD\""))
    }
}

/// Finds ids that were retired and are used again, and rows that contradict the files.
pub(super) fn check(
    resources: &Resources,
    lexicon: &Lexicon,
    phrases: &PhraseBank,
    problems: &mut Diagnostics,
) {
    let Some(file) = resources.get(RETIRED_FILE) else { return };
    let mut root = read_root(file, problems);
    let rows = root.take_array::<Retired>("retired", problems);
    root.finish("[[retired]] tables", problems);
    let items = lexicon.items().iter().map(|item| (item.id.as_str(), (&item.file, item.line)));
    let lines = phrases.phrases().iter();
    let lines = lines.map(|phrase| (phrase.id.as_str(), (&phrase.file, phrase.line)));
    let alive: BTreeMap<&str, (&String, usize)> = items.chain(lines).collect();
    let mut seen = BTreeSet::new();
    for row in &rows {
        let Retired { id, replaced_by, .. } = &row.value;
        let mut report = |message: String, help: &str| {
            problems.push(file.diagnostic(Severity::Error, "L018", row.offset, message, help));
        };
        if !seen.insert(id) {
            report(format!("`{id}` is retired twice"), "keep one of the rows");
        }
        if let Some(by) = replaced_by.as_deref().filter(|by| !alive.contains_key(by)) {
            let message = format!("`{id}` is replaced by `{by}`, which does not exist");
            report(message, "name an id that is in use, or leave replaced_by out");
        }
        if let Some((path, line)) = alive.get(id.as_str()) {
            problems.push(Diagnostic {
                code: "L018",
                severity: Severity::Error,
                file: (*path).clone(),
                line: *line,
                column: 1,
                message: format!(
                    "the id `{id}` was retired and means something else in earlier reports"
                ),
                help: format!("choose another id; {RETIRED_FILE} lists those that are used up"),
            });
        }
    }
}
