//! How the service ends: requests in flight are finished, idle connections are closed.

use actix_web::dev::ServerHandle;
use actix_web::rt;
use std::future::Future;
use std::io;

/// The first and the second wish to end, from the signals of the operating system.
///
/// Actix stops hard on SIGINT by itself, so the signals are taken here.
pub(super) fn signals() -> io::Result<(impl Future<Output = ()>, impl Future<Output = ()>)> {
    let (terminate, interrupt) = (Signal::terminate()?, Signal::interrupt()?);
    let (again, interrupt_again) = (Signal::terminate()?, Signal::interrupt()?);
    let first = either(terminate, interrupt, 1);
    let second = either(again, interrupt_again, 2);
    Ok((first, second))
}

/// Ends the server gently once `stop` is ready, and at once when `stop_now` is.
pub(super) fn stop_on(
    handle: ServerHandle,
    stop: impl Future<Output = ()> + 'static,
    stop_now: impl Future<Output = ()> + 'static,
) {
    let gentle = handle.clone();
    rt::spawn(async move {
        stop.await;
        tracing::info!("stopping; requests in flight are finished");
        gentle.stop(true).await;
    });
    rt::spawn(async move {
        stop_now.await;
        tracing::warn!("stopping at once");
        handle.stop(false).await;
    });
}

#[cfg(unix)]
use unix::Signal;

#[cfg(unix)]
mod unix {
    use super::{io, rt};
    use rt::signal::unix::{SignalKind, signal};

    /// One kind of signal.
    pub(super) struct Signal(rt::signal::unix::Signal);

    impl Signal {
        pub(super) fn terminate() -> io::Result<Self> {
            signal(SignalKind::terminate()).map(Self)
        }

        pub(super) fn interrupt() -> io::Result<Self> {
            signal(SignalKind::interrupt()).map(Self)
        }

        pub(super) fn poll(&mut self, context: &mut std::task::Context<'_>) -> bool {
            self.0.poll_recv(context).is_ready()
        }
    }
}

/// Ready when `count` signals of either kind have come.
async fn either(mut one: Signal, mut other: Signal, count: usize) {
    let mut seen = 0;
    std::future::poll_fn(move |context| {
        while one.poll(context) || other.poll(context) {
            seen += 1;
            if seen == count {
                return std::task::Poll::Ready(());
            }
        }
        std::task::Poll::Pending
    })
    .await;
}
