//! The evaluation of a labelled file.

use super::dataset::{Dataset, Row};
use super::metrics::{Counts, auc, quadratic_weighted_kappa, ratio};
use crate::analysis::{Analyzer, Message, Scratch};
use crate::domain::{Action, Channel, Level, MessageText, Role, SentimentLabel, Signal, SignalSet};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of one decision "level at least n", or of one signal, action or sentiment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LevelFigures {
    /// Share of the answers that are right.
    pub precision: f64,
    /// Share of the labels that are found.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// How many are labelled so.
    pub support: usize,
}

impl From<Counts> for LevelFigures {
    fn from(counts: Counts) -> Self {
        Self {
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            support: counts.support(),
        }
    }
}

/// Alarms on messages that are labelled level 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct FalseAlarms {
    /// Messages labelled level 0.
    pub calm: usize,
    /// Share answered level 1 or more.
    pub at_mild: f64,
    /// Share answered level 2 or more.
    pub at_clear: f64,
}

/// A row whose level is off by much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorstRow {
    /// Its id.
    pub id: String,
    /// Labelled level.
    pub labelled: u8,
    /// Answered level.
    pub answered: u8,
    /// The points behind the answer.
    pub points: f64,
    /// The message; the file is the reader's own.
    pub text: String,
}

/// All figures of a labelled file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Rows evaluated.
    pub rows: usize,
    /// Rows on which a classifier was asked and gave no verdict; the lexicon alone answered.
    pub without_verdict: usize,
    /// Quadratic weighted kappa over levels 0 to 3.
    pub qwk: f64,
    /// Area under the ROC curve of the score at level 2 or more.
    pub auc_at_clear: f64,
    /// Figures at levels 1, 2 and 3 or more.
    pub levels: BTreeMap<u8, LevelFigures>,
    /// Share of rows with the labelled action.
    pub action_accuracy: f64,
    /// Figures by action.
    pub actions: BTreeMap<Action, LevelFigures>,
    /// Share of rows with the labelled sentiment.
    pub sentiment_accuracy: f64,
    /// Micro-averaged figures over all signals.
    pub signals_micro: LevelFigures,
    /// Figures by signal, where any is labelled or answered.
    pub signals: BTreeMap<Signal, LevelFigures>,
    /// Alarms on calm messages, by what makes the row hard; `all` for all of them.
    pub false_alarms: BTreeMap<String, FalseAlarms>,
    /// The rows that are furthest off.
    pub worst: Vec<WorstRow>,
}

struct Answer {
    level: Level,
    score: f64,
    points: f64,
    sentiment: SentimentLabel,
    signals: SignalSet,
    action: Action,
    missed: bool,
}

/// Evaluates a labelled file; `worst` rows are listed. The classifier is asked where `scratch` has one.
pub fn evaluate(
    analyzer: &Analyzer,
    dataset: &Dataset,
    today: Date,
    worst: usize,
    scratch: &mut Scratch,
) -> Report {
    let answers: Vec<(&Row, Answer)> = dataset
        .rows
        .iter()
        .filter_map(|row| Some((row, answer(analyzer, row, today, scratch)?)))
        .collect();
    let pairs: Vec<(u8, u8)> =
        answers.iter().map(|(row, answer)| (row.level.number(), answer.level.number())).collect();
    let scores: Vec<(bool, f64)> =
        answers.iter().map(|(row, answer)| (row.level >= Level::Clear, answer.score)).collect();
    let agreeing = |agrees: fn(&Row, &Answer) -> bool| {
        ratio(answers.iter().filter(|(row, answer)| agrees(row, answer)).count(), answers.len())
    };
    let (signals_micro, signals) = signal_figures(&answers);
    Report {
        rows: answers.len(),
        without_verdict: answers.iter().filter(|(_, answer)| answer.missed).count(),
        qwk: quadratic_weighted_kappa(&pairs, 4),
        auc_at_clear: auc(&scores),
        levels: level_figures(&pairs),
        action_accuracy: agreeing(|row, answer| row.action == answer.action),
        actions: action_figures(&answers),
        sentiment_accuracy: agreeing(|row, answer| row.sentiment == answer.sentiment),
        signals_micro,
        signals,
        false_alarms: false_alarms(&answers),
        worst: worst_rows(&answers, worst),
    }
}

