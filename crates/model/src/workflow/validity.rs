//! Whether a graph can be walked: every way leads somewhere, none leads back, and conditions ask only what is known.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{self, FieldPath};
use super::{Branch, Graph, Node, NodeId};
use crate::feature::Feature;

/// What is wrong with a graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Of the whole.
    pub graph: Vec<String>,
    /// Of single nodes, sentence by sentence.
    pub nodes: BTreeMap<NodeId, Vec<String>>,
}

impl Faults {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.graph.is_empty() && self.nodes.is_empty()
    }

    /// Notes a fault of a node.
    pub fn add(&mut self, node: &NodeId, sentence: impl Into<String>) {
        self.nodes.entry(node.clone()).or_default().push(sentence.into());
    }
}

/// The nodes that every walk has completed when it reaches a node; nothing for a node that no walk reaches.
pub type Completed = BTreeMap<NodeId, BTreeSet<NodeId>>;

/// Judges the graph, and fills in the node of every rule that names none and can mean only one.
pub fn check(graph: &mut Graph) -> Faults {
    let mut faults = Faults::default();
    check_start(graph, &mut faults);
    check_ways(graph, &mut faults);
    if !faults.is_empty() {
        return faults;
    }
    let Some(order) = order(graph) else {
        for id in on_cycles(graph) {
            faults.add(&id, format!("Node '{id}' leads back to itself."));
        }
        return faults;
    };
    let completed = completed(graph, &order);
    for id in graph.nodes.keys().filter(|id| !completed.contains_key(*id)) {
        faults.add(id, format!("Node '{id}' cannot be reached from the start."));
    }
    check_rules(graph, &completed, &mut faults);
    faults
}

fn check_start(graph: &Graph, faults: &mut Faults) {
    match graph.nodes.get(&graph.start_node) {
        Some(Node::Feature { .. }) => {}
        Some(_) => faults.add(&graph.start_node, "The start must be a feature node."),
        None => faults.graph.push(format!("The start node '{}' does not exist.", graph.start_node)),
    }
}

fn check_ways(graph: &Graph, faults: &mut Faults) {
    for (id, node) in &graph.nodes {
        for target in targets(node) {
            if !graph.nodes.contains_key(target) {
                faults.add(id, format!("Node '{id}' leads to '{target}', which does not exist."));
            }
        }
        if let Node::Branch { branches, next } = node
            && branches.is_empty()
            && next.is_none()
        {
            faults.add(id, format!("Branch node '{id}' has no branches."));
        }
        let mut seen = BTreeSet::new();
        for branch in branches(node) {
            if !seen.insert(&branch.id) {
                faults.add(id, format!("Branch '{}' of node '{id}' is there twice.", branch.id));
            }
        }
        if branches(node).iter().filter(|branch| branch.rules.is_empty()).count() > 1 {
            faults.add(id, format!("Node '{id}' has more than one branch without rules."));
        }
    }
}

fn branches(node: &Node) -> &[Branch] {
    match node {
        Node::Feature { branches, .. } | Node::Branch { branches, .. } => branches,
        Node::Status { .. } => &[],
    }
}

/// Every node that a node may lead to.
fn targets(node: &Node) -> impl Iterator<Item = &NodeId> {
    let next = match node {
        Node::Feature { next, .. } | Node::Branch { next, .. } => next.as_ref(),
        Node::Status { .. } => None,
    };
    branches(node).iter().map(|branch| &branch.goto).chain(next)
}

/// Nodes before those that they lead to; nothing if there is a cycle. All targets exist.
fn order(graph: &Graph) -> Option<Vec<NodeId>> {
    let mut waiting: BTreeMap<&NodeId, usize> = graph.nodes.keys().map(|id| (id, 0)).collect();
    for target in graph.nodes.values().flat_map(targets) {
        *waiting.entry(target).or_default() += 1;
    }
    let mut free: Vec<&NodeId> =
        waiting.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    let mut order = Vec::with_capacity(graph.nodes.len());
    while let Some(id) = free.pop() {
        order.push(id.clone());
        for target in targets(&graph.nodes[id]) {
            let count = waiting.get_mut(target).expect("every target was counted");
            *count -= 1;
            if *count == 0 {
                free.push(target);
            }
        }
    }
    (order.len() == graph.nodes.len()).then_some(order)
}

