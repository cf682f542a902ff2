//! Canonical characters: NFC, width, look-alike marks, and what is dropped.
//!
//! Never NFKC: it turns ㅠㅠ (compatibility jamo) into conjoining jamo and joins ㅎㅏ into 하, so
//! that laughing, crying and cursing change identity.

use super::hangul::to_compatibility_jamo;
use unicode_normalization::{
    IsNormalized, UnicodeNormalization as _,
    char::{canonical_combining_class, is_combining_mark},
    is_nfc_quick,
};

/// One canonical character with its byte range in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Canonical {
    pub(super) ch: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Calls `emit` with each character of the composed text and the original range it came from.
pub(super) fn for_each_composed(text: &str, mut emit: impl FnMut(Canonical)) {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        for (start, ch) in text.char_indices() {
            emit(Canonical { ch, start, end: start + ch.len_utf8() });
        }
        return;
    }
    let mut cluster_start = 0;
    let mut starts = text.char_indices().skip(1).filter(|(_, ch)| begins_cluster(*ch));
    loop {
        let end = starts.next().map_or(text.len(), |(at, _)| at);
        for ch in text.get(cluster_start..end).unwrap_or_default().nfc() {
            emit(Canonical { ch, start: cluster_start, end });
        }
        if end == text.len() {
            return;
        }
        cluster_start = end;
    }
}

/// Whether a character begins a cluster of its own: it neither combines with what stands before it
/// nor goes on a conjoining Hangul syllable.
fn begins_cluster(ch: char) -> bool {
    canonical_combining_class(ch) == 0
        && !matches!(ch, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}')
}

/// What becomes of a composed character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    /// Invisible or combining: not part of any word.
    Dropped,
    /// White space.
    Space,
    /// One canonical character.
    One(char),
    /// Three dots.
    Ellipsis,
}

/// Folds width, case and look-alike marks of one composed character.
pub(super) fn fold(ch: char) -> Folded {
    match ch {
        '가'..='힣' | 'a'..='z' | '0'..='9' => Folded::One(ch),
        'A'..='Z' => Folded::One(ch.to_ascii_lowercase()),
        _ if ch.is_whitespace() || ch == '\u{2800}' => Folded::Space,
        '\u{21}'..='\u{7E}' => Folded::One(ch),
        _ if is_dropped(ch) => Folded::Dropped,
        '…' | '⋯' => Folded::Ellipsis,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(ch as u32 - 0xFEE0).map_or(Folded::Dropped, fold),
        _ => Folded::One(fold_mark(ch)),
    }
}

fn fold_mark(ch: char) -> char {
    match ch {
        '‘' | '’' | '‚' | '′' | '´' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '~' | '〜' | '∼' | '˜' | '～' => '~',
        '–' | '—' | '―' | '−' | '‐' | '‑' | 'ー' => '-',
        '。' | '．' => '.',
        '、' => ',',
        '·' | '・' | 'ㆍ' | '•' => '·',
        '‼' => '!',
        '⁇' => '?',
        _ => to_compatibility_jamo(ch).unwrap_or_else(|| {
            let mut lower = ch.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => ch,
            }
        }),
    }
}

/// Invisible characters, combining marks, variation selectors and skin tones.
fn is_dropped(ch: char) -> bool {
    matches!(
        ch,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}'
            | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}'
    ) || is_combining_mark(ch)
}
