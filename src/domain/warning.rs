//! What an answer had to do without.

use super::coded_enum;

coded_enum! {
    /// What an answer had to do without.
    pub enum Warning as "warning" {
        /// Too many messages waited for the classifier; the lexicon alone answered.
        ClassifierSkipped = "classifier_skipped",
        /// The classifier did not answer within its deadline; the lexicon alone answered.
        ClassifierLate = "classifier_late",
        /// The classifier failed on this message; the lexicon alone answered.
        ClassifierFailed = "classifier_failed",
        /// The lexicon folder has no rules for replies; only templates were looked at.
        NoReplyRules = "no_reply_rules",
    }
}
