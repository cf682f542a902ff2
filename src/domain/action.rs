//! What the service should do next, and where an escalation goes.

use super::coded_enum;

coded_enum! {
    /// What should happen next, from doing nothing to a priority case.
    pub enum Action as "action" {
        /// Go on as usual.
        None = "none",
        /// Show an apology line and go on.
        Apologize = "apologize",
        /// Apologize and offer an agent.
        Offer = "offer",
        /// Connect to a human now.
        Transfer = "transfer",
        /// Supervisor, legal or safety line at once.
        Priority = "priority",
    }
}

impl Action {
    /// Whether a human is offered or brought in.
    pub const fn is_escalation(self) -> bool {
        matches!(self, Self::Offer | Self::Transfer | Self::Priority)
    }
}

coded_enum! {
    /// The queue that an escalated customer should enter.
    pub enum Queue as "queue" {
        /// Any agent.
        General = "general",
        /// Agents who keep customers that want to leave.
        Retention = "retention",
        /// Technical support.
        Technical = "technical",
        /// Money: charges, refunds, contracts.
        Billing = "billing",
        /// The complaint desk.
        Complaint = "complaint",
        /// Protection of agents: threats and harassment.
        Safety = "safety",
        /// A person trained for a customer in danger.
        Crisis = "crisis",
        /// A superior.
        Supervisor = "supervisor",
    }
}

coded_enum! {
    /// Which of the three separate procedures a message belongs to.
    pub enum Path as "path" {
        /// No procedure: nothing is wrong.
        None = "none",
        /// Complaint: apologize, mend, bring in a human where needed.
        Complaint = "complaint",
        /// Abuse: protect the agent; a notice, no apology.
        Abuse = "abuse",
        /// Crisis: a person in danger; the crisis line and a human, no warning.
        Crisis = "crisis",
    }
}
