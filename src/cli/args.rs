//! Arguments as typed.

use super::lexicon::args::{ExportArgs, FmtArgs, ImportArgs, NewArgs, StatsArgs};
use clap::{Args, Parser, Subcommand};
use nunchi::domain::{Channel, Signal};
use std::path::PathBuf;

/// Reads Korean customer-chat messages: how frustrated, why, and what should happen next.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Without a command the service is started.
    #[command(flatten)]
    pub(crate) serve: ServeArgs,
}

/// What to judge by; the same for every command.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct DataArgs {
    /// Folder of lexicon files instead of the embedded ones (or `NUNCHI_LEXICONS__DIR`).
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) lexicons: Option<PathBuf>,
    /// Folder of a model instead of the embedded one (or `NUNCHI_CLASSIFIER__DIR`).
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) model: Option<PathBuf>,
    /// Which messages the classifier judges: always, uncertain or off (or `NUNCHI_CLASSIFIER__MODE`).
    #[arg(long, value_name = "MODE", global = true)]
    pub(crate) classifier: Option<String>,
}

#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ServeArgs {
    /// Address to listen on.
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// Settings file; config/default.toml in the repository shows every key.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

impl ServeArgs {
    /// Whether nothing was given.
    pub(crate) const fn is_empty(&self) -> bool {
        self.host.is_none() && self.port.is_none() && self.config.is_none()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the HTTP service (the default command).
    Serve(ServeArgs),
    /// Analyze messages: the argument, or one message a line on standard input.
    Analyze(AnalyzeArgs),
    /// Show how a message is read: normalized text, tokens, matches, contributions, decision.
    Explain(ExplainArgs),
    /// Check what a bot or an agent is about to say.
    Reply(ReplyArgs),
    /// Work on lexicon files.
    Lexicon(LexiconArgs),
    /// Work on a model folder.
    Model(ModelArgs),
    /// Score whole logs: JSON lines, CSV or TSV in and out.
    Score(ScoreArgs),
    /// Measure quality on labelled messages (TSV of the annotation guideline).
    Eval(EvalArgs),
    /// Work on what people said of answers (`POST /v1/feedback`).
    Feedback(FeedbackArgs),
}

#[derive(Debug, Args)]
pub(crate) struct FeedbackArgs {
    #[command(subcommand)]
    pub(crate) command: FeedbackCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FeedbackCommand {
    /// Write the feedback that has a text and a label as rows that `eval`, `lexicon diff` and
    /// `lexicon mine` read.
    Export(FeedbackExportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct FeedbackExportArgs {
    /// The folder of `feedback.dir`, or the file feedback.jsonl in it.
    #[arg(value_name = "FILE_OR_DIR")]
    pub(crate) from: PathBuf,
    /// Where the rows go; without it, to standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How to write them.
    #[arg(long, value_name = "FORMAT", default_value = "tsv")]
    pub(crate) format: ExportFormat,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    /// The table of the annotation guideline.
    Tsv,
    /// JSON lines with the same fields, and what was said of which answer.
    Jsonl,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// The message; without it each line of standard input is one.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: Option<String>,
    /// Print the answer of the API, one JSON object a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print every entry that was hit and what it contributes, one JSON object a line.
    #[arg(long, conflicts_with = "json")]
    pub(crate) evidence: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The message; without it each line of standard input is one.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReplyArgs {
    #[command(subcommand)]
    pub(crate) command: ReplyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReplyCommand {
    /// Find blunt, blaming or careless wording in replies; fails where any has an error.
    Check(ReplyCheckArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ReplyCheckArgs {
    /// The reply; without it each line of standard input is one.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: Option<String>,
    /// Print the answer of the API, one JSON object a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where the replies go: chat, email, sms or voice.
    #[arg(long, value_name = "CHANNEL", default_value = "chat")]
    pub(crate) channel: Channel,
    /// A rule that does not hold; may be given several times.
    #[arg(long, value_name = "RULE")]
    pub(crate) off: Vec<String>,
    /// A phrase of the bank that the customer has seen; may be given several times.
    #[arg(long, value_name = "PHRASE")]
    pub(crate) used: Vec<String>,
    /// A signal of the customer's message, such as profanity; may be given several times.
    #[arg(long, value_name = "SIGNAL")]
    pub(crate) signal: Vec<Signal>,
}

#[derive(Debug, Args)]
pub(crate) struct LexiconArgs {
    #[command(subcommand)]
    pub(crate) command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    /// Check all lexicon files and run every example in them.
    Check(CheckArgs),
    /// Show what a change of the lexicons does to a corpus of messages.
    Diff(DiffArgs),
    /// Add an entry: asks for what no flag says, tries its examples, and writes it.
    New(NewArgs),
    /// Bring lexicon files into their layout; comments and data stay.
    Fmt(FmtArgs),
    /// Write the lexicons as spreadsheets: one XLSX workbook, or a folder of CSV files.
    Export(ExportArgs),
    /// Bring edited spreadsheets back into lexicon files; only edited fields change.
    Import(ImportArgs),
    /// Count what is in the lexicons, and what of it a corpus hits.
    Stats(StatsArgs),
    /// Show an entry, exception or shifter with all forms that it matches.
    Show(ShowArgs),
    /// Suggest entries: expressions of frustrated messages that the lexicon does not find.
    Mine(MineArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// An id such as `anger.dapdap`, the begin of ids such as `anger.`, or Korean text: then all that
    /// match it, the best first.
    #[arg(value_name = "ID_OR_TEXT")]
    pub(crate) wanted: String,
    /// Print the answer of the API: one item in full, or a list where there are several.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// How to show the findings: for a terminal, as a JSON array, or for editors and code hosts.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: FindingsFormat,
    /// Fail on warnings too.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// A list of texts, one a line, that no entry may hit, beside the ordinary words of the program.
    #[arg(long, value_name = "FILE")]
    pub(crate) ordinary: Option<PathBuf>,
    /// Say what a code such as L007 means, and check nothing.
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
    /// The same as `--format json`.
    #[arg(long, hide = true, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum FindingsFormat {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for editors and code hosts.
    Sarif,
}

#[derive(Debug, Args)]
pub(crate) struct MineArgs {
    /// Messages: a TSV with columns `text` and `frustration` or `level`, or labelled JSON lines; or
    /// messages without labels (a column `text`, JSON lines, or one a line), which the classifier
    /// then judges: mined are those where it is sure and the lexicon silent.
    #[arg(long, value_name = "FILE")]
    pub(crate) corpus: PathBuf,
    /// How to show them: for a terminal, for programs, or as drafts of entries.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: MineFormat,
    /// How many to suggest.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) top: usize,
    /// Messages of this level and more are frustrated; those of level 0 are calm.
    #[arg(long, value_name = "LEVEL", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub(crate) level: u8,
    /// Frustrated messages that an expression must stand in.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) min_count: usize,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum MineFormat {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
    /// Drafts of entries, without examples.
    Toml,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The lexicons before: a folder, `embedded`, or a git revision such as `HEAD` or `main:lexicons`.
    pub(crate) old: String,
    /// The lexicons after, named in the same way.
    pub(crate) new: String,
    /// Messages: a TSV with a column `text` (labels give figures before and after), JSON lines, or
    /// one message a line.
    #[arg(long, value_name = "FILE")]
    pub(crate) corpus: PathBuf,
    /// How to show it: for a terminal, for a pull request, for programs, or as a page that needs
    /// nothing else.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Where the report goes instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How many messages to show; 20 where not given, 300 in a page.
    #[arg(long, value_name = "N")]
    pub(crate) samples: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
    /// One page with plots, to be opened in a browser.
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    pub(crate) command: ModelCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Check the files of a model, run it, and say what is wrong and how to mend it.
    Check {
        /// The folder; without it, the model of `--model` or the embedded one.
        #[arg(conflicts_with = "model")]
        dir: Option<PathBuf>,
        /// Print the findings as a JSON array.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Labelled messages: tab-separated with a header line.
    pub(crate) file: PathBuf,
    /// Print the figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// How many of the worst rows to list.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) worst: usize,
    /// The file holds neutral texts (column `text`, or one text a line): report false alarms only.
    #[arg(long)]
    pub(crate) neutral: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// The log: .jsonl, .csv or .tsv.
    pub(crate) input: PathBuf,
    /// Where the scored log goes: .jsonl, .csv or .tsv.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The column or key that holds the message.
    #[arg(long, default_value = "text", value_name = "NAME")]
    pub(crate) text: String,
}
