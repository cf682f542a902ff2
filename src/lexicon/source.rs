//! Lexicon files as written: entries, exceptions and shifters, with their places.

use super::class::Class;
use crate::domain::Signal;
use crate::resource::{Diagnostics, Located, Resources, SourceFile, read_root};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Every example sentence of the entries and exceptions, in the order of the files.
pub fn examples(resources: &Resources) -> Vec<String> {
    let source = LexiconSource::read(resources, &mut Diagnostics::default());
    let entries = source.entries.into_iter().map(|placed| (placed.value.hits, placed.value.misses));
    let exceptions = source.exceptions.into_iter();
    let exceptions = exceptions.map(|placed| (placed.value.hits, placed.value.misses));
    entries.chain(exceptions).flat_map(|(hits, misses)| hits.into_iter().chain(misses)).collect()
}

/// Folders of a lexicon and what stands in them.
pub(crate) const SIGNALS: &str = "signals/";
pub(crate) const EXCEPTIONS: &str = "exceptions/";
pub(crate) const SHIFTERS: &str = "shifters/";

/// Where in an eojeol a form may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// At the begin of an eojeol, after a mark or jamo, or after an opener (아, 진짜).
    EojeolStart,
    /// Anywhere.
    Anywhere,
    /// The eojeol is the form and at most a josa or copula.
    WholeEojeol,
    /// The message is the form and nothing else.
    WholeMessage,
}

/// Which way a shifter changes what it stands by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ShifterKind {
    /// Switches off: 안, -지 않다, 아니다.
    Negator,
    /// Strengthens: 너무, 진짜.
    Intensifier,
    /// Weakens: 좀, 약간.
    Softener,
    /// Mentions rather than means: 라는 말.
    Quotation,
}

/// On which side of a hit a shifter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Before the hit.
    Before,
    /// After the hit.
    After,
}

/// Which hits a shifter works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Hits of predicates and of phrases that end in one.
    Predicate,
    /// All other hits.
    Noun,
}

/// `[[entry]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntrySource {
    /// Stable id.
    pub id: String,
    /// Dictionary forms.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// Evidence for frustration in level points.
    pub weight: f64,
    /// Signals; the file's if absent.
    pub signals: Option<Vec<Signal>>,
    /// How surely a hit means the signal.
    pub confidence: Option<f64>,
    /// Where in an eojeol.
    pub at: Option<At>,
    /// Window of `…` in syllables.
    pub gap: Option<u8>,
    /// Whether disguised spellings match too; the file's if absent.
    pub disguise: Option<bool>,
    /// Sentences that must be hit.
    #[serde(default)]
    pub hits: Vec<String>,
    /// Sentences that must not be hit.
    #[serde(default)]
    pub misses: Vec<String>,
    /// For the reader.
    #[serde(default)]
    pub note: String,
}

/// `[[exception]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExceptionSource {
    /// Stable id.
    pub id: String,
    /// Dictionary forms.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// Signals whose hits it covers; absent: all evidence of frustration, but not praise.
    pub covers: Option<Vec<Signal>>,
    /// Where in an eojeol.
    pub at: Option<At>,
    /// Window of `…` in syllables.
    pub gap: Option<u8>,
    /// Sentences that must be hit.
    #[serde(default)]
    pub hits: Vec<String>,
    /// Sentences that must not be hit.
    #[serde(default)]
    pub misses: Vec<String>,
    /// For the reader.
    #[serde(default)]
    pub note: String,
}

