//! Everything that can be wrong with a request: one table, code → status → title.
//!
//! [`ApiError`] is the only error of a handler and the only `ResponseError`. Nothing of a request
//! is repeated in it but field names that cannot be a message; see [`crate::api::reading`].

use crate::api::reading::{Fault, FaultKind, ReadError};
use crate::api::{FieldError, Invalid, InvalidKind, Problem};
use crate::resource::Diagnostic;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use std::fmt;

/// The media type of RFC 9457.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";
/// What the `type` of a problem begins with.
const URN: &str = "urn:nunchi:problem:";
/// Seconds after which a turn is likely to be free.
const RETRY_AFTER: &str = "1";

/// The row of a code in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The last part of the `type`.
    pub code: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The kind in words.
    pub title: &'static str,
}

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the table below says what each one is")]
pub enum Code {
    MalformedJson,
    InvalidUtf8,
    WrongType,
    MissingField,
    UnknownField,
    DuplicateField,
    UnknownCode,
    OutOfRange,
    EmptyText,
    TextTooLong,
    BatchTooLarge,
    LineTooLong,
    BodyTooLarge,
    BodyIncomplete,
    UnsupportedMediaType,
    InvalidQuery,
    Unauthorized,
    Forbidden,
    LexiconErrors,
    FormRefused,
    NoLexiconFolder,
    UnknownRevision,
    InvalidValue,
    ConsentRequired,
    HashMismatch,
    FeedbackUnavailable,
    Busy,
    NotFound,
    MethodNotAllowed,
    Internal,
}

impl Code {
    /// Every kind of problem.
    pub const ALL: [Self; 30] = [
        Self::MalformedJson,
        Self::InvalidUtf8,
        Self::WrongType,
        Self::MissingField,
        Self::UnknownField,
        Self::DuplicateField,
        Self::UnknownCode,
        Self::OutOfRange,
        Self::EmptyText,
        Self::TextTooLong,
        Self::BatchTooLarge,
        Self::LineTooLong,
        Self::BodyTooLarge,
        Self::BodyIncomplete,
        Self::UnsupportedMediaType,
        Self::InvalidQuery,
        Self::Unauthorized,
        Self::Forbidden,
        Self::LexiconErrors,
        Self::FormRefused,
        Self::NoLexiconFolder,
        Self::UnknownRevision,
        Self::InvalidValue,
        Self::ConsentRequired,
        Self::HashMismatch,
        Self::FeedbackUnavailable,
        Self::Busy,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Internal,
    ];

