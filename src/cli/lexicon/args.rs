//! Arguments of the commands that write lexicon files or look at them as a whole.

use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// As what.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: SheetFormat,
    /// The workbook, or the folder of the CSV files.
    #[arg(long, value_name = "PATH")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum SheetFormat {
    /// A folder with a file for each kind of item.
    Csv,
    /// A workbook with a sheet for each kind of item.
    Xlsx,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The workbook, a CSV file, or a folder of CSV files, as `export` names them.
    pub(crate) path: PathBuf,
    /// The folder of lexicon files.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
    /// Show what would change and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Remove items that have no row; without it they are listed and stay.
    #[arg(long)]
    pub(crate) prune: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FmtArgs {
    /// The folder; without it, that of `--lexicons`.
    #[arg(conflicts_with = "lexicons")]
    pub(crate) dir: Option<PathBuf>,
    /// Write nothing; list the files that would change and fail if there are any.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    /// Messages to count hits in: a TSV with a column `text` (labels give the precision of each entry),
    /// JSON lines, or one message a line.
    #[arg(long, value_name = "FILE")]
    pub(crate) corpus: Option<PathBuf>,
    /// How to show it.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: StatsFormat,
    /// How many of the most frequent entries to list.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    /// List every item that no message of the corpus hits.
    #[arg(long, requires = "corpus")]
    pub(crate) never: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum StatsFormat {
    /// For a terminal.
    Text,
    /// For a page.
    Markdown,
    /// For programs: every item with its counts.
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The file that gets the entry, such as `signals/anger.toml` of the folder.
    #[arg(long, value_name = "FILE")]
    pub(crate) into: Option<PathBuf>,
    /// A dictionary form such as 답답하다; may be given several times.
    #[arg(long, value_name = "FORM", allow_hyphen_values = true)]
    pub(crate) form: Vec<String>,
    /// Its class; guessed from the form if left out.
    #[arg(long, value_name = "CLASS")]
    pub(crate) class: Option<String>,
    /// A signal; may be given several times. The first one chooses the file if `--into` does not.
    #[arg(long, value_name = "SIGNAL")]
    pub(crate) signal: Vec<String>,
    /// Evidence for frustration: 1 mild, 2 clear, 4 severe, negative for what calms.
    #[arg(long, value_name = "WEIGHT", allow_hyphen_values = true)]
    pub(crate) weight: Option<f64>,
    /// A sentence that must be hit; may be given several times.
    #[arg(long, value_name = "SENTENCE", allow_hyphen_values = true)]
    pub(crate) hit: Vec<String>,
    /// A sentence that must not be hit; may be given several times.
    #[arg(long, value_name = "SENTENCE", allow_hyphen_values = true)]
    pub(crate) miss: Vec<String>,
    /// A note for the reader.
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// The id; romanized from the form if left out.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Write without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}
