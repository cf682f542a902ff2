//! Forms that another entry of the same signals has too, compared as they are searched.

use crate::domain::SignalSet;
use crate::lexicon::compiler::placement_of;
use crate::lexicon::form::CompiledForm;
use crate::lexicon::item::Placement;
use crate::lexicon::source::LexiconSource;
use crate::lexicon::{Entry, Item, Lexicon, Role};
use crate::resource::{Diagnostics, Severity};
use std::collections::{HashMap, HashSet};

/// Reports them, and says which forms of which items were reported.
pub(super) fn check(
    source: &LexiconSource<'_>,
    lexicon: &Lexicon,
    problems: &mut Diagnostics,
) -> HashSet<(usize, usize)> {
    let mut seen: HashMap<(CompiledForm, Placement, SignalSet), &Item> = HashMap::new();
    let mut told = HashSet::new();
    for (index, (item, placed)) in lexicon.items().iter().zip(&source.entries).enumerate() {
        let Role::Entry(Entry { signals, .. }) = item.role else { continue };
        let Some(file) = source.files.get(placed.file) else { continue };
        for (number, form) in item.forms.iter().enumerate() {
            let Some((compiled, placement)) = placement_of(&placed.value, form, &lexicon.grammar)
            else {
                continue;
            };
            let Some(first) = seen.insert((compiled, placement, signals), item) else { continue };
            told.insert((index, number));
            let message = if first.id == item.id {
                format!("{}: the form `{form}` is written twice", item.id)
            } else {
                format!(
                    "{}: the form `{form}` also belongs to {} in {}:{}",
                    item.id, first.id, first.file, first.line
                )
            };
            let help = "keep it in one entry; an entry may have several signals";
            let offset = file.offset_of(placed.offset, "forms", form);
            problems.push(file.diagnostic(Severity::Warning, "L011", offset, message, help));
        }
    }
    told
}
