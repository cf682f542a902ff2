use crate::app::TestApp;

#[test]
fn a_service_that_answers_is_alive_and_ready() {
    let app = TestApp::start();
    assert_eq!(app.get("/healthz").json()["status"], "ok");
    let ready = app.get("/readyz").json();
    assert_eq!(ready["status"], "ready");
    assert_eq!(ready["lexicon"], app.get("/v1/lexicon").json()["version"]);
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    let app = TestApp::start();
    let page = app.get("/");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert!(page.body.contains(r#"lang="ko""#));
    for path in ["/page.css", "/page.js"] {
        let file = app.get(path);
        assert_eq!(file.status, 200);
        assert!(page.body.contains(path.trim_start_matches('/')), "{path} is not used");
        for body in [&page.body, &file.body] {
            assert!(!body.contains("https://") && !body.contains("<style"), "{path}");
        }
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
