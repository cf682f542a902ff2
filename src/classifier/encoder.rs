//! `tokenizer.json`: a text to token ids.

use super::folder::{CONFIG, ModelFolder, TOKENIZER, finding};
use crate::resource::Diagnostics;
use std::borrow::Cow;
use tokenizers::{Tokenizer, TruncationParams};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Token ids of one text, in the three rows that encoders know.
#[derive(Debug, Default)]
pub(super) struct Encoded {
    pub(super) ids: Vec<i64>,
    pub(super) mask: Vec<i64>,
    pub(super) types: Vec<i64>,
    /// Whether the text was longer than the limit.
    pub(super) cut: bool,
}

/// A tokenizer, cut to what the model takes.
pub(super) struct Encoder {
    tokenizer: Tokenizer,
    /// Ids from here on have no embedding.
    vocabulary: u32,
}

impl Encoder {
    /// Reads `tokenizer.json`; texts are cut at `limit` tokens.
    pub(super) fn read(
        folder: &ModelFolder,
        limit: usize,
        vocabulary: usize,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let bytes = folder.bytes(TOKENIZER, problems)?;
        let mut refuse = |message: String| {
            let help = "save it again with the tokenizers library: tokenizer.save_pretrained(DIR)";
            problems.push(finding("M005", TOKENIZER, message, help));
        };
        let mut tokenizer = match Tokenizer::from_bytes(bytes) {
            Ok(tokenizer) => tokenizer,
            Err(error) => {
                refuse(format!("no tokenizer of the Hugging Face format: {error}"));
                return None;
            }
        };
        let direction = tokenizer.get_truncation().map(|own| (own.direction, own.strategy));
        let (direction, strategy) = direction.unwrap_or_default();
        let max_length = tokenizer.get_truncation().map_or(limit, |own| own.max_length.min(limit));
        let cut = TruncationParams { max_length, direction, strategy, stride: 0 };
        if let Err(error) = tokenizer.with_truncation(Some(cut)) {
            refuse(format!("texts cannot be cut at {max_length} tokens: {error}"));
            return None;
        }
        // One text at a time needs no padding, and padding to a fixed length costs time.
        tokenizer.with_padding(None);
        let highest = tokenizer.get_vocab(true).into_values().max().unwrap_or_default();
        let vocabulary = u32::try_from(vocabulary).unwrap_or(u32::MAX);
        if highest >= vocabulary {
            let message = format!(
                "its ids go up to {highest}, the model embeds {vocabulary} (vocab_size in {CONFIG})"
            );
            let help = "they are not of the same model: save both from the same checkpoint";
            problems.push(finding("M010", TOKENIZER, message, help));
            return None;
        }
        Some(Self { tokenizer, vocabulary })
    }

    /// Encodes a text; the error does not show it.
    pub(super) fn encode(&self, text: &str, into: &mut Encoded) -> Result<(), Unencodable> {
        // Korean typed on some systems comes in decomposed letters, which few vocabularies know.
        let composed = match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => Cow::Borrowed(text),
            IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect::<String>()),
        };
        let encoding =
            self.tokenizer.encode_fast(composed.as_ref(), true).map_err(|_| Unencodable)?;
        // Without an embedding the embedded runtime would end the whole process.
        if encoding.get_ids().iter().any(|id| *id >= self.vocabulary) {
            return Err(Unencodable);
        }
        into.cut = !encoding.get_overflowing().is_empty();
        let row = |from: &[u32], into: &mut Vec<i64>| {
            into.clear();
            into.extend(from.iter().map(|id| i64::from(*id)));
        };
        row(encoding.get_ids(), &mut into.ids);
        row(encoding.get_attention_mask(), &mut into.mask);
        row(encoding.get_type_ids(), &mut into.types);
        if into.ids.is_empty() { Err(Unencodable) } else { Ok(()) }
    }

    /// How many ids have an embedding.
    pub(super) const fn vocabulary(&self) -> u32 {
        self.vocabulary
    }
}

/// A text that the tokenizer cannot encode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unencodable;
