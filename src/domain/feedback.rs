//! What somebody who saw an answer says of it.

use super::coded_enum;

coded_enum! {
    /// Whether an answer was as it should have been.
    pub enum FeedbackVerdict as "verdict" {
        /// It was.
        Right = "right",
        /// It was not.
        Wrong = "wrong",
    }
}
