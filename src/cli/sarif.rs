//! Findings as SARIF 2.1.0: what code hosts show beside the lines of a pull request, and editors in
//! their lists of problems.

use nunchi::resource::{Diagnostic, RULES, Rule, Severity};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The guide that lists every code, from the root of the repository.
const GUIDE: &str = "lexicons/README.md";

/// The report of a run; `folder` is where the files of the findings lie, as the user named it.
pub(super) fn report(findings: &[Diagnostic], folder: &Path) -> Value {
    let base = base(folder);
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &base)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "nunchi",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            }},
            // Our columns count characters, not UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    let Rule { code, title, why, korean, mend, .. } = rule;
    let guide = format!("{korean} → {mend}");
    json!({
        "id": code,
        "shortDescription": { "text": title },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{why}\n\n{guide}\n\n{GUIDE}"),
            "markdown": format!("{why}\n\n{guide}\n\n[{GUIDE}]({GUIDE})"),
        },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Diagnostic, base: &str) -> Value {
    let Diagnostic { code, severity, file, line, column, message, help } = finding;
    let text = if help.is_empty() { message.clone() } else { format!("{message}\n{help}") };
    let mut result = json!({
        "ruleId": code,
        "level": level(*severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": format!("{base}{}", encoded(file)) },
            "region": { "startLine": line, "startColumn": column },
        }}],
    });
    if let (Some(index), Some(result)) =
        (RULES.iter().position(|rule| rule.code == *code), result.as_object_mut())
    {
        result.insert("ruleIndex".to_owned(), json!(index));
    }
    result
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The folder as a URI that ends in `/`: from the working directory where it lies below it, as a
/// code host wants it, else from the root of the file system.
fn base(folder: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let inside = whole.strip_prefix(&here).ok();
    let path = if folder.is_absolute() { inside } else { inside.or(Some(folder)) };
    let parts = |path: &Path| {
        let names = path.components().filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(encoded(&name.to_string_lossy())),
            std::path::Component::ParentDir => Some("..".to_owned()),
            _ => None,
        });
        names.map(|name| name + "/").collect::<String>()
    };
    path.map_or_else(|| format!("file:///{}", parts(&whole)), parts)
}

/// A path with everything that may not stand in a URI escaped.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
