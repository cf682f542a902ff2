//! The files of rules as written, and the shape in which the lexicon's compiler takes them.

use super::rule::{AllowSource, RuleKind, RuleSeverity, RuleSource};
use crate::lexicon::{EntrySource, ExceptionSource, LexiconSource, Placed};
use crate::resource::{Diagnostics, Located, Resources, Severity, read_root};

/// The folder of rules.
pub(super) const RULES: &str = "replies/";

/// Every rule and exception, with its place.
#[derive(Debug, Default)]
pub(super) struct RuleSources<'r> {
    /// Files, and the same entries and exceptions as the compiler takes them, in the same order.
    pub(super) lexicon: LexiconSource<'r>,
    pub(super) rules: Vec<Placed<RuleSource>>,
}

impl<'r> RuleSources<'r> {
    /// Reads all files of rules, with the defaults of each file filled in.
    pub(super) fn read(resources: &'r Resources, problems: &mut Diagnostics) -> Self {
        let mut sources = Self::default();
        for file in resources.below(RULES) {
            let index = sources.lexicon.add_file(file);
            let mut root = read_root(file, problems);
            let kind = root.take::<RuleKind>("kind", problems).map(|one| one.value);
            let severity = root.take::<RuleSeverity>("severity", problems).map(|one| one.value);
            let message = root.take::<String>("message", problems).map(|one| one.value);
            let rules = root.take_array::<RuleSource>("rule", problems);
            let exceptions = root.take_array::<AllowSource>("exception", problems);
            root.finish(
                "`kind`, `severity`, `message`, [[rule]] and [[exception]] tables",
                problems,
            );
            for Located { offset, value: mut rule } in rules {
                rule.kind = rule.kind.or(kind);
                rule.severity = rule.severity.or(severity);
                rule.message = rule.message.or_else(|| message.clone());
                let said = rule.message.as_ref().is_some_and(|text| !text.trim().is_empty());
                if rule.kind.is_none() || rule.severity.is_none() || !said {
                    let message = format!("{}: no kind, severity or message", rule.id);
                    let help = "write it in the rule or at the top of the file";
                    problems.push(file.diagnostic(Severity::Error, "L003", offset, message, help));
                }
                sources.lexicon.entries.push(Placed { file: index, offset, value: entry(&rule) });
                sources.rules.push(Placed { file: index, offset, value: rule });
            }
            sources.lexicon.exceptions.extend(exceptions.into_iter().map(|one| Placed {
                file: index,
                offset: one.offset,
                value: exception(one.value),
            }));
        }
        sources
    }
}

/// A rule as the lexicon's compiler takes it: without signals, since it is no evidence of anything.
fn entry(rule: &RuleSource) -> EntrySource {
    EntrySource {
        id: rule.id.clone(),
        forms: rule.forms.clone(),
        class: rule.class,
        weight: 0.0,
        signals: Some(Vec::new()),
        confidence: None,
        at: rule.at,
        gap: rule.gap,
        disguise: Some(false),
        hits: rule.hits.clone(),
        misses: rule.misses.clone(),
        note: rule.note.clone(),
    }
}

fn exception(one: AllowSource) -> ExceptionSource {
    ExceptionSource {
        id: one.id,
        forms: one.forms,
        class: one.class,
        covers: None,
        at: one.at,
        gap: one.gap,
        hits: one.hits,
        misses: one.misses,
        note: one.note,
    }
}
