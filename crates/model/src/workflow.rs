//! Workflows: a graph of nodes and conditional edges. A plain list of features is one shape of it.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::feature::Feature;
use crate::report::Report;

mod condition;
pub mod field;
pub mod matching;
mod status_rule;
#[cfg(test)]
mod tests;
pub mod validity;

pub use condition::{Branch, Facts, Logic, Operator, Rule, ValueType};
pub use status_rule::{RuleStatus, StatusRule};

/// Names one node of a graph, for example `id_verification_1`. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub String);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for NodeId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A feature's settings, keys of core API §5.7 as they were validated when the workflow was saved.
pub type Config = Map<String, Value>;

/// One node of a workflow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "node_type", rename_all = "snake_case")]
pub enum Node {
    /// Runs a check and goes on.
    Feature {
        /// What is checked.
        feature: Feature,
        /// Its settings.
        #[serde(default)]
        config: Config,
        /// The integrator's own name for the step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// Ways on that depend on what was found; the first that matches wins.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        branches: Vec<Branch>,
        /// Where to go afterwards; nowhere means the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<NodeId>,
    },
    /// Chooses the way on by what the checks so far have found. The first branch that matches wins.
    Branch {
        /// Tried in order.
        branches: Vec<Branch>,
        /// Taken when none matches; nowhere means the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<NodeId>,
    },
    /// Ends the session.
    Status {
        /// With this outcome.
        session_status: Outcome,
    },
}

/// How a status node ends a session (core API §4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the contract's own words")]
pub enum Outcome {
    Approved,
    Declined,
    #[serde(rename = "In Review")]
    InReview,
    /// Roll up the reports.
    Determine,
}

/// The steps of a workflow and the ways between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// Where every session starts.
    pub start_node: NodeId,
    /// All nodes by id.
    pub nodes: BTreeMap<NodeId, Node>,
}

/// Where a walk through the graph stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop<'graph> {
    /// At a feature node that has no report yet.
    At(&'graph NodeId, Feature),
    /// At the end, with this outcome.
    End(Outcome),
}

/// Where the "else" of these branches leads.
fn otherwise(branches: &[Branch]) -> Option<&NodeId> {
    branches.iter().find(|branch| branch.rules.is_empty()).map(|branch| &branch.goto)
}

impl Graph {
    /// The graph of a plain list: each feature follows the one before, the end rolls the reports up.
    ///
    /// Node ids number each kind from one: `id_verification_1`, `id_verification_2`.
    pub fn linear(features: Vec<(Feature, Config, Option<String>)>) -> Self {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let ids: Vec<NodeId> = features
            .iter()
            .map(|(feature, _, _)| {
                let count = counts.entry(feature.node_stem()).or_default();
                *count += 1;
                NodeId(format!("{}_{count}", feature.node_stem()))
            })
            .collect();
        let start_node = ids.first().cloned().unwrap_or_else(|| NodeId::from("end"));
        let nexts = ids.iter().skip(1).cloned().map(Some).chain([None]);
        let mut nodes: BTreeMap<NodeId, Node> = ids
            .iter()
            .cloned()
            .zip(features)
            .zip(nexts)
            .map(|((id, (feature, config, label)), next)| {
                (id, Node::Feature { feature, config, label, branches: Vec::new(), next })
            })
            .collect();
        if nodes.is_empty() {
            nodes.insert(start_node.clone(), Node::Status { session_status: Outcome::Determine });
        }
        Self { start_node, nodes }
    }

    /// The feature nodes from the start along the unconditional way, which for a list is all of it, in order.
    pub fn features_in_order(&self) -> Vec<(&NodeId, Feature, &Config)> {
        let mut found = Vec::new();
        let mut cursor = Some(&self.start_node);
        while let Some(id) = cursor {
            if found.iter().any(|(seen, _, _)| *seen == id) {
                break;
            }
            cursor = match self.nodes.get(id) {
                Some(Node::Feature { feature, config, branches, next, .. }) => {
                    found.push((id, *feature, config));
                    next.as_ref().or_else(|| otherwise(branches))
                }
                Some(Node::Branch { branches, next }) => next.as_ref().or_else(|| otherwise(branches)),
                Some(Node::Status { .. }) | None => None,
            };
        }
        // Nodes that only a condition reaches come last, in the order of their ids.
        for (id, node) in &self.nodes {
            if let Node::Feature { feature, config, .. } = node
                && !found.iter().any(|(seen, _, _)| *seen == id)
            {
                found.push((id, *feature, config));
            }
        }
        found
    }

    /// Whether sessions of this graph are about a company: any business feature makes it so.
    pub fn is_business(&self) -> bool {
        let is_business =
            |node: &Node| matches!(node, Node::Feature { feature, .. } if feature.is_business());
        self.nodes.values().any(is_business)
    }

    /// The settings of a feature node.
    pub fn config(&self, id: &NodeId) -> Option<(Feature, &Config)> {
        match self.nodes.get(id)? {
            Node::Feature { feature, config, .. } => Some((*feature, config)),
            Node::Branch { .. } | Node::Status { .. } => None,
        }
    }

    /// Whether it is a plain list: no node chooses, and the end rolls the reports up.
    pub fn is_list(&self) -> bool {
        self.nodes.values().all(|node| match node {
            Node::Feature { branches, .. } => branches.is_empty(),
            Node::Branch { .. } => false,
            Node::Status { session_status } => *session_status == Outcome::Determine,
        })
    }

    /// Walks from the start past every node that has a final report, and says where it stops. Conditions on relative
    /// dates hold on no day.
    pub fn walk(&self, reports: &BTreeMap<NodeId, Report>) -> Stop<'_> {
        self.walk_on(None, reports)
    }

    /// [`Graph::walk`] on this day.
    ///
    /// The walk is bounded by the number of nodes, so a graph with a cycle ends in review rather than never.
    pub fn walk_on(&self, today: Option<Date>, reports: &BTreeMap<NodeId, Report>) -> Stop<'_> {
        let facts = |current| Facts { reports, current, today };
        let mut cursor = Some(&self.start_node);
        for _ in 0..=self.nodes.len() {
            let Some(id) = cursor else {
                return Stop::End(Outcome::Determine);
            };
            // The id that outlives this walk is the graph's own key.
            let Some((key, node)) = self.nodes.get_key_value(id) else {
                return Stop::End(Outcome::InReview);
            };
            cursor = match node {
                Node::Feature { feature, branches, next, .. } => {
                    let report = reports.get(key).filter(|report| report.is_final());
                    if report.is_none() {
                        return Stop::At(key, *feature);
                    }
                    condition::choose(branches, &facts(report)).or(next.as_ref())
                }
                Node::Branch { branches, next } => {
                    condition::choose(branches, &facts(None)).or(next.as_ref())
                }
                Node::Status { session_status } => return Stop::End(*session_status),
            };
        }
        Stop::End(Outcome::InReview)
    }
}
