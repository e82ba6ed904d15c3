//! What features and workflows cost.

use std::collections::BTreeMap;

use model::feature::Feature;
use model::workflow::{Graph, Node, NodeId};

use super::{Credits, Money};

/// What a workflow costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Price {
    /// Along the unconditional way.
    pub total: Money,
    /// Along the cheapest way.
    pub min: Money,
    /// Along the dearest way; what a session is charged.
    pub max: Money,
}

/// The contract's examples: document, liveness and face match come to 0.15, AML adds 0.10, a message by phone costs 0.05
/// and one by e-mail 0.03. The rest is ours.
pub(super) fn default_prices() -> BTreeMap<Feature, Money> {
    BTreeMap::from([
        (Feature::Ocr, Money(500)),
        (Feature::Liveness, Money(500)),
        (Feature::FaceMatch, Money(500)),
        (Feature::Aml, Money(1000)),
        (Feature::PhoneVerification, Money(500)),
        (Feature::EmailVerification, Money(300)),
        (Feature::Nfc, Money(500)),
        (Feature::AgeEstimation, Money(500)),
        (Feature::ProofOfAddress, Money(2000)),
        (Feature::IpAnalysis, Money(100)),
        (Feature::DatabaseValidation, Money(2000)),
        (Feature::DocumentAi, Money(2000)),
        (Feature::KybRegistry, Money(20_000)),
        (Feature::KybDocuments, Money(2000)),
        (Feature::KybKeyPeople, Money(1000)),
    ])
}

/// The price of a workflow. Telephone numbers and registers cost what each country asks and stay out, as in the contract.
pub fn of_workflow(credits: &Credits, graph: &Graph) -> Price {
    let total = main_way(graph).into_iter().map(|feature| fixed(credits, feature));
    let total = total.fold(Money::default(), |sum, price| sum + price);
    let (min, max) = extremes(credits, graph, Some(&graph.start_node), &mut Vec::new());
    Price { total, min, max }
}

fn fixed(credits: &Credits, feature: Feature) -> Money {
    match feature {
        Feature::PhoneVerification | Feature::DatabaseValidation => Money::default(),
        feature => credits.prices.get(&feature).copied().unwrap_or_default(),
    }
}

/// The features along the way that no condition chooses.
fn main_way(graph: &Graph) -> Vec<Feature> {
    let (mut cursor, mut seen, mut found) = (Some(&graph.start_node), Vec::new(), Vec::new());
    while let Some(id) = cursor.filter(|id| !seen.contains(id)) {
        seen.push(id);
        cursor = match graph.nodes.get(id) {
            Some(Node::Feature { feature, next, .. }) => {
                found.push(*feature);
                next.as_ref()
            }
            Some(Node::Branch { next, .. }) => next.as_ref(),
            Some(Node::Status { .. }) | None => None,
        };
    }
    found
}

/// So deep a graph is not walked: its price is then that of what was walked.
const DEEPEST: usize = 64;

/// The cheapest and the dearest way from here to an end. A way that comes back to where it was ends there.
fn extremes<'graph>(
    credits: &Credits,
    graph: &'graph Graph,
    at: Option<&'graph NodeId>,
    path: &mut Vec<&'graph NodeId>,
) -> (Money, Money) {
    let nothing = (Money::default(), Money::default());
    let Some(id) = at.filter(|id| !path.contains(id) && path.len() < DEEPEST) else { return nothing };
    path.push(id);
    let price = match graph.nodes.get(id) {
        Some(Node::Feature { feature, next, .. }) => {
            let (min, max) = extremes(credits, graph, next.as_ref(), path);
            let own = fixed(credits, *feature);
            (own + min, own + max)
        }
        Some(Node::Branch { branches, next }) => {
            let mut all = extremes(credits, graph, next.as_ref(), path);
            for branch in branches {
                let (min, max) = extremes(credits, graph, Some(&branch.goto), path);
                all = (all.0.min(min), all.1.max(max));
            }
            all
        }
        Some(Node::Status { .. }) | None => nothing,
    };
    path.pop();
    price
}

#[cfg(test)]
mod tests {
    use model::workflow::{Branch, Config, Logic};

    use super::*;

    #[test]
    fn the_contract_s_examples_come_out() {
        let of = |features: &[Feature]| {
            let graph =
                Graph::linear(features.iter().map(|feature| (*feature, Config::new(), None)).collect());
            of_workflow(&Credits::default(), &graph)
        };
        let kyc = of(&[Feature::Ocr, Feature::Liveness, Feature::FaceMatch]);
        assert_eq!((kyc.total, kyc.min, kyc.max), (Money(1500), Money(1500), Money(1500)));
        let aml = of(&[Feature::Ocr, Feature::Liveness, Feature::FaceMatch, Feature::Aml]);
        assert_eq!(aml.total, Money(2500));
        assert_eq!(of(&[Feature::PhoneVerification]).max, Money(0), "variable prices stay out");
    }

    #[test]
    fn branches_have_a_cheapest_and_a_dearest_way() {
        let mut graph = Graph::linear(vec![
            (Feature::Ocr, Config::new(), None),
            (Feature::Liveness, Config::new(), None),
            (Feature::Aml, Config::new(), None),
        ]);
        let (liveness, aml) = (NodeId::from("liveness_1"), NodeId::from("aml_1"));
        let skip = Branch { id: "skip".into(), logic: Logic::default(), rules: Vec::new(), goto: aml };
        graph.nodes.insert("branch_1".into(), Node::Branch { branches: vec![skip], next: Some(liveness) });
        if let Some(Node::Feature { next, .. }) = graph.nodes.get_mut(&NodeId::from("id_verification_1")) {
            *next = Some("branch_1".into());
        }
        let price = of_workflow(&Credits::default(), &graph);
        assert_eq!((price.total, price.min, price.max), (Money(2000), Money(1500), Money(2000)));
    }
}
