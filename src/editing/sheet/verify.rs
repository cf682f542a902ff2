//! The check of lexicons over what an import would write, with the rows that its findings belong to.

use super::plan::Origins;
use super::problem::SheetProblem;
use crate::analysis;
use crate::resource::{Diagnostic, Diagnostics, Resources, Severity, read_root};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;

/// The names of an item; whatever else it says is not asked for.
#[derive(Deserialize)]
struct Named {
    id: Option<String>,
    name: Option<String>,
}

/// Checks a folder as it would be.
pub(super) fn verify(
    resources: &Resources,
    origins: &Origins,
    today: Date,
) -> Result<(), Vec<SheetProblem>> {
    let findings = analysis::check(resources, today).sorted();
    let errors: Vec<Diagnostic> =
        findings.into_iter().filter(|one| one.severity == Severity::Error).collect();
    if errors.is_empty() {
        return Ok(());
    }
    let ids = ids_by_line(resources);
    let problem = |error: Diagnostic| {
        let id = ids.get(&(error.file.clone(), error.line));
        let message = format!("사전 검사 {}: {}", error.code, error.message);
        if let Some((place, row)) = id.and_then(|id| origins.get(id)) {
            return SheetProblem::of_sheet(place, message, error.help).in_row(*row);
        }
        let place = format!("{}:{}:{}", error.file, error.line, error.column);
        SheetProblem::of_sheet(&place, message, error.help)
    };
    Err(errors.into_iter().map(problem).collect())
}

/// The ids of all items by file and line of their tables.
fn ids_by_line(resources: &Resources) -> HashMap<(String, usize), String> {
    let mut ids = HashMap::new();
    let mut ignored = Diagnostics::default();
    for file in resources.files() {
        let mut root = read_root(file, &mut ignored);
        for kind in super::Kind::ALL {
            for item in root.take_array::<Named>(kind.table(), &mut ignored) {
                if let Some(id) = item.value.id.or(item.value.name) {
                    ids.insert((file.path.clone(), file.position(item.offset).0), id);
                }
            }
        }
    }
    ids
}
