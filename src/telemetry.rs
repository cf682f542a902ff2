//! Structured logs: one subscriber, its sink given by the caller.
//!
//! Message text is personal data and is never logged. Nothing here or above it may record a body,
//! a query or a path with ids; the panic hook keeps even panic messages out, because those of
//! string handling quote the string.

use crate::settings::{LogFormat, LogSettings};
use std::io::IsTerminal as _;
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry, fmt};

/// Why logging cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TelemetryError {
    /// The process has a subscriber already.
    #[error("logging has been started already")]
    AlreadyStarted,
}

/// Starts logging to standard error for the whole process, panics included.
pub fn init(log: &LogSettings) -> Result<(), TelemetryError> {
    tracing::subscriber::set_global_default(subscriber(log, std::io::stderr))
        .map_err(|_| TelemetryError::AlreadyStarted)?;
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        // A message known at compile time quotes nobody; a formatted one may quote a customer.
        let message = panic.payload().downcast_ref::<&'static str>().copied();
        tracing::error!(at, message = message.unwrap_or("panicked; the message is withheld"));
    }));
    Ok(())
}

/// A subscriber that writes to `sink`.
pub fn subscriber<W>(log: &LogSettings, sink: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // Settings have checked the filter; one made by hand that is wrong logs what the default does.
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = match log.format {
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .with_writer(sink)
            .boxed(),
        LogFormat::Human => {
            fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(sink).boxed()
        }
    };
    Registry::default().with(filter).with(lines)
}
