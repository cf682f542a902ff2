//! One rule: what it is about, where a hit of it counts, and what could stand in its place.

use crate::domain::{Channel, Signal, SignalSet, coded_enum};
use crate::lexicon::{At, Class};
use crate::text::Syllable;
use serde::Deserialize;

coded_enum! {
    /// What is wrong with a reply.
    pub enum RuleKind as "kind of rule" {
        /// 단정적 거절: 안 돼요, 없어요, 몰라요.
        Blunt = "blunt",
        /// 부탁하는 말이 없는 지시: 기다리세요.
        Imperative = "imperative",
        /// 고객 탓.
        Blame = "blame",
        /// 떠넘기기: 저희 부서가 아니라서.
        Deflection = "deflection",
        /// 무시하는 말: 원래 그래요.
        Dismissive = "dismissive",
        /// 반말, 한다체, 음슴체.
        Register = "register",
        /// 호칭과 높임: 사물존칭, 당신.
        Honorific = "honorific",
        /// 사과할 자리가 아닌 사과.
        Apology = "apology",
        /// 한숨이나 장난으로 읽히는 부호.
        Emoticon = "emoticon",
        /// 문구 은행의 문구를 잘못 씀.
        Template = "template",
    }
}

coded_enum! {
    /// How bad it is.
    pub enum RuleSeverity as "severity" {
        /// The reply should not go out like this.
        Error = "error",
        /// It reads badly; somebody should look at it.
        Warning = "warning",
        /// It could be said better.
        Info = "info",
    }
}

/// How the sentence has to go on behind a hit for it to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// The word ends, and no question mark follows.
    Statement,
    /// The word ends, and a question mark follows.
    Question,
    /// The sentence ends: a mark, a line break or the end of the reply follows.
    Sentence,
    /// The word ends.
    Word,
}

/// How much of the text a finding is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// What was found.
    #[default]
    Found,
    /// From the begin of its eojeol on: for endings (입력하세요 rather than 하세요).
    Eojeol,
    /// With the white space before it: for what is best left out.
    WithSpace,
    /// The whole sentence with its mark: for what no other words can say politely.
    Sentence,
}

/// `[[rule]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleSource {
    pub(super) id: String,
    pub(super) forms: Vec<String>,
    pub(super) class: Class,
    pub(super) kind: Option<RuleKind>,
    pub(super) severity: Option<RuleSeverity>,
    pub(super) message: Option<String>,
    #[serde(default)]
    pub(super) alternatives: Vec<String>,
    #[serde(default)]
    pub(super) swap: Vec<(String, String)>,
    pub(super) ends: Option<Ends>,
    #[serde(default)]
    pub(super) reach: Reach,
    #[serde(default)]
    pub(super) channels: Vec<Channel>,
    #[serde(default)]
    pub(super) signals: Vec<Signal>,
    pub(super) at: Option<At>,
    pub(super) gap: Option<u8>,
    #[serde(default)]
    pub(super) hits: Vec<String>,
    #[serde(default)]
    pub(super) misses: Vec<String>,
    #[serde(default)]
    pub(super) note: String,
}

/// `[[exception]]` as written: no rule counts wholly inside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AllowSource {
    pub(super) id: String,
    pub(super) forms: Vec<String>,
    pub(super) class: Class,
    pub(super) at: Option<At>,
    pub(super) gap: Option<u8>,
    #[serde(default)]
    pub(super) hits: Vec<String>,
    #[serde(default)]
    pub(super) misses: Vec<String>,
    #[serde(default)]
    pub(super) note: String,
}

/// A rule that replies are checked by.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub kind: RuleKind,
    /// How bad a hit is.
    pub severity: RuleSeverity,
    /// What is wrong, in Korean, for the writer of the reply.
    pub message: String,
    /// What could stand in the place of a hit.
    pub alternatives: Vec<String>,
    /// Parts of a hit and what could stand in their place; the rest of the hit stays.
    pub swap: Vec<(String, String)>,
    /// How the sentence has to go on; none: anyhow.
    pub ends: Option<Ends>,
    /// How much of the text a finding is about.
    pub reach: Reach,
    /// Where the rule holds; none: everywhere.
    pub channels: Vec<Channel>,
    /// Only where the customer's message shows one of these; none: always.
    pub signals: SignalSet,
    /// Whether the house has switched it off.
    pub is_off: bool,
}

impl Rule {
    /// What could stand in the place of `found`, each of them once.
    ///
    /// Of two pairs that fit the same words the longer one counts: 으면 안 돼요 before 면 안 돼요.
    pub(super) fn alternatives_for(&self, found: &str) -> Vec<String> {
        let longer = |short: &str| {
            self.swap.iter().any(|(other, _)| {
                other.len() > short.len()
                    && other.ends_with(short)
                    && found.contains(other.as_str())
            })
        };
        let swapped =
            self.swap.iter().filter(|(from, _)| !longer(from)).filter_map(|(from, to)| {
                let (before, after) = found.rsplit_once(from.as_str())?;
                Some(format!("{}{after}", joined(before, to)))
            });
        let mut list: Vec<String> = Vec::new();
        for alternative in swapped.chain(self.alternatives.iter().cloned()) {
            if !list.contains(&alternative) {
                list.push(alternative);
            }
        }
        list
    }
}

/// Puts words together; `(이/가)` at the head of the second becomes the josa that fits the first.
fn joined(before: &str, words: &str) -> String {
    let Some((josa, rest)) = words.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
        return format!("{before}{words}");
    };
    let (closed, open) = josa.split_once('/').unwrap_or((josa, josa));
    let last = before.chars().next_back().and_then(Syllable::parse);
    let josa = if last.is_some_and(|syllable| syllable.last > 0) { closed } else { open };
    format!("{before}{josa}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(swap: &[(&str, &str)], alternatives: &[&str]) -> Rule {
        Rule {
            id: "zz.a".into(),
            kind: RuleKind::Blunt,
            severity: RuleSeverity::Error,
            message: String::new(),
            alternatives: alternatives.iter().map(|one| (*one).to_owned()).collect(),
            swap: swap.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect(),
            ends: None,
            reach: Reach::Found,
            channels: Vec::new(),
            signals: SignalSet::EMPTY,
            is_off: false,
        }
    }

    #[test]
    fn the_rest_of_the_words_stays_and_the_josa_fits() {
        let refusal = rule(&[(" 불가합니다", "(이/가) 어렵습니다")], &["어렵습니다"]);
        assert_eq!(
            refusal.alternatives_for("환불 불가합니다"),
            ["환불이 어렵습니다", "어렵습니다"]
        );
        assert_eq!(refusal.alternatives_for("예매 불가합니다")[0], "예매가 어렵습니다");
    }

    #[test]
    fn the_longer_of_two_pairs_counts_and_nothing_is_said_twice() {
        let swap = [("으면 안 돼요", "지 말아 주세요"), ("면 안 돼요", "지 말아 주세요")];
        let ban = rule(&swap, &["적지 말아 주세요"]);
        assert_eq!(ban.alternatives_for("적으면 안 돼요"), ["적지 말아 주세요"]);
        assert_eq!(ban.alternatives_for("켜면 안 돼요")[0], "켜지 말아 주세요");
    }
}
