//! The linguists' guide tells the truth: its worked example is run, step by step, in a copy of the
//! lexicons, and each command must print what the guide shows.
//!
//! - ```` ```toml append=PATH ```` adds a table to a file of the copy; a table of the same id goes.
//! - ```` ```console ```` holds commands behind `$ ` and what they print; `[..]` stands for anything
//!   in a line and a line `...` for any lines. With `file=NAME` the first command shows a file, which
//!   is written so.
//!
//! `GUIDE=overwrite cargo test --test cli guide` writes what was printed into the guide.

#![expect(clippy::string_slice, reason = "cut where a pattern was found, or the test fails")]
#![expect(clippy::disallowed_methods, reason = "PATH leads to the program, GUIDE says what to do")]

use crate::files::{copy_lexicons, text};
use std::path::{Path, PathBuf};
use std::process::Command;

struct Guide {
    /// The working folder of the commands: `lexicons/` in it is edited.
    folder: tempfile::TempDir,
}

impl Guide {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lexicons = copy_lexicons();
        std::fs::rename(lexicons.path(), folder.path().join("lexicons")).unwrap();
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        std::os::unix::fs::symlink(tests, folder.path().join("tests")).unwrap();
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(folder.path()).args(["-c", "user.name=x", "-c", "user.email=x@x"]);
            assert!(command.args(arguments).output().unwrap().status.success(), "{arguments:?}");
        };
        git(&["init", "--quiet"]);
        git(&["add", "lexicons"]);
        git(&["commit", "--quiet", "--message", "lexicons"]);
        Self { folder }
    }

    fn append(&self, path: &str, table: &str) {
        let path = self.folder.path().join("lexicons").join(path);
        let file = std::fs::read_to_string(&path).unwrap();
        let id = table.lines().find(|line| line.starts_with("id = ")).unwrap();
        let file = match file.find(id) {
            Some(at) => file[..file[..at].rfind("[[").unwrap()].to_owned(),
            None => format!("{}\n\n", file.trim_end()),
        };
        std::fs::write(path, format!("{file}{}\n", table.trim_end())).unwrap();
    }

    /// What a command prints, both streams.
    fn run(&self, command: &str) -> String {
        let program = env!("CARGO_BIN_EXE_nunchi");
        let bin = PathBuf::from(program).parent().unwrap().to_path_buf();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{command} 2>&1")).current_dir(self.folder.path());
        shell.env("PATH", path).env_remove("NUNCHI_LEXICONS__DIR").env("COLUMNS", "100");
        text(&shell.output().unwrap().stdout).trim_end().to_owned()
    }
}

/// Whether a line fits one of the guide in which `[..]` stands for anything.
fn fits(shown: &str, printed: &str) -> bool {
    let mut rest = printed;
    let mut parts = shown.trim_end().split("[..]").peekable();
    let Some(head) = parts.next() else { return false };
    let Some(behind) = rest.strip_prefix(head) else { return false };
    rest = behind;
    while let Some(part) = parts.next() {
        let found = if parts.peek().is_none() { rest.rfind(part) } else { rest.find(part) };
        let Some(at) = found else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.trim_end().is_empty()
}

/// The same for all lines of an output.
fn all_fit(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|skip| all_fit(rest, &printed[skip..])),
        Some((line, rest)) => printed
            .split_first()
            .is_some_and(|(first, others)| fits(line, first) && all_fit(rest, others)),
    }
}

#[test]
fn the_worked_example_prints_what_the_guide_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/README.md");
    let guide = std::fs::read_to_string(&path).unwrap();
    let place = Guide::new();
    // The guide as it would be with what the commands print now, and where that differs.
    let (mut written, mut wrong, mut commands) = (Vec::new(), Vec::new(), 0);
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        written.push(line.to_owned());
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some(file) = info.strip_prefix("toml append=") {
            place.append(file, &body.join("\n"));
        }
        if info.starts_with("console") {
            for (number, Step { command, shown }) in steps(&body).into_iter().enumerate() {
                if let (0, Some(file)) = (number, info.strip_prefix("console file=")) {
                    // What the first command shows of a file is what the file holds.
                    let path = place.folder.path().join(file);
                    std::fs::write(path, shown.join("\n") + "\n").unwrap();
                }
                let printed = place.run(command);
                let same = all_fit(&shown, &printed.lines().collect::<Vec<_>>());
                let kept = if same { shown.join("\n") } else { printed.clone() };
                if !same {
                    wrong.push(format!("$ {command}\n{printed}\n"));
                }
                written.extend((number > 0).then(String::new));
                written.push(format!("$ {command}"));
                written.extend(kept.lines().map(str::to_owned));
                commands += 1;
            }
        } else {
            written.extend(body.iter().map(|line| (*line).to_owned()));
        }
        written.push("```".to_owned());
    }
    assert!(commands >= 5, "the guide shows {commands} commands");
    if std::env::var("GUIDE").is_ok_and(|value| value == "overwrite") {
        std::fs::write(path, written.join("\n") + "\n").unwrap();
    } else {
        assert!(wrong.is_empty(), "the guide shows something else than\n{}", wrong.join("\n"));
    }
}

/// A command and what the guide says it prints.
struct Step<'g> {
    command: &'g str,
    shown: Vec<&'g str>,
}

fn steps<'g>(body: &[&'g str]) -> Vec<Step<'g>> {
    let mut steps: Vec<Step<'g>> = Vec::new();
    for line in body {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command, shown: Vec::new() }),
            (None, Some(step)) => step.shown.push(line),
            (None, None) => panic!("no command before: {line}"),
        }
    }
    for step in &mut steps {
        while step.shown.last().is_some_and(|line| line.is_empty()) {
            step.shown.pop();
        }
    }
    steps
}

#[test]
fn every_command_that_the_guide_lists_is_one_that_the_program_takes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/README.md");
    let guide = std::fs::read_to_string(path).unwrap();
    let place = Guide::new();
    let mut tried = 0;
    for line in guide.lines().filter(|line| line.starts_with("nunchi ")) {
        // Behind all its arguments, `--help` runs nothing, but a wrong flag before it is refused.
        let command = line.split(" #").next().unwrap().split(" > ").next().unwrap();
        let said = place.run(&format!("{} --help", command.trim()));
        assert!(said.contains("Usage: nunchi"), "{command}\n{said}");
        assert!(!said.contains("error:"), "{command}\n{said}");
        tried += 1;
    }
    assert!(tried >= 20, "{tried} commands");
}

#[test]
fn wildcards_stand_for_anything_within_a_line() {
    assert!(fits("ok: [..] entries", "ok: 12 entries") && fits("[..]", "x") && fits("a", "a "));
    assert!(!fits("ok: [..] entries", "ok: 12 phrases") && !fits("a", "ab"));
    assert!(all_fit(&["a", "...", "b"], &["a", "x", "y", "b"]) && all_fit(&["..."], &[]));
    assert!(!all_fit(&["a", "..."], &["b", "a"]));
}
