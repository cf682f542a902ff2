//! What we conclude: the way of a message from its text to a decision. The file to read first.
//!
//! [`Analyzer`] is immutable and shared; each worker owns a [`Scratch`] of buffers. All that can
//! fail is settled in [`Analyzer::build`]; analyzing a message cannot fail. A message is read by the
//! lexicon ([`Analyzer::read`]), a classifier is asked where one is loaded, and both are fused and
//! judged by the policy ([`Analyzer::conclude`]); [`Analyzer::analyze`] does all three on one thread.

mod check;
mod consult;
mod fusion;
mod ordinary;
mod policy;
mod recommender;
mod retired;
mod scope;
mod scorer;
mod scoring;

pub use check::{LintScope, check, check_built, lint};
pub use consult::{Consult, Opinion};
pub use policy::Policy;
pub use scope::Shift;
pub use scorer::{Assessment, Evidence, SignalScore};
pub use scoring::Scorer;

use crate::classifier::{Classifier, ClassifierError, Session};
use crate::domain::{Channel, Decision, Effort, Level, MessageText, Path, Role, Warning};
use crate::lexicon::{Details, Lexicon, Match};
use crate::phrases::{Phrase, PhraseBank, check_kinds};
use crate::replies::{Finding, Reply, RuleBook};
use crate::resource::{Diagnostics, Resources};
use crate::text::{Normalized, Normalizer};
use consult::Consultant;
use jiff::civil::Date;
use policy::POLICY_FILE;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

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
    /// Whether a classifier may be consulted.
    pub classifier: bool,
}

/// Buffers that one worker reuses from message to message.
#[derive(Debug, Default)]
pub struct Scratch {
    normalized: Normalized,
    matches: Vec<Match>,
    /// The classifier of this thread; none where another thread or nobody is asked.
    session: Option<Session>,
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

/// What the lexicon says of a message, before anybody else is asked.
#[derive(Debug, Clone)]
pub struct Reading {
    assessment: Assessment,
    /// Varies the choice among equally fitting lines.
    seed: u64,
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
    /// What the classifier had to say.
    pub opinion: Opinion,
    /// What the lexicon alone would have said, where a verdict was fused with it.
    pub lexicon_alone: Option<LexiconAlone>,
}

impl Analysis<'_> {
    /// What the answer had to do without.
    pub const fn warning(&self) -> Option<Warning> {
        match self.opinion {
            Opinion::Missed(warning) => Some(warning),
            Opinion::NotAsked | Opinion::Heard(_) => None,
        }
    }
}

/// What the lexicon alone would have said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LexiconAlone {
    /// Its level.
    pub level: Level,
    /// Its score.
    pub score: f64,
}

