//! `/v1/lexicon/entries` and `nunchi lexicon show`: the items of the lexicon, one by one.

use crate::analysis::Analyzer;
use crate::domain::Signal;
use crate::lexicon::{
    At, Class, FormRefused, Inflections, Item, ItemDetails, ItemKind, Role, ShifterKind, Side,
    Target,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Items that a search finds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntriesBody {
    /// How many there are, on this page and others.
    pub total: usize,
    /// Those of this page: first what matches the text that was asked for, then what holds it.
    pub entries: Vec<EntryBody>,
    /// The id to send as `after` for the next page; null on the last.
    pub next: Option<String>,
}

/// An entry, exception or shifter. What a kind does not have is null.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryBody {
    /// Stable id.
    pub id: String,
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// Dictionary forms as written.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// Evidence for frustration in level points; of entries.
    pub weight: Option<f64>,
    /// Probability that a hit means the signals; of entries.
    pub confidence: Option<f64>,
    /// Signals that a hit shows; of an exception those it covers.
    pub signals: Vec<Signal>,
    /// What the weight of a hit is multiplied by; of shifters.
    pub factor: Option<f64>,
    /// Path of its file inside the folder.
    pub file: String,
    /// Line of its table, from 1.
    pub line: usize,
    /// For the reader.
    pub note: String,
}

/// An entry, exception or shifter with all that its file says. What a kind does not have is null.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryDetailBody {
    /// What lists show of it too.
    #[serde(flatten)]
    pub entry: EntryBody,
    /// Sentences that must be hit.
    pub hits: Vec<String>,
    /// Sentences that must not be hit.
    pub misses: Vec<String>,
    /// Where in an eojeol; null where the length of the form decides.
    pub at: Option<At>,
    /// Window of `…` in syllables; null for the default.
    pub gap: Option<u8>,
    /// Whether disguised spellings match too.
    pub disguise: bool,
    /// Signals whose hits an exception covers; null: all evidence of frustration, but not praise.
    pub covers: Option<Vec<Signal>>,
    /// Which way a shifter changes what it stands by.
    pub shifter: Option<ShifterKind>,
    /// On which side of a hit a shifter stands.
    pub side: Option<Side>,
    /// At most so many characters stand between it and the hit.
    pub within: Option<usize>,
    /// Which hits a shifter works on; null: all.
    pub only: Option<Target>,
    /// Sentences in which a shifter must shift some hit.
    pub shifts: Vec<String>,
    /// Sentences in which a shifter must switch nothing off.
    pub keeps: Vec<String>,
    /// What each of its forms matches.
    pub inflections: Vec<InflectionBody>,
}

/// What one form matches.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InflectionBody {
    /// The form as written.
    pub form: String,
    /// The class that it is inflected by.
    pub class: Class,
    /// The stems that its inflected forms begin with; of a phrase the combinations of its
    /// alternatives, at most 24.
    pub stems: Vec<String>,
    /// Inflected forms that the matcher finds.
    pub examples: Vec<String>,
}

/// Forms to inflect.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "forms": ["답답하다"], "class": "하다" }))]
pub struct InflectionsRequest {
    /// Dictionary forms.
    #[schema(min_items = 1, max_items = 50)]
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// Window of `…` in syllables.
    #[serde(default)]
    pub gap: Option<u8>,
    /// Where in an eojeol.
    #[serde(default)]
    pub at: Option<At>,
}

/// What forms match.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InflectionsBody {
    /// One for each form, in the order asked.
    pub inflections: Vec<InflectionBody>,
}

impl From<&Item> for EntryBody {
    fn from(item: &Item) -> Self {
        let (weight, confidence) = match &item.role {
            Role::Entry(entry) => (Some(entry.weight), Some(entry.confidence)),
            _ => (None, None),
        };
        let factor = match &item.role {
            Role::Shifter(shifter) => Some(shifter.factor),
            _ => None,
        };
        Self {
            id: item.id.clone(),
            kind: item.kind(),
            forms: item.forms.clone(),
            class: item.class,
            weight,
            confidence,
            signals: item.signals().iter().collect(),
            factor,
            file: item.file.clone(),
            line: item.line,
            note: item.note.clone(),
        }
    }
}

impl EntryDetailBody {
    /// Describes an item of the lexicon that an analyzer has loaded.
    pub fn new(analyzer: &Analyzer, item: &Item) -> Self {
        let details = analyzer.details().of(item).cloned().unwrap_or_default();
        let ItemDetails { hits, misses, shifts, keeps, at, gap, disguise, .. } = details;
        let covers = match &item.role {
            Role::Exception { covers } => covers.map(|covers| covers.iter().collect()),
            _ => None,
        };
        let shifter = match &item.role {
            Role::Shifter(shifter) => Some(shifter),
            _ => None,
        };
        let forms = item.forms.iter();
        // A loaded lexicon holds no form that its class refuses.
        let inflections =
            forms.filter_map(|form| analyzer.lexicon().inflections(form, item.class, at, gap).ok());
        Self {
            entry: item.into(),
            hits,
            misses,
            at,
            gap,
            disguise,
            covers,
            shifter: shifter.map(|shifter| shifter.kind),
            side: shifter.map(|shifter| shifter.side),
            within: shifter.map(|shifter| shifter.within),
            only: shifter.and_then(|shifter| shifter.only),
            shifts,
            keeps,
            inflections: inflections.map(InflectionBody::from).collect(),
        }
    }
}

impl From<Inflections> for InflectionBody {
    fn from(Inflections { form, class, stems, examples }: Inflections) -> Self {
        Self { form, class, stems, examples }
    }
}

impl InflectionsRequest {
    /// What the forms match; else the place of the first that does not fit its class, and why.
    pub fn answer(&self, analyzer: &Analyzer) -> Result<InflectionsBody, (usize, FormRefused)> {
        let inflected = self.forms.iter().enumerate().map(|(place, form)| {
            let inflections = analyzer.lexicon().inflections(form, self.class, self.at, self.gap);
            inflections.map(InflectionBody::from).map_err(|refused| (place, refused))
        });
        Ok(InflectionsBody { inflections: inflected.collect::<Result<_, _>>()? })
    }
}
