//! A suggestion as the draft of an entry, to be finished by a linguist.

use super::select::Suggestion;
use crate::domain::Signal;
use std::fmt::Write as _;

/// The theme of an entry whose signal is not known.
const NO_THEME: &str = "draft";

/// The theme of an entry: its signal.
pub fn theme(suggestion: &Suggestion) -> &'static str {
    suggestion.signal.map_or(NO_THEME, Signal::code)
}

/// The draft of an entry with an id.
///
/// Examples are left open: sentences of data must not be copied into a lexicon, and `nunchi lexicon
/// check` refuses the entry (L008) until they are written.
pub fn draft(suggestion: &Suggestion, id: &str) -> String {
    let Suggestion { form, class, frustrated, calm, keyness, odds_ratio, .. } = suggestion;
    let signals = suggestion.signal.map_or_else(String::new, |signal| format!("\"{signal}\""));
    let weight = weight(suggestion.mean_level);
    let mut entry = String::new();
    _ = writeln!(
        entry,
        "# 불편한 메시지 {frustrated}건, 차분한 메시지 {calm}건 (오즈비 {odds_ratio:.1}, 핵심도 {keyness:.1})"
    );
    _ = writeln!(entry, "[[entry]]");
    _ = writeln!(entry, "id = \"{id}\"");
    _ = writeln!(entry, "forms = [{form:?}]");
    _ = writeln!(entry, "class = \"{}\"", class.name());
    _ = writeln!(entry, "weight = {weight:.1}            # 첫 짐작: 6절을 보고 고칩니다");
    _ = writeln!(entry, "signals = [{signals}]");
    _ = writeln!(
        entry,
        "hits = []               # 직접 지은 문장을 적습니다. 데이터의 문장을 옮기지 않습니다"
    );
    _ = writeln!(entry, "misses = []             # 닮았지만 불편이 아닌 문장");
    entry
}

/// A first guess at the weight: what messages with it come to on average, in half points.
fn weight(mean_level: f64) -> f64 {
    (mean_level * 2.0).round().clamp(1.0, 5.0) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Class;

    #[test]
    fn a_draft_is_an_entry_that_lacks_only_its_examples() {
        let suggestion = Suggestion {
            form: "감감 무소식".to_owned(),
            class: Class::Phrase,
            frustrated: 12,
            calm: 1,
            unseen: 7,
            keyness: 4.2,
            odds_ratio: 9.0,
            mean_level: 1.7,
            signal: Some(Signal::Waiting),
            spellings: Vec::new(),
            examples: Vec::new(),
        };
        let text = draft(&suggestion, "waiting.musosik");
        assert_eq!(theme(&suggestion), "waiting");
        let table: toml::Table = toml::from_str(&text).unwrap();
        let entry = &table["entry"][0];
        assert_eq!(entry["id"].as_str(), Some("waiting.musosik"));
        assert_eq!(entry["weight"].as_float(), Some(1.5));
        assert_eq!(entry["hits"].as_array().map(Vec::len), Some(0));
        assert!(text.starts_with("# 불편한 메시지 12건, 차분한 메시지 1건"));
    }
}
