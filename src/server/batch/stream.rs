//! The stream: JSON lines in, JSON lines out, of any length, in constant memory.
//!
//! Answers are sent while the request is still being read, so a client has to read while it
//! writes. If it does not, both wait for each other: nothing here is buffered without bound.

use super::lines::{Line, LineSplitter};
use crate::analysis::Scratch;
use crate::api::BatchResult;
use crate::api::reading::read;
use crate::server::error::{ApiError, Code};
use crate::server::state::{Occasion, Patience, State};
use actix_web::{rt, web};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use std::cell::RefCell;
use std::convert::Infallible;

/// Lines that are answered before other requests of the worker get their turn: some hundred
/// microseconds of work.
const LINES_AT_ONCE: usize = 32;

/// The answers to a stream of messages, in order.
pub(in super::super) fn answer_stream(
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let pipe = Pipe {
        lines: LineSplitter::new(state.line_limit),
        occasion: state.occasion(),
        payload,
        state,
        scratch,
        chunk: Bytes::new(),
        number: 0,
        ended: false,
    };
    stream::unfold(pipe, |mut pipe| async move { Some((Ok(pipe.next().await?), pipe)) })
}

struct Pipe {
    payload: web::Payload,
    state: web::Data<State>,
    scratch: web::Data<RefCell<Scratch>>,
    occasion: Occasion,
    lines: LineSplitter,
    /// What has come and is not yet read.
    chunk: Bytes,
    /// Lines read so far.
    number: u64,
    /// Whether nothing more will come.
    ended: bool,
}

impl Pipe {
    /// The next answers; none at the end.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let mut lines = Vec::new();
            while lines.len() < LINES_AT_ONCE {
                let Some(line) = self.lines.next(&mut self.chunk) else { break };
                lines.push(line);
            }
            let answers = self.answer(lines).await;
            if !answers.is_empty() {
                rt::task::yield_now().await;
                return Some(answers.into());
            }
            if self.ended {
                return None;
            }
            if self.chunk.is_empty()
                && let Some(last) = self.receive().await
            {
                return Some(last);
            }
        }
    }

    /// Takes in the next chunk. At the end of the stream: the answer to a line without an end.
    async fn receive(&mut self) -> Option<Bytes> {
        let mut answers = Vec::new();
        match self.payload.next().await {
            Some(Ok(chunk)) => self.chunk = chunk,
            Some(Err(_)) => {
                self.ended = true;
                write(&failed(&ApiError::new(Code::BodyIncomplete)), &mut answers);
            }
            None => {
                self.ended = true;
                if let Some(line) = self.lines.finish() {
                    answers = self.answer(vec![line]).await;
                }
            }
        }
        (!answers.is_empty()).then(|| answers.into())
    }

    /// Answers lines, several at a time, in order; blank ones have no answer.
    async fn answer(&mut self, lines: Vec<Line>) -> Vec<u8> {
        let first = self.number + 1;
        self.number += u64::try_from(lines.len()).unwrap_or(u64::MAX);
        let pipe = &*self;
        let mut results = stream::iter(lines.into_iter().zip(first..))
            .map(|(line, number)| pipe.answer_line(line, number))
            .buffered(pipe.state.width());
        let mut answers = Vec::new();
        while let Some(result) = results.next().await {
            if let Some(result) = result {
                write(&result, &mut answers);
            }
        }
        answers
    }

    async fn answer_line(&self, line: Line, number: u64) -> Option<BatchResult> {
        let result = match line {
            Line::Complete(line) if line.trim_ascii().is_empty() => return None,
            Line::Complete(line) => self.analyze(&line, number).await,
            Line::TooLong => {
                let limit = self.state.line_limit;
                let detail = format!("line {number} is over the limit of {limit} bytes");
                Err(ApiError::with_detail(Code::LineTooLong, detail))
            }
        };
        Some(result.unwrap_or_else(|problem| failed(&problem)))
    }

    async fn analyze(&self, line: &[u8], number: u64) -> Result<BatchResult, ApiError> {
        let request = read(line).map_err(|error| ApiError::in_line(error, number))?;
        let answer =
            self.state.answer(&request, &self.occasion, &self.scratch, Patience::Batch).await?;
        Ok(BatchResult::Answer(Box::new(answer)))
    }
}

fn failed(problem: &ApiError) -> BatchResult {
    BatchResult::Error { error: problem.problem() }
}

fn write(result: &BatchResult, answers: &mut Vec<u8>) {
    let line = serde_json::to_vec(result).expect("answers have only string keys: a bug in api");
    answers.extend_from_slice(&line);
    answers.push(b'\n');
}
