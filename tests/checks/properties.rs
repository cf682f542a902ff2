//! What holds for any input whatever.

use nunchi::analysis::{Analyzer, Scratch};
use nunchi::api::{AnalyzeRequest, Defaults};
use nunchi::domain::{MessageText, OffsetUnit};
use nunchi::resource::Resources;
use nunchi::text::{Normalized, Normalizer, tokenize};
use proptest::prelude::*;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::build(&Resources::embedded()).unwrap());

/// Pieces that messages of this product are made of, so that random texts reach its corners.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "짜증나",
        "답답하네요",
        "시발",
        "시1발",
        "ㅅㅂ",
        "tlqkf",
        "ㅅㅣ발",
        "안",
        "않아요",
        "아니",
        "몇 번을",
        "말해야",
        "ㅡㅡ",
        "ㅠㅠㅠㅠㅠ",
        "ㅋㅋㅋㅋ",
        "...",
        "!!",
        "??",
        "😡",
        "🤦🏽‍♀️",
        "❤️",
        "(화남)",
        "\u{200B}",
        "\u{FEFF}",
        "\u{1109}\u{1175}\u{1107}\u{1161}\u{11AF}",
        "\u{110F}\u{110F}",
        "\u{3164}",
        "시\u{0337}발",
        "ＡＢＣ",
        "ﾡ",
        " ",
        "\n",
        "\t",
        "11시",
        "새끼손가락",
        "감사합니다",
        "너무",
        "아아아",
        "나아",
        "0번",
        "상담원",
        "연결해",
        "e\u{301}",
        "\u{0}",
        "\u{202E}",
        "한국어",
        "İ",
        "ǆ",
    ];
    prop_oneof![
        6 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => "[가-힣]{1,4}",
        1 => "[ㄱ-ㅣ]{1,4}",
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ]
}

fn message() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn every_span_is_a_span_of_the_text_as_sent(text in message()) {
        let defaults = Defaults { max_code_points: usize::MAX, today: jiff::civil::date(2026, 1, 2) };
        let mut scratch = Scratch::default();
        for unit in OffsetUnit::ALL {
            let mut request = AnalyzeRequest::of(&text);
            request.offsets = *unit;
            let Ok(answer) = request.answer(&ANALYZER, defaults, &mut scratch) else { continue };
            for found in answer.signals.iter().flat_map(|signal| &signal.matches) {
                let sliced = match unit {
                    OffsetUnit::Byte => text.get(found.start..found.end).map(str::to_owned),
                    OffsetUnit::CodePoint => {
                        let length = found.end.checked_sub(found.start);
                        length.map(|n| text.chars().skip(found.start).take(n).collect())
                    }
                    OffsetUnit::Utf16 => {
                        let units: Vec<u16> = text.encode_utf16().collect();
                        units.get(found.start..found.end).and_then(|u| String::from_utf16(u).ok())
                    }
                };
                prop_assert_eq!(sliced.as_deref(), Some(found.text.as_str()), "{}", unit);
                prop_assert!(!found.text.is_empty());
            }
        }
    }

    #[test]
    fn scores_stay_in_their_ranges(text in message()) {
        let Ok(parsed) = MessageText::parse(&text, usize::MAX) else { return Ok(()) };
        let assessment = ANALYZER.assess(parsed, &mut Scratch::default());
        prop_assert!((0.0..=1.0).contains(&assessment.score));
        prop_assert!((-1.0..=1.0).contains(&assessment.sentiment_score));
        for signal in &assessment.signals {
            prop_assert!((0.0..=1.0).contains(&signal.score));
        }
    }

    #[test]
    fn normalizing_twice_changes_nothing(text in message()) {
        let mut once = Normalized::default();
        Normalizer.normalize(&text, &mut once);
        let first = once.canonical_text();
        let mut twice = Normalized::default();
        Normalizer.normalize(&first, &mut twice);
        prop_assert_eq!(twice.canonical_text(), first);
    }

    #[test]
    fn units_stand_in_order_and_on_character_boundaries(text in message()) {
        let mut normalized = Normalized::default();
        Normalizer.normalize(&text, &mut normalized);
        let mut last = 0;
        for unit in normalized.plain() {
            prop_assert!(text.get(unit.start as usize..unit.end as usize).is_some());
            // An ellipsis, or a composed cluster, may give several units of one place.
            prop_assert!(unit.start >= last, "{} before {last}", unit.start);
            prop_assert!(unit.start < unit.end);
            last = unit.start;
        }
    }

    #[test]
    fn tokens_and_white_space_are_the_whole_text(text in message()) {
        let mut rest = 0;
        for token in tokenize(&text) {
            let between = text.get(rest..token.span.start).unwrap();
            prop_assert!(between.chars().next().is_none_or(char::is_whitespace), "{between:?}");
            rest = token.span.end;
        }
        prop_assert!(text.get(rest..).unwrap().chars().next().is_none_or(char::is_whitespace));
    }

    #[test]
    fn a_worker_used_before_answers_like_a_fresh_one(texts in proptest::collection::vec(message(), 1..6)) {
        let mut used = Scratch::default();
        for text in &texts {
            let Ok(parsed) = MessageText::parse(text, usize::MAX) else { continue };
            let fresh = ANALYZER.assess(parsed, &mut Scratch::default());
            prop_assert_eq!(ANALYZER.assess(parsed, &mut used), fresh);
        }
    }

    #[test]
    fn white_space_before_and_after_changes_nothing(text in message()) {
        let Ok(parsed) = MessageText::parse(&text, usize::MAX) else { return Ok(()) };
        let padded = format!("  {text} ");
        let padded = MessageText::parse(&padded, usize::MAX).unwrap();
        let level = |text| ANALYZER.assess(text, &mut Scratch::default()).level;
        prop_assert_eq!(level(parsed), level(padded));
    }
}

#[test]
fn a_curse_after_a_calm_request_is_never_overlooked() {
    let mut scratch = Scratch::default();
    for calm in ["배송지 변경하고 싶어요", "감사합니다", "환불 절차가 어떻게 되나요?", "네"]
    {
        let mut points = |text: &str| {
            ANALYZER.assess(MessageText::parse(text, 5000).unwrap(), &mut scratch).points
        };
        assert!(points(&format!("{calm} 시발")) > points(calm) + 1.0, "{calm}");
    }
}

#[test]
fn a_repeated_message_is_found_once_a_repetition() {
    // Phrases must not join the words of one repetition with those of another.
    let mut scratch = Scratch::default();
    let mut hits = |times: usize| {
        let text = "몇 번을 말해야 합니까 ".repeat(times);
        ANALYZER.assess(MessageText::parse(&text, usize::MAX).unwrap(), &mut scratch).evidence.len()
    };
    let (few, many) = (hits(10), hits(200));
    assert!(many <= few * 21, "{few} hits grew to {many}");
}
