//! The line ends of a file, which an edit leaves as they are.

/// A text with CRLF line ends where most lines of `original` have them; any other as it is, since
/// those that stand inside a value are part of it.
pub(super) fn like(original: &str, text: &str) -> String {
    let (windows, all) = (original.matches("\r\n").count(), original.matches('\n').count());
    if windows * 2 > all {
        text.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn most_lines_decide() {
        assert_eq!(like("a\r\nb\r\nc\n", "x\ny\r\n"), "x\r\ny\r\n");
        assert_eq!(like("a\nb\n", "x\ny\n"), "x\ny\n");
        assert_eq!(like("a\nb\n", "x = '''\r\n'''\n"), "x = '''\r\n'''\n");
        assert_eq!(like("", "x\n"), "x\n");
    }
}
