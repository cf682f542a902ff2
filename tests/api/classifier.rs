//! Lexicon and model answer together, and the lexicon answers alone whenever the model cannot.

use crate::app::{Log, TestApp};
use nunchi::server::Application;
use nunchi::settings::{ClassifierMode, Settings};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// Complaints without any word that a lexicon could know, and calm questions.
const MESSAGES: [&str; 7] = [
    "세 시간째 같은 화면만 보고 있어요",
    "참 대단한 서비스네요 박수 쳐 드릴게요",
    "여기 직원분들은 고객 시간을 참 귀하게 여기시네요",
    "아니 몇 번을 말해야 합니까 ㅡㅡ",
    "배송지 변경하고 싶어요",
    "화난 건 아니고요 그냥 궁금해서요",
    "상담원 연결해 주세요",
];

/// A complaint in which the lexicon finds nothing.
const UNKNOWN_WORDS: &str = "그 말 믿고 석 달을 다녔습니다";

fn ask(app: &TestApp, text: &str, classifier: &str) -> Value {
    let answer = app.post_message(json!({ "text": text, "classifier": classifier }).to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[test]
fn the_answer_shows_what_each_side_said() {
    let app = TestApp::start_as_shipped(|_| {});
    let body = ask(&app, "아니 몇 번을 말해야 합니까 ㅡㅡ", "auto");
    assert_eq!(body["classifier"]["model"], "nunchi-small");
    let said = body["classifier"]["scores"]["frustration"].as_f64().unwrap();
    assert!((0.5..=1.0).contains(&said), "{body}");
    assert!(body.get("warnings").is_none(), "nothing was missing: {body}");
    for signal in body["signals"].as_array().unwrap() {
        let found = !signal["matches"].as_array().unwrap().is_empty();
        assert!(found || signal["source"] == "classifier", "{signal}");
    }
}

#[test]
fn a_complaint_without_any_known_word_is_found_by_the_model() {
    let app = TestApp::start_as_shipped(|_| {});
    let text = UNKNOWN_WORDS;
    let (alone, fused) = (ask(&app, text, "off"), ask(&app, text, "auto"));
    let score = |body: &Value| body["frustration"]["score"].as_f64().unwrap();
    assert_eq!(alone["signals"], json!([]));
    assert!(score(&fused) > score(&alone) + 0.2, "{alone}\n{fused}");
    assert_ne!(fused["frustration"]["level"], 0);
}

#[test]
fn signals_that_only_the_model_finds_say_so() {
    let app = TestApp::start_as_shipped(|_| {});
    let bodies: Vec<Value> = MESSAGES.iter().map(|text| ask(&app, text, "auto")).collect();
    let signals = bodies.iter().flat_map(|body| body["signals"].as_array().unwrap());
    let sources: std::collections::BTreeSet<&str> =
        signals.map(|signal| signal["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["classifier", "lexicon"].into());
}

#[test]
fn without_the_classifier_the_answer_is_exactly_that_of_the_lexicon() {
    let with_model = TestApp::start_as_shipped(|_| {});
    let without =
        TestApp::start_as_shipped(|settings| settings.classifier.mode = ClassifierMode::Off);
    for text in MESSAGES {
        let alone = ask(&without, text, "auto");
        assert_eq!(ask(&with_model, text, "off"), alone, "{text}");
        assert_eq!(alone["classifier"], Value::Null);
    }
}

#[test]
fn messages_of_a_batch_are_judged_like_single_ones_and_stay_in_order() {
    let app = TestApp::start_as_shipped(|_| {});
    let messages: Vec<Value> =
        MESSAGES.iter().cycle().take(60).map(|text| json!({ "text": text })).collect();
    let batch = json!({ "messages": messages }).to_string();
    let batch = app.post("/v1/analyze/batch", "application/json", batch).json();
    let lines: Vec<String> = messages.iter().map(Value::to_string).collect();
    let stream = app.post("/v1/analyze/batch", "application/x-ndjson", lines.join("\n")).body;
    let streamed: Vec<Value> =
        stream.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let single: Vec<Value> = MESSAGES.iter().map(|text| ask(&app, text, "auto")).collect();
    for (index, result) in batch["results"].as_array().unwrap().iter().enumerate() {
        assert_eq!(result, &single[index % single.len()], "batch, message {index}");
        assert_eq!(&streamed[index], result, "stream, message {index}");
    }
}

#[test]
fn a_late_classifier_costs_its_verdict_and_nothing_else() {
    // A text at the limit of the model takes several times a millisecond.
    let text = "아니 몇 번을 말해야 합니까 답답하네요 ".repeat(40);
    let app = TestApp::start_as_shipped(|settings| {
        settings.classifier.deadline = Duration::from_millis(1);
        settings.classifier.threads = 1;
    });
    let alone = ask(&app, &text, "off");
    let mut late = 0;
    for _ in 0..20 {
        let mut body = ask(&app, &text, "auto");
        let Some(warnings) = body.as_object_mut().unwrap().remove("warnings") else { continue };
        late += 1;
        assert_eq!(warnings, json!(["classifier_late"]));
        assert_eq!(body, alone);
    }
    assert!(late > 0, "no answer was late");
}

#[test]
fn a_full_classifier_is_passed_over_and_every_message_is_answered() {
    let app = TestApp::start_as_shipped(|settings| {
        settings.classifier.threads = 1;
        settings.classifier.queue = 1;
        settings.classifier.deadline = Duration::from_mins(1);
        settings.server.workers = 8;
    });
    let text = "아니 몇 번을 말해야 합니까 답답하네요 ".repeat(40);
    let skipped: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let answers = (0..10).map(|_| ask(&app, &text, "auto"));
                    answers.filter(|body| body["warnings"] == json!(["classifier_skipped"])).count()
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert!(skipped > 0, "eight clients and a queue of one: somebody must be passed over");
}

#[test]
fn where_the_lexicon_is_sure_an_uncertain_classifier_is_not_asked() {
    let app = TestApp::start_as_shipped(|settings| {
        settings.classifier.mode = ClassifierMode::Uncertain;
        settings.classifier.doubt = (0.2, 0.8);
    });
    let mut asked = 0;
    for text in
        MESSAGES.into_iter().chain(["좀 아쉽네요", "배송이 늦네요ㅠㅠ", "결제가 자꾸 안 돼요"])
    {
        let score = ask(&app, text, "off")["frustration"]["score"].as_f64().unwrap();
        let body = ask(&app, text, "auto");
        let in_doubt = (0.2..=0.8).contains(&score);
        assert_eq!(body["classifier"].is_object(), in_doubt, "{text}: {score}");
        asked += usize::from(in_doubt);
    }
    assert!(asked > 0, "none of the messages is in doubt: choose others");
}

#[test]
fn short_answers_are_left_to_the_lexicon() {
    let app = TestApp::start_as_shipped(|_| {});
    for text in ["네", "넵", "아니오", "3", "?", " 취소 ", "ok"] {
        let body = ask(&app, text, "auto");
        assert_eq!(
            (&body["classifier"], &body["action"]),
            (&Value::Null, &json!("none")),
            "{text}"
        );
    }
    assert_eq!(ask(&app, "ㅡㅡ", "auto")["frustration"]["level"], 2);
    // To a few syllables the model may add; it takes nothing from them.
    for text in ["짜증나네요", "답답하네요", "화가 나네요", "기분나쁘네요", "실망입니다"]
    {
        assert_eq!(ask(&app, text, "auto")["frustration"]["level"], 2, "{text}");
    }
}

#[test]
fn bots_and_agents_are_not_judged_by_the_model_either() {
    let app = TestApp::start_as_shipped(|_| {});
    let body = json!({ "text": "짜증나", "role": "bot" }).to_string();
    assert_eq!(app.post_message(body).json()["classifier"], Value::Null);
}

#[test]
fn a_fine_tuned_transformer_takes_the_place_of_our_model() {
    for name in ["tiny-electra", "tiny-emotions"] {
        let app = TestApp::start_as_shipped(|settings| {
            settings.classifier.dir = Some(fixture(name));
        });
        let furious = ask(&app, "씨발 몇 번을 말해야 돼 당장 책임자 바꿔", "auto");
        let calm = ask(&app, "배송지 변경하고 싶어요", "auto");
        assert_eq!(furious["classifier"]["model"], name);
        let said = |body: &Value| body["classifier"]["scores"]["frustration"].as_f64().unwrap();
        assert!(said(&furious) > 0.8 && said(&calm) < 0.2, "{name}: {furious}\n{calm}");
        assert_ne!(furious["frustration"]["label"], calm["frustration"]["label"], "{name}");
    }
}

#[test]
fn a_model_that_cannot_be_loaded_keeps_the_service_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::default();
    settings.server.port = 0;
    settings.classifier.dir = Some(folder.path().to_owned());
    let error = Application::build(&settings).unwrap_err().to_string();
    for file in ["model.onnx", "tokenizer.json", "config.json", "nunchi.toml"] {
        assert!(error.contains(file), "{file} is not named in {error}");
    }
}

#[test]
fn what_the_classifier_reads_is_not_logged() {
    let app = TestApp::start_as_shipped(|_| {});
    ask(&app, "모델만읽는비밀 계좌 110-222-333444", "auto");
    let log = Log::text();
    assert!(!log.contains("모델만읽는비밀") && !log.contains("110-222-333444"));
}
