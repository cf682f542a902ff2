use crate::app::TestApp;
use nunchi::server::openapi::document;
use nunchi::settings::Settings;
use serde_json::Value;
use std::collections::BTreeSet;

fn description() -> Value {
    serde_json::from_str(&document(&Settings::default())).unwrap()
}

#[test]
fn the_document_is_open_api_3_1_and_stays_as_it_is() {
    let mut description = description();
    assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
    description["info"]["version"] = "[version]".into();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    insta::assert_json_snapshot!(description);
}

#[test]
fn the_document_is_served() {
    let app = TestApp::start();
    assert_eq!(app.get("/openapi.json").json(), description());
}

#[test]
fn every_route_is_described_and_every_description_is_a_route() {
    let app = TestApp::start();
    let description = description();
    let paths = description["paths"].as_object().unwrap();
    let described: BTreeSet<_> = paths.keys().map(String::as_str).collect();
    let routes = [
        "/",
        "/docs/",
        "/healthz",
        "/metrics",
        "/openapi.json",
        "/readyz",
        "/v1/analyze",
        "/v1/analyze/batch",
        "/v1/explain",
        "/v1/feedback",
        "/v1/feedback/{id}",
        "/v1/lexicon",
        "/v1/lexicon/check",
        "/v1/lexicon/entries",
        "/v1/lexicon/entries/{id}",
        "/v1/lexicon/files",
        "/v1/lexicon/files/{path}",
        "/v1/lexicon/inflections",
        "/v1/lexicon/preview",
        "/v1/lexicon/reload",
        "/v1/phrases",
        "/v1/replies/check",
    ];
    assert_eq!(described, BTreeSet::from(routes));
    for (path, item) in paths {
        let status = app.get(&example(path)).status;
        let expected = match item["get"]["responses"].as_object() {
            // Nobody has the key of this service.
            Some(answers) if answers.contains_key("401") => 403,
            Some(_) => 200,
            None => 405,
        };
        assert_eq!(status, expected, "{path}");
    }
}

/// A path with something that there is in the place of its parameters.
fn example(path: &str) -> String {
    path.replace("{id}", "anger.jjajeung").replace("{path}", "signals/anger.toml")
}

#[test]
fn limits_are_those_of_the_settings() {
    let mut settings = Settings::default();
    settings.limits.text_code_points = 77;
    settings.limits.batch_messages = 88;
    let description: Value = serde_json::from_str(&document(&settings)).unwrap();
    let schemas = &description["components"]["schemas"];
    assert_eq!(schemas["AnalyzeRequest"]["properties"]["text"]["maxLength"], 77);
    assert_eq!(schemas["FeedbackRequest"]["properties"]["text"]["maxLength"], 77);
    assert_eq!(schemas["ReplyRequest"]["properties"]["text"]["maxLength"], 77);
    assert_eq!(schemas["BatchRequest"]["properties"]["messages"]["maxItems"], 88);
}

#[test]
fn codes_are_described_as_they_are_written() {
    let schemas = &description()["components"]["schemas"];
    assert_eq!(schemas["Action"]["enum"][0], "none");
    assert_eq!(schemas["OffsetUnit"]["enum"][0], "code_point");
}

#[test]
fn every_example_fits_its_schema() {
    let description = description();
    let mut seen = 0;
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let mut contents = vec![&operation["requestBody"]["content"]];
            contents.extend(
                operation["responses"].as_object().unwrap().values().map(|r| &r["content"]),
            );
            for (media_type, content) in contents.iter().filter_map(|c| c.as_object()).flatten() {
                let named = content["examples"].as_object().into_iter().flatten();
                let named = named.map(|(_, example)| &example["value"]);
                for example in named.chain(content.get("example")) {
                    let place = format!("{method} {path} {media_type}");
                    check(&description, &content["schema"], example, &place);
                    seen += 1;
                }
            }
        }
    }
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        if let Some(example) = schema.get("example") {
            check(&description, schema, example, name);
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} examples");
}