fn answer(analyzer: &Analyzer, row: &Row, today: Date, scratch: &mut Scratch) -> Option<Answer> {
    let message = Message {
        text: MessageText::parse(&row.text, usize::MAX).ok()?,
        role: Role::Customer,
        channel: Channel::Chat,
        max_apologies: 0,
        today,
        classifier: true,
    };
    let analysis = analyzer.analyze(&message, scratch);
    let missed = analysis.warning().is_some();
    let assessment = analysis.assessment;
    Some(Answer {
        level: assessment.level,
        score: assessment.score,
        points: assessment.points,
        sentiment: assessment.sentiment,
        signals: assessment.present,
        action: analysis.decision.action,
        missed,
    })
}

fn level_figures(pairs: &[(u8, u8)]) -> BTreeMap<u8, LevelFigures> {
    (1..=3)
        .map(|level| {
            let mut counts = Counts::default();
            for (labelled, answered) in pairs {
                counts.add(*labelled >= level, *answered >= level);
            }
            (level, counts.into())
        })
        .collect()
}

fn action_figures(answers: &[(&Row, Answer)]) -> BTreeMap<Action, LevelFigures> {
    Action::ALL
        .iter()
        .map(|action| {
            let mut counts = Counts::default();
            for (row, answer) in answers {
                counts.add(row.action == *action, answer.action == *action);
            }
            (*action, counts.into())
        })
        .collect()
}

fn signal_figures(answers: &[(&Row, Answer)]) -> (LevelFigures, BTreeMap<Signal, LevelFigures>) {
    let mut micro = Counts::default();
    let mut figures = BTreeMap::new();
    for signal in Signal::ALL {
        let mut counts = Counts::default();
        for (row, answer) in answers {
            counts.add(row.signals.contains(*signal), answer.signals.contains(*signal));
        }
        micro.absorb(counts);
        if counts != Counts::default() {
            figures.insert(*signal, counts.into());
        }
    }
    (micro.into(), figures)
}

fn false_alarms(answers: &[(&Row, Answer)]) -> BTreeMap<String, FalseAlarms> {
    let mut counts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for (row, answer) in answers.iter().filter(|(row, _)| row.level == Level::None) {
        for kind in ["all", row.kind.as_str()] {
            let (calm, mild, clear) = counts.entry(kind.to_owned()).or_default();
            *calm += 1;
            *mild += usize::from(answer.level >= Level::Mild);
            *clear += usize::from(answer.level >= Level::Clear);
        }
    }
    counts
        .into_iter()
        .map(|(kind, (calm, mild, clear))| {
            (kind, FalseAlarms { calm, at_mild: ratio(mild, calm), at_clear: ratio(clear, calm) })
        })
        .collect()
}

fn worst_rows(answers: &[(&Row, Answer)], limit: usize) -> Vec<WorstRow> {
    let mut off: Vec<&(&Row, Answer)> =
        answers.iter().filter(|(row, answer)| row.level != answer.level).collect();
    let distance = |row: &Row, answer: &Answer| row.level.number().abs_diff(answer.level.number());
    off.sort_by(|(a, x), (b, y)| distance(b, y).cmp(&distance(a, x)).then(a.id.cmp(&b.id)));
    off.iter()
        .take(limit)
        .map(|(row, answer)| WorstRow {
            id: row.id.clone(),
            labelled: row.level.number(),
            answered: answer.level.number(),
            points: answer.points,
            text: row.text.clone(),
        })
        .collect()
}
