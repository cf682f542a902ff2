//! One phrase and its slots, as written.

use crate::domain::{Action, Channel, Signal, coded_enum};
use jiff::civil::Date;
use serde::Deserialize;

coded_enum! {
    /// What a phrase does.
    pub enum PhraseKind as "phrase kind" {
        /// 쿠션어: softens what follows.
        Cushion = "cushion",
        /// 양해 메시지: apology and comfort.
        Apology = "apology",
        /// What happens next.
        NextStep = "next_step",
        /// An announcement, among them the agent-protection notice.
        Notice = "notice",
        /// For a customer in danger.
        Crisis = "crisis",
        /// Closes a conversation.
        Closing = "closing",
        /// Opens one.
        Greeting = "greeting",
    }
}

coded_enum! {
    /// The register of a phrase.
    pub enum Tone as "tone" {
        /// 하십시오체.
        Formal = "formal",
        /// 해요체.
        Warm = "warm",
    }
}

coded_enum! {
    /// Whether a phrase opens the way to a human.
    pub enum Human as "way to a human" {
        /// It does not.
        None = "none",
        /// It offers one.
        Offers = "offers",
        /// It announces that one takes over.
        Performs = "performs",
    }
}

coded_enum! {
    /// Situations of a service in which only its own lines fit.
    pub enum Situation as "situation" {
        /// 문의 폭주.
        HighLoad = "high_load",
        /// 응답이 끊겨 종료.
        NoAnswerClosing = "no_answer_closing",
        /// 다른 창구에서 이미 처리.
        AlreadyHandled = "already_handled",
        /// 채널이 느림.
        SlowChannel = "slow_channel",
        /// 딱딱한 표현을 부드럽게.
        StiffWording = "stiff_wording",
        /// 절기 인사.
        Seasonal = "seasonal",
        /// 상담원과의 대화가 끊김; 0번.
        AgentConversationFailed = "agent_conversation_failed",
        /// 폭언이 이어질 때의 종료 예고.
        AbuseWarning = "abuse_warning",
        /// 폭언으로 상담을 마침.
        AbuseClosing = "abuse_closing",
    }
}

/// A day of validity: `MM-DD` of every year or `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ValidDay {
    /// Of every year: month and day.
    Yearly(i8, i8),
    /// One date.
    Once(Date),
}

impl TryFrom<String> for ValidDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no day; write \"MM-DD\" or \"YYYY-MM-DD\"");
        if text.len() == 5 {
            // 2000 was a leap year, so 02-29 is accepted.
            let date: Date = format!("2000-{text}").parse().map_err(|_| wrong())?;
            Ok(Self::Yearly(date.month(), date.day()))
        } else {
            text.parse().map(Self::Once).map_err(|_| wrong())
        }
    }
}

/// `[[phrase]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Stable id.
    pub id: String,
    /// The line, with slots in braces.
    pub text: String,
    /// What it does.
    pub kind: PhraseKind,
    /// Signals it fits; none: any.
    pub signals: Vec<Signal>,
    /// Levels it fits, 0 to 3.
    pub levels: Vec<u8>,
    /// Actions it fits.
    pub actions: Vec<Action>,
    /// Channels it fits; none: all.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Its register.
    pub tone: Tone,
    /// Whether it opens the way to a human.
    pub human: Human,
    /// Only used when this situation is given.
    pub situation: Option<Situation>,
    /// First day it may be used.
    pub valid_from: Option<ValidDay>,
    /// Last day it may be used.
    pub valid_until: Option<ValidDay>,
    /// Day by which a person must check its facts again.
    pub review_by: Option<ValidDay>,
    /// For the reader.
    #[serde(default)]
    pub note: String,
    /// Path of its file.
    #[serde(skip)]
    pub(crate) file: String,
    /// Line of its table, from 1.
    #[serde(skip)]
    pub(crate) line: usize,
}

impl Phrase {
    /// The names of the slots in the text, in order.
    pub fn slots(&self) -> Vec<&str> {
        let mut slots = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((_, behind)) = rest.split_once('{') {
            let Some((name, after)) = behind.split_once('}') else { break };
            if !slots.contains(&name) {
                slots.push(name);
            }
            rest = after;
        }
        slots
    }

    /// Whether the phrase may be used on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        let month_day = (day.month(), day.day());
        match (self.valid_from, self.valid_until) {
            // A season may wrap the year: 12-20 to 01-05.
            (Some(ValidDay::Yearly(fm, fd)), Some(ValidDay::Yearly(um, ud))) => {
                let (from, until) = ((fm, fd), (um, ud));
                if from <= until {
                    (from..=until).contains(&month_day)
                } else {
                    month_day >= from || month_day <= until
                }
            }
            (from, until) => {
                let after = match from {
                    None => true,
                    Some(ValidDay::Once(date)) => day >= date,
                    Some(ValidDay::Yearly(month, d)) => month_day >= (month, d),
                };
                let before = match until {
                    None => true,
                    Some(ValidDay::Once(date)) => day <= date,
                    Some(ValidDay::Yearly(month, d)) => month_day <= (month, d),
                };
                after && before
            }
        }
    }
}

/// `[[slot]]`: a blank that the caller fills.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotSource {
    /// The name in braces.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// A value to try.
    pub example: String,
    /// What stands there when the caller has no value.
    pub fallback: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn phrase(from: &str, until: &str) -> Phrase {
        let day = |text: &str| ValidDay::try_from(text.to_owned()).unwrap();
        Phrase {
            id: "a.01".into(),
            text: "{고객명}, {대기시간} 기다리셨습니다. {고객명}".into(),
            kind: PhraseKind::Apology,
            signals: vec![],
            levels: vec![1],
            actions: vec![Action::Apologize],
            channels: vec![],
            tone: Tone::Formal,
            human: Human::None,
            situation: None,
            valid_from: Some(day(from)),
            valid_until: Some(day(until)),
            review_by: None,
            note: String::new(),
            file: String::new(),
            line: 1,
        }
    }

    #[test]
    fn a_season_may_wrap_the_year() {
        let winter = phrase("12-20", "01-05");
        assert!(winter.is_valid_on(date(2026, 12, 31)) && winter.is_valid_on(date(2027, 1, 5)));
        assert!(!winter.is_valid_on(date(2026, 6, 1)));
        let once = phrase("2026-05-01", "2026-05-03");
        assert!(once.is_valid_on(date(2026, 5, 3)) && !once.is_valid_on(date(2027, 5, 3)));
    }

    #[test]
    fn each_slot_is_named_once() {
        assert_eq!(phrase("01-01", "12-31").slots(), ["고객명", "대기시간"]);
        assert!(ValidDay::try_from("13-40".to_owned()).is_err());
    }
}
