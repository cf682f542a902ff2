//! The rules: every finding that a lexicon folder can have, with what it means and why it matters.
//!
//! The one table behind `nunchi lexicon check --explain`, the rules of a SARIF report and the table
//! of codes in `lexicons/README.md`; tests hold all of them, and an example of each, together.

use super::diagnostic::Severity;

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The code, such as `L006`.
    pub code: &'static str,
    /// How bad a finding of it is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What is wrong, for linguists.
    pub korean: &'static str,
    /// How to mend it, for linguists.
    pub mend: &'static str,
}

impl Rule {
    /// The rule of a code, whatever its case.
    pub fn of(code: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
    }
}

const fn error(
    code: &'static str,
    title: &'static str,
    why: &'static str,
    korean: &'static str,
    mend: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Error, title, why, korean, mend }
}

const fn warning(
    code: &'static str,
    title: &'static str,
    why: &'static str,
    korean: &'static str,
    mend: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Warning, title, why, korean, mend }
}

/// Every rule, in the order of the codes.
pub const RULES: &[Rule] = &[
    error(
        "L001",
        "a file is not UTF-8",
        "A lexicon is read as UTF-8. Korean spreadsheets and editors on Windows often save CP949 (EUC-KR).",
        "UTF-8이 아님",
        "UTF-8로 저장합니다",
    ),
    error(
        "L002",
        "not valid TOML",
        "Nothing behind a syntax error can be trusted, so the file is not loaded.",
        "TOML 문법 오류",
        "따옴표, 쉼표, 괄호를 봅니다",
    ),
    error(
        "L003",
        "an unknown, missing or wrong field",
        "A field that is misspelled would be silently without effect.",
        "모르는 칸, 빠진 칸, 틀린 값",
        "이 안내서의 칸 이름과 견줍니다",
    ),
    error(
        "L004",
        "a file that is needed is missing",
        "Without grammar, scoring, policy or entries nothing can be judged.",
        "있어야 할 파일이 없음",
        "기본 사전에서 가져옵니다",
    ),
    error(
        "L005",
        "an id is used twice, or is not `theme.slug`",
        "Ids name an entry in reports, statistics and earlier versions; two entries of one id cannot be told apart.",
        "`id`가 두 번 쓰였거나 `주제.이름` 꼴이 아님",
        "소문자·숫자·`-`로 새로 짓습니다",
    ),
    error(
        "L006",
        "an example that must be hit is not",
        "The examples are the test of an entry; one that is not hit shows a wrong form, class or place, or an exception that covers it.",
        "`hits`의 문장을 찾지 못함",
        "꼴·갈래·`at`을 봅니다. 예외가 끈 것은 아닌지 `explain`으로 봅니다",
    ),
    error(
        "L007",
        "an example that must not be hit is",
        "A sentence that only looks alike would be taken for a complaint.",
        "`misses`의 문장을 찾아 버림",
        "꼴을 좁히거나 `at`을 바꾸거나 예외를 둡니다",
    ),
    error(
        "L008",
        "an entry without examples, or a short form without a miss",
        "Short and unbounded forms hit ordinary words by chance; a miss shows that somebody thought of them.",
        "예문이 없음, 짧은 꼴에 `misses`가 없음",
        "닮은 보통 문장을 하나 적습니다",
    ),
    error(
        "L009",
        "a weight, confidence or factor out of its range",
        "One entry must not decide alone whatever else is said.",
        "무게·확률·배수가 범위를 벗어남",
        "무게 -4–6, 확률 0–1",
    ),
    error(
        "L010",
        "a form that its class cannot inflect",
        "Inflected forms are derived from the dictionary form and its class.",
        "갈래와 꼴이 맞지 않음",
        "기본형으로 적고 `/갈래`를 붙입니다",
    ),
    warning(
        "L011",
        "a form that another entry of the same signals has too",
        "Only the weightier of the two ever counts. Forms are compared as they are searched: spelling, spacing and class that lead to the same letters are the same.",
        "같은 신호의 다른 항목이 같은 글자를 같은 자리에서 찾음",
        "한 항목으로 모읍니다. 신호는 여럿이어도 됩니다",
    ),
    error(
        "L012",
        "a policy or scoring file that contradicts itself",
        "Every message must come to exactly one decision.",
        "정책: 마지막 규칙에 조건이 있음, 연결에 `queue`가 없음, 신호의 표가 없음. 점수: 값이 서로 어긋나거나 범위 밖",
        "`policy.toml`이나 `scoring.toml`을 고칩니다",
    ),
    error(
        "L013",
        "a shifter that shifts nothing in a sentence that it should",
        "The sentences under `shifts` are the test of a shifter.",
        "`shifts`의 문장에서 아무것도 바꾸지 못함",
        "`side`, `within`, `only`를 봅니다. 항목이 변화어를 품고 있으면 예문을 바꿉니다",
    ),
    error(
        "L014",
        "a shifter that switches off what it should keep",
        "The sentences under `keeps` say what a shifter must leave alone.",
        "`keeps`의 문장에서 무언가 꺼짐",
        "변화어를 좁히거나, 더 긴 꼴에 `factor = 1.0`을 줍니다",
    ),
    warning(
        "L015",
        "a form or alternative that can never match",
        "Its own words, written out, are not found. It gives a false sense of coverage.",
        "제 글자를 그대로 써도 찾지 못하는 꼴이나 낱말",
        "꼴·갈래·`at`을 고치거나 지웁니다",
    ),
    warning(
        "L016",
        "a form that never counts: always excepted, or always displaced",
        "An exception covers its own words, or a weightier entry of the same signals stands wherever it stands.",
        "언제나 예외가 끄거나, 같은 신호의 더 긴 항목이 언제나 이기는 꼴",
        "꼴을 지우거나 예외를 좁힙니다",
    ),
    warning(
        "L017",
        "a form that another form of the same entry makes superfluous",
        "The other form finds the same words at the same places.",
        "같은 항목의 다른 꼴이 똑같은 곳을 똑같이 찾음",
        "하나만 남깁니다",
    ),
    error(
        "L018",
        "a retired id is used, or `retired.toml` contradicts itself",
        "Reports of different years must mean the same by the same id.",
        "거둔 `id`를 다시 씀, `replaced_by`의 `id`가 없음, 두 번 거둠",
        "새 `id`를 짓거나 `retired.toml`을 고칩니다",
    ),
    warning(
        "L019",
        "a rule of the policy that can never apply",
        "For every level and every set of signals that it asks for, an earlier rule holds.",
        "앞선 규칙이 언제나 먼저 맞아서 쓰일 일이 없는 정책 규칙",
        "순서를 올리거나 조건을 고치거나 지웁니다",
    ),
    error(
        "L020",
        "a typographic mark where TOML needs a plain one",
        "Word processors turn quotes, commas and spaces into others that only look alike.",
        "TOML의 따옴표·쉼표·등호·빈칸 자리에 모양만 닮은 글자",
        "곧은 따옴표와 반각 부호로 바꿉니다",
    ),
    warning(
        "L021",
        "a byte-order mark or mixed line ends",
        "Spreadsheets and editors on Windows leave them; they make every comparison of versions noisy.",
        "바이트 순서 표시(BOM), 섞인 줄 끝",
        "UTF-8(BOM 없음), 줄 끝은 LF 하나로 저장합니다",
    ),
    warning(
        "L022",
        "an invisible character",
        "A non-breaking or zero-width space cannot be seen in an editor and is found by no search.",
        "보이지 않는 글자(줄바꿈 없는 빈칸, 너비 없는 빈칸)",
        "지우거나 보통 빈칸으로 바꿉니다",
    ),
    warning(
        "L023",
        "decomposed Hangul",
        "File names and texts of macOS come as separate jamo, which look the same and sort and compare differently.",
        "자모로 풀어 쓴 한글(NFD)",
        "완성형(NFC)으로 바꾸어 저장합니다",
    ),
    warning(
        "L024",
        "a typographic mark inside a form",
        "Customers type plain marks, and `...` is easily taken for three full stops where `…` is meant.",
        "꼴 속의 굽은 따옴표, 전각 부호, `…`가 아닌 `...`",
        "보통 글자로 바꿉니다",
    ),
    warning(
        "L025",
        "a class that hardly fits the form",
        "The stem's end belongs to regular and to irregular verbs; a wrong class finds forms nobody writes and misses those that people do.",
        "갈래가 의심스러움: 불규칙인지 알 수 없는 어간, 명사로 적은 용언",
        "`/ㅂ`, `/regular`처럼 갈래를 밝히거나 `grammar.toml`의 목록에 올립니다",
    ),
    warning(
        "L026",
        "an entry that hits ordinary Korean by accident",
        "It stands inside an ordinary word or a neutral sentence that means something else.",
        "보통 낱말이나 차분한 문장을 우연히 찾음",
        "`at`을 바꾸거나 예외를 둡니다. 뜻이 같은 말이면 `ordinary/allowed.toml`에 까닭과 함께 적습니다",
    ),
    error(
        "P001",
        "a phrase id used twice",
        "Ids name a line in answers and reports.",
        "문구의 `id`가 두 번 쓰임",
        "번호를 바꿉니다",
    ),
    error(
        "P002",
        "a line for level 2 or more, or for an escalation, without a way to a human",
        "A furious customer must never be left with a machine.",
        "수준 2 이상·연결의 문구에 사람에게 가는 길이 없음",
        "길을 말하고 `human`을 적습니다",
    ),
    error(
        "P003",
        "a slot that nothing fills",
        "A slot that `slots.toml` does not declare, or that has nothing to stand in its place, would be read out in braces.",
        "`slots.toml`에 없거나 `fallback`이 빈 빈칸",
        "빈칸을 선언하고 `fallback`을 적습니다",
    ),
    error(
        "P004",
        "an apology for abuse or for a customer in danger",
        "Abuse gets the notice that protects the agent, danger the crisis line.",
        "위협·성희롱·위기에 사과",
        "`kind = \"notice\"`나 `\"crisis\"`",
    ),
    error(
        "P005",
        "a level that is not 0 to 3",
        "There are four levels.",
        "수준이 0–3이 아님",
        "고칩니다",
    ),
    warning(
        "P006",
        "a fact whose day of review has passed",
        "Telephone numbers and laws change.",
        "적힌 사실의 다시 볼 날이 지남",
        "확인하고 `review_by`를 새로 적습니다",
    ),
    error(
        "P007",
        "an empty line, or no line of a kind that the policy needs",
        "Where the policy asks for a line there must be one to say.",
        "빈 문구, 또는 정책이 쓰는 갈래(사과·안내·위기)의 문구가 하나도 없음",
        "문구를 채웁니다",
    ),
    warning(
        "P008",
        "a line whose last day has passed",
        "It is never said again.",
        "쓸 수 있는 마지막 날이 지난 문구",
        "지우거나 `valid_until`을 새로 적습니다",
    ),
    warning(
        "P009",
        "a slot that no line uses",
        "Whoever fills the slots works for nothing.",
        "어느 문구도 쓰지 않는 빈칸",
        "지우거나 문구에 씁니다",
    ),
    error(
        "R001",
        "a reply rule that offers nothing in the place of its hit",
        "A rule that only forbids leaves the agent without words.",
        "예문에서 대신할 말을 하나도 내지 못함",
        "`alternatives`나 꼴마다 맞는 `swap`을 적습니다",
    ),
    error(
        "R002",
        "an alternative that breaks a rule itself",
        "What is put in the place of a bad wording must be better.",
        "대신할 말을 그 자리에 넣어도 오류",
        "규칙에 걸리지 않는 말로 바꿉니다",
    ),
    error(
        "R003",
        "a switch for a rule that does not exist",
        "It would do nothing, and nobody would know.",
        "`replies.toml`의 `off`나 `[severity]`에 없는 규칙",
        "id를 고칩니다",
    ),
    warning(
        "R004",
        "a folder without rules for replies",
        "Replies are then only compared with the phrase bank; the embedded rules do not step in.",
        "폴더에 답변 규칙이 없음. 프로그램에 든 규칙을 대신 쓰지 않습니다",
        "`replies.toml`과 `replies/`를 기본 사전에서 가져옵니다",
    ),
    error(
        "R005",
        "a line of the phrase bank that breaks a rule for replies",
        "What the service recommends must pass its own check.",
        "문구 은행의 문구가 답변 규칙의 오류에 걸림",
        "문구를 고치거나 규칙을 좁힙니다",
    ),
];
