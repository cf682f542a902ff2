//! The columns of each kind of sheet: the fields as `lexicons/README.md` names them.

use crate::domain::{Action, Channel, Signal};
use crate::phrases::{Human, PhraseKind, Situation, Tone};

/// The column that says in which file an item stands.
pub(crate) const FILE: &str = "file";

/// What a cell of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The path of a file of the folder.
    File,
    /// A text.
    Text,
    /// A day: `MM-DD` or `YYYY-MM-DD`.
    Day,
    /// A number with decimals.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Flag,
    /// One of a fixed vocabulary.
    Code(&'static [&'static str]),
    /// Texts, one a line.
    Texts,
    /// Several of a fixed vocabulary, one a line.
    Codes(&'static [&'static str]),
    /// Whole numbers, one a line.
    Wholes,
}

impl Shape {
    /// The vocabulary of the column, where it has one.
    pub(crate) const fn choices(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Code(codes) | Self::Codes(codes) => Some(codes),
            Self::Flag => Some(&["true", "false"]),
            _ => None,
        }
    }

    /// Whether a cell may hold anything that a person writes.
    pub(crate) const fn is_free(self) -> bool {
        matches!(self, Self::Text | Self::Texts)
    }

    /// Whether a spreadsheet may hold it as a number.
    pub(crate) const fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Whole)
    }
}

/// A column: a field of the items.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// The key in the files.
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// Whether an item must have it.
    pub(crate) required: bool,
    /// How wide it is shown, in characters.
    pub(crate) width: f64,
    /// What it means, for the people who fill it in.
    pub(crate) about: &'static str,
}

const fn column(
    name: &'static str,
    shape: Shape,
    required: bool,
    width: f64,
    about: &'static str,
) -> Column {
    Column { name, shape, required, width, about }
}

const CLASSES: &[&str] = &[
    "noun",
    "verb",
    "adjective",
    "regular",
    "하다",
    "ㅂ",
    "ㄷ",
    "ㅅ",
    "르",
    "ㅎ",
    "으",
    "phrase",
    "emoticon",
    "exact",
];
const PLACES: &[&str] = &["eojeol-start", "anywhere", "whole-eojeol", "whole-message"];
const SIDES: &[&str] = &["before", "after"];
const TARGETS: &[&str] = &["predicate", "noun"];

const FILE_OF: Column =
    column(FILE, Shape::File, true, 26.0, "담긴 파일. 새 줄이 어느 파일의 끝에 붙을지 정합니다");
const ID: Column =
    column("id", Shape::Text, true, 28.0, "주제.로마자. 줄을 찾는 열쇠이므로 바꾸지 않습니다");
const FORMS: Column = column("forms", Shape::Texts, true, 32.0, "기본형. 여럿이면 한 줄에 하나");
const CLASS: Column = column("class", Shape::Code(CLASSES), true, 11.0, "활용의 갈래");
const AT: Column =
    column("at", Shape::Code(PLACES), false, 14.0, "어절의 어디에서 찾나. 비우면 길이에 따라");
const GAP: Column = column("gap", Shape::Whole, false, 6.0, "구의 …가 건너뛰는 음절 수. 비우면 8");
const HITS: Column =
    column("hits", Shape::Texts, true, 48.0, "찾아야 할 문장. 여럿이면 한 줄에 하나");
const MISSES: Column =
    column("misses", Shape::Texts, false, 48.0, "찾으면 안 될 문장. 여럿이면 한 줄에 하나");
const NOTE: Column = column("note", Shape::Text, false, 36.0, "읽는 사람을 위한 메모");

pub(super) const ENTRY: &[Column] = &[
    FILE_OF,
    ID,
    FORMS,
    CLASS,
    column("weight", Shape::Number, true, 9.0, "불편의 무게, -4에서 6. 1 가벼움, 2 뚜렷함, 4 심함"),
    column(
        "signals",
        Shape::Codes(Signal::CODES),
        false,
        18.0,
        "신호. 여럿이면 한 줄에 하나. 비우면 파일 맨 위의 신호",
    ),
    column("confidence", Shape::Number, false, 11.0, "정말 그 신호일 확률, 0에서 1. 비우면 0.9"),
    AT,
    GAP,
    column("disguise", Shape::Flag, false, 10.0, "변장한 글자도 찾나. 비우면 파일 맨 위의 값"),
    HITS,
    MISSES,
    NOTE,
];

