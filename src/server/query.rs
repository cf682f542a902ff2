//! Query parameters: each read once, all that is wrong with them reported together.

use super::error::ApiError;
use crate::api::FieldError;
use actix_web::web;
use std::fmt::Display;
use std::str::FromStr;

/// The parameters of a query and what is wrong with them.
pub(super) struct Parameters {
    given: Vec<(String, String)>,
    known: &'static [&'static str],
    errors: Vec<FieldError>,
}

impl Parameters {
    /// Reads a query whose parameters have the names in `known`.
    pub(super) fn read(query: &str, known: &'static [&'static str]) -> Result<Self, ApiError> {
        let given = web::Query::<Vec<(String, String)>>::from_query(query).map_err(|_| {
            ApiError::query(vec![FieldError {
                pointer: None,
                parameter: None,
                detail: "the query is not name=value pairs".to_owned(),
            }])
        })?;
        let mut read = Self { given: given.into_inner(), known, errors: Vec::new() };
        read.report_names();
        Ok(read)
    }

    /// Reports names that are unknown or stand twice. An unknown name is repeated only where it
    /// cannot be a text.
    fn report_names(&mut self) {
        let mut seen = Vec::new();
        let mut errors = Vec::new();
        for (name, _) in &self.given {
            let known = self.known.iter().copied().find(|parameter| parameter == name);
            let detail = match known {
                Some(name) if !seen.contains(&name) => {
                    seen.push(name);
                    continue;
                }
                Some(_) => "stands twice".to_owned(),
                None => format!("unknown parameter; known are {}", self.known.join(", ")),
            };
            let parameter = crate::api::reading::harmless(name).map(str::to_owned);
            errors.push(FieldError { pointer: None, parameter, detail });
        }
        self.errors = errors;
    }

    /// The text of a parameter, where it was given.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter, where it was given and can be read.
    pub(super) fn take<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        match self.value(name)?.parse() {
            Ok(value) => Some(value),
            Err(error) => self.refuse(name, error.to_string()),
        }
    }

    /// Reports a parameter whose value is not acceptable.
    pub(super) fn refuse<T>(&mut self, name: &str, detail: String) -> Option<T> {
        let parameter = Some(name.to_owned());
        self.errors.push(FieldError { pointer: None, parameter, detail });
        None
    }

    /// What was read, or all that was wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, ApiError> {
        if self.errors.is_empty() { Ok(read) } else { Err(ApiError::query(self.errors)) }
    }
}
