//! Reading JSON so that an error names the place and never the content.
//!
//! The messages of `serde_json` quote values (`invalid type: string "…"`), and values are message
//! text, which is personal data. So a document is read the fast way first; only when that fails is
//! it read again by the private `located`, whose error type has no room for a value.

mod fault;
mod located;

pub use fault::{Fault, FaultKind, harmless};
pub use located::from_value;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It is not UTF-8.
    Encoding {
        /// Offset of the first wrong byte.
        byte: usize,
    },
    /// It is not JSON.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What the parser expected.
        detail: String,
    },
    /// It is JSON of another shape.
    Shape(Fault),
}

/// Reads a JSON document whose root is an object.
pub fn read<T: DeserializeOwned>(document: &[u8]) -> Result<T, ReadError> {
    let text = std::str::from_utf8(document)
        .map_err(|error| ReadError::Encoding { byte: error.valid_up_to() })?;
    // Derived code would take an array for the fields in order.
    if text.trim_start().starts_with('[') {
        let value = serde_json::from_str(text).map_err(|error| syntax(text, &error))?;
        return from_value(&value).map_err(ReadError::Shape);
    }
    serde_json::from_str(text).map_err(|error| explain::<T>(text, &error))
}

/// Reads the document again to learn what was wrong with it.
fn explain<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> ReadError {
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return syntax(text, &error),
    };
    if let Err(fault) = from_value::<T>(&value) {
        return ReadError::Shape(fault);
    }
    // A value keeps the last of two equal names, so this is the one fault that it cannot show.
    let (line, column) = (error.line(), column_in_characters(text, error));
    let detail = format!("a field stands twice, again before line {line}, column {column}");
    ReadError::Shape(Fault::new(FaultKind::DuplicateField, detail))
}

fn syntax(text: &str, error: &serde_json::Error) -> ReadError {
    let detail = match error.classify() {
        // The parser's own words are fixed texts that quote nothing.
        Category::Syntax | Category::Eof => {
            let message = error.to_string();
            message.split_once(" at line ").map_or(message.clone(), |(what, _)| what.to_owned())
        }
        Category::Data | Category::Io => "unreadable".to_owned(),
    };
    ReadError::Syntax {
        line: error.line().max(1),
        column: column_in_characters(text, error),
        detail,
    }
}

/// The parser counts bytes; people count characters.
fn column_in_characters(text: &str, error: &serde_json::Error) -> usize {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.bytes().take(error.column());
    before.filter(|byte| byte & 0b1100_0000 != 0b1000_0000).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::AnalyzeRequest;

    fn fault(document: &str) -> (FaultKind, String, String) {
        match read::<AnalyzeRequest>(document.as_bytes()) {
            Err(ReadError::Shape(fault)) => (fault.kind, fault.pointer, fault.detail),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fault_names_the_field_and_never_the_value() {
        let cases = [
            (r#"{"text":7}"#, FaultKind::WrongType, "/text", "expected a string, found a number"),
            (r#"{"role":"bot"}"#, FaultKind::MissingField, "/text", "is required"),
            (
                r#"{"text":"가","role":"비밀"}"#,
                FaultKind::UnknownCode,
                "/role",
                "expected one of customer, bot, agent",
            ),
            (
                r#"{"text":"가","role":1}"#,
                FaultKind::WrongType,
                "/role",
                "expected a string, found a number",
            ),
            (
                r#"{"text":"가","max_apologies":300}"#,
                FaultKind::OutOfRange,
                "/max_apologies",
                "expected a whole number from 0 to 255",
            ),
            (
                r#"{"text":"가","max_apologies":"비밀"}"#,
                FaultKind::WrongType,
                "/max_apologies",
                "expected a whole number from 0 to 255, found a string",
            ),
            (r#"["비밀"]"#, FaultKind::WrongType, "", "expected an object, found an array"),
            (r#""비밀""#, FaultKind::WrongType, "", "expected an object, found a string"),
        ];
        for (document, kind, pointer, detail) in cases {
            assert_eq!(
                fault(document),
                (kind, pointer.to_owned(), detail.to_owned()),
                "{document}"
            );
        }
    }

    #[test]
    fn an_unknown_field_is_named_only_where_its_name_cannot_be_a_message() {
        let (kind, pointer, detail) = fault(r#"{"text":"가","txet":1}"#);
        assert_eq!((kind, pointer.as_str()), (FaultKind::UnknownField, "/txet"));
        assert!(detail.contains("known are text, role"), "{detail}");
        let (kind, pointer, detail) = fault(r#"{"text":"가","비밀 이야기":1}"#);
        assert_eq!((kind, pointer.as_str()), (FaultKind::UnknownField, ""));
        assert!(!detail.contains("비밀"), "{detail}");
    }

    #[test]
    fn a_field_that_stands_twice_is_a_fault() {
        assert_eq!(fault(r#"{"text":"가","text":"나"}"#).0, FaultKind::DuplicateField);
    }

    #[test]
    fn a_syntax_error_counts_characters() {
        let error = read::<AnalyzeRequest>("{\n  \"text\": \"가나다\" x}".as_bytes()).unwrap_err();
        assert!(matches!(error, ReadError::Syntax { line: 2, column: 17, .. }), "{error:?}");
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_located() {
        let error = read::<AnalyzeRequest>(b"{\"text\":\"\xff\"}").unwrap_err();
        assert_eq!(error, ReadError::Encoding { byte: 9 });
    }
}
