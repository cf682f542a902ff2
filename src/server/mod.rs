//! The HTTP service; the only module that knows actix.
//!
//! [`Application::build`] settles all that can fail: lexicons are compiled and the port is taken
//! before the first request is read. Each worker owns its [`Scratch`]; everything else is shared,
//! and only the set of lexicons in it is ever replaced.

mod app;
mod background;
mod batch;
mod body;
mod classifiers;
mod error;
mod lexicons;
mod metrics;
mod observe;
mod query;
mod routes;
mod shutdown;
mod state;
mod watch;

pub use error::{ApiError, Code, Row};
pub use routes::openapi;

use crate::analysis::{Analyzer, Scratch};
use crate::classifier::ClassifierError;
use crate::loading::{self, LoadingError};
use crate::settings::Settings;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use classifiers::Classifiers;
use lexicons::Lexicons;
use metrics::Metrics;
use state::State;
use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use tracing_actix_web::TracingLogger;

/// A service that listens and is ready to run.
#[derive(Debug)]
pub struct Application {
    listener: TcpListener,
    port: u16,
    settings: Settings,
    analyzer: Arc<Analyzer>,
    classifiers: Option<Classifiers>,
}

/// Why the service cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The lexicons or the model cannot be loaded.
    #[error(transparent)]
    Loading(#[from] LoadingError),
    /// The model is loaded and does not run.
    #[error("the classifier does not run: {0}; `nunchi model check` says more")]
    Classifier(#[from] ClassifierError),
    /// The address cannot be listened on.
    #[error("cannot listen on {host} port {port}: {source}")]
    Listen {
        /// The host of the settings.
        host: String,
        /// The port of the settings.
        port: u16,
        /// Why not.
        source: io::Error,
    },
}

impl Application {
    /// Loads lexicons and model and takes the port. From then on connections wait to be served.
    pub fn build(settings: &Settings) -> Result<Self, StartError> {
        Self::with_analyzer(settings, Arc::new(loading::analyzer(settings)?))
    }

    /// Takes the port for an analyzer that is loaded already.
    pub fn with_analyzer(settings: &Settings, analyzer: Arc<Analyzer>) -> Result<Self, StartError> {
        let (host, port) = (settings.server.host.as_str(), settings.server.port);
        let failed = |source| StartError::Listen { host: host.to_owned(), port, source };
        let listener = TcpListener::bind((host, port)).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let classifier = analyzer.classifier();
        let classifiers = classifier.map(|model| Classifiers::start(model, &settings.classifier));
        let classifiers = classifiers.transpose()?;
        Ok(Self { listener, port, settings: settings.clone(), analyzer, classifiers })
    }

    /// The port that is listened on; where the settings say 0, the one that was free.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Serves until SIGTERM or SIGINT, then finishes the requests in flight. A second signal stops
    /// at once.
    pub async fn run_until_stopped(self) -> io::Result<()> {
        let (first, second) = shutdown::signals()?;
        self.serve(first, second).await
    }

    /// Serves until `stop` is ready, then finishes the requests in flight.
    pub async fn run_until(self, stop: impl Future<Output = ()> + 'static) -> io::Result<()> {
        self.serve(stop, std::future::pending()).await
    }

    /// [`Self::run_until_stopped`] on a runtime of its own; blocks the thread.
    pub fn run(self) -> io::Result<()> {
        actix_web::rt::System::new().block_on(self.run_until_stopped())
    }

    async fn serve(
        self,
        stop: impl Future<Output = ()> + 'static,
        stop_now: impl Future<Output = ()> + 'static,
    ) -> io::Result<()> {
        let server = &self.settings.server;
        let lexicon = self.analyzer.lexicon().fingerprint();
        let model = self
            .analyzer
            .classifier()
            .map(|model| format!("{} {} on {}", model.name(), model.version(), model.runtime()));
        tracing::info!(host = server.host, port = self.port, lexicon, model, "listening");
        let timeout = server.shutdown_timeout.as_millis().div_ceil(1000);
        let workers = server.workers;
        let files = &self.settings.lexicons;
        let metrics = Arc::new(Metrics::new());
        let counting = Arc::clone(&metrics);
        let lexicons = Lexicons::new(self.analyzer, files.dir.clone(), files.keep, counting);
        let lexicons = Arc::new(lexicons);
        // Held to the end of the service: dropping it ends the watch.
        let _watch = if files.watch { watch::start(&lexicons) } else { None };
        let state = web::Data::new(State::new(lexicons, self.classifiers, metrics, &self.settings));
        let mut http = HttpServer::new(move || {
            App::new()
                .app_data(state.clone())
                .app_data(web::Data::new(RefCell::new(Scratch::default())))
                .wrap(from_fn(observe::catch_panics))
                .wrap(from_fn(observe::count))
                .wrap(from_fn(observe::request_id))
                .wrap(TracingLogger::<observe::RequestSpan>::new())
                .configure(app::configure)
        })
        .disable_signals()
        .shutdown_timeout(u64::try_from(timeout).unwrap_or(u64::MAX));
        if workers > 0 {
            http = http.workers(workers);
        }
        let server = http.listen(self.listener)?.run();
        shutdown::stop_on(server.handle(), stop, stop_now);
        let ended = server.await;
        tracing::info!("stopped");
        ended
    }
}
