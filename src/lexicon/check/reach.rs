//! Forms without effect: those that never match, those that never count, and those that another form
//! of the same entry makes superfluous. Each form is written out and looked for.

use super::surfaces::{Surface, surfaces};
use crate::lexicon::compiler::placement_of;
use crate::lexicon::source::LexiconSource;
use crate::lexicon::{ItemId, Lexicon, Match, Role};
use crate::resource::{Diagnostics, Severity};
use crate::text::{Normalized, Normalizer};
use std::collections::HashSet;

/// Reports forms without effect, apart from those that `told` names by item and form.
pub(super) fn check(
    source: &LexiconSource<'_>,
    lexicon: &Lexicon,
    files: Option<&[String]>,
    told: &HashSet<(usize, usize)>,
    problems: &mut Diagnostics,
) {
    let mut prober = Prober { lexicon, normalized: Normalized::default(), hits: Vec::new() };
    for (index, placed) in source.entries.iter().enumerate() {
        let Some(file) = source.files.get(placed.file) else { continue };
        if files.is_some_and(|files| !files.contains(&file.path)) {
            continue;
        }
        let Ok(item) = u32::try_from(index).map(ItemId) else { return };
        let entry = &placed.value;
        let tried: Vec<Option<Outcome>> = (0_u16..)
            .zip(&entry.forms)
            .map(|(number, form)| {
                let (compiled, placement) = placement_of(entry, form, &lexicon.grammar)?;
                let surfaces = surfaces(&compiled, placement.disguise);
                Some(prober.try_form(item, number, entry.forms.len(), &surfaces))
            })
            .collect();
        for (number, (form, outcome)) in entry.forms.iter().zip(&tried).enumerate() {
            let Some(outcome) = outcome else { continue };
            let finding = outcome
                .without_match(&entry.id, form)
                .or_else(|| outcome.without_effect(&entry.id, form, lexicon))
                .or_else(|| superfluous(&entry.id, &entry.forms, &tried, number));
            let Some((code, message, help)) = finding else { continue };
            if code == "L015" || !told.contains(&(index, number)) {
                let offset = file.offset_of(placed.offset, "forms", form);
                problems.push(file.diagnostic(Severity::Warning, code, offset, message, help));
            }
        }
    }
}

/// The finding that another form is found wherever this one is; of two alike the later one is meant.
fn superfluous(
    id: &str,
    forms: &[String],
    tried: &[Option<Outcome>],
    number: usize,
) -> Option<Finding> {
    let twins = |of: usize| tried.get(of).and_then(Option::as_ref).map(|outcome| &outcome.twins);
    let is_twin = |of: usize, other: usize| {
        twins(of).is_some_and(|twins| twins.iter().any(|twin| usize::from(*twin) == other))
    };
    let twin = (0..forms.len())
        .find(|other| is_twin(number, *other) && (*other < number || !is_twin(*other, number)))?;
    let (form, twin) = (forms.get(number)?, forms.get(twin)?);
    let message = format!("{id}: the form `{form}` finds nothing that `{twin}` does not find");
    Some(("L017", message, "keep one of the two"))
}

/// Code, message and help.
type Finding = (&'static str, String, &'static str);

struct Prober<'l> {
    lexicon: &'l Lexicon,
    normalized: Normalized,
    hits: Vec<Match>,
}

/// What became of all the surfaces of a form.
struct Outcome {
    /// Words of surfaces that were not found anywhere.
    lost: Vec<String>,
    /// Whether any surface was found.
    found: bool,
    /// Whether any hit counted.
    counted: bool,
    /// Who stood in the way of one that did not.
    rival: Option<ItemId>,
    /// Forms of the same item that were found wherever this one was.
    twins: Vec<u16>,
}

impl Prober<'_> {
    fn try_form(&mut self, item: ItemId, form: u16, forms: usize, surfaces: &[Surface]) -> Outcome {
        let others = (0..forms).filter_map(|other| u16::try_from(other).ok());
        let mut outcome = Outcome {
            lost: Vec::new(),
            found: false,
            counted: false,
            rival: None,
            twins: others.filter(|other| *other != form).collect(),
        };
        for surface in surfaces {
            let mut found = false;
            for text in &surface.texts {
                found |= self.try_text(text, item, form, &mut outcome);
                if found && outcome.counted && outcome.twins.is_empty() {
                    break;
                }
            }
            outcome.found |= found;
            if !found && !outcome.lost.contains(&surface.word) {
                outcome.lost.push(surface.word.clone());
            }
        }
        outcome
    }

    /// Whether the form is found in a text; what it came to is added to the outcome.
    fn try_text(&mut self, text: &str, item: ItemId, form: u16, outcome: &mut Outcome) -> bool {
        Normalizer.normalize(text, &mut self.normalized);
        self.lexicon.collect(&self.normalized, &mut self.hits);
        let own = |hit: &&Match| hit.item == item && hit.form == form;
        let Some(mine) = self.hits.iter().find(own).copied() else { return false };
        let same = |hit: &&Match| {
            (hit.item, hit.first, hit.last, hit.word_last, hit.disguised)
                == (item, mine.first, mine.last, mine.word_last, mine.disguised)
        };
        // A set, so that many equal forms cost their square and not their cube.
        let here: HashSet<u16> = self.hits.iter().filter(same).map(|hit| hit.form).collect();
        outcome.twins.retain(|twin| here.contains(twin));
        if !outcome.counted {
            self.lexicon.settle(&mut self.hits);
            let around =
                || self.hits.iter().filter(|hit| hit.first <= mine.last && mine.first <= hit.last);
            let rival = around().find(|hit| hit.item != item && self.outdoes(hit.item, item));
            outcome.counted =
                rival.is_none() || around().any(|hit| hit.item == item && !hit.excepted);
            outcome.rival = outcome.rival.or(rival.map(|hit| hit.item));
        }
        true
    }

    /// Whether a hit of `rival` makes one of `item` of no account wherever both stand: an exception,
    /// or an entry without a signal that `item` lacks. One with further signals may itself be
    /// displaced because of them, and displaces nothing then.
    fn outdoes(&self, rival: ItemId, item: ItemId) -> bool {
        let role = |item| self.lexicon.item(item).map(|item| &item.role);
        match (role(rival), role(item)) {
            (Some(Role::Exception { .. }), _) => true,
            (Some(Role::Entry(rival)), Some(Role::Entry(item))) => {
                item.signals.includes(rival.signals)
            }
            _ => false,
        }
    }
}

impl Outcome {
    fn without_match(&self, id: &str, form: &str) -> Option<Finding> {
        if !self.found {
            let message =
                format!("{id}: the form `{form}` can never match, not even its own words");
            return Some(("L015", message, "correct the form, its class or `at`, or delete it"));
        }
        if self.lost.is_empty() {
            return None;
        }
        let message = format!("{id}: `{}` in `{form}` can never match", self.lost.join("`, `"));
        Some(("L015", message, "it cannot stand where the form wants it; correct or delete it"))
    }

    fn without_effect(&self, id: &str, form: &str, lexicon: &Lexicon) -> Option<Finding> {
        if self.counted {
            return None;
        }
        let rival = self.rival.and_then(|rival| lexicon.item(rival));
        let by = rival.map_or_else(String::new, |rival| {
            format!(": {} in {}:{} stands wherever it stands", rival.id, rival.file, rival.line)
        });
        let message = format!("{id}: the form `{form}` never counts{by}");
        Some(("L016", message, "delete one of the two, or narrow the other"))
    }
}
