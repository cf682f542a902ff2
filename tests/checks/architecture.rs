//! Who may depend on whom. One crate cannot enforce layers through Cargo, so this test does.

use std::path::{Path, PathBuf};

/// The layers, bottom up: a module uses only modules to its left.
const LAYERS: [&str; 16] = [
    "domain",
    "text",
    "resource",
    "classifier",
    "lexicon",
    "phrases",
    "replies",
    "analysis",
    "api",
    "evaluation",
    "editing",
    "settings",
    "telemetry",
    "loading",
    "server",
    "cli",
];

/// Crates that only some layers may use.
const CONFINED: [(&str, &[&str]); 7] = [
    ("actix_web", &["server"]),
    ("prometheus", &["server"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("aho_corasick", &["lexicon"]),
    ("ort", &["classifier"]),
    ("tokenizers", &["classifier"]),
];

/// The most lines of a source file without its tests.
const LONGEST_FILE: usize = 400;

fn source_files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&root).unwrap().to_owned();
                let first = relative.components().next().unwrap().as_os_str();
                let layer = first.to_string_lossy().trim_end_matches(".rs").to_owned();
                let code = std::fs::read_to_string(&path).unwrap();
                files.push((layer, relative, code));
            }
        }
    }
    files.sort();
    files
}

fn without_comments(code: &str) -> String {
    code.lines()
        .map(|line| line.split_once("//").map_or(line, |(before, _)| before))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether code names a crate; `report::x` is no use of `ort`.
fn is_used(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    })
}

#[test]
fn a_module_uses_only_modules_below_it() {
    let mut violations = Vec::new();
    for (layer, path, code) in source_files() {
        let Some(rank) = LAYERS.iter().position(|known| *known == layer) else {
            assert!(["lib", "main"].contains(&layer.as_str()), "{layer} is in no layer: add it");
            continue;
        };
        let code = without_comments(&code);
        for upper in LAYERS.iter().skip(rank + 1) {
            if code.contains(&format!("crate::{upper}")) {
                violations.push(format!("{}: {layer} must not use {upper}", path.display()));
            }
        }
        for hidden in ["crate::{", "super::super::"] {
            if code.contains(hidden) {
                violations.push(format!("{}: `{hidden}` would hide a dependency", path.display()));
            }
        }
        for (name, allowed) in CONFINED {
            let uses = is_used(&code, name);
            if uses && !allowed.contains(&layer.as_str()) {
                violations.push(format!("{}: {name} belongs to {allowed:?}", path.display()));
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn no_source_file_holds_two_ideas() {
    for (_, path, code) in source_files() {
        let lines = code.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines: split it", path.display());
    }
}

#[test]
fn the_house_is_drawn_as_it_stands() {
    let map =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md"));
    let map = map.expect("ARCHITECTURE.md is in the repository");
    for layer in LAYERS {
        assert!(map.contains(&format!("`{layer}`")), "ARCHITECTURE.md does not mention `{layer}`");
    }
}
