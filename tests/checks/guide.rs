//! The linguists' guide tells the truth: every form in its tables finds and misses what stands
//! beside it, and every table of TOML in it is one that `nunchi lexicon check` takes.
//!
//! - `` `form` → found, found ✗ not found `` in a table row; several are divided by `;`. The class or
//!   the place of the form is the code in the first cell, `phrase` where there is none.
//! - ```` ```toml alone=PATH ```` is checked as that file's only addition, `whole=PATH` as the file.
//!
//! The worked example with its commands is run by `tests/cli/guide.rs`.

#![expect(clippy::string_slice, reason = "cut where a pattern was found, or the test fails")]

use nunchi::analysis::check;
use nunchi::resource::{Resources, SourceFile};
use std::path::Path;

fn guide() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/README.md"))
        .unwrap()
}

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// What the check says of one file beside the default ones.
fn findings(path: &str, text: String) -> Vec<String> {
    let file = SourceFile { path: path.to_owned(), text };
    let found = check(&Resources::embedded().overlaid([file]), TODAY).sorted();
    let of_file = found.iter().filter(|finding| finding.file == path);
    of_file.map(ToString::to_string).collect()
}

struct Example {
    key: String,
    form: String,
    hits: Vec<String>,
    misses: Vec<String>,
}

/// The examples in the rows of all tables.
fn examples(guide: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    for row in guide.lines().filter(|line| line.starts_with("| ") && line.contains("` → ")) {
        let row = row.replace("\\|", "\u{0}");
        let cells: Vec<String> =
            row.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
        let key = cells.get(1).unwrap().strip_prefix('`').and_then(|key| key.strip_suffix('`'));
        for example in cells
            .iter()
            .skip(2)
            .filter(|cell| cell.contains("` → "))
            .flat_map(|cell| cell.split("; "))
        {
            let (form, words) = example.split_once("` → ").unwrap();
            let (hits, misses) = words.split_once(" ✗ ").unwrap_or((words, ""));
            let list = |words: &str| -> Vec<String> {
                words.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect()
            };
            examples.push(Example {
                key: key.unwrap_or("phrase").to_owned(),
                form: form.trim_start_matches('`').to_owned(),
                hits: list(hits),
                misses: list(misses),
            });
        }
    }
    examples
}

#[test]
fn every_form_in_the_tables_finds_what_stands_beside_it() {
    let examples = examples(&guide());
    assert!(examples.len() >= 25, "{} examples", examples.len());
    let mut entries = vec!["signals = [\"anger\"]\n".to_owned()];
    for (number, example) in examples.iter().enumerate() {
        let Example { key, form, hits, misses } = example;
        assert!(!hits.is_empty(), "{form}");
        let (class, at) = match key.as_str() {
            "eojeol-start" | "anywhere" | "whole-eojeol" | "whole-message" => ("exact", Some(key)),
            class => (class, None),
        };
        let at = at.map_or(String::new(), |at| format!("at = \"{at}\"\n"));
        entries.push(format!(
            "\n[[entry]]\nid = \"guide.example-{number}\"\nforms = [\"{form}\"]\nclass = \"{class}\"\n{at}\
             weight = 0.5\nhits = {hits:?}\nmisses = {misses:?}\n"
        ));
    }
    let wrong: Vec<String> = findings("signals/zz-guide.toml", entries.concat())
        .into_iter()
        .filter(|finding| !finding.contains("warning") && !finding.contains("L008"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_table_of_toml_in_the_guide_is_sound() {
    let guide = guide();
    let mut tried = 0;
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let known = ["toml alone=", "toml whole=", "toml append=", "toml case", "console", "sh"];
        assert!(known.iter().any(|known| info.starts_with(known)), "nothing runs ```{info}");
        if let Some(path) = info.strip_prefix("toml whole=") {
            let found = findings(path, format!("{}\n", body.join("\n")));
            assert!(found.is_empty(), "{path}: {found:?}");
            tried += 1;
        }
        let Some(path) = info.strip_prefix("toml alone=") else { continue };
        let table = body.join("\n");
        let id = table.lines().find(|line| line.starts_with("id = ")).unwrap();
        let id = id.split('#').next().unwrap().trim();
        let path = format!("{path}.toml");
        // In the place of the entry of that id, where the default lexicons have it.
        let mut text = Resources::embedded().get(&path).unwrap().text.clone();
        if let Some(at) = text.find(id) {
            let start = text[..at].rfind("[[").unwrap();
            let end = text[at..].find("\n[[").map_or(text.len(), |end| at + end + 1);
            text.replace_range(start..end, "");
        }
        let found = findings(&path, format!("{text}\n{table}\n"));
        let errors: Vec<_> = found.iter().filter(|finding| finding.contains(" error ")).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
        tried += 1;
    }
    assert!(tried >= 3, "{tried} tables");
}