/// The nodes from which a way leads back to themselves.
fn on_cycles(graph: &Graph) -> Vec<NodeId> {
    let leads_back = |start: &NodeId| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(id) = next.pop() {
            for target in targets(&graph.nodes[id]) {
                if target == start {
                    return true;
                }
                if seen.insert(target) {
                    next.push(target);
                }
            }
        }
        false
    };
    graph.nodes.keys().filter(|id| leads_back(id)).cloned().collect()
}

/// What every walk has completed on arrival, node by node. `order` has nodes before those that they lead to.
fn completed(graph: &Graph, order: &[NodeId]) -> Completed {
    let mut completed = Completed::from([(graph.start_node.clone(), BTreeSet::new())]);
    for id in order {
        let Some(mut done) = completed.get(id).cloned() else { continue };
        if matches!(graph.nodes[id], Node::Feature { .. }) {
            done.insert(id.clone());
        }
        for target in targets(&graph.nodes[id]) {
            completed
                .entry(target.clone())
                .and_modify(|known| known.retain(|node| done.contains(node)))
                .or_insert_with(|| done.clone());
        }
    }
    completed
}

/// The feature nodes whose fields the conditions of a node may use; nothing if the graph cannot be walked so far.
pub fn usable(graph: &Graph, id: &NodeId) -> Option<Vec<(NodeId, Feature)>> {
    let known = |target: &NodeId| graph.nodes.contains_key(target);
    if !known(&graph.start_node) || !graph.nodes.values().flat_map(targets).all(known) {
        return None;
    }
    let mut done = completed(graph, &order(graph)?).remove(id)?;
    if matches!(graph.nodes[id], Node::Feature { .. }) {
        done.insert(id.clone());
    }
    let feature = |node: NodeId| graph.config(&node).map(|(feature, _)| (node.clone(), feature));
    Some(done.into_iter().filter_map(feature).collect())
}

fn check_rules(graph: &mut Graph, completed: &Completed, faults: &mut Faults) {
    let features: BTreeMap<NodeId, Feature> =
        graph.nodes.keys().filter_map(|id| Some((id.clone(), graph.config(id)?.0))).collect();
    for (id, node) in &mut graph.nodes {
        let mut done = completed.get(id).cloned().unwrap_or_default();
        let branches = match node {
            Node::Feature { branches, .. } => {
                done.insert(id.clone());
                branches
            }
            Node::Branch { branches, .. } => branches,
            Node::Status { .. } => continue,
        };
        for rule in branches.iter_mut().flat_map(|branch| &mut branch.rules) {
            let path = FieldPath::parse(&rule.field);
            let wanted = path.node.clone().or(rule.node_id.clone());
            match producer(wanted, &path, &done, &features) {
                Ok(node) => rule.node_id = Some(node),
                Err(why) => faults.add(id, format!("Field '{}' {why}", rule.field)),
            }
        }
    }
}

/// The node that a rule's field comes from, or why it cannot be used.
fn producer(
    wanted: Option<NodeId>,
    path: &FieldPath,
    done: &BTreeSet<NodeId>,
    features: &BTreeMap<NodeId, Feature>,
) -> Result<NodeId, String> {
    if let Some(node) = wanted {
        return match (features.get(&node), path.feature) {
            (None, _) => Err(format!("names node '{node}', which is no feature node.")),
            (Some(found), Some(named)) if *found != named => {
                Err(format!("names node '{node}', which is of another feature."))
            }
            _ if !done.contains(&node) => {
                Err(format!("needs node '{node}' to be completed on every path to this node."))
            }
            _ => Ok(node),
        };
    }
    let Some(feature) = path.feature else {
        return Err("names no feature.".to_owned());
    };
    let mut nodes = done.iter().filter(|node| features.get(*node) == Some(&feature));
    match (nodes.next(), nodes.next()) {
        (Some(node), None) => Ok(node.clone()),
        (Some(_), Some(_)) => Err("could mean several nodes: say which with node_id.".to_owned()),
        (None, _) => Err(format!(
            "needs {} ({feature}) to be completed on every path to this node.",
            field::prefix(feature)
        )),
    }
}
