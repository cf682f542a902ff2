//! Edits of the lexicon folder are picked up by themselves.

use super::background;
use super::lexicons::Lexicons;
use super::state::today;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// Editors write in several steps; the folder is read once it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(150);
/// However busy the folder is, it is read after so long.
const LONGEST: Duration = Duration::from_secs(2);

/// Watches a folder for as long as it lives.
#[derive(Debug)]
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
}

/// Reloads the lexicons whenever a file of their folder changes; none for embedded lexicons.
///
/// A folder that cannot be watched is told in the log; requests to reload it still work.
pub(super) fn start(lexicons: &Arc<Lexicons>) -> Option<Watch> {
    let dir = lexicons.dir()?;
    match watch(dir, lexicons) {
        Ok(watch) => Some(watch),
        Err(error) => {
            tracing::error!(%error, "the lexicon folder is not watched");
            None
        }
    }
}

fn watch(dir: &Path, lexicons: &Arc<Lexicons>) -> Result<Watch, notify::Error> {
    let (sender, changes) = mpsc::channel();
    let first = sender.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Our own reading of the files is an event too.
        let is_reading = matches!(&event, Ok(event) if matches!(event.kind, EventKind::Access(_)));
        if !is_reading {
            _ = sender.send(());
        }
    })?;
    watcher.watch(dir, RecursiveMode::Recursive)?;
    // An edit may have come between the load at the start and this moment.
    _ = first.send(());
    let lexicons = Arc::downgrade(lexicons);
    std::thread::Builder::new()
        .name("lexicon-watch".to_owned())
        .spawn(move || {
            background::give_way();
            while wait_for_quiet(&changes) {
                let Some(lexicons) = lexicons.upgrade() else { return };
                // The outcome is logged and kept where it is made.
                drop(lexicons.reload(today()));
            }
        })
        .map_err(notify::Error::io)?;
    Ok(Watch { _watcher: watcher })
}

/// Waits for a change and then for silence, but not for ever; false once nobody can tell of changes any more.
fn wait_for_quiet(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let latest = Instant::now() + LONGEST;
    while Instant::now() < latest {
        match changes.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
