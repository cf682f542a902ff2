//! Many messages in one request: an array answered at once, or a stream of lines.
//!
//! Apart from the route because this is where memory is bounded: a stream of any length needs one
//! line and one chunk of answers.

mod array;
mod lines;
mod stream;

pub(super) use array::answer_all;
pub(super) use stream::answer_stream;
