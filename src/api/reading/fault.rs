//! An error of deserialization that cannot hold the value it is about.

use serde::de::{Error, Expected, Unexpected};
use std::fmt;

/// Longest field name that is repeated in an error.
const LONGEST_NAME: usize = 64;

/// In which way a document has the wrong shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A value of another type.
    WrongType,
    /// A field is not there.
    MissingField,
    /// A field that does not exist.
    UnknownField,
    /// A field stands twice.
    DuplicateField,
    /// A code that is not of the vocabulary.
    UnknownCode,
    /// A value of the right type that its type cannot hold.
    OutOfRange,
}

/// What is wrong with the shape of a document and where; never what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which way.
    pub kind: FaultKind,
    /// JSON pointer of the place (RFC 6901).
    pub pointer: String,
    /// What was expected.
    pub detail: String,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self { kind, pointer: String::new(), detail: detail.into() }
    }

    /// The same fault seen from one level up.
    pub(super) fn below(mut self, step: &str) -> Self {
        self.pointer = format!("/{step}{}", self.pointer);
        self
    }
}

/// A field name that may be repeated in an error: it looks like one and not like a message.
pub fn harmless(name: &str) -> Option<&str> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (name.len() <= LONGEST_NAME && name.chars().all(letters)).then_some(name)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.detail)
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self::new(FaultKind::OutOfRange, "is not acceptable")
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let detail = format!("expected {}, found {}", in_words(expected), type_of(found));
        Self::new(FaultKind::WrongType, detail)
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(FaultKind::OutOfRange, format!("expected {}", in_words(expected)))
    }

    fn invalid_length(_length: usize, expected: &dyn Expected) -> Self {
        Self::new(FaultKind::OutOfRange, format!("expected {}", in_words(expected)))
    }

    fn unknown_variant(_variant: &str, expected: &'static [&'static str]) -> Self {
        let detail = format!("expected one of {}", expected.join(", "));
        Self::new(FaultKind::UnknownCode, detail)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let known = expected.join(", ");
        if let Some(name) = harmless(field) {
            let detail = format!("unknown field; known are {known}");
            return Self::new(FaultKind::UnknownField, detail).below(name);
        }
        let detail = format!("an unknown field, its name withheld; known are {known}");
        Self::new(FaultKind::UnknownField, detail)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::MissingField, "is required").below(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(FaultKind::DuplicateField, "stands twice").below(field)
    }
}

/// What a type expects, in the words of JSON.
fn in_words(expected: &dyn Expected) -> String {
    let name = expected.to_string();
    match name.as_str() {
        "u8" => "a whole number from 0 to 255".to_owned(),
        "u16" | "u32" | "u64" | "usize" => "a whole number of 0 or more".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "an array".to_owned(),
        _ if name.starts_with("struct ") => "an object".to_owned(),
        _ => name,
    }
}

fn type_of(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a number",
        Unexpected::Float(_) => "a number with a fraction",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "something else",
    }
}
