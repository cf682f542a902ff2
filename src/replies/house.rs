//! `replies.toml`: what a house wants otherwise than the rules say, and what is said of templates.

use super::rule::RuleSeverity;
use crate::domain::coded_enum;
use crate::resource::{Diagnostics, Resources, read_root};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where it stands in a lexicon folder.
pub(super) const HOUSE_FILE: &str = "replies.toml";

coded_enum! {
    /// What can be wrong with a line of the phrase bank in a reply.
    pub enum TemplateFault as "template fault" {
        /// It was shown to this customer already.
        Used = "used",
        /// Its last day has passed.
        Expired = "expired",
        /// It belongs to another time of the year.
        OutOfSeason = "out_of_season",
        /// It was not written for this channel.
        WrongChannel = "wrong_channel",
        /// A slot in braces was not filled.
        OpenSlot = "open_slot",
    }
}

impl TemplateFault {
    /// The id by which the finding is named and switched off.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Used => "template.used",
            Self::Expired => "template.expired",
            Self::OutOfSeason => "template.out_of_season",
            Self::WrongChannel => "template.wrong_channel",
            Self::OpenSlot => "template.open_slot",
        }
    }
}

/// How bad a fault is and what is said of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateRow {
    pub(super) severity: RuleSeverity,
    pub(super) message: String,
}

/// The house's own settings.
#[derive(Debug, Clone, Default)]
pub(super) struct House {
    /// Rules that do not hold here.
    pub(super) off: Vec<String>,
    /// Rules that weigh more or less here.
    pub(super) severity: BTreeMap<String, RuleSeverity>,
    /// What follows words that are only quoted: 라고, 라는.
    pub(super) quotation: Vec<String>,
    /// Faults of templates that are looked for.
    pub(super) templates: BTreeMap<TemplateFault, TemplateRow>,
    /// Where `off` and `severity` stand, for findings about them.
    pub(super) offsets: [usize; 2],
}

impl House {
    pub(super) fn read(resources: &Resources, problems: &mut Diagnostics) -> Self {
        let Some(file) = resources.get(HOUSE_FILE) else { return Self::default() };
        let mut root = read_root(file, problems);
        let off = root.take::<Vec<String>>("off", problems);
        let severity = root.take::<BTreeMap<String, RuleSeverity>>("severity", problems);
        let quotation = root.take::<Vec<String>>("quotation", problems);
        let templates = root.take::<BTreeMap<TemplateFault, TemplateRow>>("template", problems);
        root.finish("`off`, `quotation`, [severity] and [template.<fault>] tables", problems);
        let offset = |at: Option<usize>| at.unwrap_or_default();
        Self {
            offsets: [
                offset(off.as_ref().map(|one| one.offset)),
                offset(severity.as_ref().map(|one| one.offset)),
            ],
            off: off.map(|one| one.value).unwrap_or_default(),
            severity: severity.map(|one| one.value).unwrap_or_default(),
            quotation: quotation.map(|one| one.value).unwrap_or_default(),
            templates: templates.map(|one| one.value).unwrap_or_default(),
        }
    }
}
