//! The lints of the phrase bank. What each code means stands in [`crate::resource::RULES`].

use super::bank::{PhraseBank, SLOTS_FILE};
use super::phrase::{Human, Phrase, PhraseKind, SlotSource, ValidDay};
use crate::domain::Signal;
use crate::resource::{Diagnostic, Diagnostics, Located, Resources, Severity, SourceFile};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Signals that are never answered with an apology.
const NO_APOLOGY: [Signal; 3] = [Signal::Threat, Signal::SexualHarassment, Signal::Crisis];

pub(super) fn check_file(
    file: &SourceFile,
    phrases: &[Located<Phrase>],
    slots: &[Located<SlotSource>],
    known: &[Phrase],
    problems: &mut Diagnostics,
) {
    for (index, Located { offset, value: phrase }) in phrases.iter().enumerate() {
        let mut report = |code, message: String, help: &str| {
            let message = format!("{}: {message}", phrase.id);
            problems.push(file.diagnostic(Severity::Error, code, *offset, message, help));
        };
        let earlier = phrases.iter().take(index).map(|phrase| &phrase.value).chain(known);
        if earlier.into_iter().any(|other| other.id == phrase.id) {
            report("P001", "the id is already used".into(), "choose another number");
        }
        if phrase.text.trim().is_empty() {
            report("P007", "the line is empty".into(), "write what may be said");
        }
        let human_due = phrase.levels.iter().any(|level| *level >= 2)
            || phrase.actions.iter().any(|action| action.is_escalation());
        if human_due && phrase.human == Human::None {
            let help = "say how a human is reached and set human = \"offers\" or \"performs\"";
            report("P002", "no way to a human where one is due".into(), help);
        }
        for slot in phrase.slots() {
            if !slots.iter().any(|known| known.value.name == slot) {
                let help = "declare it in phrases/slots.toml with a fallback";
                report("P003", format!("unknown slot {{{slot}}}"), help);
            }
        }
        let apology = phrase.kind == PhraseKind::Apology;
        if apology && phrase.signals.iter().any(|signal| NO_APOLOGY.contains(signal)) {
            let help = "use kind = \"notice\" for abuse and \"crisis\" for danger";
            report("P004", "an apology does not belong here".into(), help);
        }
        if phrase.levels.iter().any(|level| *level > 3) {
            report("P005", "levels go from 0 to 3".into(), "correct the list of levels");
        }
    }
}

/// Finds slots that leave a hole where the caller has no value for them.
pub(super) fn check_slots(
    file: &SourceFile,
    slots: &[Located<SlotSource>],
    problems: &mut Diagnostics,
) {
    for Located { offset, value: slot } in slots {
        if slot.fallback.trim().is_empty() {
            let message =
                format!("nothing fills the slot {{{}}}: its fallback is empty", slot.name);
            let help = "write what stands there when the caller has no value";
            problems.push(file.diagnostic(Severity::Error, "P003", *offset, message, help));
        }
    }
}

/// Finds that a procedure of the policy has nothing to say: no phrase of any of its kinds. It is told
/// where the policy, `file`, asks for it.
pub fn check_kinds(
    bank: &PhraseBank,
    kinds: &[PhraseKind],
    file: &SourceFile,
    offset: usize,
    problems: &mut Diagnostics,
) {
    let found = |phrase: &Phrase| phrase.situation.is_none() && kinds.contains(&phrase.kind);
    if !kinds.is_empty() && !bank.phrases().iter().any(found) {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        let message =
            format!("no phrase of the kind {}, which the policy needs", names.join(" or "));
        let help = "copy phrases/ from the default lexicons and change what you need";
        problems.push(file.diagnostic(Severity::Error, "P007", offset, message, help));
    }
}

/// Finds lines whose day has come: facts to review and lines that may not be said any more; apart
/// because it needs to know the day.
pub fn check(bank: &PhraseBank, today: Date) -> Vec<Diagnostic> {
    let is_past = |day: Option<ValidDay>| matches!(day, Some(ValidDay::Once(day)) if day < today);
    let mut found = Vec::new();
    for phrase in bank.phrases() {
        let mut warning = |code, what: &str, help: &str| {
            found.push(Diagnostic {
                code,
                severity: Severity::Warning,
                file: phrase.file.clone(),
                line: phrase.line,
                column: 1,
                message: format!("{}: {what}", phrase.id),
                help: help.to_owned(),
            });
        };
        if is_past(phrase.review_by) {
            let help = "check the fact it states, then set review_by anew";
            warning("P006", "its day of review has passed", help);
        }
        if is_past(phrase.valid_until) {
            let help = "delete it, or set valid_until anew";
            warning("P008", "its last day has passed, so it is never said", help);
        }
    }
    found
}

/// Finds slots that no line uses.
pub fn lint(bank: &PhraseBank, resources: &Resources, problems: &mut Diagnostics) {
    let Some(file) = resources.get(SLOTS_FILE) else { return };
    let used: BTreeSet<&str> = bank.phrases().iter().flat_map(Phrase::slots).collect();
    for slot in bank.slots().iter().filter(|slot| !used.contains(slot.name.as_str())) {
        let message = format!("no line uses the slot {{{}}}", slot.name);
        let written = format!("name = \"{}\"", slot.name);
        let offset = file.text.find(&written).map_or(0, |at| at + "name = ".len());
        problems.push(file.diagnostic(
            Severity::Warning,
            "P009",
            offset,
            message,
            "delete it, or use it in a line",
        ));
    }
}
