//! The kinds of item that a spreadsheet can hold.

use super::column::{self, Column};
use crate::lexicon::{EXCEPTIONS, SHIFTERS, SIGNALS};
use crate::phrases::{PHRASES, SLOTS_FILE};

/// A kind of item; each has a sheet of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Evidence of frustration.
    Entry,
    /// What switches evidence off.
    Exception,
    /// What changes the weight of evidence near it.
    Shifter,
    /// A line that may be said.
    Phrase,
    /// A blank in such lines.
    Slot,
}

impl Kind {
    /// Every kind, in the order of the sheets.
    pub const ALL: [Self; 5] =
        [Self::Entry, Self::Exception, Self::Shifter, Self::Phrase, Self::Slot];

    /// The name of its CSV file, without the ending.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entry => "entries",
            Self::Exception => "exceptions",
            Self::Shifter => "shifters",
            Self::Phrase => "phrases",
            Self::Slot => "slots",
        }
    }

    /// The name of its sheet.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Entry => "항목",
            Self::Exception => "예외",
            Self::Shifter => "변화어",
            Self::Phrase => "문구",
            Self::Slot => "빈칸",
        }
    }

    /// The kind of that file or sheet name.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|kind| kind.name() == name || kind.title() == name)
    }

    /// The name of its tables in the files.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Exception => "exception",
            Self::Shifter => "shifter",
            Self::Phrase => "phrase",
            Self::Slot => "slot",
        }
    }

    /// The key that names an item.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Slot => "name",
            _ => "id",
        }
    }

    /// Whether a file of that path holds items of this kind.
    pub(crate) fn lives_in(self, path: &str) -> bool {
        match self {
            Self::Entry => path.starts_with(SIGNALS),
            Self::Exception => path.starts_with(EXCEPTIONS),
            Self::Shifter => path.starts_with(SHIFTERS),
            Self::Phrase => path.starts_with(PHRASES) && path != SLOTS_FILE,
            Self::Slot => path == SLOTS_FILE,
        }
    }

    /// The columns of its sheet, in order.
    pub(crate) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Entry => column::ENTRY,
            Self::Exception => column::EXCEPTION,
            Self::Shifter => column::SHIFTER,
            Self::Phrase => column::PHRASE,
            Self::Slot => column::SLOT,
        }
    }
}
