//! What reloads cost the requests that run beside them: the real program under a steady load, for some
//! seconds as it is and for some seconds reloading without a pause, by turns in one run.
//!
//! `cargo bench --bench reload_under_load` builds the program with the bench profile; with
//! `-- --server target/release/nunchi` it takes what users ship. `NUNCHI_…` variables reach the
//! server, so `NUNCHI_CLASSIFIER__MODE=off` leaves the model out.
//!
//! Fails if a request fails, if an answer mixes two sets of lexicons, or if the 99th percentile while
//! reloading is over three times that of quiet seconds.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark fails by panicking")]
#![expect(clippy::print_stdout, reason = "the figures are for people")]

mod client;
mod server;

use clap::Parser;
use client::{Sample, Weights};
use server::Server;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How much slower the slowest of a hundred requests may be.
const ALLOWED: f64 = 3.0;

/// Measures what reloads cost the requests beside them.
#[derive(Debug, Parser)]
struct Arguments {
    /// The program to measure.
    #[arg(long, default_value = env!("CARGO_BIN_EXE_nunchi"))]
    server: PathBuf,
    /// Seconds of each turn.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Turns of each kind.
    #[arg(long, default_value_t = 5)]
    turns: usize,
    /// Connections.
    #[arg(long, default_value_t = 4)]
    connections: u32,
    /// Requests a second, over all connections.
    #[arg(long, default_value_t = 400)]
    rate: u32,
    /// What `cargo bench` passes to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What was seen in the turns of one kind.
#[derive(Default)]
struct Seen {
    latencies: Vec<Duration>,
    failed: usize,
    mixed: usize,
    reloads: Vec<Duration>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let server = Server::start(&arguments.server);
    let weights = server.learn();
    let warm_up = Duration::from_secs(1);
    turn(&arguments, &server, &weights, warm_up, false);
    let (mut quiet, mut reloading) = (Seen::default(), Seen::default());
    let length = Duration::from_secs(arguments.seconds);
    for _ in 0..arguments.turns {
        quiet.add(turn(&arguments, &server, &weights, length, false));
        reloading.add(turn(&arguments, &server, &weights, length, true));
    }
    let Arguments { connections, rate, turns, seconds, .. } = &arguments;
    println!(
        "{rate} requests a second over {connections} connections, {turns} times {seconds} s each, by turns"
    );
    quiet.print("quiet");
    reloading.print("reloading");
    let ratio = millis(reloading.percentile(99)) / millis(quiet.percentile(99));
    println!("p99 while reloading / p99 quiet: {ratio:.2} (allowed {ALLOWED:.0})");
    let sound = [&quiet, &reloading].iter().all(|seen| seen.failed == 0 && seen.mixed == 0);
    let measured = !reloading.reloads.is_empty() && !quiet.latencies.is_empty();
    if sound && measured && ratio <= ALLOWED { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Some seconds of load, with or without reloads beside it.
fn turn(
    arguments: &Arguments,
    server: &Server,
    weights: &Weights,
    length: Duration,
    reloading: bool,
) -> Seen {
    let done = AtomicBool::new(false);
    let pause = Duration::from_secs(1) * arguments.connections / arguments.rate;
    std::thread::scope(|scope| {
        let begin = Instant::now();
        let clients: Vec<_> = (0..arguments.connections)
            .map(|number| {
                // Evenly spread, so that the connections do not all send at once.
                let first = begin + pause * number / arguments.connections;
                let port = server.port();
                scope.spawn(move || client::load(port, first, pause, length, weights))
            })
            .collect();
        let reloads = reloading.then(|| {
            scope.spawn(|| {
                let mut took = Vec::new();
                while !done.load(Ordering::Relaxed) {
                    took.push(server.reload_another());
                }
                took
            })
        });
        let samples: Vec<Sample> =
            clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
        done.store(true, Ordering::Relaxed);
        let reloads = reloads.map(|reloads| reloads.join().unwrap()).unwrap_or_default();
        Seen {
            latencies: samples.iter().filter_map(Sample::latency).collect(),
            failed: samples.iter().filter(|sample| matches!(sample, Sample::Failed)).count(),
            mixed: samples.iter().filter(|sample| matches!(sample, Sample::Mixed(_))).count(),
            reloads,
        }
    })
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.failed += other.failed;
        self.mixed += other.mixed;
        self.reloads.extend(other.reloads);
    }

    fn percentile(&self, percent: usize) -> Duration {
        percentile(&self.latencies, percent)
    }

    fn print(&self, name: &str) {
        let (requests, failed, mixed) = (self.latencies.len(), self.failed, self.mixed);
        print!("{name:<10} {requests} answers, {failed} failed, {mixed} mixed");
        for percent in [50, 90, 99, 100] {
            print!("  p{percent} {:.2} ms", millis(self.percentile(percent)));
        }
        if !self.reloads.is_empty() {
            let median = millis(percentile(&self.reloads, 50));
            print!("  {} reloads of {median:.0} ms", self.reloads.len());
        }
        println!();
    }
}

/// The nearest rank.
fn percentile(durations: &[Duration], percent: usize) -> Duration {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
