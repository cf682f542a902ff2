//! Replies: the golden ones of `tests/cases/replies-*.toml`, and what a house can change.

use nunchi::analysis::{Analyzer, Scratch, check};
use nunchi::domain::{Channel, MessageText, Signal, SignalSet};
use nunchi::replies::{Finding, Reply, RuleKind, RuleSeverity};
use nunchi::resource::{Resources, SourceFile};
use std::collections::BTreeMap;
use std::path::Path;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);

fn reply(text: &str) -> Reply<'_> {
    Reply {
        text: MessageText::parse(text, 5_000).unwrap(),
        channel: Channel::Chat,
        signals: SignalSet::EMPTY,
        off: &[],
        used: &[],
        today: TODAY,
    }
}

fn embedded() -> Analyzer {
    Analyzer::build(&Resources::embedded()).unwrap()
}

/// The default lexicons with one file put in the place of its namesake, or taken out.
fn with_file(path: &str, text: Option<&str>) -> Resources {
    let mut files: Vec<SourceFile> = Resources::embedded().files().to_vec();
    files.retain(|file| !file.path.starts_with(path));
    files.extend(text.map(|text| SourceFile { path: path.to_owned(), text: text.to_owned() }));
    Resources::new(files)
}

fn cases(name: &str) -> BTreeMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn rules<'f>(findings: &'f [Finding<'_>]) -> Vec<&'f str> {
    findings.iter().map(|finding| finding.rule).collect()
}

fn is_serious(finding: &Finding<'_>) -> bool {
    finding.severity != RuleSeverity::Info
}

#[test]
fn polite_replies_pass() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    let good = cases("replies-good.toml").remove("good").unwrap();
    assert!(good.len() >= 150, "{}", good.len());
    let alarms: Vec<String> = good
        .iter()
        .flat_map(|text| {
            let findings = analyzer.check_reply(&reply(text), &mut scratch);
            let serious = findings.into_iter().filter(is_serious);
            serious.map(|one| format!("{}: {text}", one.rule)).collect::<Vec<_>>()
        })
        .collect();
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

#[test]
fn bad_replies_are_found() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    let groups = cases("replies-bad.toml");
    let bad: Vec<&String> = groups.values().flatten().collect();
    assert!(bad.len() >= 150, "{}", bad.len());
    let missed: Vec<&String> = bad
        .iter()
        .copied()
        .filter(|text| !analyzer.check_reply(&reply(text), &mut scratch).iter().any(is_serious))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn alternatives_make_a_bad_reply_a_good_one() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    for (text, rewritten) in [
        ("오늘은 환불이 안 돼요.", "오늘은 환불이 어렵습니다."),
        ("개봉하신 상품은 반품 불가합니다.", "개봉하신 상품은 반품이 어렵습니다."),
        ("주문번호를 입력하세요.", "주문번호를 입력해 주세요."),
        ("총 삼만 원이십니다.", "총 삼만 원입니다."),
        ("네? 다시 말씀해 주세요.", "죄송하지만 한 번만 더 말씀해 주시겠어요? 다시 말씀해 주세요."),
        ("확인해 보겠습니다 ㅡㅡ", "확인해 보겠습니다"),
        (
            "안녕하세요. 아까 말씀드렸잖아요. 감사합니다.",
            "안녕하세요. 제가 다시 한번 안내해 드리겠습니다. 감사합니다.",
        ),
    ] {
        let findings = analyzer.check_reply(&reply(text), &mut scratch);
        let [finding] = findings.as_slice() else { panic!("{text}: {findings:?}") };
        let first = finding.alternatives.first().unwrap();
        let mut changed = text.to_owned();
        changed.replace_range(finding.span.start..finding.span.end, first);
        assert_eq!(changed, rewritten);
    }
}

