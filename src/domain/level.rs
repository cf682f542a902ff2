//! The four levels of frustration.

/// How frustrated a message is, from 0 to 3.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 0: no discomfort with the service.
    #[default]
    None,
    /// 1: discomfort is there but soft.
    Mild,
    /// 2: open frustration or complaint.
    Clear,
    /// 3: fury, profanity in anger, threats, formal complaint in anger.
    Severe,
}

impl Level {
    /// Every level, rising.
    pub const ALL: [Self; 4] = [Self::None, Self::Mild, Self::Clear, Self::Severe];

    /// The number of the level, 0 to 3.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The level of that number.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::None),
            1 => Some(Self::Mild),
            2 => Some(Self::Clear),
            3 => Some(Self::Severe),
            _ => None,
        }
    }

    /// The name of the level in the API: none, mild, clear, severe.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Mild => "mild",
            Self::Clear => "clear",
            Self::Severe => "severe",
        }
    }
}
