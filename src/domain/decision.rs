//! What was decided about a message.

use super::{Action, Path, Queue, Signal};

/// Where an escalated message goes and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// The queue to enter.
    pub queue: Queue,
    /// Whether the agent-protection procedure starts.
    pub protect_agent: bool,
}

/// The decision on one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What should happen next.
    pub action: Action,
    /// Which procedure the message belongs to.
    pub path: Path,
    /// The policy rule that decided.
    pub rule: String,
    /// The signals behind the decision, the weightiest first.
    pub reasons: Vec<Signal>,
    /// Where to escalate; none where no human is needed.
    pub escalation: Option<Escalation>,
}
