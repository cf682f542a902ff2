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
        // What cannot be told is rather read once too often.
        if event.as_ref().map_or(true, may_be_edit) {
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
                lexicons.reload_edited(today());
            }
        })
        .map_err(notify::Error::io)?;
    Ok(Watch { _watcher: watcher })
}

/// Whether lexicon files may be others after this. Whether they are, their fingerprint tells.
fn may_be_edit(event: &Event) -> bool {
    // Our own reading of the files is an event too.
    let is_reading = matches!(event.kind, EventKind::Access(_));
    // An event without a path says that some were lost.
    !is_reading && (event.paths.is_empty() || event.paths.iter().any(|path| may_hold_files(path)))
}

/// Whether a path is a lexicon file or may be a folder of them. What editors and systems keep beside the
/// files is neither; the `..data` that a mounted Kubernetes volume exchanges is.
fn may_hold_files(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("..") {
        return true;
    }
    let is_hidden = name.starts_with('.');
    !is_hidden && path.extension().is_none_or(|extension| extension == "toml")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_editors_keep_beside_are_no_edits() {
        let created = EventKind::Create(notify::event::CreateKind::Any);
        let tells =
            |path: &str| may_be_edit(&Event::new(created).add_path(Path::new("/l").join(path)));
        for path in ["anger.toml", "signals", "..data", "..2026_01_01"] {
            assert!(tells(path), "{path}");
        }
        for path in [".anger.toml.swp", ".swp", "anger.toml~", "4913.tmp", ".DS_Store"] {
            assert!(!tells(path), "{path}");
        }
        assert!(may_be_edit(&Event::new(EventKind::Other)), "events were lost");
    }
}