#[test]
fn words_that_are_only_quoted_are_no_finding() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    for text in [
        "화면에 \"결제가 안 됩니다\"가 나오면 알려 주세요.",
        "화면에 ‘다시 입력하세요’ 표시가 나오는지 확인 부탁드립니다.",
        "[기다리세요] 창은 닫으셔도 됩니다.",
        "결제가 안 됩니다 라고 나오는지 확인해 주시겠어요?",
    ] {
        let findings = analyzer.check_reply(&reply(text), &mut scratch);
        assert!(!findings.iter().any(is_serious), "{text}: {findings:?}");
    }
}

#[test]
fn an_apology_is_wrong_only_where_there_was_abuse() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    let text = "불편을 드려 정말 죄송합니다.";
    assert!(analyzer.check_reply(&reply(text), &mut scratch).is_empty());
    let severity = |signal: Signal, scratch: &mut Scratch| {
        let signals = [signal].into_iter().collect();
        let findings = analyzer.check_reply(&Reply { signals, ..reply(text) }, scratch);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(finding.kind, RuleKind::Apology);
        assert_eq!(finding.span.of(text), text, "a whole sentence is replaced");
        finding.severity
    };
    assert_eq!(severity(Signal::Threat, &mut scratch), RuleSeverity::Error);
    assert_eq!(severity(Signal::SexualHarassment, &mut scratch), RuleSeverity::Error);
    assert_eq!(severity(Signal::Profanity, &mut scratch), RuleSeverity::Warning);
}

#[test]
fn a_channel_decides_where_a_rule_holds() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    let on = |channel| Reply { channel, ..reply("그 업무는 전화로만 가능합니다.") };
    let findings = analyzer.check_reply(&on(Channel::Chat), &mut scratch);
    assert_eq!(rules(&findings), ["deflection.jeonhwa-roman"]);
    assert!(analyzer.check_reply(&on(Channel::Voice), &mut scratch).is_empty());
}

#[test]
fn a_template_is_recognized_with_its_slots_filled() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    let phrase =
        analyzer.phrases().phrases().iter().find(|p| p.text.contains("{대기시간}")).unwrap();
    let used = [phrase.id.clone()];
    let text = format!("네, 고객님. {}", phrase.text.replace("{대기시간}", "약 7분"));
    assert!(analyzer.check_reply(&reply(&text), &mut scratch).is_empty(), "not used yet");
    let findings = analyzer.check_reply(&Reply { used: &used, ..reply(&text) }, &mut scratch);
    assert_eq!(rules(&findings), ["template.used"]);
    assert!(!findings[0].alternatives.is_empty());
    assert!(findings[0].alternatives.iter().all(|line| !line.contains('{')), "slots are filled");
}

