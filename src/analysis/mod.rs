//! What we conclude: the way of a message from its text to a decision. The file to read first.
//!
//! [`Analyzer`] is immutable and shared; each worker owns a [`Scratch`] of buffers. All that can
//! fail is settled in [`Analyzer::build`]; analyzing a message cannot fail.

mod check;
mod policy;
mod recommender;
mod scope;
mod scorer;

pub use check::check;
pub use policy::Policy;
pub use scope::Shift;
pub use scorer::{Assessment, Evidence, Scorer, SignalScore};

use crate::domain::{Channel, Decision, Effort, MessageText, Path, Role};
use crate::lexicon::{Lexicon, Match};
use crate::phrases::{Phrase, PhraseBank, check_kinds};
use crate::resource::{Diagnostics, Resources};
use crate::text::{Normalized, Normalizer};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A message to analyze.
#[derive(Debug, Clone, Copy)]
pub struct Message<'t> {
    /// Its text.
    pub text: MessageText<'t>,
    /// Who wrote it.
    pub role: Role,
    /// Where.
    pub channel: Channel,
    /// How many lines to recommend at most.
    pub max_apologies: usize,
    /// The day, for lines with a season.
    pub today: Date,
}

/// Buffers that one worker reuses from message to message.
#[derive(Debug, Default)]
pub struct Scratch {
    normalized: Normalized,
    matches: Vec<Match>,
}

impl Scratch {
    /// The normalized text of the message analyzed last.
    pub const fn normalized(&self) -> &Normalized {
        &self.normalized
    }

    /// All hits in the message analyzed last, shifters and exceptions among them.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }
}

/// What was concluded about a message.
#[derive(Debug, Clone)]
pub struct Analysis<'a> {
    /// Level, score, sentiment, signals and their evidence.
    pub assessment: Assessment,
    /// Customer effort on the five criteria.
    pub effort: Effort,
    /// What should happen next.
    pub decision: Decision,
    /// Lines that may be said, the best fitting first.
    pub apologies: Vec<&'a Phrase>,
}

/// The analyzer: lexicon, scoring, policy and phrases of one lexicon folder.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
    scorer: Scorer,
    policy: Policy,
    phrases: PhraseBank,
}

impl Analyzer {
    /// Compiles everything in a lexicon folder; on any error all findings are returned and nothing
    /// is half-loaded.
    pub fn build(resources: &Resources) -> Result<Self, Diagnostics> {
        let mut problems = Diagnostics::default();
        let lexicon = Lexicon::compile(resources, &mut problems);
        let scorer = Scorer::load(resources, &mut problems);
        let policy = Policy::load(resources, &mut problems);
        let phrases = PhraseBank::load(resources, &mut problems);
        let paths: BTreeSet<Path> = policy.iter().flat_map(Policy::paths).collect();
        for path in paths {
            check_kinds(&phrases, recommender::kinds(path), &mut problems);
        }
        match (lexicon, scorer, policy, problems.has_errors()) {
            (Some(lexicon), Some(scorer), Some(policy), false) => {
                Ok(Self { lexicon, scorer, policy, phrases })
            }
            _ => Err(problems),
        }
    }

    /// The lexicon.
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The policy.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The phrase bank.
    pub const fn phrases(&self) -> &PhraseBank {
        &self.phrases
    }

    /// Reads a message: normalize, match, score. Synchronous; holds no clock and does no I/O.
    pub fn assess(&self, text: MessageText<'_>, scratch: &mut Scratch) -> Assessment {
        Normalizer.normalize(text.as_str(), &mut scratch.normalized);
        self.lexicon.find(&scratch.normalized, &mut scratch.matches);
        self.scorer.score(&self.lexicon, scratch.normalized.plain(), &scratch.matches)
    }

    /// Reads a message and decides what should happen next.
    ///
    /// Only messages of customers are judged; those of bots and agents come back without evidence.
    pub fn analyze(&self, message: &Message<'_>, scratch: &mut Scratch) -> Analysis<'_> {
        let assessment = if message.role == Role::Customer {
            self.assess(message.text, scratch)
        } else {
            Normalizer.normalize("", &mut scratch.normalized);
            scratch.matches.clear();
            self.scorer.score(&self.lexicon, &[], &[])
        };
        let present = assessment.signals.iter().map(|signal| (signal.signal, signal.score));
        let effort = self.policy.effort(present);
        let decision = self.policy.decide(assessment.level, assessment.present);
        let occasion = recommender::Occasion {
            decision: &decision,
            level: assessment.level,
            channel: message.channel,
            today: message.today,
            seed: recommender::seed(scratch.normalized.letters()),
        };
        let apologies = recommender::recommend(&self.phrases, occasion, message.max_apologies);
        Analysis { assessment, effort, decision, apologies }
    }
}
