//! The normalized message: canonical characters, their letters, and the way back to the original.

use super::letters::{END, Kind, Letter, push};
use crate::domain::Span;

/// One canonical character and the part of the original that it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The canonical character.
    pub ch: char,
    /// Its kind.
    pub kind: Kind,
    /// First byte of the original.
    pub start: u32,
    /// One past the last byte of the original; folded repeats are included.
    pub end: u32,
    /// Index of its first letter.
    pub letter: u32,
    /// How many characters of the original it stands for; more than 1 where repeats were folded.
    pub repeats: u16,
    /// Whether white space, or the begin of the text, stands before it.
    pub spaced: bool,
    /// Whether a word can begin here: after white space, or where the kind of character changes
    /// (but not between a digit and a syllable: 11시).
    pub starts_word: bool,
    /// What the reading behind a disguise changed here.
    pub alteration: Alteration,
    /// The unit of the plain reading that it was made from.
    pub plain: u32,
}

/// How a unit of the reading behind a disguise differs from the plain reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alteration {
    /// Not at all.
    #[default]
    None,
    /// Separators between the unit before and this one were dropped.
    Joined,
    /// It was composed from loose jamo or Latin letters.
    Composed,
}

/// A message after normalization.
///
/// Holds one or two *readings* of the text one after the other: the plain one, and, where the
/// text shows signs of a disguise (시1발, ㅅㅣ발, tlqkf), the reading behind it. The matcher scans
/// both in one pass. White space is dropped from the letters, since spacing is free in chat; the
/// units remember where it was.
#[derive(Clone, Default)]
pub struct Normalized {
    units: Vec<Unit>,
    letters: Vec<Letter>,
    unit_of_letter: Vec<u32>,
    plain_units: usize,
}

/// Message text is personal data: only kind and place are shown.
impl std::fmt::Debug for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({}..{})", self.kind, self.start, self.end)
    }
}

/// Message text is personal data: only counts are shown.
impl std::fmt::Debug for Normalized {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (units, plain) = (self.units.len(), self.plain_units);
        f.debug_struct("Normalized")
            .field("units", &units)
            .field("plain", &plain)
            .finish_non_exhaustive()
    }
}

impl Normalized {
    /// All units: those of the plain reading, then those of the reading behind a disguise.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The units of the plain reading.
    pub fn plain(&self) -> &[Unit] {
        self.units.get(..self.plain_units).unwrap_or_default()
    }

    /// The units of the reading behind a disguise; empty where there is no sign of one.
    pub fn disguised(&self) -> &[Unit] {
        self.units.get(self.plain_units..).unwrap_or_default()
    }

    /// How many units the plain reading has.
    pub const fn plain_len(&self) -> usize {
        self.plain_units
    }

    /// The units of the reading that a unit belongs to.
    pub fn reading_of(&self, unit: usize) -> std::ops::Range<usize> {
        if unit < self.plain_units {
            0..self.plain_units
        } else {
            self.plain_units..self.units.len()
        }
    }

    /// The letters of all readings.
    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// The unit that a letter belongs to.
    pub fn unit_at(&self, letter: usize) -> usize {
        self.unit_of_letter.get(letter).map_or(self.units.len(), |unit| *unit as usize)
    }

    /// Index of the first letter of a unit; for the index past the last unit, the end.
    pub fn first_letter(&self, unit: usize) -> usize {
        self.units.get(unit).map_or(self.letters.len(), |unit| unit.letter as usize)
    }

    /// One past the last letter of a unit.
    pub fn letters_end(&self, unit: usize) -> usize {
        let next = self.first_letter(unit + 1);
        // The separator of the readings belongs to no unit.
        if unit + 1 == self.plain_units && next < self.letters.len() { next - 1 } else { next }
    }

    /// The original span of the units `first..=last`.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let start = self.units.get(first).map_or(0, |unit| unit.start as usize);
        let end = self.units.get(last).map_or(start, |unit| unit.end as usize);
        Span { start, end: end.max(start) }
    }

    /// The canonical text of the plain reading, white space as one space.
    pub fn canonical_text(&self) -> String {
        let mut text = String::new();
        for unit in self.plain() {
            if unit.spaced && !text.is_empty() {
                text.push(' ');
            }
            text.push(unit.ch);
        }
        text
    }

    pub(super) fn clear(&mut self) {
        self.units.clear();
        self.letters.clear();
        self.unit_of_letter.clear();
        self.plain_units = 0;
    }

    pub(super) fn units_mut(&mut self) -> &mut Vec<Unit> {
        &mut self.units
    }

    /// Settles word starts and letters of the plain reading once its units are complete.
    pub(super) fn finish_plain(&mut self) {
        self.plain_units = self.units.len();
        let mut previous: Option<Kind> = None;
        for index in 0..self.units.len() {
            if let Some(unit) = self.units.get_mut(index) {
                unit.starts_word =
                    unit.spaced || previous.is_none_or(|kind| is_word_break(kind, unit.kind));
                unit.plain = small(index);
                previous = Some(unit.kind);
            }
            self.push_letters(index);
        }
    }

    /// Begins the reading behind a disguise.
    pub(super) fn begin_disguised(&mut self) {
        self.letters.push(END);
        self.unit_of_letter.push(u32::MAX);
    }

    /// Appends a unit to the reading behind a disguise.
    pub(super) fn push_disguised(&mut self, unit: Unit) {
        self.units.push(unit);
        self.push_letters(self.units.len() - 1);
    }

    fn push_letters(&mut self, index: usize) {
        let begin = self.letters.len();
        let Some(unit) = self.units.get_mut(index) else { return };
        unit.letter = small(begin);
        push(unit.ch, &mut self.letters);
        self.unit_of_letter.resize(self.letters.len(), small(index));
    }
}

/// Whether a word can begin between characters of these kinds without white space.
fn is_word_break(before: Kind, after: Kind) -> bool {
    !matches!(
        (before, after),
        (Kind::Digit | Kind::Syllable, Kind::Syllable | Kind::Digit)
            | (Kind::Jamo, Kind::Jamo)
            | (Kind::Latin, Kind::Latin | Kind::Digit)
            | (Kind::Digit, Kind::Latin)
    )
}

/// Offsets are kept in 32 bits; the normalizer cuts longer texts.
fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