    /// The row of this kind: 400 where a request is not of the shape, 422 where its shape is right
    /// and a value is not acceptable.
    pub const fn row(self) -> Row {
        let (code, status, title) = match self {
            Self::MalformedJson => ("malformed_json", StatusCode::BAD_REQUEST, "not JSON"),
            Self::InvalidUtf8 => ("invalid_utf8", StatusCode::BAD_REQUEST, "not UTF-8"),
            Self::WrongType => ("wrong_type", StatusCode::BAD_REQUEST, "value of a wrong type"),
            Self::MissingField => ("missing_field", StatusCode::BAD_REQUEST, "missing field"),
            Self::UnknownField => ("unknown_field", StatusCode::BAD_REQUEST, "unknown field"),
            Self::DuplicateField => {
                ("duplicate_field", StatusCode::BAD_REQUEST, "field given twice")
            }
            Self::UnknownCode => ("unknown_code", StatusCode::BAD_REQUEST, "unknown code"),
            Self::OutOfRange => {
                ("out_of_range", StatusCode::UNPROCESSABLE_ENTITY, "number out of range")
            }
            Self::EmptyText => ("empty_text", StatusCode::UNPROCESSABLE_ENTITY, "empty text"),
            Self::TextTooLong => {
                ("text_too_long", StatusCode::UNPROCESSABLE_ENTITY, "text too long")
            }
            Self::BatchTooLarge => {
                ("batch_too_large", StatusCode::UNPROCESSABLE_ENTITY, "too many messages")
            }
            Self::LineTooLong => ("line_too_long", StatusCode::PAYLOAD_TOO_LARGE, "line too long"),
            Self::BodyTooLarge => {
                ("body_too_large", StatusCode::PAYLOAD_TOO_LARGE, "body too large")
            }
            Self::BodyIncomplete => ("body_incomplete", StatusCode::BAD_REQUEST, "body broke off"),
            Self::UnsupportedMediaType => (
                "unsupported_media_type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported media type",
            ),
            Self::InvalidQuery => ("invalid_query", StatusCode::BAD_REQUEST, "wrong query"),
            Self::Unauthorized => {
                ("unauthorized", StatusCode::UNAUTHORIZED, "key missing or wrong")
            }
            Self::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "not allowed"),
            Self::LexiconErrors => {
                ("lexicon_errors", StatusCode::UNPROCESSABLE_ENTITY, "lexicons have errors")
            }
            Self::FormRefused => {
                ("form_refused", StatusCode::UNPROCESSABLE_ENTITY, "form does not fit its class")
            }
            Self::NoLexiconFolder => {
                ("no_lexicon_folder", StatusCode::CONFLICT, "no lexicon folder to read")
            }
            Self::UnknownRevision => {
                ("unknown_revision", StatusCode::NOT_FOUND, "no such revision is kept")
            }
            Self::InvalidValue => {
                ("invalid_value", StatusCode::UNPROCESSABLE_ENTITY, "value not acceptable")
            }
            Self::ConsentRequired => {
                ("consent_required", StatusCode::UNPROCESSABLE_ENTITY, "text without consent")
            }
            Self::HashMismatch => {
                ("hash_mismatch", StatusCode::UNPROCESSABLE_ENTITY, "hash of another text")
            }
            Self::FeedbackUnavailable => (
                "feedback_unavailable",
                StatusCode::SERVICE_UNAVAILABLE,
                "feedback cannot be stored",
            ),
            Self::Busy => ("busy", StatusCode::SERVICE_UNAVAILABLE, "too many wait already"),
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND, "no such resource"),
            Self::MethodNotAllowed => {
                ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED, "method not allowed")
            }
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "internal error"),
        };
        Row { code, status, title }
    }

    /// The stable `type` of the problem.
    pub fn uri(self) -> String {
        format!("{URN}{}", self.row().code)
    }
}

/// A request that cannot be answered, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    code: Code,
    detail: String,
    errors: Vec<FieldError>,
    allow: Option<&'static str>,
}

impl ApiError {
    /// A problem without more to say than its kind.
    pub(super) fn new(code: Code) -> Self {
        let detail = match code {
            Code::Internal => {
                "something went wrong on our side; the request id finds it in the logs"
            }
            Code::Unauthorized => "send the admin key as `Authorization: Bearer KEY`",
            Code::NoLexiconFolder => {
                "the embedded lexicons answer; start with --lexicons DIR to load others"
            }
            Code::UnknownRevision => "GET /v1/lexicon lists the revisions that are kept",
            Code::Busy => "as many as may wait for their turn do; try again in a moment",
            Code::NotFound => "there is nothing at this path; /docs lists what there is",
            _ => code.row().title,
        };
        Self::with_detail(code, detail)
    }

