//! Suggestions for a terminal, as JSON, or as drafts of entries.

use crate::cli::args::MineFormat;
use crate::cli::style;
use anyhow::Context as _;
use nunchi::domain::{OffsetUnit, Signal};
use nunchi::editing::id_for;
use nunchi::evaluation::mining::{Example, Mined, Suggestion, draft, theme};
use nunchi::lexicon::Lexicon;
use serde_json::json;
use std::collections::HashSet;
use std::fmt::Write as _;

/// Characters of an example on each side of its expression.
const CONTEXT: usize = 40;

/// Suggestions and the messages they come from.
pub(super) struct Shown<'s> {
    pub(super) mined: &'s Mined,
    pub(super) texts: &'s [&'s str],
    pub(super) labelled: bool,
    /// Whose ids are taken.
    pub(super) lexicon: &'s Lexicon,
}

impl Shown<'_> {
    pub(super) fn as_format(&self, format: MineFormat) -> anyhow::Result<String> {
        Ok(match format {
            MineFormat::Text => self.text(),
            MineFormat::Json => {
                serde_json::to_string_pretty(&self.json()).context("as JSON")? + "\n"
            }
            MineFormat::Toml => self.toml(),
        })
    }

    fn by(&self) -> &'static str {
        if self.labelled { "labels" } else { "classifier" }
    }

    fn text(&self) -> String {
        let head = |title: &str| style::paint(style::HEAD, title);
        let Mined { frustrated, calm, suggestions } = self.mined;
        let mut out = format!(
            "{}  {frustrated} frustrated and {calm} calm messages, by the {}; {} suggestions\n",
            head("corpus"),
            self.by(),
            suggestions.len()
        );
        for (number, one) in suggestions.iter().enumerate() {
            let signal = one.signal.map_or("-", Signal::code);
            _ = writeln!(
                out,
                "\n{:>3}  {}  [{}]  {signal}",
                number + 1,
                style::paint(style::WARN, &one.form),
                one.class.name()
            );
            _ = writeln!(
                out,
                "     {} frustrated ({} of them unseen by the lexicon), {} calm; odds × {:.1}, z {:.1}; mean level {:.1}",
                one.frustrated, one.unseen, one.calm, one.odds_ratio, one.keyness, one.mean_level
            );
            let spelled = one.spellings.iter().map(|(text, count)| format!("{text} {count}"));
            let spelled = spelled.collect::<Vec<_>>().join(", ");
            _ = writeln!(out, "     {}", style::paint(style::DIM, spelled));
            for example in &one.examples {
                _ = writeln!(out, "     · {}", self.marked(example));
            }
        }
        out
    }

    /// The message around the expression, which is marked.
    fn marked(&self, example: &Example) -> String {
        let text = self.texts.get(example.document).copied().unwrap_or_default();
        let before = text.get(..example.span.start).unwrap_or_default();
        let after = text.get(example.span.end..).unwrap_or_default();
        let skipped = before.chars().count().saturating_sub(CONTEXT);
        let start: String = before.chars().skip(skipped).collect();
        let end: String = after.chars().take(CONTEXT).collect();
        let cut = |cut: bool| if cut { "…" } else { "" };
        format!(
            "{}{start}{}{end}{}",
            cut(skipped > 0),
            style::paint(style::WARN, format!("[{}]", example.span.of(text))),
            cut(after.chars().count() > CONTEXT)
        )
    }

    fn toml(&self) -> String {
        let mut out = String::from(
            "# nunchi lexicon mine이 찾은 초안입니다. 쓸 만한 것만 골라 알맞은 파일로 옮기고, 무게와 예문을 채운 뒤\n\
             # nunchi lexicon check로 확인합니다. 예문은 직접 짓습니다: 고객의 말은 개인정보입니다.\n",
        );
        for (one, id) in self.with_ids() {
            out.push('\n');
            out.push_str(&draft(one, &id));
        }
        out
    }

    fn json(&self) -> serde_json::Value {
        let suggestions: Vec<_> =
            self.with_ids().iter().map(|(one, id)| self.one(one, id)).collect();
        json!({
            "frustrated": self.mined.frustrated,
            "calm": self.mined.calm,
            "by": self.by(),
            "suggestions": suggestions,
        })
    }

    /// The suggestions with ids that neither the lexicon nor another of them has.
    fn with_ids(&self) -> Vec<(&Suggestion, String)> {
        let mut given: HashSet<String> = HashSet::new();
        let mut id = |one: &Suggestion| {
            let is_taken = |id: &str| given.contains(id) || self.lexicon.by_id(id).is_some();
            let id = id_for(theme(one), &one.form, is_taken);
            given.insert(id.clone());
            id
        };
        self.mined.suggestions.iter().map(|one| (one, id(one))).collect()
    }

    fn one(&self, one: &Suggestion, id: &str) -> serde_json::Value {
        let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
        let spellings = one.spellings.iter();
        let spellings: Vec<_> =
            spellings.map(|(text, count)| json!({ "text": text, "messages": count })).collect();
        let examples = one.examples.iter().map(|example| {
            let text = self.texts.get(example.document).copied().unwrap_or_default();
            let (start, end) = example.span.counted_in(OffsetUnit::CodePoint, text);
            json!({ "text": text, "start": start, "end": end })
        });
        json!({
            "form": one.form,
            "class": one.class.name(),
            "signal": one.signal,
            "frustrated": one.frustrated,
            "unseen": one.unseen,
            "calm": one.calm,
            "odds_ratio": rounded(one.odds_ratio),
            "keyness": rounded(one.keyness),
            "mean_level": rounded(one.mean_level),
            "spellings": spellings,
            "examples": examples.collect::<Vec<_>>(),
            "draft": draft(one, id),
        })
    }
}
