//! The examples: every sentence that an item must hit or miss, by the search that serves requests.

use super::Checked;
use crate::lexicon::source::LexiconSource;
use crate::lexicon::{ItemId, Lexicon, Match};
use crate::resource::{Diagnostics, Severity};
use crate::text::{Normalized, Normalizer};

/// Runs the examples of all items, which stand in the order of the compiled ones.
pub(super) fn check(
    source: &LexiconSource<'_>,
    lexicon: &Lexicon,
    items: &[Checked<'_>],
    problems: &mut Diagnostics,
) {
    let mut probe = Probe { lexicon, normalized: Normalized::default(), matches: Vec::new() };
    for (index, item) in items.iter().enumerate() {
        let Some(file) = source.files.get(item.file) else { continue };
        let Ok(index) = u32::try_from(index) else { return };
        let mut report = |code, message: String, help: &str| {
            problems.push(file.diagnostic(Severity::Error, code, item.offset, message, help));
        };
        if item.hits.is_empty() {
            let message = format!("{}: no example that it must hit", item.id);
            report("L008", message, "add hits = [\"…\"] with at least one natural sentence");
        }
        if item.needs_misses && item.misses.is_empty() {
            let message = format!(
                "{}: a short or unbounded form needs an example that it must miss",
                item.id
            );
            report("L008", message, "add misses = [\"…\"] with a sentence that only looks alike");
        }
        let forms = item.forms.join(", ");
        for hit in item.hits.iter().filter(|hit| !probe.finds(hit, ItemId(index))) {
            let message = format!("{} ({forms}) does not hit its example `{hit}`", item.id);
            let help = "correct the form, its class or `at`; `nunchi explain` shows what is found";
            report("L006", message, help);
        }
        for miss in item.misses.iter().filter(|miss| probe.finds(miss, ItemId(index))) {
            let message = format!("{} ({forms}) hits `{miss}`, which it must miss", item.id);
            let help = "narrow the form or `at`, or add an exception that covers it";
            report("L007", message, help);
        }
    }
}

/// Looks for single items with the call that serves requests.
struct Probe<'l> {
    lexicon: &'l Lexicon,
    normalized: Normalized,
    matches: Vec<Match>,
}

impl Probe<'_> {
    /// Whether the item is found in the text, by itself or inside a longer hit that displaces it.
    fn finds(&mut self, text: &str, item: ItemId) -> bool {
        Normalizer.normalize(text, &mut self.normalized);
        self.lexicon.find_item(&self.normalized, item, &mut self.matches);
        !self.matches.is_empty()
    }
}
