//! Each stage and the whole analysis, on messages of several shapes.
//!
//! `cargo bench --bench stages`. Compare figures of one run with each other, not across machines.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use nunchi::analysis::{Analyzer, Message, Scratch};
use nunchi::classifier::{Classifier, ModelFolder, Runtime};
use nunchi::domain::{Channel, MessageText, Role};
use nunchi::loading;
use nunchi::resource::Resources;
use nunchi::settings::Settings;
use nunchi::text::{Normalized, Normalizer, tokenize};
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::build(&Resources::embedded()).unwrap());

/// What a new user gets: lexicons and the embedded model.
static WITH_MODEL: LazyLock<Analyzer> =
    LazyLock::new(|| loading::analyzer(&Settings::default()).unwrap());

fn main() {
    LazyLock::force(&ANALYZER);
    LazyLock::force(&WITH_MODEL);
    divan::main();
}

/// Name and message.
const MESSAGES: [(&str, &str); 9] = [
    ("3 syllables", "안돼요"),
    ("10 syllables", "배송 언제 오나요 궁금"),
    ("30 syllables, calm", "지난주에 주문한 신발 사이즈를 한 치수 크게 바꾸고 싶은데 되나요"),
    ("30 syllables, angry", "아니 몇 번을 말해야 합니까 진짜 짜증나네요 상담원 연결해 주세요"),
    (
        "60 syllables",
        "어제 저녁에 주문했는데 아직도 배송 준비 중이라고만 나오고 연락도 없네요 도대체 언제 보내주시는 건지 답답해서 문의드립니다 확인 부탁드려요",
    ),
    ("disguised", "아 시1발 ㅅㅣ발 tlqkf 진짜 짜.증.나네"),
    (
        "laughing wall",
        "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ",
    ),
    ("English", "hello, could you please tell me when my order is going to arrive?"),
    ("emoji", "😡😡😡 💢 🤦🏽‍♀️ ㅠㅠ 👎👎"),
];

fn named(name: &str) -> String {
    match name {
        "250 syllables" => {
            MESSAGES.iter().map(|(_, text)| *text).take(5).collect::<Vec<_>>().join(" ").repeat(2)
        }
        "5000 syllables" => "상담원이랑 통화 좀 하게 해 주세요 몇 번을 말해야 하나요 ".repeat(220),
        _ => MESSAGES.iter().find(|(known, _)| *known == name).unwrap().1.to_owned(),
    }
}

const NAMES: [&str; 11] = [
    "3 syllables",
    "10 syllables",
    "30 syllables, calm",
    "30 syllables, angry",
    "60 syllables",
    "disguised",
    "laughing wall",
    "English",
    "emoji",
    "250 syllables",
    "5000 syllables",
];

fn message(text: &str) -> Message<'_> {
    Message {
        text: MessageText::parse(text, usize::MAX).unwrap(),
        role: Role::Customer,
        channel: Channel::Chat,
        max_apologies: 3,
        today: jiff::civil::date(2026, 11, 21),
        classifier: true,
    }
}

#[divan::bench(args = NAMES)]
fn normalize(bencher: Bencher<'_, '_>, name: &str) {
    let text = named(name);
    let mut normalized = Normalized::default();
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| Normalizer.normalize(black_box(&text), &mut normalized));
}

#[divan::bench(args = NAMES)]
fn tokens(bencher: Bencher<'_, '_>, name: &str) {
    let text = named(name);
    bencher.counter(BytesCount::of_str(text.as_str())).bench_local(|| tokenize(black_box(&text)));
}

#[divan::bench(args = NAMES)]
fn find(bencher: Bencher<'_, '_>, name: &str) {
    let text = named(name);
    let mut normalized = Normalized::default();
    let mut matches = Vec::new();
    Normalizer.normalize(&text, &mut normalized);
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| ANALYZER.lexicon().find(black_box(&normalized), &mut matches));
}

#[divan::bench(args = NAMES)]
fn analyze(bencher: Bencher<'_, '_>, name: &str) {
    let text = named(name);
    let mut scratch = Scratch::default();
    let message = message(&text);
    bencher.counter(BytesCount::of_str(text.as_str())).bench_local(|| {
        black_box(ANALYZER.analyze(black_box(&message), &mut scratch).assessment.level)
    });
}

/// Tokenizer and graph of the embedded model on the embedded runtime.
#[divan::bench(args = NAMES)]
fn classify(bencher: Bencher<'_, '_>, name: &str) {
    let text = named(name);
    let mut session = WITH_MODEL.classifier().unwrap().session().unwrap();
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| black_box(session.classify(black_box(&text)).unwrap()));
}

/// Lexicon, tokenizer, graph, fusion, policy and recommendation: everything but HTTP and JSON.
#[divan::bench(args = NAMES)]
fn analyze_with_model(bencher: Bencher<'_, '_>, name: &str) {
    let text = named(name);
    let mut scratch = WITH_MODEL.scratch().unwrap();
    let message = message(&text);
    bencher.counter(BytesCount::of_str(text.as_str())).bench_local(|| {
        black_box(WITH_MODEL.analyze(black_box(&message), &mut scratch).assessment.level)
    });
}

/// The embedded model: files, tokenizer and one session.
#[divan::bench]
fn open_model(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let folder = ModelFolder::embedded();
        Classifier::load(&folder, &Runtime::Tract).unwrap().session().unwrap()
    });
}

#[divan::bench]
fn build(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Analyzer::build(&Resources::embedded()).unwrap());
}
