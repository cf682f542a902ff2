//! Lines out of chunks of any size, without ever keeping more than one line.

use bytes::{Buf as _, Bytes, BytesMut};

/// One line of the stream, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line within the limit.
    Complete(Bytes),
    /// A line over the limit; it was skipped.
    TooLong,
}

/// Cuts a stream into lines.
#[derive(Debug)]
pub(super) struct LineSplitter {
    limit: usize,
    /// The beginning of a line whose end has not come.
    partial: BytesMut,
    /// Whether that line is over the limit and no longer kept.
    skipping: bool,
}

impl LineSplitter {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, partial: BytesMut::new(), skipping: false }
    }

    /// The next line that ends in `chunk`; what is read is taken from it. None: the chunk is used up.
    pub(super) fn next(&mut self, chunk: &mut Bytes) -> Option<Line> {
        let Some(end) = chunk.iter().position(|byte| *byte == b'\n') else {
            let rest = std::mem::take(chunk);
            self.keep(&rest);
            return None;
        };
        let piece = chunk.split_to(end);
        chunk.advance(1);
        if !self.skipping && self.partial.is_empty() && piece.len() <= self.limit {
            return Some(Line::Complete(piece));
        }
        self.keep(&piece);
        Some(self.take())
    }

    /// The line that the end of the stream ends.
    pub(super) fn finish(&mut self) -> Option<Line> {
        (self.skipping || !self.partial.is_empty()).then(|| self.take())
    }

    fn keep(&mut self, piece: &[u8]) {
        if self.skipping {
            return;
        }
        if self.partial.len() + piece.len() > self.limit {
            // A new buffer, so that the memory of the old one is given back.
            self.partial = BytesMut::new();
            self.skipping = true;
        } else {
            self.partial.extend_from_slice(piece);
        }
    }

    fn take(&mut self) -> Line {
        if std::mem::take(&mut self.skipping) {
            Line::TooLong
        } else {
            Line::Complete(self.partial.split().freeze())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: &[&str], limit: usize) -> Vec<String> {
        let mut splitter = LineSplitter::new(limit);
        let mut lines = Vec::new();
        let shown = |line| match line {
            Line::Complete(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            Line::TooLong => "<too long>".to_owned(),
        };
        for chunk in chunks {
            let mut chunk = Bytes::copy_from_slice(chunk.as_bytes());
            while let Some(line) = splitter.next(&mut chunk) {
                lines.push(shown(line));
            }
        }
        lines.extend(splitter.finish().map(shown));
        lines
    }

    #[test]
    fn lines_do_not_depend_on_how_the_stream_is_cut() {
        let text = "one\ntwo\n\nthree";
        let whole = lines(&[text], 9);
        assert_eq!(whole, ["one", "two", "", "three"]);
        for size in 1..text.len() {
            let bytes: Vec<_> = text.as_bytes().chunks(size).collect();
            let chunks: Vec<_> = bytes.iter().map(|b| std::str::from_utf8(b).unwrap()).collect();
            assert_eq!(lines(&chunks, 9), whole, "chunks of {size}");
        }
    }

    #[test]
    fn a_long_line_is_reported_once_and_the_next_one_is_read() {
        let whole = ["ok", "<too long>", "ok"];
        assert_eq!(lines(&["ok\nabcdef\nok\n"], 5), whole);
        assert_eq!(lines(&["ok\nabc", "def", "ghi", "jkl\nok"], 5), whole);
        assert_eq!(lines(&["abc", "def"], 5), ["<too long>"]);
    }

    #[test]
    fn a_skipped_line_is_not_kept() {
        let mut splitter = LineSplitter::new(8);
        for _ in 0..1000 {
            assert_eq!(splitter.next(&mut Bytes::from_static(b"12345")), None);
            assert!(splitter.partial.capacity() <= 64);
        }
    }
}
