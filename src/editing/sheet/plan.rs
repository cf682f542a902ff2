//! What sheets that come back want changed, and the files as they would be.

use super::kind::Kind;
use super::problem::SheetProblem;
use super::rows::Reader;
use super::table::{Files, Place};
use super::{Sheet, verify};
use crate::editing::layout::lay_new;
use crate::editing::line_ends;
use crate::resource::{Resources, SourceFile};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use toml_edit::Table;

/// One change of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A field has another value; blank texts stand for no field.
    Edited {
        /// The item.
        id: String,
        /// Its file.
        file: String,
        /// The field.
        key: &'static str,
        /// The cell as it was exported.
        before: String,
        /// The cell as it came back.
        after: String,
    },
    /// The item is new, at the end of the file.
    Added {
        /// The item.
        id: String,
        /// Its file.
        file: String,
    },
    /// The item stands in another file, at its end.
    Moved {
        /// The item.
        id: String,
        /// The file before.
        from: String,
        /// The file now.
        to: String,
    },
    /// The item is gone.
    Removed {
        /// The item.
        id: String,
        /// Its file.
        file: String,
    },
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The changes, in the order of the sheets.
    pub changes: Vec<Change>,
    /// Items that no row names and that stay, with their files.
    pub missing: Vec<(String, String)>,
    /// The files that change, as they would be. Those that items move to stand before those that they
    /// leave, so that an item is rather there twice than gone where writing stops between two files.
    pub files: Vec<SourceFile>,
}

/// Where an item of a sheet stands, for what the check finds in it.
pub(super) type Origins = HashMap<String, (String, usize)>;

