//! nunchi (눈치) reads Korean customer-chat messages: how frustrated is the customer, why, and what
//! should happen next.
//!
//! ```text
//! text ──► lexicon ──► analysis (scope, score, fuse, decide, recommend) ──► api ──► server, command line
//!   └────► classifier ────────────────────────┘
//! ```
//!
//! The modules stand from the bottom layer up; each uses only those above it in this list
//! (`ARCHITECTURE.md` says why, a test holds it). Read [`analysis`] first.
//!
//! ```
//! use nunchi::analysis::{Analyzer, Message, Scratch};
//! use nunchi::domain::{Channel, MessageText, Role};
//! use nunchi::resource::Resources;
//!
//! let analyzer = Analyzer::build(&Resources::embedded())?;
//! let message = Message {
//!     text: MessageText::parse("아니 몇 번을 말해야 합니까 ㅡㅡ", 5_000)?,
//!     role: Role::Customer,
//!     channel: Channel::Chat,
//!     max_apologies: 3,
//!     today: jiff::civil::date(2026, 11, 21),
//!     classifier: true,
//! };
//! let analysis = analyzer.analyze(&message, &mut Scratch::default());
//! assert_eq!(analysis.decision.action.code(), "offer");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod domain;

pub mod text;

pub mod resource;

pub mod classifier;

pub mod lexicon;

pub mod phrases;

pub mod replies;

pub mod analysis;

pub mod api;

pub mod evaluation;

pub mod editing;

pub mod settings;

pub mod telemetry;

pub mod loading;

pub mod server;
