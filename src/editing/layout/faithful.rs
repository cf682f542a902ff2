//! Whether two texts of a file say the same: the same data, and the same comments.

use toml::Value;

/// Whether two texts hold the same data, numbers to the last bit.
pub(super) fn same_data(a: &str, b: &str) -> bool {
    let data = |text: &str| toml::from_str::<toml::Table>(text).ok().map(Value::Table);
    data(a).zip(data(b)).is_some_and(|(a, b)| is_same(&a, &b))
}

fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        // `nan` is unlike itself, and 0.0 is like -0.0.
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Table(a), Value::Table(b)) => {
            let has =
                |(key, value): (&String, &Value)| b.get(key).is_some_and(|b| is_same(value, b));
            a.len() == b.len() && a.iter().all(has)
        }
        _ => a == b,
    }
}

/// The comments of a valid file without the blanks around them, sorted: tables and keys may change
/// places.
pub(super) fn comments(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(tail) = rest.find(['#', '"', '\'']).and_then(|at| rest.get(at..)) {
        let length = if tail.starts_with('#') {
            let comment = tail.lines().next().unwrap_or_default();
            found.push(comment.trim());
            comment.len()
        } else {
            quoted(tail)
        };
        rest = tail.get(length..).unwrap_or_default();
    }
    found.sort_unstable();
    found
}

/// The bytes of the quoted text that `tail` begins with.
fn quoted(tail: &str) -> usize {
    let open = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|open| tail.starts_with(open));
    let open = open.unwrap_or_default();
    let mut at = open.len();
    while let Some(rest) = tail.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(open) {
            // A text may end in quotes of its own: `"""so "this""""`.
            let mark = if open.starts_with('"') { '"' } else { '\'' };
            let marks = rest.chars().take_while(|ch| *ch == mark).count();
            return at + if open.len() == 3 { marks.min(5) } else { 1 };
        }
        let mut letters = rest.chars();
        let first = letters.next().map_or(1, char::len_utf8);
        let escaped = open.starts_with('"') && rest.starts_with('\\');
        at += first + letters.next().filter(|_| escaped).map_or(0, char::len_utf8);
    }
    tail.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_texts() {
        let text = "a = \"# no \\\" # no\" # b \n'#' = '# no \\' # a\nc = '''# no'\n# no''''\nd = \"\"\"\n# no\\\"\"\"\"\"# c\ne = \"\"# d\r\n";
        assert!(text.parse::<toml::Table>().is_ok());
        assert_eq!(comments(text), ["# a", "# b", "# c", "# d"]);
    }

    #[test]
    fn numbers_are_compared_to_the_last_bit() {
        assert!(same_data("a = nan\nb = [1.0]", "b = [1.0]\na=nan"));
        assert!(!same_data("a = 0.0", "a = -0.0") && !same_data("a = 1", "a = 1\nb = 1"));
        assert!(!same_data("a = ", "a = "));
    }
}