pub(super) const EXCEPTION: &[Column] = &[
    FILE_OF,
    ID,
    FORMS,
    CLASS,
    column(
        "covers",
        Shape::Codes(Signal::CODES),
        false,
        18.0,
        "끌 신호. 여럿이면 한 줄에 하나. 비우면 불편 모두",
    ),
    AT,
    GAP,
    HITS,
    MISSES,
    NOTE,
];

pub(super) const SHIFTER: &[Column] = &[
    FILE_OF,
    ID,
    FORMS,
    CLASS,
    AT,
    GAP,
    column("side", Shape::Code(SIDES), true, 9.0, "항목의 앞(before)이나 뒤(after)"),
    column("within", Shape::Whole, true, 8.0, "사이에 올 수 있는 글자 수"),
    column("factor", Shape::Number, true, 8.0, "무게에 곱할 값. 0 끔, 0.7 완화, 1.2 강조"),
    column("only", Shape::Codes(TARGETS), false, 12.0, "용언(predicate)이나 그 밖(noun)에만"),
    HITS,
    MISSES,
    column("shifts", Shape::Texts, false, 48.0, "무언가를 바꾸어야 할 문장"),
    column("keeps", Shape::Texts, false, 48.0, "아무것도 꺼지면 안 될 문장"),
    NOTE,
];

pub(super) const PHRASE: &[Column] = &[
    FILE_OF,
    ID,
    column("text", Shape::Text, true, 64.0, "문구. {주문번호} 같은 빈칸을 쓸 수 있습니다"),
    column("kind", Shape::Code(PhraseKind::CODES), true, 12.0, "갈래: 사과, 쿠션어, 다음 단계 …"),
    column("signals", Shape::Codes(Signal::CODES), true, 18.0, "맞는 신호. []이면 무엇에나"),
    column("levels", Shape::Wholes, true, 8.0, "맞는 수준 0–3. 여럿이면 한 줄에 하나"),
    column("actions", Shape::Codes(Action::CODES), true, 14.0, "맞는 행동. 여럿이면 한 줄에 하나"),
    column("channels", Shape::Codes(Channel::CODES), false, 11.0, "맞는 창구. 비우면 모두"),
    column("tone", Shape::Code(Tone::CODES), true, 9.0, "말씨: formal 하십시오체, warm 해요체"),
    column("human", Shape::Code(Human::CODES), true, 11.0, "사람에게 가는 길을 말하나"),
    column("situation", Shape::Code(Situation::CODES), false, 18.0, "이 상황에서만"),
    column("valid_from", Shape::Day, false, 12.0, "쓰기 시작하는 날: MM-DD나 YYYY-MM-DD"),
    column("valid_until", Shape::Day, false, 12.0, "쓰기를 마치는 날"),
    column("review_by", Shape::Day, false, 12.0, "적힌 사실을 다시 볼 날"),
    NOTE,
];

pub(super) const SLOT: &[Column] = &[
    FILE_OF,
    column("name", Shape::Text, true, 18.0, "중괄호 안의 이름. 바꾸지 않습니다"),
    column("description", Shape::Text, true, 64.0, "무엇을 넣나"),
    column("example", Shape::Text, true, 32.0, "넣어 볼 값"),
    column("fallback", Shape::Text, true, 32.0, "값이 없을 때 들어가는 말"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{At, Class, Side, Target};
    use serde::de::value::{Error, StrDeserializer};
    use serde::{Deserialize, de::IntoDeserializer};

    fn all_read<'d, T: Deserialize<'d>>(codes: &[&'d str]) -> bool {
        codes.iter().all(|code| {
            let code: StrDeserializer<'_, Error> = code.into_deserializer();
            T::deserialize(code).is_ok()
        })
    }

    #[test]
    fn every_choice_is_one_that_the_files_know() {
        assert!(all_read::<Class>(CLASSES) && all_read::<At>(PLACES));
        assert!(all_read::<Side>(SIDES) && all_read::<Target>(TARGETS));
    }
}
