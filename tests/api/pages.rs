use crate::app::TestApp;
use std::collections::BTreeMap;

#[test]
fn a_service_that_answers_is_alive_and_ready() {
    let app = TestApp::start();
    assert_eq!(app.get("/healthz").json()["status"], "ok");
    let ready = app.get("/readyz").json();
    assert_eq!(ready["status"], "ready");
    assert_eq!(ready["lexicon"], app.get("/v1/lexicon").json()["version"]);
}

#[test]
fn the_workbench_loads_nothing_from_elsewhere() {
    let app = TestApp::start();
    let page = app.get("/");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.body.contains(r#"lang="ko""#));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let parts = parts(&app, &page.body);
    assert!(parts.len() > 30, "only {} parts were found", parts.len());
    for (path, text) in parts {
        // The one address that is no address: the name of SVG.
        let text = text.replace("http://www.w3.org/2000/svg", "");
        let foreign = ["https://", "http://", "//cdn", "<style", " style=", "innerHTML", "eval("];
        let found: Vec<_> = foreign.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{path} holds {found:?}");
    }
}

/// The page and everything that it names, and that these name.
fn parts(app: &TestApp, index: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::from([("/".to_owned(), index.to_owned())]);
    let mut open = vec![("/".to_owned(), index.to_owned())];
    while let Some((from, text)) = open.pop() {
        for name in text.split('"').skip(1).step_by(2) {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending);
            if !ending.is_some_and(|ending| ["js", "css", "svg"].contains(&ending)) {
                continue;
            }
            let path = resolved(&from, name);
            if parts.contains_key(&path) {
                continue;
            }
            let part = app.get(&path);
            assert_eq!(part.status, 200, "{path}, which {from} names");
            assert_eq!(part.header("x-content-type-options"), Some("nosniff"));
            parts.insert(path.clone(), part.body.clone());
            open.push((path, part.body));
        }
    }
    parts
}

/// The path that a relative name leads to.
fn resolved(from: &str, name: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in name.split('/') {
        match step {
            "." => {}
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[test]
fn a_part_that_a_browser_holds_is_not_sent_again() {
    let app = TestApp::start();
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/page/js/main.js", "text/javascript; charset=utf-8"),
        ("/page/css/base.css", "text/css; charset=utf-8"),
        ("/page/icon.svg", "image/svg+xml"),
    ] {
        let first = app.get(path);
        assert_eq!(first.header("content-type"), Some(media_type), "{path}");
        assert_eq!(first.header("cache-control"), Some("no-cache"));
        let tag = first.header("etag").unwrap();
        let again = app.get_with(path, &[("if-none-match", tag)]);
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        assert_eq!(again.header("etag"), Some(tag));
        let other = app.get_with(path, &[("if-none-match", "\"other\"")]);
        assert_eq!((other.status, other.body), (200, first.body), "{path}");
    }
    for path in ["/page/", "/page/js/missing.js", "/page/../Cargo.toml", "/page/js"] {
        assert_eq!(app.get(path).problem(), "not_found", "{path}");
    }
}

#[test]
fn the_reference_is_served_whole() {
    let app = TestApp::start();
    let page = app.get("/docs/");
    assert_eq!(page.status, 200);
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
        assert!(page.body.contains(file), "{file} is not used");
        assert_eq!(app.get(&format!("/docs/{file}")).status, 200, "{file}");
    }
    let start = app.get("/docs/swagger-initializer.js").body;
    assert!(start.contains("/openapi.json") && start.contains(r#""validatorUrl": "none""#));
    assert_eq!(app.get("/docs/missing.js").problem(), "not_found");
    assert_eq!(app.get("/docs").body, page.body, "the short path leads there");
}

#[test]
fn what_can_be_read_can_be_asked_for_its_head() {
    let app = TestApp::start();
    for path in ["/", "/healthz", "/v1/phrases", "/v1/lexicon", "/openapi.json"] {
        let response = ureq::head(app.url(path)).call().unwrap();
        assert_eq!(response.status(), 200, "{path}");
    }
}
