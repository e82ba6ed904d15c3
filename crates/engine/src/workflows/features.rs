//! From the `features` array of a request to a graph: names, order, settings (features §1.9).

use model::feature::Feature;
use model::workflow::{Config, Graph};
use serde_json::{Map, Value, json};

use super::config;
use super::definition::Settings;

/// One entry of a request's `features` array.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureChoice {
    /// Its name, in any letter case.
    pub feature: String,
    /// Its settings.
    pub config: Map<String, Value>,
    /// The integrator's own name for the step.
    pub label: Option<String>,
}

/// So many steps may a list have.
const MOST: usize = 50;

/// The graph of this list, or what is wrong with it: sentences about the list, or mistakes under each entry's place.
pub(super) fn graph(choices: &[FeatureChoice], settings: &Settings) -> Result<Graph, Value> {
    if choices.is_empty() {
        return Err(json!(["At least one feature is required."]));
    }
    if choices.len() > MOST {
        return Err(json!([format!("Ensure this field has no more than {MOST} elements.")]));
    }
    let (mut sentences, mut places) = (Vec::new(), Map::new());
    let mut features = Vec::with_capacity(choices.len());
    for (index, choice) in choices.iter().enumerate() {
        match one(choice, settings) {
            Ok(feature) => features.push(feature),
            Err(Wrong::Feature(sentence)) => sentences.push(sentence),
            Err(Wrong::Config(errors)) => {
                places.insert(index.to_string(), json!({"config": errors}));
            }
        }
    }
    if !sentences.is_empty() {
        return Err(json!(sentences));
    }
    if !places.is_empty() {
        return Err(Value::Object(places));
    }
    let misplaced = misplaced(&features);
    if misplaced.is_empty() { Ok(Graph::linear(features)) } else { Err(json!(misplaced)) }
}

/// What is wrong with one entry.
enum Wrong {
    /// What it is.
    Feature(String),
    /// Its settings, key by key.
    Config(Value),
}

type Step = (Feature, Config, Option<String>);

fn one(choice: &FeatureChoice, settings: &Settings) -> Result<Step, Wrong> {
    let feature = named(&choice.feature).map_err(Wrong::Feature)?;
    let mut config = config::checked(feature, &choice.config).map_err(Wrong::Config)?;
    inherit(feature, &mut config, settings);
    complete(feature, &config).map_err(Wrong::Feature)?;
    Ok((feature, config, choice.label.clone()))
}

/// The feature of this name in any letter case, or a sentence with all names.
pub(super) fn named(name: &str) -> Result<Feature, String> {
    Feature::from_workflow_name(name).ok_or_else(|| {
        let mut names: Vec<_> = Feature::ALL.iter().map(|feature| feature.workflow_name()).collect();
        names.sort_unstable();
        format!("Invalid feature '{name}'. Allowed values: {}.", names.join(", "))
    })
}

/// Whether the settings hold what the feature cannot do without.
pub(super) fn complete(feature: Feature, config: &Config) -> Result<(), String> {
    let missing = |key: &str| config.get(key).is_none_or(Value::is_null);
    let key = match feature {
        Feature::Questionnaire => "questionnaire_uuid",
        Feature::KybDocuments => "kyb_required_document_groups",
        _ => return Ok(()),
    };
    if missing(key) { Err(format!("Feature '{feature}' requires config.{key}.")) } else { Ok(()) }
}

/// The workflow's attempt limits hold for its face steps unless the step says otherwise.
pub(super) fn inherit(feature: Feature, config: &mut Config, settings: &Settings) {
    let (key, limit) = match feature {
        Feature::Liveness | Feature::AgeEstimation => {
            ("face_liveness_max_attempts", settings.face_liveness_max_attempts)
        }
        Feature::FaceMatch => ("face_match_max_attempts", settings.face_match_max_attempts),
        _ => return,
    };
    config.entry(key).or_insert_with(|| Value::from(limit));
}

fn misplaced(features: &[Step]) -> Vec<String> {
    let mut wrong = Vec::new();
    let business = features.iter().any(|(feature, _, _)| feature.is_business());
    for (index, (feature, _, _)) in features.iter().enumerate() {
        let before = |wanted: Feature| features[..index].iter().any(|(earlier, _, _)| *earlier == wanted);
        if business && is_personal(*feature) {
            wrong.push(format!("Feature '{feature}' cannot be combined with business verification."));
        }
        if index == 0 && is_passive(*feature) {
            wrong.push(format!("Feature '{feature}' cannot be the first step of a workflow."));
            continue;
        }
        let needed = match feature {
            Feature::FaceMatch | Feature::Nfc | Feature::DatabaseValidation => Some(Feature::Ocr),
            Feature::Aml if !business => Some(Feature::Ocr),
            Feature::KybDocuments | Feature::KybKeyPeople => Some(Feature::KybRegistry),
            _ => None,
        };
        if let Some(needed) = needed.filter(|needed| !before(*needed)) {
            wrong.push(format!("Feature '{feature}' must appear after one of: {needed}."));
        }
    }
    wrong
}

/// Features that have nothing to look at before another has run.
pub(super) const fn is_passive(feature: Feature) -> bool {
    matches!(
        feature,
        Feature::Aml | Feature::IpAnalysis | Feature::DatabaseValidation | Feature::KybKeyPeople
    )
}

/// Features that only make sense for a person.
pub(super) const fn is_personal(feature: Feature) -> bool {
    matches!(
        feature,
        Feature::Ocr
            | Feature::Liveness
            | Feature::FaceMatch
            | Feature::Nfc
            | Feature::ProofOfAddress
            | Feature::DatabaseValidation
            | Feature::AgeEstimation
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Result<Graph, Value> {
        let choices: Vec<_> = names
            .iter()
            .map(|name| FeatureChoice { feature: (*name).to_owned(), config: Map::new(), label: None })
            .collect();
        graph(&choices, &Settings::default())
    }

    #[test]
    fn a_list_becomes_numbered_nodes_in_order() {
        let graph = of(&["ocr", "LIVENESS", "Face_Match"]).unwrap();
        let ids: Vec<_> = graph.features_in_order().iter().map(|(id, _, _)| id.0.clone()).collect();
        assert_eq!(ids, ["id_verification_1", "liveness_1", "face_match_1"]);
        assert_eq!(graph.nodes[&"liveness_1".into()], {
            let config = Map::from_iter([("face_liveness_max_attempts".to_owned(), Value::from(3))]);
            let next = Some("face_match_1".into());
            model::workflow::Node::Feature {
                feature: Feature::Liveness,
                config,
                label: None,
                branches: Vec::new(),
                next,
            }
        });
    }

    #[test]
    fn order_is_enforced() {
        assert_eq!(
            of(&["LIVENESS", "FACE_MATCH"]).unwrap_err(),
            json!(["Feature 'FACE_MATCH' must appear after one of: OCR."])
        );
        assert_eq!(
            of(&["AML"]).unwrap_err(),
            json!(["Feature 'AML' cannot be the first step of a workflow."])
        );
        assert_eq!(of(&[]).unwrap_err(), json!(["At least one feature is required."]));
        assert!(
            of(&["FOO"]).unwrap_err()[0]
                .as_str()
                .unwrap()
                .starts_with("Invalid feature 'FOO'. Allowed values: AGE_ESTIMATION, AML")
        );
        assert!(of(&["OCR", "KYB_REGISTRY"]).is_err());
    }
}
