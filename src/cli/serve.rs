//! `nunchi serve`: the HTTP service.

use super::args::{DataArgs, ServeArgs};
use anyhow::Context as _;
use nunchi::server::Application;
use nunchi::settings::{Overrides, Sources, load};
use std::process::ExitCode;

pub(super) fn run(arguments: &ServeArgs, data: &DataArgs) -> anyhow::Result<ExitCode> {
    let flags =
        Overrides { host: arguments.host.clone(), port: arguments.port, ..super::overrides(data) };
    let settings = load(Sources::of_process(arguments.config.clone(), flags))
        .context("the settings cannot be used")?;
    nunchi::telemetry::init(&settings.log).context("logging cannot begin")?;
    let application = Application::build(&settings).context("the service cannot start")?;
    anstream::eprintln!(
        "nunchi listens on http://{}:{}/",
        settings.server.host,
        application.port()
    );
    application.run().context("the service stopped")?;
    Ok(ExitCode::SUCCESS)
}
