//! One file for each resource: what it takes, what it answers, what the documentation says of it.

pub(super) mod analyze;
pub(super) mod batch;
pub(super) mod docs;
pub(super) mod drafts;
pub(super) mod entries;
pub(super) mod explain;
pub(super) mod feedback;
pub(super) mod files;
pub(super) mod health;
pub(super) mod lexicon;
pub(super) mod metrics;
pub mod openapi;
pub(super) mod page;
pub(super) mod phrases;
pub(super) mod replies;
