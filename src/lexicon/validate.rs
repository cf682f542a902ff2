//! What is wrong with lexicon files by themselves: ids and figures. Refused at start-up.

use super::source::{LexiconSource, Placed};
use crate::resource::{Diagnostics, Severity};
use std::collections::HashMap;

/// Weights beyond this range would let one entry decide alone.
const WEIGHTS: std::ops::RangeInclusive<f64> = -4.0..=6.0;
/// Factors beyond this range would do the same.
const FACTORS: std::ops::RangeInclusive<f64> = 0.0..=3.0;
/// A longer gap joins words that have nothing to do with each other, and costs time.
const LONGEST_GAP: u8 = 16;

/// More forms than these in one item are a list that belongs into several.
const MOST_FORMS: usize = 1_000;

/// Checks ids, ranges and the presence of entries.
pub(super) fn validate(source: &LexiconSource<'_>, problems: &mut Diagnostics) {
    let mut validator = Validator { source, problems };
    validator.ids();
    validator.forms();
    validator.entries();
    validator.shifters();
}

struct Validator<'v, 'r> {
    source: &'v LexiconSource<'r>,
    problems: &'v mut Diagnostics,
}

impl Validator<'_, '_> {
    fn report(
        &mut self,
        file: usize,
        offset: usize,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        if let Some(file) = self.source.files.get(file) {
            self.problems.push(file.diagnostic(Severity::Error, code, offset, message, help));
        }
    }

    fn ids(&mut self) {
        let source = self.source;
        let entries = source.entries.iter().map(|p| (p.file, p.offset, p.value.id.as_str()));
        let exceptions = source.exceptions.iter().map(|p| (p.file, p.offset, p.value.id.as_str()));
        let shifters = source.shifters.iter().map(|p| (p.file, p.offset, p.value.1.id.as_str()));
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (file, offset, id) in entries.chain(exceptions).chain(shifters) {
            if !is_id(id) {
                let help = "write theme.slug in lower-case ASCII, digits and `-`";
                self.report(file, offset, "L005", format!("`{id}` is not an id"), help);
            }
            if let Some(first) = seen.insert(id, file) {
                let there = source.files.get(first).map_or("", |file| &file.path);
                let message = format!("the id `{id}` is already used in {there}");
                let help = "ids name an entry in every report; choose another";
                self.report(file, offset, "L005", message, help);
            }
        }
    }

    fn forms(&mut self) {
        let source = self.source;
        let entries =
            source.entries.iter().map(|p| (p.file, p.offset, &p.value.id, &p.value.forms));
        let exceptions =
            source.exceptions.iter().map(|p| (p.file, p.offset, &p.value.id, &p.value.forms));
        let shifters =
            source.shifters.iter().map(|p| (p.file, p.offset, &p.value.1.id, &p.value.1.forms));
        for (file, offset, id, forms) in entries.chain(exceptions).chain(shifters) {
            let number = forms.len();
            if number == 0 || number > MOST_FORMS {
                let message = format!("{id}: {number} forms; an item has 1 to {MOST_FORMS}");
                let help = "write at least one form, and divide a long list over several items";
                self.report(file, offset, "L009", message, help);
            }
        }
    }

    fn entries(&mut self) {
        let source = self.source;
        if let ([], Some(_)) = (source.entries.as_slice(), source.files.first()) {
            let message = "the lexicon has no entry".to_owned();
            self.report(0, 0, "L004", message, "the folder signals/ holds the entries");
        }
        for Placed { file, offset, value } in &source.entries {
            let (file, offset, id) = (*file, *offset, &value.id);
            if !WEIGHTS.contains(&value.weight) {
                let message = format!("{id}: weight {} is out of range", value.weight);
                let help = "weights go from -4 to 6; 1 is mild, 2 clear, 4 severe by itself";
                self.report(file, offset, "L009", message, help);
            }
            if value.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
                let message = format!("{id}: confidence is a probability");
                self.report(file, offset, "L009", message, "write 0 to 1");
            }
            if value.gap.is_some_and(|gap| gap > LONGEST_GAP) {
                let message = format!("{id}: the gap is over {LONGEST_GAP} syllables");
                self.report(file, offset, "L009", message, "write a shorter gap or two entries");
            }
            let Some(signals) = &value.signals else {
                let message = format!("{id}: no signals");
                let help = "name them in the entry or at the top of the file; [] for none";
                self.report(file, offset, "L003", message, help);
                continue;
            };
            if signals.is_empty() && value.weight >= 1.0 {
                let message =
                    format!("{id}: a complaint by itself without a signal explains nothing");
                let help = "name the signal that it shows, or write a weight below 1";
                self.report(file, offset, "L009", message, help);
            }
        }
    }

    fn shifters(&mut self) {
        let source = self.source;
        for Placed { file, offset, value: (_, shifter) } in &source.shifters {
            if !FACTORS.contains(&shifter.factor) {
                let message = format!("{}: factor {} is out of range", shifter.id, shifter.factor);
                let help = "0 switches off, 1 changes nothing, 3 is the strongest";
                self.report(*file, *offset, "L009", message, help);
            }
        }
    }
}

fn is_id(id: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty() && part.chars().all(|ch| matches!(ch, 'a'..='z' | '0'..='9' | '-' | '_'))
    };
    let mut parts = id.split('.');
    parts.clone().count() >= 2 && parts.all(word)
}
