//! Tokens of a message: eojeol cut into words, jamo runs, emoticons and marks.
//!
//! Tokens never overlap and never change the text: together with the white space between them
//! they are the message as sent. Boundaries are those of grapheme clusters, so that an emoji
//! sequence or a decomposed syllable is never cut.

use super::hangul::{is_compatibility_jamo, to_compatibility_jamo};
use crate::domain::Span;
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;
use utoipa::ToSchema;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TokenKind {
    /// Hangul syllables, Latin letters and other letters.
    Word,
    /// Digits.
    Number,
    /// Compatibility jamo: ㅋㅋㅋ, ㅠㅠ, ㅅㅂ.
    Jamo,
    /// Emoji.
    Emoji,
    /// Punctuation and symbols: ?!, ..., ^^.
    Mark,
}

/// One token of the text as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is made of.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
    /// The number of its eojeol, counted from 0.
    pub eojeol: usize,
}

/// Cuts a text into tokens.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut eojeol = 0;
    let mut spaced = false;
    for (start, grapheme) in text.grapheme_indices(true) {
        let Some(kind) = kind_of(grapheme) else {
            spaced = true;
            continue;
        };
        let end = start + grapheme.len();
        match tokens.last_mut() {
            Some(last) if last.kind == kind && !spaced => last.span.end = end,
            Some(_) => {
                eojeol += usize::from(spaced);
                tokens.push(Token { kind, span: Span { start, end }, eojeol });
            }
            None => tokens.push(Token { kind, span: Span { start, end }, eojeol }),
        }
        spaced = false;
    }
    tokens
}

fn kind_of(grapheme: &str) -> Option<TokenKind> {
    let ch = grapheme.chars().next()?;
    let emoji = grapheme.chars().any(|c| c == '\u{FE0F}') || is_emoji(ch);
    Some(match ch {
        _ if ch.is_whitespace() => return None,
        _ if is_compatibility_jamo(ch) => TokenKind::Jamo,
        _ if is_loose_conjoining(grapheme, ch) => TokenKind::Jamo,
        _ if emoji && !ch.is_ascii() => TokenKind::Emoji,
        _ if ch.is_numeric() => TokenKind::Number,
        _ if ch.is_alphabetic() => TokenKind::Word,
        _ => TokenKind::Mark,
    })
}

fn is_loose_conjoining(grapheme: &str, ch: char) -> bool {
    to_compatibility_jamo(ch).is_some() && grapheme.chars().nth(1).is_none()
}

/// The blocks where the emoji people type are found (Unicode emoji-data, main ranges).
fn is_emoji(ch: char) -> bool {
    matches!(ch as u32, 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x2300..=0x23FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_cut_where_its_kinds_change() {
        let text = "아니 11시까지요?? ㅡㅡ 😮‍💨ㅠㅠ";
        let pieces: Vec<(&str, TokenKind, usize)> =
            tokenize(text).iter().map(|t| (t.span.of(text), t.kind, t.eojeol)).collect();
        assert_eq!(
            pieces,
            [
                ("아니", TokenKind::Word, 0),
                ("11", TokenKind::Number, 1),
                ("시까지요", TokenKind::Word, 1),
                ("??", TokenKind::Mark, 1),
                ("ㅡㅡ", TokenKind::Jamo, 2),
                ("😮‍💨", TokenKind::Emoji, 3),
                ("ㅠㅠ", TokenKind::Jamo, 3),
            ]
        );
    }
}
