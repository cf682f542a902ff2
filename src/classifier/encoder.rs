//! `tokenizer.json`: a text to token ids.

use super::folder::{ModelFolder, TOKENIZER, finding};
use crate::resource::Diagnostics;
use tokenizers::{Tokenizer, TruncationParams};

/// Token ids of one text, in the three rows that encoders know.
#[derive(Debug, Default)]
pub(super) struct Encoded {
    pub(super) ids: Vec<i64>,
    pub(super) mask: Vec<i64>,
    pub(super) types: Vec<i64>,
}

/// A tokenizer, cut to what the model takes.
#[derive(Clone)]
pub(super) struct Encoder {
    tokenizer: Tokenizer,
}

impl Encoder {
    /// Reads `tokenizer.json`; texts are cut at `limit` tokens.
    pub(super) fn read(
        folder: &ModelFolder,
        limit: usize,
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
        Some(Self { tokenizer })
    }

    /// Encodes a text; the error does not show it.
    pub(super) fn encode(&self, text: &str, into: &mut Encoded) -> Result<(), Unencodable> {
        let encoding = self.tokenizer.encode_fast(text, true).map_err(|_| Unencodable)?;
        let row = |from: &[u32], into: &mut Vec<i64>| {
            into.clear();
            into.extend(from.iter().map(|id| i64::from(*id)));
        };
        row(encoding.get_ids(), &mut into.ids);
        row(encoding.get_attention_mask(), &mut into.mask);
        row(encoding.get_type_ids(), &mut into.types);
        if into.ids.is_empty() { Err(Unencodable) } else { Ok(()) }
    }

    /// How many tokens there are.
    pub(super) fn vocabulary(&self) -> usize {
        self.tokenizer.get_vocab_size(true)
    }
}

/// A text that the tokenizer cannot encode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unencodable;