impl Plan {
    /// Finds what the sheets want changed in a folder. With `prune` items without a row are removed.
    ///
    /// Everything that is wrong is returned at once; the result has passed the check of lexicons,
    /// for which `today` decides what is out of date.
    pub fn new(
        resources: &Resources,
        sheets: &[Sheet],
        prune: bool,
        today: Date,
    ) -> Result<Self, Vec<SheetProblem>> {
        let mut files = Files::read(resources)?;
        let mut plan = Self::default();
        let mut problems = Vec::new();
        let mut origins = Origins::new();
        let mut work = Work::default();
        let mut seen = BTreeSet::new();
        for sheet in sheets {
            if !seen.insert(sheet.kind) {
                let message = format!("`{}` 표가 두 번 들어 있습니다", sheet.kind.title());
                problems.push(SheetProblem::of_sheet(&sheet.place, message, "하나만 남깁니다"));
                continue;
            }
            let reader = Reader::new(sheet, &files, &mut problems);
            let Some(reader) = reader else { continue };
            let index = files.index(sheet.kind);
            let named = reader.read(&mut files, &index, &mut work, &mut plan, &mut problems);
            origins.extend(named.iter().map(|(id, row)| (id.clone(), (sheet.place.clone(), *row))));
            let mut missing: Vec<(&String, &Place)> =
                index.iter().filter(|(id, _)| !named.contains_key(*id)).collect();
            missing.sort_by_key(|(_, place)| *place);
            for (id, place) in missing {
                let (id, file) = (id.clone(), place.file.clone());
                if prune {
                    plan.changes.push(Change::Removed { id, file });
                    work.removed.insert(place.clone());
                } else {
                    plan.missing.push((id, file));
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let touched = work.apply(&mut files, &plan)?;
        plan.files = texts(resources, &files, &in_order(&touched, &plan.changes));
        if !plan.files.is_empty() {
            verify::verify(&resources.overlaid(plan.files.clone()), &origins, today)?;
        }
        Ok(plan)
    }
}

fn texts(resources: &Resources, files: &Files, touched: &[&str]) -> Vec<SourceFile> {
    let changed = |path: &&str| {
        let before = resources.get(path)?;
        let text = files.documents.get(*path)?.to_string();
        let text = line_ends::like(&before.text, &text);
        (text != before.text).then(|| SourceFile { path: (*path).to_owned(), text })
    };
    touched.iter().filter_map(changed).collect()
}

/// The files that change, each behind those that its items move to. Files that swap items have no
/// such order.
fn in_order<'t>(touched: &'t BTreeSet<String>, changes: &'t [Change]) -> Vec<&'t str> {
    fn visit<'t>(
        file: &'t str,
        changes: &'t [Change],
        seen: &mut BTreeSet<&'t str>,
        order: &mut Vec<&'t str>,
    ) {
        if !seen.insert(file) {
            return;
        }
        for change in changes {
            if let Change::Moved { from, to, .. } = change
                && from == file
            {
                visit(to, changes, seen, order);
            }
        }
        order.push(file);
    }
    let (mut seen, mut order) = (BTreeSet::new(), Vec::with_capacity(touched.len()));
    for file in touched {
        visit(file, changes, &mut seen, &mut order);
    }
    order
}

/// Tables that come and go; done after all rows are read, so that places hold meanwhile.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) added: Vec<(String, Kind, Table)>,
    pub(super) moved: Vec<(Place, String)>,
    pub(super) removed: BTreeSet<Place>,
}

impl Work {
    /// Does the work; returns the files that changed, those of edited fields among them.
    fn apply(
        mut self,
        files: &mut Files,
        plan: &Plan,
    ) -> Result<BTreeSet<String>, Vec<SheetProblem>> {
        let mut touched: BTreeSet<String> = BTreeSet::new();
        for change in &plan.changes {
            match change {
                Change::Edited { file, .. }
                | Change::Added { file, .. }
                | Change::Removed { file, .. } => _ = touched.insert(file.clone()),
                Change::Moved { from, to, .. } => touched.extend([from.clone(), to.clone()]),
            }
        }
        for (place, to) in std::mem::take(&mut self.moved) {
            if let Some(mut table) = files.table(&place).cloned() {
                // The comments above stay where they are, see `remove`.
                table.decor_mut().clear();
                self.added.push((to, place.kind, table));
                self.removed.insert(place);
            }
        }
        let mut leaving: BTreeMap<(String, Kind), Vec<usize>> = BTreeMap::new();
        for place in self.removed {
            leaving.entry((place.file, place.kind)).or_default().push(place.index);
        }
        for ((file, kind), places) in leaving {
            remove(files, &file, kind, places);
        }
        let mut problems = Vec::new();
        for (file, kind, table) in self.added {
            problems.extend(append(files, &file, kind, table).err());
        }
        if problems.is_empty() { Ok(touched) } else { Err(problems) }
    }
}

/// Adds a table at the end of a file.
fn append(files: &mut Files, file: &str, kind: Kind, mut table: Table) -> Result<(), SheetProblem> {
    lay_new(&mut table, kind.table());
    // Where it stood before says nothing in another file.
    table.set_position(None);
    let tables = files.tables_mut(file, kind).ok_or_else(|| {
        let message = format!("`{}`을(를) 이 파일에 더할 수 없습니다", kind.title());
        SheetProblem::of_sheet(file, message, format!("[[{}]] 꼴로 적습니다", kind.table()))
    })?;
    tables.push(table);
    Ok(())
}

/// Removes tables. The comments above one often head those below it, so they stay.
fn remove(files: &mut Files, file: &str, kind: Kind, mut places: Vec<usize>) {
    places.sort_unstable();
    for index in places.into_iter().rev() {
        let Some(tables) = files.tables_mut(file, kind) else { return };
        let comments = tables.get(index).and_then(comments_above).map(str::to_owned);
        tables.remove(index);
        let Some(comments) = comments else { continue };
        if let Some(next) = tables.get_mut(index) {
            let own = next.decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default();
            let both = format!("{comments}{own}");
            next.decor_mut().set_prefix(both);
        } else if let Some(document) = files.documents.get_mut(file) {
            let both = format!("{comments}{}", document.trailing().as_str().unwrap_or_default());
            document.set_trailing(both);
        }
    }
}

fn comments_above(table: &Table) -> Option<&str> {
    table.decor().prefix().and_then(|raw| raw.as_str()).filter(|raw| raw.contains('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_gain_items_are_written_before_those_that_lose_them() {
        let moved = |from: &str, to: &str| Change::Moved {
            id: "a.b".into(),
            from: from.into(),
            to: to.into(),
        };
        let touched = ["a", "b", "c", "d"].map(str::to_owned).into();
        let changes = [moved("a", "b"), moved("b", "d"), moved("c", "a")];
        assert_eq!(in_order(&touched, &changes), ["d", "b", "a", "c"]);
        assert_eq!(in_order(&touched, &[moved("a", "b"), moved("b", "a")]).len(), 4);
    }
}
