//! Sentiment towards the service, product or situation.

use super::coded_enum;

coded_enum! {
    /// Which side a message takes.
    pub enum SentimentLabel as "sentiment" {
        /// Against.
        Negative = "negative",
        /// Neither, or a calm question.
        Neutral = "neutral",
        /// In favor.
        Positive = "positive",
    }
}
