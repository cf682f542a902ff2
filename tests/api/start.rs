use crate::app::TestApp;
use nunchi::server::{Application, StartError};
use nunchi::settings::Settings;

#[test]
fn lexicons_with_errors_keep_the_service_from_starting_and_all_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("grammar.toml"), "josa = 1\n").unwrap();
    std::fs::write(folder.path().join("scoring.toml"), "x = [\n").unwrap();
    let mut settings = Settings::default();
    settings.server.port = 0;
    settings.lexicons.dir = Some(folder.path().to_path_buf());
    let error = Application::build(&settings).unwrap_err();
    assert!(matches!(error, StartError::Loading(_)), "{error}");
    let text = error.to_string();
    for file in ["grammar.toml:1", "scoring.toml", "policy.toml"] {
        assert!(text.contains(file), "{file} is not in {text}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let mut settings = Settings::default();
    settings.lexicons.dir = Some("no/such/folder".into());
    let error = Application::build(&settings).unwrap_err();
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let app = TestApp::start();
    let mut settings = Settings::default();
    settings.server.port = app.port;
    let analyzer = crate::lexicons::analyzer();
    let error = Application::with_analyzer(&settings, analyzer).unwrap_err();
    assert!(error.to_string().contains(&app.port.to_string()), "{error}");
}

#[test]
fn two_services_run_side_by_side() {
    let (one, other) = (TestApp::start(), TestApp::start());
    assert_ne!(one.port, other.port);
    assert_eq!(one.get("/readyz").body, other.get("/readyz").body);
}
