//! In which order the keys of a table stand: what it is, what it does, its examples, its note.

/// The keys of a kind of `[[table]]`, in order; none for kinds whose order is left as it is.
fn order(kind: &str) -> &'static [&'static str] {
    match kind {
        "entry" => &[
            "id",
            "forms",
            "class",
            "weight",
            "signals",
            "confidence",
            "at",
            "gap",
            "disguise",
            "hits",
            "misses",
            "note",
        ],
        "exception" => &["id", "forms", "class", "covers", "at", "gap", "hits", "misses", "note"],
        "shifter" => &[
            "id", "forms", "class", "at", "gap", "side", "within", "factor", "only", "hits",
            "misses", "shifts", "keeps", "note",
        ],
        "phrase" => &[
            "id",
            "text",
            "kind",
            "signals",
            "levels",
            "actions",
            "channels",
            "tone",
            "human",
            "situation",
            "valid_from",
            "valid_until",
            "review_by",
            "note",
        ],
        "slot" => &["name", "description", "example", "fallback"],
        _ => &[],
    }
}

/// The place of a key in a kind of table; unknown ones stand behind all others.
pub(in crate::editing) fn rank(kind: &str, key: &str) -> usize {
    let order = order(kind);
    order.iter().position(|known| *known == key).unwrap_or(order.len())
}
