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
    /// How many of the most frequent items to list.
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
