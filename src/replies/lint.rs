//! The lints of the rules: what `nunchi lexicon check` finds beyond what start-up refuses.
//!
//! L005 to L010 mean the same as in the lexicon's files; R001 to R005 are in [`crate::resource::RULES`].

use super::book::RuleBook;
use super::checker::{Finding, Reply, span_of};
use super::rule::RuleSeverity;
use super::source::{RULES, RuleSources};
use crate::domain::{Channel, MessageText, SignalSet};
use crate::lexicon::{ItemId, Match, Placed};
use crate::phrases::PhraseBank;
use crate::resource::{Diagnostic, Diagnostics, Resources, Severity, SourceFile};
use crate::text::{Normalized, Normalizer};
use jiff::civil::Date;

/// Checks the examples of all rules, what they offer, and the phrase bank by them.
pub fn check(
    resources: &Resources,
    book: &RuleBook,
    bank: &PhraseBank,
    problems: &mut Diagnostics,
) {
    if book.is_empty() {
        problems.push(Diagnostic {
            code: "R004",
            severity: Severity::Warning,
            file: RULES.trim_end_matches('/').to_owned(),
            line: 1,
            column: 1,
            message: "the folder has no rules for replies; the embedded ones are not used"
                .to_owned(),
            help: "copy replies.toml and replies/ from the default lexicons".to_owned(),
        });
        return;
    }
    let sources = RuleSources::read(resources, &mut Diagnostics::default());
    let mut linter =
        Linter { book, bank, normalized: Normalized::default(), matches: Vec::new(), problems };
    let rules = sources.lexicon.entries.iter().map(|one| {
        placed(&sources, one, |value| Examples {
            id: &value.id,
            hits: &value.hits,
            misses: &value.misses,
        })
    });
    let exceptions = sources.lexicon.exceptions.iter();
    let exceptions = exceptions.map(|one| {
        placed(&sources, one, |value| Examples {
            id: &value.id,
            hits: &value.hits,
            misses: &value.misses,
        })
    });
    for (index, place) in rules.chain(exceptions).enumerate() {
        let (Some((file, offset, examples)), Ok(index)) = (place, u32::try_from(index)) else {
            continue;
        };
        linter.examples(file, offset, &examples, ItemId(index));
    }
    linter.phrases();
}

struct Examples<'s> {
    id: &'s str,
    hits: &'s [String],
    misses: &'s [String],
}

fn placed<'s, T>(
    sources: &RuleSources<'s>,
    one: &'s Placed<T>,
    examples: impl Fn(&'s T) -> Examples<'s>,
) -> Option<(&'s SourceFile, usize, Examples<'s>)> {
    let file = sources.lexicon.files.get(one.file)?;
    Some((file, one.offset, examples(&one.value)))
}

struct Linter<'l> {
    book: &'l RuleBook,
    bank: &'l PhraseBank,
    normalized: Normalized,
    matches: Vec<Match>,
    problems: &'l mut Diagnostics,
}

impl<'l> Linter<'l> {
    fn examples(&mut self, file: &SourceFile, offset: usize, of: &Examples<'_>, item: ItemId) {
        let id = of.id;
        let mut found = Vec::new();
        let mut report = |code, message: String, help: &str| {
            found.push(file.diagnostic(Severity::Error, code, offset, message, help));
        };
        let is_rule = self.book.rules.get(item.index()).is_some();
        if of.hits.is_empty() {
            let help = "add hits = [\"…\"] with at least one natural sentence";
            report("L008", format!("{id}: no example that it must hit"), help);
        }
        if is_rule && of.misses.is_empty() {
            let help = "add misses = [\"…\"] with a polite reply that only looks alike";
            report("L008", format!("{id}: no example that it must miss"), help);
        }
        for hit in of.hits {
            if !self.finds(hit, item) {
                let help = "correct the form, its class, `at` or `ends`; an exception may cover it";
                report("L006", format!("{id} does not hit its example `{hit}`"), help);
            } else if is_rule {
                self.alternatives(id, hit, item, &mut report);
            }
        }
        for miss in of.misses {
            if self.finds(miss, item) {
                let help = "narrow the form, `at` or `ends`, or add an exception that covers it";
                report("L007", format!("{id} hits `{miss}`, which it must miss"), help);
            }
        }
        self.problems.extend(found);
    }

    /// Puts each alternative in the place of the hit and reads the reply again.
    fn alternatives(
        &mut self,
        id: &str,
        hit: &str,
        item: ItemId,
        report: &mut impl FnMut(&'static str, String, &str),
    ) {
        let Some(rule) = self.book.rules.get(item.index()) else { return };
        let Some(span) = self.matches.first().map(|one| span_of(rule, one, hit, &self.normalized))
        else {
            return;
        };
        let alternatives = rule.alternatives_for(span.of(hit));
        if alternatives.is_empty() {
            let help = "write alternatives = [\"…\"], or swap pairs that fit each form";
            report("R001", format!("{id} offers nothing in the place of `{}`", span.of(hit)), help);
        }
        for alternative in alternatives {
            let (before, after) = (hit.get(..span.start), hit.get(span.end..));
            let text =
                [before.unwrap_or_default(), &alternative, after.unwrap_or_default()].concat();
            let wrong = self.check(&text, SignalSet::EMPTY).into_iter().find(|finding| {
                let overlap = finding.span.start < span.start + alternative.len()
                    && span.start < finding.span.end;
                overlap && finding.severity == RuleSeverity::Error
            });
            if let Some(wrong) = wrong {
                let message = format!("{id}: `{text}` is an error too ({})", wrong.rule);
                report("R002", message, "write an alternative that the rules accept");
            }
        }
    }

    /// Whether the item is found in the text where it counts; its hits are left in the buffer.
    fn finds(&mut self, text: &str, item: ItemId) -> bool {
        let Some(lexicon) = &self.book.lexicon else { return false };
        Normalizer.normalize(text, &mut self.normalized);
        lexicon.find_item(&self.normalized, item, &mut self.matches);
        let (book, normalized) = (self.book, &self.normalized);
        self.matches.retain(|hit| {
            book.rule_of(hit).is_none_or(|rule| book.stands(rule, hit, text, normalized))
        });
        !self.matches.is_empty()
    }

    fn check(&mut self, text: &str, signals: SignalSet) -> Vec<Finding<'l>> {
        let Ok(text) = MessageText::parse(text, usize::MAX) else { return Vec::new() };
        // Seasons are no fault of a line that waits for its day.
        let reply = Reply {
            text,
            channel: Channel::Chat,
            signals,
            off: &[],
            used: &[],
            today: Date::constant(2000, 1, 1),
        };
        self.book.check(self.bank, &reply, &mut self.normalized, &mut self.matches)
    }

    fn phrases(&mut self) {
        for phrase in self.bank.phrases() {
            let text = self.bank.filled(phrase);
            let findings = self.check(&text, phrase.signals.iter().copied().collect());
            for finding in findings {
                let template = finding.kind == super::RuleKind::Template;
                if template || finding.severity != RuleSeverity::Error {
                    continue;
                }
                let message =
                    format!("{}: `{}` breaks {}", phrase.id, finding.span.of(&text), finding.rule);
                self.problems.push(Diagnostic {
                    code: "R005",
                    severity: Severity::Error,
                    file: phrase.file.clone(),
                    line: phrase.line,
                    column: 1,
                    message,
                    help: "say it as the rule's alternatives do, or narrow the rule".to_owned(),
                });
            }
        }
    }
}
