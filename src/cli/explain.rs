//! `nunchi explain`: how a message is read, with marks under the text as sent.

use super::args::{DataArgs, ExplainArgs};
use super::style::{self, paint};
use super::{analyzer, input};
use anyhow::Context as _;
use nunchi::analysis::{Analysis, Analyzer, Evidence, Message, Opinion, Scratch};
use nunchi::domain::{Channel, MessageText, Role, Signal, Source, Span};
use nunchi::lexicon::Item;
use nunchi::text::tokenize;
use std::io::Write;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr as _;

pub(super) fn run(arguments: &ExplainArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let analyzer = analyzer(data)?;
    let mut scratch = super::scratch(&analyzer)?;
    let mut out = anstream::stdout().lock();
    input::for_each(arguments.text.as_deref(), |text| {
        let message = Message {
            text: MessageText::parse(text, usize::MAX).context("nothing to explain")?,
            role: Role::Customer,
            channel: Channel::Chat,
            max_apologies: 3,
            today: input::today(),
            classifier: true,
        };
        let analysis = analyzer.analyze(&message, &mut scratch);
        Explanation { analyzer: &analyzer, analysis: &analysis, scratch: &scratch, text }
            .write(&mut out)
    })?;
    Ok(ExitCode::SUCCESS)
}

struct Explanation<'e> {
    analyzer: &'e Analyzer,
    analysis: &'e Analysis<'e>,
    scratch: &'e Scratch,
    text: &'e str,
}