#[test]
fn answers_fit_their_schemas() {
    let app = TestApp::start();
    let description = description();
    let schema = |name: &str| &description["components"]["schemas"][name];
    let answer = app.post_message(r#"{"text":"정말 짜증나네요 ㅡㅡ"}"#).json();
    check(&description, schema("AnalyzeResponse"), &answer, "answer");
    let explained = app.post("/v1/explain", "application/json", r#"{"text":"짜증나네요"}"#).json();
    check(&description, schema("ExplainResponse"), &explained, "explain");
    let entries = app.get("/v1/lexicon/entries").json();
    check(&description, schema("EntriesBody"), &entries, "entries");
    let entry = app.get("/v1/lexicon/entries/anger.jjajeung").json();
    check(&description, schema("EntryDetailBody"), &entry, "entry");
    check(&description, schema("PhrasesBody"), &app.get("/v1/phrases").json(), "phrases");
    check(&description, schema("LexiconsBody"), &app.get("/v1/lexicon").json(), "lexicon");
    check(&description, schema("HealthBody"), &app.get("/readyz").json(), "ready");
    check(&description, schema("Problem"), &app.post_message("{}").json(), "problem");
    check(&description, schema("Problem"), &app.get("/v1/phrases?x=1").json(), "query");
}

/// Panics unless `value` fits `schema`: as much of JSON Schema as the document uses.
fn check(root: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#'));
        return check(root, target.unwrap_or_else(|| panic!("{reference}")), value, place);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[key].as_array() {
            let fits = |choice: &&Value| fits(root, choice, value, place);
            assert!(choices.iter().any(|choice| fits(&choice)), "{place}: no choice fits {value}");
        }
    }
    check_type(schema, value, place);
    if let Some(codes) = schema["enum"].as_array() {
        assert!(codes.contains(value), "{place}: {value} is not of {codes:?}");
    }
    if let Some(items) = value.as_array().filter(|_| schema["items"].is_object()) {
        for (index, item) in items.iter().enumerate() {
            check(root, &schema["items"], item, &format!("{place}/{index}"));
        }
    }
    if let Some(fields) = value.as_object() {
        check_fields(root, schema, fields, place);
    }
}

fn check_type(schema: &Value, value: &Value, place: &str) {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let actual = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = types.contains(&actual) || (actual == "integer" && types.contains(&"number"));
    assert!(fits, "{place}: {actual} is not of {types:?}");
}

fn check_fields(
    root: &Value,
    schema: &Value,
    fields: &serde_json::Map<String, Value>,
    place: &str,
) {
    // A flattened field is a part of its own; all parts together describe the object.
    let parts: Vec<&Value> = match schema["allOf"].as_array() {
        Some(parts) => parts.iter().map(|part| resolved(root, part)).collect(),
        None => vec![schema],
    };
    for required in parts.iter().filter_map(|part| part["required"].as_array()).flatten() {
        assert!(fields.contains_key(required.as_str().unwrap()), "{place}: {required} is missing");
    }
    if parts.iter().all(|part| !part["properties"].is_object()) {
        return;
    }
    for (name, field) in fields {
        match parts.iter().find_map(|part| part["properties"].get(name)) {
            Some(property) => check(root, property, field, &format!("{place}/{name}")),
            None => panic!("{place}: {name} is not described"),
        }
    }
}

fn resolved<'r>(root: &'r Value, schema: &'r Value) -> &'r Value {
    let target = schema["$ref"].as_str().map(|to| root.pointer(to.trim_start_matches('#')));
    target.map_or(schema, |found| found.unwrap())
}

fn fits(root: &Value, schema: &Value, value: &Value, place: &str) -> bool {
    let outcome = std::panic::catch_unwind(|| check(root, schema, value, place));
    outcome.is_ok()
}
