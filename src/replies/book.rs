//! The rule book: everything that replies are checked by, compiled.

use super::house::{HOUSE_FILE, House};
use super::rule::{Rule, RuleSource};
use super::source::{RULES, RuleSources};
use super::templates::Templates;
use crate::lexicon::{Grammar, Lexicon, Placed};
use crate::phrases::PhraseBank;
use crate::resource::{Diagnostics, Resources, Severity};
use crate::text::letters_of;

/// The rules of a lexicon folder: immutable, shared by all workers.
#[derive(Debug)]
pub struct RuleBook {
    /// Rules and exceptions as forms; none where the folder has no rules.
    pub(super) lexicon: Option<Lexicon>,
    /// In the order of the lexicon's items.
    pub(super) rules: Vec<Rule>,
    pub(super) house: House,
    /// The letters of `house.quotation`.
    pub(super) quotation: Vec<Vec<crate::text::Letter>>,
    pub(super) templates: Templates,
    fingerprint: String,
}

impl RuleBook {
    /// Compiles the rules of a folder; none with any error.
    pub fn load(
        resources: &Resources,
        bank: &PhraseBank,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let sources = RuleSources::read(resources, problems);
        let house = House::read(resources, problems);
        let lexicon = if sources.rules.is_empty() {
            None
        } else {
            // A missing grammar is the lexicon's finding; said twice it would not be truer.
            let grammar = Grammar::load(resources, &mut Diagnostics::default());
            Some(Lexicon::compile_source(
                resources,
                grammar,
                &sources.lexicon,
                &[RULES, HOUSE_FILE],
                problems,
            )?)
        };
        check_house(resources, &house, &sources.rules, problems);
        let rules = sources.rules.into_iter().filter_map(|rule| compiled(rule.value, &house));
        let book = Self {
            lexicon,
            rules: rules.collect(),
            quotation: house.quotation.iter().map(|word| letters_of(word)).collect(),
            house,
            templates: Templates::new(bank),
            fingerprint: resources
                .fingerprint(|path| path.starts_with(RULES) || path == HOUSE_FILE),
        };
        (!problems.has_errors()).then_some(book)
    }

    /// Every rule, in the order of the files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether the folder holds no rules, so that nothing but templates is looked at.
    pub const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Hash of the files of rules.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

fn compiled(rule: RuleSource, house: &House) -> Option<Rule> {
    // Reading has reported what is missing.
    let (kind, severity, message) = (rule.kind?, rule.severity?, rule.message?);
    Some(Rule {
        kind,
        severity: house.severity.get(&rule.id).copied().unwrap_or(severity),
        is_off: house.off.contains(&rule.id),
        id: rule.id,
        message,
        alternatives: rule.alternatives,
        swap: rule.swap,
        ends: rule.ends,
        reach: rule.reach,
        channels: rule.channels,
        signals: rule.signals.into_iter().collect(),
    })
}

/// Finds switches for rules that do not exist: they would do nothing, and nobody would know.
fn check_house(
    resources: &Resources,
    house: &House,
    rules: &[Placed<RuleSource>],
    problems: &mut Diagnostics,
) {
    let Some(file) = resources.get(HOUSE_FILE) else { return };
    let known = |id: &str| {
        rules.iter().any(|rule| rule.value.id == id)
            || super::TemplateFault::ALL.iter().any(|fault| fault.rule() == id)
    };
    let [off, severity] = house.offsets;
    let named = house.off.iter().map(|id| (id, off));
    for (id, offset) in named.chain(house.severity.keys().map(|id| (id, severity))) {
        if !known(id) {
            let message = format!("there is no rule `{id}`");
            let help = "write the id of a rule of replies/, or take it out";
            problems.push(file.diagnostic(Severity::Error, "R003", offset, message, help));
        }
    }
}