impl Explanation<'_> {
    fn write(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let normalized = self.scratch.normalized();
        writeln!(out, "{}  {}", heading("sent"), self.text)?;
        writeln!(out, "{}  {}", heading("normalized"), normalized.canonical_text())?;
        if !normalized.disguised().is_empty() {
            let behind: String = normalized.disguised().iter().map(|unit| unit.ch).collect();
            writeln!(out, "{}  {behind}", heading("behind the disguise"))?;
        }
        let tokens: Vec<String> = tokenize(self.text)
            .iter()
            .map(|token| format!("{}/{:?}", token.span.of(self.text), token.kind))
            .collect();
        writeln!(out, "{}  {}", heading("tokens"), tokens.join(" "))?;
        self.write_matches(out)?;
        self.write_contributions(out)?;
        self.write_verdict(out)?;
        self.write_decision(out)
    }

    /// The text once, and under it one line of marks a match.
    fn write_matches(&self, out: &mut impl Write) -> anyhow::Result<()> {
        writeln!(out, "{}\n  {}", heading("matches"), self.text)?;
        for hit in self.scratch.matches() {
            let Some(item) = self.analyzer.lexicon().item(hit.item) else { continue };
            let form = item.form_found(hit.form, hit.span.of(self.text));
            let excepted = if hit.excepted { " (excepted)" } else { "" };
            let disguised = if hit.disguised { " (disguised)" } else { "" };
            writeln!(
                out,
                "  {}  {} {form}{disguised}{excepted}",
                self.marks(hit.span),
                paint(style::DIM, &item.id)
            )?;
        }
        Ok(())
    }

    fn marks(&self, span: Span) -> String {
        let before = self.text.get(..span.start).unwrap_or_default().width();
        let width = span.of(self.text).width().max(1);
        format!("{}{}", " ".repeat(before), paint(style::WARN, "^".repeat(width)))
    }

    fn write_contributions(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let assessment = &self.analysis.assessment;
        writeln!(out, "{}", heading("contributions"))?;
        for evidence in &assessment.evidence {
            let Some(item) = self.analyzer.lexicon().item(evidence.hit.item) else { continue };
            let points = format!("{:>+6.2}", evidence.contribution);
            let color = if evidence.contribution > 0.0 { style::BAD } else { style::GOOD };
            writeln!(
                out,
                "  {} {}{}",
                paint(color, points),
                describe(item, evidence),
                self.shifters(evidence)
            )?;
        }
        let alone = self.analysis.lexicon_alone;
        let (level, score) =
            alone.map_or((assessment.level, assessment.score), |alone| (alone.level, alone.score));
        writeln!(
            out,
            "  {:>+6.2} {}   score {score:.3}, level {} ({})",
            assessment.points,
            heading("sum"),
            level.number(),
            level.label(),
        )?;
        Ok(())
    }

    /// What the classifier says, before both sides are fused.
    fn write_verdict(&self, out: &mut impl Write) -> anyhow::Result<()> {
        if let Some(warning) = self.analysis.warning() {
            writeln!(out, "{}  {warning}: the lexicon alone answers", heading("classifier"))?;
        }
        let (Opinion::Heard(verdict), Some(model)) =
            (&self.analysis.opinion, self.analyzer.classifier())
        else {
            return Ok(());
        };
        writeln!(out, "{}  {}", heading("classifier"), model.name())?;
        if let Some(levels) = verdict.at_least {
            let said = |level: Option<f64>| level.map_or("-".to_owned(), |one| format!("{one:.2}"));
            let [mild, clear, severe] = levels.map(said);
            let cut = if verdict.only_adds {
                " (adds only: the text is too short or too long for it)"
            } else {
                ""
            };
            writeln!(out, "  level ≥ 1 {mild}, ≥ 2 {clear}, ≥ 3 {severe}{cut}")?;
        }
        if let Some([negative, neutral, positive]) = verdict.sentiment {
            writeln!(
                out,
                "  negative {negative:.2}, neutral {neutral:.2}, positive {positive:.2}"
            )?;
        }
        let policy = self.analyzer.policy();
        let known = Signal::ALL.iter().filter_map(|one| Some((*one, verdict.signal(*one)?)));
        let signals: Vec<String> = known
            .filter(|(_, probability)| *probability >= 0.1)
            .map(|(signal, probability)| format!("{} {probability:.2}", policy.signal_name(signal)))
            .collect();
        if !signals.is_empty() {
            writeln!(out, "  {}", signals.join(", "))?;
        }
        Ok(())
    }

    fn shifters(&self, evidence: &Evidence) -> String {
        let places = evidence.shift.by.iter().flatten();
        let ids: Vec<&str> = places
            .filter_map(|place| self.scratch.matches().get(*place))
            .filter_map(|hit| self.analyzer.lexicon().item(hit.item))
            .map(|item| item.id.as_str())
            .collect();
        if ids.is_empty() {
            return String::new();
        }
        format!("  × {:.2} by {}", evidence.shift.factor, ids.join(", "))
    }

    fn write_decision(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let assessment = &self.analysis.assessment;
        writeln!(
            out,
            "{}  level {} ({}), score {:.3}, sentiment {} {:+.2}",
            heading("together"),
            assessment.level.number(),
            assessment.level.label(),
            assessment.score,
            assessment.sentiment,
            assessment.sentiment_score,
        )?;
        let decision = &self.analysis.decision;
        let policy = self.analyzer.policy();
        let signals: Vec<String> = self
            .analysis
            .assessment
            .signals
            .iter()
            .map(|s| {
                let by = match s.source {
                    Source::Lexicon => "",
                    Source::Classifier => " by the classifier",
                    Source::Conversation => " by the conversation",
                };
                let text = format!("{} {:.2}{by}", policy.signal_name(s.signal), s.score);
                if s.present { paint(style::WARN, text) } else { paint(style::DIM, text) }
            })
            .collect();
        writeln!(out, "{}  {}", heading("signals"), signals.join(", "))?;
        write!(out, "{}  {} by rule {}", heading("decision"), decision.action, decision.rule)?;
        match &decision.escalation {
            Some(escalation) => {
                let reasons: Vec<&str> = decision.reasons.iter().map(|s| s.code()).collect();
                let protect = if escalation.protect_agent { ", protect the agent" } else { "" };
                writeln!(
                    out,
                    " → {} because of {}{protect}",
                    escalation.queue,
                    reasons.join(", ")
                )?;
            }
            None => writeln!(out)?,
        }
        for phrase in &self.analysis.apologies {
            writeln!(out, "  {} {}", paint(style::DIM, &phrase.id), phrase.text)?;
        }
        writeln!(out)?;
        Ok(())
    }
}

fn heading(text: &str) -> String {
    paint(style::HEAD, text)
}

fn describe(item: &Item, evidence: &Evidence) -> String {
    let signals: Vec<&str> = evidence.signals.iter().map(Signal::code).collect();
    let off = match (evidence.hit.excepted, evidence.shift.negated) {
        (true, _) => " excepted",
        (_, true) => " switched off",
        _ => "",
    };
    format!("{} [{}] weight {:+.2}{off}", item.id, signals.join(","), evidence.weight)
}
