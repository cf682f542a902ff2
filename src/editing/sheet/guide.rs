//! The sheets of a workbook that hold no items: what the columns mean, and what may stand in them.

use super::column::Shape;
use super::kind::Kind;

/// The first sheet.
pub(super) const TITLE: &str = "설명";
/// The last sheet, which the lists of choices are taken from.
pub(super) const CHOICES: &str = "목록";

/// What a person should know before the first edit.
pub(super) const LINES: &[&str] = &[
    "눈치 사전을 표로 옮긴 것입니다. 시트 하나가 한 가지(항목, 예외, 변화어, 문구, 빈칸)이고, 한 줄이 하나입니다.",
    "고친 칸만 사전에 반영됩니다. 사전 파일의 주석과 순서는 그대로 남습니다.",
    "여러 값은 한 칸 안에서 줄을 바꾸어(Alt+Enter, 맥은 Option+Return) 한 줄에 하나씩 적습니다.",
    "빈칸은 ‘적지 않음’입니다. 빈 목록은 [], 빈 글은 \"\"로 적습니다.",
    "id는 줄을 찾는 열쇠입니다. 고치면 새 항목이 되므로 그대로 둡니다.",
    "새 항목은 아무 줄에나 적습니다. file 열이 가리키는 파일의 끝에 붙습니다.",
    "줄을 지워도 사전에서는 지워지지 않고 ‘표에 없음’으로 알려 줍니다. 정말 지우려면 --prune으로 가져옵니다.",
    "열의 순서는 바꾸어도 되고, 쓰지 않는 열은 지워도 됩니다(그 칸은 그대로 남습니다). 새 열은 만들 수 없습니다.",
    "모든 칸의 서식은 텍스트입니다. =, +, -, @로 시작하는 말이 수식으로 바뀌면 가져올 때 어느 칸인지 알려 줍니다.",
    "가져오기: nunchi lexicon import 이파일.xlsx --into 사전폴더 --dry-run 으로 먼저 보고, --dry-run을 빼면 반영됩니다.",
];

/// The heads of the table of columns.
pub(super) const HEADS: [&str; 5] = ["시트", "열", "뜻", "꼭", "적는 법"];

/// How a cell of a shape is filled in.
pub(super) const fn manner(shape: Shape) -> &'static str {
    match shape {
        Shape::File => "목록에서 고르기",
        Shape::Text => "글",
        Shape::Day => "12-20 또는 2026-12-20",
        Shape::Number => "숫자(소수)",
        Shape::Whole => "숫자(정수)",
        Shape::Flag => "true 또는 false",
        Shape::Code(_) => "목록에서 하나 고르기",
        Shape::Texts => "글, 한 줄에 하나",
        Shape::Codes(_) => "목록의 값, 한 줄에 하나",
        Shape::Wholes => "정수, 한 줄에 하나",
    }
}

/// The table of columns, a row each.
pub(super) fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    Kind::ALL.into_iter().flat_map(|kind| {
        kind.columns().iter().map(move |column| {
            let required = if column.required { "예" } else { "" };
            [kind.title(), column.name, column.about, required, manner(column.shape)]
        })
    })
}
