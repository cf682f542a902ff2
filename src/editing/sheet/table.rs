//! The files of a folder as documents that can be edited, and where each item stands in them.

use super::kind::Kind;
use super::problem::SheetProblem;
use crate::resource::Resources;
use std::collections::{BTreeMap, HashMap};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) kind: Kind,
    pub(super) index: usize,
}

/// The files that hold items of any kind.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub(super) documents: BTreeMap<String, DocumentMut>,
}

impl Files {
    /// Reads the files; one that is no TOML, or whose items are not `[[tables]]`, is a problem.
    pub(super) fn read(resources: &Resources) -> Result<Self, Vec<SheetProblem>> {
        let mut documents = BTreeMap::new();
        let mut problems = Vec::new();
        let holds = |path: &str| Kind::ALL.into_iter().any(|kind| kind.lives_in(path));
        for file in resources.files().iter().filter(|file| holds(&file.path)) {
            match file.text.parse::<DocumentMut>() {
                Ok(document) => {
                    problems.extend(written_otherwise(&file.path, &document));
                    documents.insert(file.path.clone(), document);
                }
                Err(_) => problems.push(SheetProblem::of_sheet(
                    &file.path,
                    "TOML 문법에 맞지 않아 읽을 수 없습니다",
                    "nunchi lexicon check가 자리를 알려 줍니다. 고친 다음 다시 합니다",
                )),
            }
        }
        if problems.is_empty() { Ok(Self { documents }) } else { Err(problems) }
    }

    /// The names of the files of a kind.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str).filter(move |path| kind.lives_in(path))
    }

    /// Every item of a kind with its place, in the order of the files.
    pub(super) fn items(&self, kind: Kind) -> impl Iterator<Item = (Place, &Table)> {
        self.of(kind).flat_map(move |file| {
            let tables = self
                .documents
                .get(file)
                .and_then(|document| document.get(kind.table()).and_then(Item::as_array_of_tables));
            tables
                .into_iter()
                .flatten()
                .enumerate()
                .map(move |(index, table)| (Place { file: file.to_owned(), kind, index }, table))
        })
    }

    /// Where the items of a kind stand, by their ids.
    pub(super) fn index(&self, kind: Kind) -> HashMap<String, Place> {
        let named = self.items(kind).filter_map(|(place, table)| {
            let id = table.get(kind.id()).and_then(Item::as_str)?;
            Some((id.to_owned(), place))
        });
        named.collect()
    }

    pub(super) fn table(&self, place: &Place) -> Option<&Table> {
        let tables = self.documents.get(&place.file)?.get(place.kind.table())?;
        tables.as_array_of_tables()?.get(place.index)
    }

    pub(super) fn table_mut(&mut self, place: &Place) -> Option<&mut Table> {
        self.tables_mut(&place.file, place.kind)?.get_mut(place.index)
    }

    /// The tables of a kind in a file, which begin where there are none yet; none where there is no
    /// such file, since [`Files::read`] refuses items that are written otherwise.
    pub(super) fn tables_mut(&mut self, file: &str, kind: Kind) -> Option<&mut ArrayOfTables> {
        let document = self.documents.get_mut(file)?;
        let item = document.entry(kind.table());
        item.or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())).as_array_of_tables_mut()
    }
}

/// The kinds of a file whose items are an inline list: it loads, but neither export nor import
/// would see its items.
fn written_otherwise(path: &str, document: &DocumentMut) -> Vec<SheetProblem> {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.lives_in(path));
    let names = kinds.map(Kind::table).filter(|name| {
        document.get(name).is_some_and(|item| !item.is_none() && !item.is_array_of_tables())
    });
    let problem = |name: &str| {
        SheetProblem::of_sheet(
            path,
            format!("`{name} = …` 꼴로 적은 항목은 표로 옮길 수 없습니다"),
            format!("항목마다 [[{name}]] 줄을 두고 그 아래에 필드를 한 줄씩 적습니다"),
        )
    };
    names.map(problem).collect()
}
