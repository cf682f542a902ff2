//! Positions in the text as sent.

use super::coded_enum;

/// A half-open byte range of the text as sent, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The characters of `text` in this span; empty if the span is not one of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same span counted in `unit`.
    pub fn counted_in(self, unit: OffsetUnit, text: &str) -> (usize, usize) {
        let start = unit.length(text.get(..self.start).unwrap_or_default());
        (start, start + unit.length(self.of(text)))
    }
}

coded_enum! {
    /// The unit in which spans leave the process.
    pub enum OffsetUnit as "offset unit" {
        /// Unicode code points (Python `str`).
        CodePoint = "code_point",
        /// UTF-16 code units (JavaScript, Java, C#).
        Utf16 = "utf16",
        /// UTF-8 bytes (Rust, Go).
        Byte = "byte",
    }
}

impl OffsetUnit {
    /// The length of `text` in this unit.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::CodePoint => text.chars().count(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Byte => text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_counted_in_the_unit_asked_for() {
        let text = "😡 짜증";
        let span = Span { start: 5, end: 11 };
        assert_eq!(span.of(text), "짜증");
        assert_eq!(span.counted_in(OffsetUnit::CodePoint, text), (2, 4));
        assert_eq!(span.counted_in(OffsetUnit::Utf16, text), (3, 5));
        assert_eq!(span.counted_in(OffsetUnit::Byte, text), (5, 11));
    }
}
