//! Feedback as labelled messages: the TSV of the annotation guideline, or the same as JSON lines.

use super::record::{Label, Record};
use crate::domain::Signal;
use serde_json::json;

/// The columns of the annotation guideline, in its order.
const HEADER: &str = "id\ttext\tfrustration\tsentiment\tsignals\taction\tdomain\tkind\n";
/// Where feedback does not say the domain.
const UNKNOWN: &str = "-";
/// The kind of a row, so that whoever reads many files knows where it comes from.
const KIND: &str = "feedback";

/// Records with a text and a label: those that make labelled rows.
pub fn labelled(records: &[Record]) -> impl Iterator<Item = (&Record, &str, &Label)> {
    records.iter().filter_map(|one| Some((one, one.text.as_deref()?, one.label.as_ref()?)))
}

/// The labelled rows as TSV with a header.
pub fn to_tsv(records: &[Record]) -> String {
    let mut table = HEADER.to_owned();
    for (record, text, label) in labelled(records) {
        let signals: Vec<&str> = label.signals.iter().copied().map(Signal::code).collect();
        let signals = if signals.is_empty() { UNKNOWN.to_owned() } else { signals.join(",") };
        let level = label.level.to_string();
        let cells = [
            &record.id,
            &one_line(text),
            &level,
            label.sentiment.code(),
            &signals,
            label.action.code(),
            UNKNOWN,
            KIND,
        ];
        table.push_str(&cells.join("\t"));
        table.push('\n');
    }
    table
}

/// The labelled rows as JSON lines: the same fields, and what was said of which answer.
pub fn to_json_lines(records: &[Record]) -> String {
    let rows = labelled(records).map(|(record, text, label)| {
        let row = json!({
            "id": record.id,
            "text": text,
            "frustration": label.level,
            "sentiment": label.sentiment,
            "signals": label.signals,
            "action": label.action,
            "domain": UNKNOWN,
            "kind": KIND,
            "verdict": record.verdict,
            "at": record.at,
            "answer_id": record.answer_id,
            "judged": record.judged,
            "note": record.note,
        });
        format!("{row}\n")
    });
    rows.collect()
}

/// All records as they are stored, one JSON object a line, whether they make a labelled row or not.
pub fn to_record_lines(records: &[Record]) -> String {
    let lines: Vec<String> =
        records.iter().map(|record| json!(record).to_string() + "\n").collect();
    lines.concat()
}

/// A tab or line break inside a text is written as one space.
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, FeedbackVerdict, Level, SentimentLabel};
    use crate::evaluation::Dataset;

    #[test]
    fn only_what_has_text_and_label_becomes_a_row_that_eval_reads() {
        let label = Label {
            level: 2,
            signals: vec![Signal::Anger, Signal::Waiting],
            action: Action::Offer,
            sentiment: SentimentLabel::Negative,
        };
        let record = Record {
            id: "x".to_owned(),
            at: String::new(),
            answer_id: None,
            text_sha256: None,
            verdict: FeedbackVerdict::Wrong,
            expected: None,
            judged: None,
            label: Some(label),
            text: Some("첫 줄\r\n둘째\t줄".to_owned()),
            note: None,
        };
        let hashed = Record { text: None, ..record.clone() };
        let unknown = Record { label: None, ..record.clone() };
        let records = [hashed, record, unknown];
        let read = Dataset::parse(&to_tsv(&records)).unwrap();
        assert_eq!(read.rows.len(), 1);
        let row = &read.rows[0];
        assert_eq!((row.text.as_str(), row.level), ("첫 줄 둘째 줄", Level::Clear));
        assert_eq!((row.signals.len(), row.action), (2, Action::Offer));
        let lines = to_json_lines(&records);
        assert_eq!(lines.lines().count(), 1);
        assert_eq!(to_record_lines(&records).lines().count(), 3, "all are found, to be deleted");
        assert_eq!(Dataset::parse_json_lines(&lines).unwrap().rows[0].signals, row.signals);
    }
}
