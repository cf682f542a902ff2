//! Messages that come with the program, to see what an edit does; `samples/README.md` says whose
//! they are. Never a measure of quality: they were trained on.

/// One message a line.
const MESSAGES: &str = include_str!("../../samples/messages.txt");

/// Ordinary and frustrated messages of customers, in no order that means anything.
pub fn sample() -> impl Iterator<Item = &'static str> {
    MESSAGES.lines().filter(|line| !line.trim().is_empty())
}
