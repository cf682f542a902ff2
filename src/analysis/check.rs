//! The whole check of a lexicon folder: everything that loading finds, the lexicon's own lints and
//! examples, the sentences that shifters promise to shift, and the rules of replies.

use super::policy::{IdleRule, POLICY_FILE};
use super::{Analyzer, Assessment, Scratch, ordinary};
use crate::domain::MessageText;
use crate::lexicon::{self, LexiconSource, Role};
use crate::phrases;
use crate::replies;
use crate::resource::{Diagnostics, Resources, Severity, check_damage};
use jiff::civil::Date;

/// Checks a lexicon folder; `today` decides which facts are due for review.
pub fn check(resources: &Resources, today: Date) -> Diagnostics {
    match Analyzer::build(resources) {
        Ok(analyzer) => check_built(&analyzer, today),
        Err(problems) => problems,
    }
}

/// The same for a folder that an analyzer was built from.
pub fn check_built(analyzer: &Analyzer, today: Date) -> Diagnostics {
    let resources = analyzer.resources();
    let mut problems = Diagnostics::default();
    lexicon::check(resources, analyzer.lexicon(), &mut problems);
    check_shifters(resources, analyzer, &mut problems);
    problems.extend(phrases::check(analyzer.phrases(), today));
    replies::check(resources, analyzer.replies(), analyzer.phrases(), &mut problems);
    problems
}

/// How far [`lint`] goes.
#[derive(Debug, Clone, Copy, Default)]
pub struct LintScope<'s> {
    /// The files whose entries are looked at one by one; none: all.
    pub files: Option<&'s [String]>,
    /// Texts of the user's that no entry may hit, beside the list of ordinary Korean; none: that
    /// list is left out too.
    pub ordinary: Option<&'s [String]>,
}

/// The whole check, and everything that looks like a mistake without keeping a folder from being
/// loaded.
pub fn lint(resources: &Resources, today: Date, scope: LintScope<'_>) -> Diagnostics {
    let built = Analyzer::build(resources);
    let mut problems = match &built {
        Ok(analyzer) => check_built(analyzer, today),
        Err(problems) => problems.clone(),
    };
    check_damage(resources, &mut problems);
    let Ok(analyzer) = built else { return problems };
    lexicon::lint(resources, analyzer.lexicon(), scope.files, &mut problems);
    phrases::lint(analyzer.phrases(), resources, &mut problems);
    check_idle_rules(resources, &analyzer, &mut problems);
    if let Some(own) = scope.ordinary {
        ordinary::check(resources, &analyzer, own, scope.files, &mut problems);
    }
    problems
}

fn check_idle_rules(resources: &Resources, analyzer: &Analyzer, problems: &mut Diagnostics) {
    let Some(file) = resources.get(POLICY_FILE) else { return };
    for IdleRule { id, offset, first } in analyzer.policy().idle_rules() {
        let why = match first {
            Some(first) => format!("wherever it holds, an earlier rule such as {first} does"),
            None => "no level lies between its min_level and max_level".to_owned(),
        };
        let message = format!("rule {id} can never apply: {why}");
        let help = "move it up, change its conditions, or delete it";
        problems.push(file.diagnostic(Severity::Warning, "L019", offset, message, help));
    }
}

fn check_shifters(resources: &Resources, analyzer: &Analyzer, problems: &mut Diagnostics) {
    let source = LexiconSource::read(resources, &mut Diagnostics::default());
    let mut scratch = Scratch::default();
    for placed in &source.shifters {
        let (_, shifter) = &placed.value;
        let Some(file) = source.files.get(placed.file) else { continue };
        for sentence in &shifter.shifts {
            if !is_shifted_by(analyzer, sentence, &shifter.id, &mut scratch) {
                problems.push(file.diagnostic(
                    Severity::Error,
                    "L013",
                    placed.offset,
                    format!("{} does not shift anything in `{sentence}`", shifter.id),
                    "check `side`, `within` and `only`; `nunchi explain` shows what shifts what",
                ));
            }
        }
        for sentence in &shifter.keeps {
            let Some(assessment) = assess(analyzer, sentence, &mut scratch) else { continue };
            if assessment.evidence.iter().any(|one| one.shift.negated) {
                problems.push(file.diagnostic(
                    Severity::Error,
                    "L014",
                    placed.offset,
                    format!("{}: something is switched off in `{sentence}`", shifter.id),
                    "narrow the shifter, or add a longer one with factor 1.0 for this wording",
                ));
            }
        }
    }
}

fn assess(analyzer: &Analyzer, sentence: &str, scratch: &mut Scratch) -> Option<Assessment> {
    let text = MessageText::parse(sentence, usize::MAX).ok()?;
    Some(analyzer.assess(text, scratch))
}

fn is_shifted_by(analyzer: &Analyzer, sentence: &str, id: &str, scratch: &mut Scratch) -> bool {
    let Some(assessment) = assess(analyzer, sentence, scratch) else { return false };
    let shifters = assessment.evidence.iter().flat_map(|one| one.shift.by.iter().flatten());
    shifters.filter_map(|place| scratch.matches().get(*place)).any(|hit| {
        analyzer
            .lexicon()
            .item(hit.item)
            .is_some_and(|item| item.id == id && matches!(item.role, Role::Shifter(_)))
    })
}
