//! How good the answers are: labelled messages in, figures out.
//!
//! Used by `nunchi eval` and by the quality floors of the tests, so that both mean the same.

pub mod coverage;
mod dataset;
pub mod diff;
pub mod feedback;
mod metrics;
pub mod mining;
mod report;
mod sample;

pub use dataset::{Dataset, DatasetError, Row};
pub use metrics::{Counts, auc, quadratic_weighted_kappa};
pub use report::{FalseAlarms, LevelFigures, Report, WorstRow, evaluate};
pub use sample::sample;