    pub(super) fn with_detail(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), allow: None }
    }

    /// A problem with one field of the body.
    pub(super) fn at(code: Code, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let (pointer, detail) = (pointer.into(), detail.into());
        let place = if pointer.is_empty() { "the document" } else { &pointer };
        let summary = format!("{place}: {detail}");
        let field = FieldError { pointer: Some(pointer), parameter: None, detail };
        Self { errors: vec![field], ..Self::with_detail(code, summary) }
    }

    /// Problems with the query, all of them.
    pub(super) fn query(errors: Vec<FieldError>) -> Self {
        let said = errors.iter().map(|error| match &error.parameter {
            Some(name) => format!("{name}: {}", error.detail),
            None => error.detail.clone(),
        });
        let detail = said.collect::<Vec<_>>().join("; ");
        Self { errors, ..Self::with_detail(Code::InvalidQuery, detail) }
    }

    /// Lexicons with errors, all of them.
    pub(super) fn lexicons(findings: &[Diagnostic]) -> Self {
        let errors = findings.iter().map(|finding| FieldError {
            pointer: None,
            parameter: None,
            detail: finding.to_string(),
        });
        let count = findings.len();
        let detail = format!("{count} errors; the lexicons that answer stay as they are");
        Self { errors: errors.collect(), ..Self::with_detail(Code::LexiconErrors, detail) }
    }

    /// A method that a resource does not have; `allow` lists those it has.
    pub(super) fn method_not_allowed(allow: &'static str) -> Self {
        let detail = format!("this resource answers {allow}");
        Self { allow: Some(allow), ..Self::with_detail(Code::MethodNotAllowed, detail) }
    }

    /// The same problem in an item of a larger document.
    pub(super) fn below(mut self, prefix: &str) -> Self {
        for error in &mut self.errors {
            if let Some(pointer) = &mut error.pointer {
                pointer.insert_str(0, prefix);
            }
        }
        self
    }

    /// The same problem in a line of a stream, where the whole document is that line.
    pub(super) fn in_line(error: ReadError, number: u64) -> Self {
        match error {
            ReadError::Syntax { column, detail, .. } => {
                let detail = format!("{detail} at line {number}, column {column}");
                Self::with_detail(Code::MalformedJson, detail)
            }
            other => other.into(),
        }
    }

    /// The kind of problem.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The shape in which it is sent.
    pub fn problem(&self) -> Problem {
        let row = self.code.row();
        Problem {
            kind: self.code.uri(),
            title: row.title,
            status: row.status.as_u16(),
            detail: self.detail.clone(),
            errors: self.errors.clone(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.row().code, self.detail)
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.code.row().status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if self.code == Code::Unauthorized {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if self.code == Code::Busy {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
        }
        if let Some(methods) = self.allow {
            response.insert_header((header::ALLOW, methods));
        }
        let body = serde_json::to_vec(&self.problem()).unwrap_or_default();
        response.content_type(PROBLEM_JSON).body(body)
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Encoding { byte } => {
                let detail = format!("the body is not UTF-8 from byte {byte} on");
                Self::with_detail(Code::InvalidUtf8, detail)
            }
            ReadError::Syntax { line, column, detail } => {
                let detail = format!("{detail} at line {line}, column {column}");
                Self::with_detail(Code::MalformedJson, detail)
            }
            ReadError::Shape(fault) => fault.into(),
        }
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        let code = match fault.kind {
            FaultKind::WrongType => Code::WrongType,
            FaultKind::MissingField => Code::MissingField,
            FaultKind::UnknownField => Code::UnknownField,
            FaultKind::DuplicateField => Code::DuplicateField,
            FaultKind::UnknownCode => Code::UnknownCode,
            FaultKind::OutOfRange => Code::OutOfRange,
        };
        Self::at(code, fault.pointer, fault.detail)
    }
}

impl From<Invalid> for ApiError {
    fn from(invalid: Invalid) -> Self {
        let code = match invalid.kind {
            InvalidKind::EmptyText => Code::EmptyText,
            InvalidKind::LongText => Code::TextTooLong,
            InvalidKind::OutOfRange => Code::OutOfRange,
            InvalidKind::Missing => Code::MissingField,
            InvalidKind::Malformed => Code::InvalidValue,
            InvalidKind::NoConsent => Code::ConsentRequired,
            InvalidKind::OtherHash => Code::HashMismatch,
        };
        Self::at(code, invalid.pointer, invalid.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_a_type_of_its_own_and_an_error_status() {
        let uris: BTreeSet<_> = Code::ALL.iter().map(|code| code.uri()).collect();
        assert_eq!(uris.len(), Code::ALL.len());
        for code in Code::ALL {
            let status = code.row().status;
            assert!(status.is_client_error() || status.is_server_error(), "{code:?}");
        }
    }

    #[test]
    fn a_problem_in_a_batch_points_into_the_whole_document() {
        let problem = ApiError::at(Code::EmptyText, "/text", "text is empty").below("/messages/3");
        assert_eq!(problem.problem().errors[0].pointer.as_deref(), Some("/messages/3/text"));
    }
}