#[test]
fn a_line_out_of_season_and_an_open_slot_are_errors() {
    let (analyzer, mut scratch) = (embedded(), Scratch::default());
    let bank = analyzer.phrases();
    let phrase = bank.phrases().iter().find(|phrase| phrase.id == "seasonal.01").unwrap();
    let on = |today| Reply { today, ..reply(&phrase.text) };
    let find = |today, scratch: &mut Scratch| {
        rules(&analyzer.check_reply(&on(today), scratch)).iter().map(|r| (*r).to_owned()).collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(find(jiff::civil::date(2027, 2, 1), &mut scratch), none);
    let early: Vec<String> = find(TODAY, &mut scratch);
    assert_eq!(early, ["template.out_of_season"]);
    let late: Vec<String> = find(jiff::civil::date(2027, 3, 1), &mut scratch);
    assert_eq!(late, ["template.expired"]);
    let open = reply("{고객명}, 반갑습니다.");
    let findings = analyzer.check_reply(&open, &mut scratch);
    assert_eq!(rules(&findings), ["template.open_slot"]);
    assert_eq!(findings[0].alternatives, ["고객님"]);
}

#[test]
fn a_house_switches_rules_off_and_changes_their_weight() {
    let text = "개인 간 거래는 환불이 불가합니다.";
    let house = Resources::embedded().get("replies.toml").unwrap().text.clone();
    let off = house.replace("off = []", "off = [\"blunt.bulga\"]");
    let analyzer = Analyzer::build(&with_file("replies.toml", Some(&off))).unwrap();
    assert!(analyzer.check_reply(&reply(text), &mut Scratch::default()).is_empty());

    let lighter = house.replace("[severity]", "[severity]\n\"blunt.bulga\" = \"info\"");
    let analyzer = Analyzer::build(&with_file("replies.toml", Some(&lighter))).unwrap();
    let findings = analyzer.check_reply(&reply(text), &mut Scratch::default());
    assert_eq!(findings[0].severity, RuleSeverity::Info);

    let wrong = house.replace("off = []", "off = [\"blunt.nothing\"]");
    let problems = Analyzer::build(&with_file("replies.toml", Some(&wrong))).unwrap_err();
    assert!(problems.iter().all(|one| one.code == "R003"), "{problems}");
}

#[test]
fn a_folder_without_rules_says_so_and_finds_nothing() {
    let resources = with_file("replies", None);
    let analyzer = Analyzer::build(&resources).unwrap();
    assert!(analyzer.replies().is_empty());
    assert!(analyzer.check_reply(&reply("안 돼요."), &mut Scratch::default()).is_empty());
    let warned: Vec<_> = check(&resources, TODAY).iter().map(|one| one.code).collect();
    assert!(warned.contains(&"R004"), "{warned:?}");
}

#[test]
fn each_fault_of_a_rule_is_reported_with_its_code() {
    let rule = |body: &str| {
        format!(
            "kind = \"blunt\"\nseverity = \"error\"\nmessage = \"딱딱합니다\"\n\n[[rule]]\nid = \"zz.a\"\n\
             forms = [\"쿠쿠다스예요\"]\nclass = \"exact\"\n{body}"
        )
    };
    let good = "alternatives = [\"과자입니다\"]\nhits = [\"그건 쿠쿠다스예요.\"]\nmisses = [\"과자입니다\"]\n";
    let path = "replies/zz.toml";
    let codes = |text: &str| -> Vec<&'static str> {
        let found = check(&with_file(path, Some(text)), TODAY).sorted();
        found.into_iter().filter(|one| one.file == path).map(|one| one.code).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(codes(&rule(good)), none);
    for (body, code) in [
        (good.replace("그건 쿠쿠다스예요", "그건 과자예요"), "L006"),
        (good.replace("misses = [\"과자", "misses = [\"쿠쿠다스예요, 과자"), "L007"),
        (good.replace("misses", "note").replace("[\"과자입니다\"]\n", "\"\"\n"), "L003"),
        ("alternatives = [\"과자\"]\nhits = [\"쿠쿠다스예요\"]\n".into(), "L008"),
        (good.replace("alternatives = [\"과자입니다\"]\n", ""), "R001"),
        (good.replace("[\"과자입니다\"]\nhits", "[\"안 돼요\"]\nhits"), "R002"),
        (good.replace("hits", "hit"), "L003"),
    ] {
        let found = codes(&rule(&body));
        assert!(found.contains(&code), "{code} not in {found:?} for\n{body}");
    }
    let phrase = "[[phrase]]\nid = \"zz.01\"\ntext = \"그건 저도 몰라요.\"\nkind = \"notice\"\nsignals = []\n\
                  levels = [0]\nactions = [\"none\"]\ntone = \"warm\"\nhuman = \"none\"\n";
    let found = check(&with_file("phrases/zz.toml", Some(phrase)), TODAY);
    let broken = found.iter().find(|one| one.code == "R005").unwrap();
    assert_eq!((broken.file.as_str(), broken.line), ("phrases/zz.toml", 1));
    assert!(broken.message.contains("zz.01") && broken.message.contains("blunt.molla"), "{broken}");
}
