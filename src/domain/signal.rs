//! Signals: the reasons why a customer is unhappy, and a compact set of them.

use super::coded_enum;

coded_enum! {
    /// One reason, as the annotation guideline names it.
    pub enum Signal as "signal" {
        /// 분노·짜증: irritation, anger, disbelief.
        Anger = "anger",
        /// 실망: disappointment, below expectation.
        Disappointment = "disappointment",
        /// 비꼼: polite words in a hostile sense.
        Sarcasm = "sarcasm",
        /// 대기·지연: slow answer, delivery or queue.
        Waiting = "waiting",
        /// 반복 설명: had to say or do it again.
        Repetition = "repetition",
        /// 뺑뺑이: sent from channel to channel or person to person.
        Runaround = "runaround",
        /// 챗봇 불통: the bot does not understand, or reached a dead end.
        BotFailure = "bot_failure",
        /// 이용 불편: errors of app, site, login or payment; hard to use.
        Usability = "usability",
        /// 상품 불량: defect, wrong item, poor quality.
        ProductFault = "product_fault",
        /// 약속·안내 위반: differs from what was promised or said.
        BrokenPromise = "broken_promise",
        /// 이탈: cancels, unsubscribes, leaves for a competitor.
        Churn = "churn",
        /// 민원·법적 대응: announces a formal complaint or legal action.
        FormalComplaint = "formal_complaint",
        /// 상담원 요청: wants a human.
        AgentRequest = "agent_request",
        /// 욕설: swears in anger, masked or not.
        Profanity = "profanity",
        /// 인신공격: degrades the agent or bot as a person.
        Insult = "insult",
        /// 위협: threatens harm to a person or place.
        Threat = "threat",
        /// 성희롱: sexual remarks to the agent.
        SexualHarassment = "sexual_harassment",
        /// 위기: hints of self-harm that are meant.
        Crisis = "crisis",
        /// 불편 이모티콘: an emoticon or mark that shows discomfort.
        Emoticon = "emoticon",
        /// 감사·칭찬: thanks or praise that is meant.
        Gratitude = "gratitude",
    }
}

/// A set of signals in one word.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct SignalSet(u32);

impl SignalSet {
    /// The set without members.
    pub const EMPTY: Self = Self(0);

    /// Whether `signal` is a member.
    pub const fn contains(self, signal: Signal) -> bool {
        self.0 & (1 << signal.index()) != 0
    }

    /// Adds `signal`.
    pub const fn insert(&mut self, signal: Signal) {
        self.0 |= 1 << signal.index();
    }

    /// Whether there is no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many members there are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether the sets share a member.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every member of `other` is one of this set.
    pub const fn includes(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The members in the order of the guideline.
    pub fn iter(self) -> impl Iterator<Item = Signal> {
        Signal::ALL.iter().copied().filter(move |signal| self.contains(*signal))
    }
}

impl FromIterator<Signal> for SignalSet {
    fn from_iter<I: IntoIterator<Item = Signal>>(signals: I) -> Self {
        let mut set = Self::EMPTY;
        for signal in signals {
            set.insert(signal);
        }
        set
    }
}

impl std::fmt::Debug for SignalSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Signal::code)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_parses_from_its_own_code() {
        for signal in Signal::ALL {
            assert_eq!(signal.code().parse(), Ok(*signal));
        }
        assert!("angry".parse::<Signal>().unwrap_err().to_string().contains("anger, disappoint"));
    }

    #[test]
    fn a_set_keeps_what_was_put_in_and_nothing_else() {
        let set: SignalSet = [Signal::Waiting, Signal::Gratitude].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Signal::Waiting, Signal::Gratitude]);
        assert!(!set.contains(Signal::Anger));
        assert!(set.includes([Signal::Waiting].into_iter().collect()));
        assert_eq!(set.len(), 2);
    }
}