/// `[[shifter]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShifterSource {
    /// Stable id.
    pub id: String,
    /// Forms.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// On which side of the hit it stands.
    pub side: Side,
    /// At most this many syllables between.
    pub within: u8,
    /// What the weight of the hit is multiplied by.
    pub factor: f64,
    /// Which hits; absent: all.
    pub only: Option<Vec<Target>>,
    /// Where in an eojeol.
    pub at: Option<At>,
    /// Window of `…` in syllables.
    pub gap: Option<u8>,
    /// Sentences in which the shifter itself must be found.
    #[serde(default)]
    pub hits: Vec<String>,
    /// Sentences in which it must not be found.
    #[serde(default)]
    pub misses: Vec<String>,
    /// Sentences in which it must shift some hit.
    #[serde(default)]
    pub shifts: Vec<String>,
    /// Sentences in which no hit may be switched off.
    #[serde(default)]
    pub keeps: Vec<String>,
    /// For the reader.
    #[serde(default)]
    pub note: String,
}

/// One entry, exception or shifter with its place and the defaults of its file.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub(crate) file: usize,
    pub(crate) offset: usize,
    pub(crate) value: T,
}

/// Everything that the lexicon files hold.
#[derive(Debug, Default)]
pub(crate) struct LexiconSource<'r> {
    /// In the order in which they were read.
    pub(crate) files: Vec<&'r SourceFile>,
    pub(crate) entries: Vec<Placed<EntrySource>>,
    pub(crate) exceptions: Vec<Placed<ExceptionSource>>,
    pub(crate) shifters: Vec<Placed<(ShifterKind, ShifterSource)>>,
}

impl<'r> LexiconSource<'r> {
    /// Reads all lexicon files, with file defaults filled in.
    pub(crate) fn read(resources: &'r Resources, problems: &mut Diagnostics) -> Self {
        let mut source = Self::default();
        for file in resources.below(SIGNALS) {
            source.read_entries(file, problems);
        }
        for file in resources.below(EXCEPTIONS) {
            let index = source.add_file(file);
            let mut root = read_root(file, problems);
            let exceptions = root.take_array("exception", problems);
            source.exceptions.extend(exceptions.into_iter().map(|e| placed(index, e)));
            root.finish("[[exception]] tables", problems);
        }
        for file in resources.below(SHIFTERS) {
            source.read_shifters(file, problems);
        }
        source
    }

    /// Takes a file in and says by which number its items name it.
    pub(crate) fn add_file(&mut self, file: &'r SourceFile) -> usize {
        self.files.push(file);
        self.files.len() - 1
    }

    fn read_entries(&mut self, file: &'r SourceFile, problems: &mut Diagnostics) {
        let index = self.add_file(file);
        let mut root = read_root(file, problems);
        let signals = root.take::<Vec<Signal>>("signals", problems).map(|located| located.value);
        let disguise = root.take::<bool>("disguise", problems).is_some_and(|located| located.value);
        let entries = root.take_array::<EntrySource>("entry", problems);
        root.finish("`signals`, `disguise` and [[entry]] tables", problems);
        self.entries.extend(entries.into_iter().map(|mut entry| {
            entry.value.signals = entry.value.signals.or_else(|| signals.clone());
            entry.value.disguise = entry.value.disguise.or(Some(disguise));
            placed(index, entry)
        }));
    }

    fn read_shifters(&mut self, file: &'r SourceFile, problems: &mut Diagnostics) {
        let index = self.add_file(file);
        let mut root = read_root(file, problems);
        let kind = root.take::<ShifterKind>("kind", problems);
        let shifters = root.take_array::<ShifterSource>("shifter", problems);
        root.finish("`kind` and [[shifter]] tables", problems);
        match kind {
            Some(Located { value: kind, .. }) => {
                self.shifters.extend(shifters.into_iter().map(|shifter| Placed {
                    file: index,
                    offset: shifter.offset,
                    value: (kind, shifter.value),
                }));
            }
            None => problems.push(file.diagnostic(
                crate::resource::Severity::Error,
                "L003",
                0,
                "the file does not say what kind of shifters it holds",
                "write kind = \"negator\", \"intensifier\", \"softener\" or \"quotation\" at its top",
            )),
        }
    }
}

fn placed<T>(file: usize, located: Located<T>) -> Placed<T> {
    Placed { file, offset: located.offset, value: located.value }
}
