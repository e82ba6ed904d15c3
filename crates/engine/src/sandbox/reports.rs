//! Simulated reports with every field of the contract. The person, their papers and everyone who vouches for them are
//! invented: the country is ICAO's Utopia, telephone numbers, addresses of the net and domains are those that are
//! reserved for examples.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::feature::Feature;
use model::report::Report;
use model::status::FeatureStatus;
use model::warning::{Action, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};

use super::scenario::Scenario;

mod address;
mod aml;
mod chip;
mod company;
mod contact;
mod document;
mod face;
mod papers;
mod signals;

pub(super) const FIRST_NAME: &str = "Alex";
pub(super) const LAST_NAME: &str = "Sample";
pub(super) const FULL_NAME: &str = "Alex Sample";
pub(super) const COUNTRY: &str = "UTO";
pub(super) const DOCUMENT_NUMBER: &str = "X00000000";
pub(super) const STREET: &str = "118 Example Lane, Sampleton";

/// What a simulated report is made of.
pub(super) struct Case<'a> {
    pub(super) node: &'a NodeId,
    pub(super) feature: Feature,
    pub(super) config: &'a Config,
    pub(super) now: Timestamp,
    /// What fails at this node; nothing where it passes.
    pub(super) failing: Option<Scenario>,
    /// The features of the workflow.
    pub(super) workflow: &'a [Feature],
    /// The e-mail address and telephone number that the integrator gave.
    pub(super) email: Option<&'a str>,
    pub(super) phone: Option<&'a str>,
}

impl Case<'_> {
    pub(super) fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// As the contract writes instants.
    pub(super) fn instant(&self) -> String {
        crate::decision::instant(self.now)
    }

    pub(super) fn plays(&self, scenario: Scenario) -> bool {
        self.failing == Some(scenario)
    }

    fn text<'c>(&'c self, key: &str, default: &'c str) -> &'c str {
        self.config.get(key).and_then(Value::as_str).unwrap_or(default)
    }
}

/// The report of one node, ended as its scenario says; `form` is the answered questionnaire of such a node.
pub(super) fn simulate(case: &Case<'_>, form: Option<Report>) -> Report {
    let report = match (form, case.feature) {
        (Some(form), _) => form,
        (None, Feature::Ocr) => document::report(case),
        (None, feature) => Report::judged(case.node.clone(), feature, fields(case), Vec::new()),
    };
    match case.failing {
        Some(scenario) => ended(case, report, scenario),
        None => report,
    }
}

fn fields(case: &Case<'_>) -> Map<String, Value> {
    let fields = match case.feature {
        Feature::Liveness | Feature::AgeEstimation => face::liveness(case),
        Feature::FaceMatch => face::comparison(case),
        Feature::Nfc => chip::fields(case),
        Feature::ProofOfAddress => address::fields(case),
        Feature::PhoneVerification => contact::phone(case),
        Feature::EmailVerification => contact::email(case),
        Feature::Aml => aml::fields(case),
        Feature::IpAnalysis => signals::fields(),
        Feature::DatabaseValidation => papers::register(case),
        Feature::DocumentAi => papers::custom(case),
        Feature::KybRegistry => company::registry(case),
        Feature::KybDocuments => company::documents(case),
        Feature::KybKeyPeople => company::key_people(),
        Feature::Ocr | Feature::Questionnaire => json!({}),
    };
    fields.as_object().cloned().unwrap_or_default()
}

/// The scenario's warning and status, whatever the workflow's settings make of them: a scenario is a promise.
fn ended(case: &Case<'_>, mut report: Report, scenario: Scenario) -> Report {
    let action = match scenario.ends() {
        FeatureStatus::Declined => Action::Decline,
        FeatureStatus::InReview => Action::Review,
        _ => return report,
    };
    let Some(risk) = scenario.risk() else { return report };
    let known = report.warnings.iter_mut().find(|warning| warning.risk == risk);
    if let Some(warning) = known {
        warning.action = action;
    } else {
        let (node_id, missing) = (case.node.clone(), scenario.failing(case.workflow).is_none());
        // The workflow has no such check: this one stands in, and says for which.
        let stands_in =
            missing.then(|| json!({"sandbox_scenario": scenario.slug(), "workflow_lacks": risk.feature()}));
        report.warnings.push(Warning { risk, action, additional_data: stands_in, node_id });
    }
    report.status = scenario.ends();
    report
}
