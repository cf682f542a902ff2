//! The lints of the phrase bank.
//!
//! | code | severity | finding |
//! |---|---|---|
//! | P001 | error | an id used twice |
//! | P002 | error | a line for level 2 or more, or for an escalation, without a way to a human |
//! | P003 | error | a slot that `slots.toml` does not declare |
//! | P004 | error | an apology for abuse or for a customer in danger |
//! | P005 | error | a level that is not 0 to 3 |
//! | P006 | warning | a fact whose day of review has passed |
//! | P007 | error | an empty line, or no line of a kind that the policy needs |

use super::bank::PhraseBank;
use super::phrase::{Human, Phrase, PhraseKind, SlotSource, ValidDay};
use crate::domain::Signal;
use crate::resource::{Diagnostic, Diagnostics, Located, Severity, SourceFile};
use jiff::civil::Date;

/// Signals that are never answered with an apology.
const NO_APOLOGY: [Signal; 3] = [Signal::Threat, Signal::SexualHarassment, Signal::Crisis];

pub(super) fn check_file(
    file: &SourceFile,
    phrases: &[Located<Phrase>],
    slots: &[SlotSource],
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
            if !slots.iter().any(|known| known.name == slot) {
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

/// Finds that a procedure of the policy has nothing to say: no phrase of any of its kinds.
pub fn check_kinds(bank: &PhraseBank, kinds: &[PhraseKind], problems: &mut Diagnostics) {
    let found = |phrase: &Phrase| phrase.situation.is_none() && kinds.contains(&phrase.kind);
    if !kinds.is_empty() && !bank.phrases().iter().any(found) {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        problems.push(Diagnostic {
            code: "P007",
            severity: Severity::Error,
            file: "phrases".to_owned(),
            line: 1,
            column: 1,
            message: format!(
                "no phrase of the kind {}, which the policy needs",
                names.join(" or ")
            ),
            help: "copy phrases/ from the default lexicons and change what you need".to_owned(),
        });
    }
}

/// Finds facts whose day of review has passed; apart because it needs to know the day.
pub fn check(bank: &PhraseBank, today: Date) -> Vec<Diagnostic> {
    let overdue = bank
        .phrases()
        .iter()
        .filter(|phrase| matches!(phrase.review_by, Some(ValidDay::Once(day)) if day < today));
    overdue
        .map(|phrase| Diagnostic {
            code: "P006",
            severity: Severity::Warning,
            file: "phrases".to_owned(),
            line: 1,
            column: 1,
            message: format!("{}: its day of review has passed", phrase.id),
            help: "check the fact it states, then set review_by anew".to_owned(),
        })
        .collect()
}
