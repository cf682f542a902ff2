//! The vocabulary of the product: levels, signals, actions, spans.
//!
//! Everything else depends on this module and it depends on nothing of ours. The codes are those
//! of the annotation guideline; the same codes stand in lexicons, API, policy and reports.

mod action;
mod decision;
mod effort;
mod feedback;
mod level;
mod message;
mod sentiment;
mod signal;
mod source;
mod span;
mod warning;

pub use action::{Action, Path, Queue};
pub use decision::{Decision, Escalation};
pub use effort::{Dimension, Effort};
pub use feedback::FeedbackVerdict;
pub use level::Level;
pub use message::{Channel, MessageText, MessageTextError, Role};
pub use sentiment::SentimentLabel;
pub use signal::{Signal, SignalSet};
pub use source::Source;
pub use span::{OffsetUnit, Span};
pub use warning::Warning;

/// A code that is not one of a fixed vocabulary; the message lists the ones that are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// What the vocabulary describes, such as `signal`.
    pub kind: &'static str,
    /// The codes that exist.
    pub known: &'static [&'static str],
}

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown {}; known are {}", self.kind, self.known.join(", "))
    }
}

impl std::error::Error for UnknownCode {}

/// Declares an enum whose variants have stable codes, parsed and printed by that code.
///
/// The code is a `tt`: the derive of the OpenAPI schema cannot read a `literal` in `rename`.
macro_rules! coded_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident as $kind:literal {
            $( $(#[$vmeta:meta])* $variant:ident = $code:tt, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name {
            $( $(#[$vmeta])* #[serde(rename = $code)] $variant, )+
        }

        impl $name {
            /// Every value, in the order of the guideline.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[ $( $code, )+ ];

            /// The stable code used in files, the API and reports.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$variant => $code, )+ }
            }

            /// The place of this value in [`Self::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::UnknownCode;
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.code() == code).ok_or(
                    $crate::domain::UnknownCode { kind: $kind, known: Self::CODES },
                )
            }
        }
    };
}
pub(crate) use coded_enum;
