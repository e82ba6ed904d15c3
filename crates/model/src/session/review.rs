//! What a reviewer, or the integrator's program in a reviewer's place, changes of a session that was judged.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::apply::{Effect, Refused, Step};
use super::{Session, State};
use crate::report::Report;
use crate::status::{FeatureStatus, SessionStatus};
use crate::workflow::{NodeId, Stop};

impl SessionStatus {
    /// Whether a reviewer may decide about a session in this status (core API §3.7).
    pub const fn is_reviewable(self) -> bool {
        matches!(
            self,
            Self::Approved
                | Self::Declined
                | Self::InReview
                | Self::KycExpired
                | Self::Abandoned
                | Self::Resubmitted
        )
    }

    /// Whether what was read may be corrected (features §18.2).
    pub const fn is_correctable(self) -> bool {
        matches!(self, Self::Approved | Self::Declined | Self::InReview | Self::KycExpired)
    }
}

impl Session {
    pub(super) fn review(
        mut self,
        status: SessionStatus,
        nodes: &[NodeId],
        now: Timestamp,
    ) -> Result<Step, Refused> {
        let current = self.status();
        if !current.is_reviewable() {
            return Err(Refused::WrongStatus);
        }
        if current == status {
            return Err(Refused::SameStatus);
        }
        self.state = match status {
            SessionStatus::Approved | SessionStatus::Declined => self.decided(status, now),
            SessionStatus::Resubmitted => self.resubmit(nodes, now)?,
            _ => return Err(Refused::WrongStatus),
        };
        Ok(self.announced())
    }

    /// Forgets what the chosen steps found. Without a choice these are the steps that were tried and not passed;
    /// passed ones are kept.
    fn resubmit(&mut self, chosen: &[NodeId], now: Timestamp) -> Result<State, Refused> {
        let wanted = |node: &NodeId| match self.reports.get(node) {
            _ if !chosen.is_empty() => chosen.contains(node),
            Some(report) => report.wants_resubmission(),
            None => false,
        };
        let steps = self.graph.features_in_order();
        if chosen.iter().any(|node| !steps.iter().any(|(id, _, _)| *id == node)) {
            return Err(Refused::UnknownNode);
        }
        let in_order = steps.into_iter().map(|(id, _, _)| id).filter(|id| wanted(id));
        let nodes: Vec<NodeId> = in_order.cloned().collect();
        for report in self.reports.values_mut().filter(|report| nodes.contains(&report.node_id)) {
            *report = report.cleared();
        }
        if nodes.is_empty() || matches!(self.graph.walk(&self.reports), Stop::End(_)) {
            return Err(Refused::NothingToRedo);
        }
        Ok(State::Resubmitted { nodes, requested_at: now, expires_at: now + self.timers.session })
    }

    /// Whether the steps to redo need nobody: they are run at once (core API §3.7).
    pub fn redoes_itself(&self) -> bool {
        let State::Resubmitted { nodes, .. } = &self.state else { return false };
        let by_itself = |node| self.graph.config(node).is_some_and(|(feature, _)| feature.runs_by_itself());
        nodes.iter().all(by_itself)
            && matches!(self.graph.walk(&self.reports), Stop::At(node, _) if by_itself(node))
    }

    pub(super) fn review_feature(mut self, node: &NodeId, status: FeatureStatus) -> Result<Step, Refused> {
        let report = self.report_of(node)?;
        if report.status == status {
            return Err(Refused::SameStatus);
        }
        match status {
            FeatureStatus::Approved | FeatureStatus::Declined | FeatureStatus::InReview => {
                report.status = status;
            }
            _ => return Err(Refused::WrongStatus),
        }
        Ok(self.rewritten())
    }

    pub(super) fn correct(mut self, node: &NodeId, fields: Map<String, Value>) -> Result<Step, Refused> {
        if !self.status().is_correctable() {
            return Err(Refused::WrongStatus);
        }
        self.report_of(node)?.fields = fields;
        // An approval ends with the document, and the document's last day may be what was corrected.
        if let State::Approved { decided_at, .. } = self.state {
            self.state = self.decided(SessionStatus::Approved, decided_at);
        }
        Ok(self.rewritten())
    }

    fn report_of(&mut self, node: &NodeId) -> Result<&mut Report, Refused> {
        self.reports.get_mut(node).ok_or(Refused::UnknownNode)
    }

    fn rewritten(self) -> Step {
        Step { next: self, effects: vec![Effect::AnnounceData] }
    }
}
