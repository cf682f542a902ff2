//! The message as it came in: who wrote it, where, and its text.

use super::coded_enum;

coded_enum! {
    /// Who wrote a message.
    pub enum Role as "role" {
        /// The customer; only these messages are judged for frustration.
        Customer = "customer",
        /// The chatbot.
        Bot = "bot",
        /// A human agent.
        Agent = "agent",
    }
}

coded_enum! {
    /// Where the conversation takes place; phrases are chosen to fit it.
    pub enum Channel as "channel" {
        /// A chat window or messenger.
        Chat = "chat",
        /// E-mail.
        Email = "email",
        /// Text message.
        Sms = "sms",
        /// A transcribed call.
        Voice = "voice",
    }
}

/// The text of a message: not empty and within the length limit.
///
/// Message text is personal data. `Debug` prints its length and never its content, so that a log
/// line or a panic message cannot carry it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MessageText<'t>(&'t str);

impl<'t> MessageText<'t> {
    /// Takes a text that is not blank and has at most `max_code_points` code points.
    pub fn parse(text: &'t str, max_code_points: usize) -> Result<Self, MessageTextError> {
        if text.trim().is_empty() {
            return Err(MessageTextError::Empty);
        }
        // Counting is only needed where the bytes could exceed the limit.
        if text.len() > max_code_points {
            let actual = text.chars().count();
            if actual > max_code_points {
                return Err(MessageTextError::TooLong { actual, limit: max_code_points });
            }
        }
        Ok(Self(text))
    }

    /// The text as sent.
    pub const fn as_str(self) -> &'t str {
        self.0
    }
}

impl std::fmt::Debug for MessageText<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MessageText({} bytes)", self.0.len())
    }
}

/// Why a text cannot be a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageTextError {
    /// Nothing but white space.
    #[error("text is empty")]
    Empty,
    /// Over the limit of the settings.
    #[error("text has {actual} code points, the limit is {limit}")]
    TooLong {
        /// Code points of the text.
        actual: usize,
        /// Code points allowed.
        limit: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_counts_code_points_not_bytes() {
        assert!(MessageText::parse("가나다", 3).is_ok());
        assert_eq!(
            MessageText::parse("가나다라", 3),
            Err(MessageTextError::TooLong { actual: 4, limit: 3 })
        );
        assert_eq!(MessageText::parse(" \n", 3), Err(MessageTextError::Empty));
    }

    #[test]
    fn debug_output_never_shows_the_text() {
        let text = MessageText::parse("010-1234-5678", 100).unwrap();
        assert!(!format!("{text:?}").contains("1234"));
    }
}
