//! Word classes: how a dictionary form is to be inflected.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The class of an entry, as linguists write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum Class {
    /// A noun: anything may follow.
    #[serde(rename = "noun")]
    Noun,
    /// A verb; irregular stems are recognized from the grammar's lists.
    #[serde(rename = "verb")]
    Verb,
    /// An adjective; irregular stems are recognized from the grammar's lists.
    #[serde(rename = "adjective")]
    Adjective,
    /// A regular verb or adjective, whatever the lists say.
    #[serde(rename = "regular")]
    Regular,
    /// 하다 predicates.
    #[serde(rename = "하다")]
    Hada,
    /// ㅂ irregular: 괴롭다, 괴로워.
    #[serde(rename = "ㅂ")]
    BIrregular,
    /// ㄷ irregular: 듣다, 들어.
    #[serde(rename = "ㄷ")]
    DIrregular,
    /// ㅅ irregular: 낫다, 나아.
    #[serde(rename = "ㅅ")]
    SIrregular,
    /// 르 irregular: 모르다, 몰라.
    #[serde(rename = "르")]
    ReuIrregular,
    /// ㅎ irregular: 그렇다, 그래.
    #[serde(rename = "ㅎ")]
    HIrregular,
    /// ㅡ dropping: 나쁘다, 나빠.
    #[serde(rename = "으")]
    EuIrregular,
    /// Several words, with gaps, alternatives and optional words.
    #[serde(rename = "phrase")]
    Phrase,
    /// Marks, jamo or emoji, found anywhere.
    #[serde(rename = "emoticon")]
    Emoticon,
    /// Literal letters.
    #[serde(rename = "exact")]
    Exact,
}

impl Class {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Regular => "regular",
            Self::Hada => "하다",
            Self::BIrregular => "ㅂ",
            Self::DIrregular => "ㄷ",
            Self::SIrregular => "ㅅ",
            Self::ReuIrregular => "르",
            Self::HIrregular => "ㅎ",
            Self::EuIrregular => "으",
            Self::Phrase => "phrase",
            Self::Emoticon => "emoticon",
            Self::Exact => "exact",
        }
    }

    /// Whether forms of this class are inflected predicates.
    pub const fn is_predicate(self) -> bool {
        !matches!(self, Self::Noun | Self::Phrase | Self::Emoticon | Self::Exact)
    }

    /// The class of that name, as written behind a `/` in a form or in the grammar's lists.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "하다" => Self::Hada,
            "ㅂ" => Self::BIrregular,
            "ㄷ" => Self::DIrregular,
            "ㅅ" => Self::SIrregular,
            "르" => Self::ReuIrregular,
            "ㅎ" => Self::HIrregular,
            "으" => Self::EuIrregular,
            "verb" => Self::Verb,
            "adjective" => Self::Adjective,
            "regular" => Self::Regular,
            "noun" => Self::Noun,
            _ => return None,
        })
    }
}