/// The analyzer: lexicon, scoring, policy, phrases and rules of replies of one lexicon folder.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
    scorer: Scorer,
    policy: Policy,
    phrases: PhraseBank,
    replies: RuleBook,
    consultant: Option<Consultant>,
    resources: Resources,
    revision: String,
    /// Read when somebody first asks for it.
    details: OnceLock<Details>,
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
        let replies = RuleBook::load(resources, &phrases, &mut problems);
        if let (Some(policy), Some(file)) = (&policy, resources.get(POLICY_FILE)) {
            let paths: BTreeMap<Path, usize> = policy.paths().collect();
            for (path, offset) in paths {
                check_kinds(&phrases, recommender::kinds(path), file, offset, &mut problems);
            }
        }
        if let Some(lexicon) = &lexicon {
            retired::check(resources, lexicon, &phrases, &mut problems);
        }
        match (lexicon, scorer, policy, replies, problems.has_errors()) {
            (Some(lexicon), Some(scorer), Some(policy), Some(replies), false) => {
                let revision = resources.fingerprint(|_| true);
                let resources = resources.clone();
                let (consultant, details) = (None, OnceLock::new());
                Ok(Self {
                    lexicon,
                    scorer,
                    policy,
                    phrases,
                    replies,
                    consultant,
                    resources,
                    revision,
                    details,
                })
            }
            _ => Err(problems),
        }
    }

    /// The lexicon.
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What the files say of each item beyond what compiling keeps; read at the first call.
    pub fn details(&self) -> &Details {
        self.details.get_or_init(|| Details::read(&self.resources))
    }

    /// The policy.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The phrase bank.
    pub const fn phrases(&self) -> &PhraseBank {
        &self.phrases
    }

    /// The rules that replies are checked by.
    pub const fn replies(&self) -> &RuleBook {
        &self.replies
    }

    /// Checks a reply before it goes out. Like an analysis it cannot fail.
    pub fn check_reply(&self, reply: &Reply<'_>, scratch: &mut Scratch) -> Vec<Finding<'_>> {
        self.replies.check(&self.phrases, reply, &mut scratch.normalized, &mut scratch.matches)
    }

    /// Reads a message: normalize, match, score. Synchronous; holds no clock and does no I/O.
    pub fn assess(&self, text: MessageText<'_>, scratch: &mut Scratch) -> Assessment {
        Normalizer.normalize(text.as_str(), &mut scratch.normalized);
        self.lexicon.find(&scratch.normalized, &mut scratch.matches);
        self.scorer.score(&self.lexicon, scratch.normalized.plain(), &scratch.matches)
    }

    /// The same analyzer with a classifier beside the lexicon.
    #[must_use]
    pub fn with_classifier(self, classifier: Arc<Classifier>, consult: Consult) -> Self {
        Self { consultant: Some(Consultant { classifier, consult }), ..self }
    }

    /// The same analyzer with the classifier of another one.
    #[must_use]
    pub fn with_classifier_of(self, other: &Self) -> Self {
        Self { consultant: other.consultant.clone(), ..self }
    }

    /// The files it was built from.
    pub const fn resources(&self) -> &Resources {
        &self.resources
    }

    /// `sha256:` and the first digits of the hash of all files it was built from.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The classifier, where one is loaded.
    pub fn classifier(&self) -> Option<&Arc<Classifier>> {
        self.consultant.as_ref().map(|consultant| &consultant.classifier)
    }

    /// Buffers of a thread that also runs the classifier, where one is loaded.
    pub fn scratch(&self) -> Result<Scratch, ClassifierError> {
        let session = self.classifier().map(|classifier| classifier.session()).transpose()?;
        Ok(Scratch { session, ..Scratch::default() })
    }

    /// Reads a message by the lexicon.
    ///
    /// Only messages of customers are judged; those of bots and agents come back without evidence.
    pub fn read(&self, message: &Message<'_>, scratch: &mut Scratch) -> Reading {
        let assessment = if message.role == Role::Customer {
            self.assess(message.text, scratch)
        } else {
            Normalizer.normalize("", &mut scratch.normalized);
            scratch.matches.clear();
            self.scorer.score(&self.lexicon, &[], &[])
        };
        Reading { assessment, seed: recommender::seed(scratch.normalized.letters()) }
    }

    /// Whether the classifier should be asked about a message.
    pub fn is_classifier_wanted(&self, message: &Message<'_>, reading: &Reading) -> bool {
        let asked = message.classifier && message.role == Role::Customer;
        let consultant = self.consultant.as_ref().filter(|_| asked);
        consultant.is_some_and(|consultant| {
            consultant.wants(reading.assessment.score)
                && consultant.classifier.reads(message.text.as_str())
        })
    }

    /// Fuses what both sides say and decides what should happen next.
    pub fn conclude(
        &self,
        message: &Message<'_>,
        reading: Reading,
        opinion: Opinion,
    ) -> Analysis<'_> {
        let Reading { mut assessment, seed } = reading;
        let mut lexicon_alone = None;
        if let (Opinion::Heard(verdict), Some(consultant)) = (&opinion, &self.consultant) {
            lexicon_alone = Some(LexiconAlone { level: assessment.level, score: assessment.score });
            let layer = consultant.classifier.fusion();
            fusion::fuse(&mut assessment, verdict, layer, &self.scorer, &self.policy);
        }
        let present = assessment.signals.iter().map(|signal| (signal.signal, signal.score));
        let effort = self.policy.effort(present);
        let decision = self.policy.decide(assessment.level, assessment.present);
        let occasion = recommender::Occasion {
            decision: &decision,
            level: assessment.level,
            channel: message.channel,
            today: message.today,
            seed,
        };
        let apologies = recommender::recommend(&self.phrases, occasion, message.max_apologies);
        Analysis { assessment, effort, decision, apologies, opinion, lexicon_alone }
    }

    /// Reads a message, asks the classifier of this thread where the buffers have one, and decides.
    pub fn analyze(&self, message: &Message<'_>, scratch: &mut Scratch) -> Analysis<'_> {
        let reading = self.read(message, scratch);
        let opinion = match &mut scratch.session {
            Some(session) if self.is_classifier_wanted(message, &reading) => {
                Opinion::of(session, message.text.as_str())
            }
            _ => Opinion::NotAsked,
        };
        self.conclude(message, reading, opinion)
    }
}
