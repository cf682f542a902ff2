//! A steady load on one connection.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What each version of the lexicons says the weight of [`PROBE`] is, message by message; none where
/// the classifier takes its signal away.
pub(crate) type Weights = BTreeMap<String, Vec<Option<String>>>;

/// The dictionary form whose weight tells the sets apart.
pub(crate) const PROBE: &str = "답답하다";

/// Messages of several lengths; each holds the probe.
pub(crate) const MESSAGES: [&str; 4] = [
    "답답하네요",
    "주문한 지 일주일이 넘었는데 송장도 안 뜨고 답답해서 문의드려요",
    "상담원 연결이 왜 이렇게 안 되나요 진짜 답답합니다 세 번째 같은 말을 하고 있어요",
    "환불 접수한 게 지난달인데 담당자마다 말이 다르고 확인해 준다더니 연락 한 통 없네요. 제가 언제까지 기다려야 하는지 답답해 죽겠어요. 오늘 안으로 답을 주세요",
];

/// What came of one request.
pub(crate) enum Sample {
    /// It was answered by one set, so fast.
    Answered(Duration),
    /// It was answered, and the answer is not that of its version.
    Mixed(Duration),
    /// It was not answered with 200.
    Failed,
}

impl Sample {
    /// How long the answer took.
    pub(crate) fn latency(&self) -> Option<Duration> {
        match self {
            Self::Answered(took) | Self::Mixed(took) => Some(*took),
            Self::Failed => None,
        }
    }
}

/// A connection that is kept.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Self(BufReader::new(stream))
    }

    /// Posts a message; the body of the answer, where its status is 200.
    pub(crate) fn analyze(&mut self, text: &str) -> Option<Vec<u8>> {
        let body = json!({ "text": text }).to_string();
        let request = format!(
            "POST /v1/analyze HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).ok()?;
        let mut line = String::new();
        self.0.read_line(&mut line).ok()?;
        let sound = line.starts_with("HTTP/1.1 200 ");
        let mut length = 0;
        loop {
            line.clear();
            self.0.read_line(&mut line).ok()?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().ok()?;
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).ok()?;
        sound.then_some(body)
    }
}

/// The version that answered and the weight of the probe in the answer, where it is there.
pub(crate) fn version_and_weight(body: &[u8]) -> Option<(String, Option<String>)> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let signals = answer["signals"].as_array()?.iter();
    let mut matches = signals.filter_map(|signal| signal["matches"].as_array()).flatten();
    let probe = matches.find(|hit| hit["entry"] == PROBE).map(|hit| hit["weight"].to_string());
    Some((answer["versions"]["lexicon"].as_str()?.to_owned(), probe))
}

/// Sends a message whenever one is due. One that is due while another is still waited for has been
/// waiting since it was due: a slow answer must not hide those behind it.
pub(crate) fn load(
    port: u16,
    first: Instant,
    pause: Duration,
    length: Duration,
    weights: &Weights,
) -> Vec<Sample> {
    let mut connection = Connection::open(port);
    let mut samples = Vec::new();
    let mut free = Instant::now();
    let mut due = first;
    for (place, text) in MESSAGES.iter().enumerate().cycle() {
        if due >= first + length {
            break;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let begun = if free > due { due } else { Instant::now() };
        let body = connection.analyze(text);
        free = Instant::now();
        let took = free - begun;
        samples.push(match body {
            Some(body) if is_whole(&body, place, weights) => Sample::Answered(took),
            Some(_) => Sample::Mixed(took),
            None => {
                connection = Connection::open(port);
                Sample::Failed
            }
        });
        due += pause;
    }
    samples
}

/// Whether an answer is that of the version that it names.
fn is_whole(body: &[u8], place: usize, weights: &Weights) -> bool {
    version_and_weight(body).is_some_and(|(version, weight)| {
        weights.get(&version).and_then(|of_version| of_version.get(place)) == Some(&weight)
    })
}
