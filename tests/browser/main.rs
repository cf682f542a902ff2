//! The workbench in a real browser. One Chromium serves all tests.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "what was not run is said where everybody sees it")]

#[path = "../api/app.rs"]
#[expect(dead_code, reason = "the browser does what the API tests do by hand")]
mod app;
mod chromium;
#[path = "../api/lexicons.rs"]
#[expect(dead_code, reason = "only the folder is used here")]
mod lexicons;
mod page;
mod reload;
mod report;
mod shell;
mod views;

use app::TestApp;
use chromium::Browser;
use libtest_mimic::{Arguments, Trial};
use page::Page;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

/// What all tests share.
pub(crate) struct World {
    browser: Browser,
    shipped: OnceLock<TestApp>,
    small: OnceLock<TestApp>,
    /// The text of axe-core, where it is at hand.
    axe: Option<String>,
}

impl World {
    /// Where the service is that a new user gets.
    pub(crate) fn home(&self) -> String {
        self.shipped.get_or_init(|| TestApp::start_as_shipped(|_| {})).url("/")
    }

    /// Where a service is whose few entries are checked and tried in no time.
    pub(crate) fn small_home(&self) -> String {
        self.small.get_or_init(TestApp::start).url("/")
    }

    /// A page of the service that a new user gets.
    pub(crate) fn open(&self, address: &str) -> Page<'_> {
        Page::open(&self.browser, &self.home(), address)
    }

    /// A page of the small service.
    pub(crate) fn open_small(&self, address: &str) -> Page<'_> {
        Page::open(&self.browser, &self.small_home(), address)
    }

    /// A page of another service.
    pub(crate) fn open_at(&self, app: &TestApp, address: &str) -> Page<'_> {
        Page::open(&self.browser, &app.url("/"), address)
    }
}

/// A test: its name, and what it does.
type Test = (&'static str, fn(&World));

/// axe-core as `NUNCHI_TEST_AXE` names it, or where `.ci/run` puts it.
fn axe() -> Option<String> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe/package/axe.min.js");
    let path = std::env::var_os("NUNCHI_TEST_AXE").filter(|path| !path.is_empty());
    std::fs::read_to_string(path.map_or(here, PathBuf::from)).ok()
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tests: Vec<Test> = [views::TESTS, shell::TESTS, reload::TESTS, report::TESTS].concat();
    let program = chromium::program();
    let axe = axe();
    if program.is_none() {
        println!(
            "NOT RUN: the page in a browser (no Chromium found; NUNCHI_TEST_CHROMIUM names one)"
        );
    } else if axe.is_none() {
        println!("NOT RUN: accessibility by axe-core (NUNCHI_TEST_AXE names no axe.min.js)");
    }
    let lists = arguments.list || program.is_none();
    let world = program.filter(|_| !lists).map(|program| {
        Arc::new(World {
            browser: Browser::start(&program),
            shipped: OnceLock::new(),
            small: OnceLock::new(),
            axe,
        })
    });
    let trials = tests.into_iter().map(|(name, test)| {
        let world = world.clone();
        let cannot = world.as_ref().is_none_or(|world| name.contains("axe") && world.axe.is_none());
        let run = move || {
            if let Some(world) = world {
                test(&world);
            }
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(cannot)
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    drop(world);
    conclusion.exit_code()
}
