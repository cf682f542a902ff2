//! Who found a signal.

use super::coded_enum;

coded_enum! {
    /// Who found a signal.
    pub enum Source as "source" {
        /// The lexicon: there are matches to show.
        Lexicon = "lexicon",
        /// The classifier.
        Classifier = "classifier",
        /// The conversation so far.
        Conversation = "conversation",
    }
}
