//! The fields that conditions may use, by feature, with what they hold: the console's catalogue (core API §5.6).

use model::feature::Feature;
use model::workflow::{Operator, field};
use serde_json::{Value, json};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Status,
    Text,
    Number,
    Date,
    Truth,
    List,
}

impl Holds {
    const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Text => "string",
            Self::Number => "number",
            Self::Date => "date",
            Self::Truth => "boolean",
            Self::List => "list",
        }
    }

    /// The operators that make sense for it.
    const fn operators(self) -> &'static [&'static str] {
        match self {
            Self::Status => &["equals", "not_equals", "in", "not_in"],
            Self::Text => &[
                "equals",
                "not_equals",
                "contains",
                "not_contains",
                "in",
                "not_in",
                "is_empty",
                "is_not_empty",
                "regex",
                "fuzzy_match",
            ],
            Self::Number | Self::Date => &[
                "equals",
                "not_equals",
                "greater_than",
                "greater_than_or_equals",
                "less_than",
                "less_than_or_equals",
                "is_empty",
                "is_not_empty",
            ],
            Self::Truth => &["equals", "not_equals"],
            Self::List => &["contains", "not_contains", "is_empty", "is_not_empty"],
        }
    }
}

/// The feature's fields besides `status`, which all have.
const fn known(feature: Feature) -> &'static [(&'static str, Holds)] {
    use Holds::{Date, Number, Text, Truth};
    match feature {
        Feature::Ocr => &[
            ("document_type", Text),
            ("issuing_state", Text),
            ("nationality", Text),
            ("document_number", Text),
            ("personal_number", Text),
            ("first_name", Text),
            ("last_name", Text),
            ("full_name", Text),
            ("gender", Text),
            ("age", Number),
            ("date_of_birth", Date),
            ("date_of_issue", Date),
            ("expiration_date", Date),
            ("address", Text),
        ],
        Feature::Liveness => &[("method", Text), ("score", Number), ("age_estimation", Number)],
        Feature::AgeEstimation => &[("score", Number), ("age_estimation", Number)],
        Feature::FaceMatch => &[("score", Number)],
        Feature::ProofOfAddress => &[("document_type", Text), ("issuing_state", Text), ("issue_date", Date)],
        Feature::PhoneVerification => {
            &[("full_number", Text), ("country_code", Text), ("is_virtual", Truth), ("is_disposable", Truth)]
        }
        Feature::EmailVerification => {
            &[("email", Text), ("is_breached", Truth), ("is_disposable", Truth), ("is_undeliverable", Truth)]
        }
        Feature::Aml => &[("risk_score", Number), ("total_hits", Number)],
        Feature::IpAnalysis => {
            &[("ip_country_code", Text), ("is_vpn_or_tor", Truth), ("is_data_center", Truth)]
        }
        Feature::DatabaseValidation => &[("match_type", Text), ("issuing_state", Text)],
        _ => &[],
    }
}

fn entry(feature: Feature, name: &str, holds: Holds) -> Value {
    json!({
        "field": format!("{}.{name}", field::prefix(feature)),
        "feature": feature.workflow_name(),
        "type": holds.name(),
        "operators": holds.operators(),
    })
}

/// The fields of one feature.
pub(super) fn of(feature: Feature) -> Vec<Value> {
    let status = entry(feature, "status", Holds::Status);
    [status]
        .into_iter()
        .chain(known(feature).iter().map(|(name, holds)| entry(feature, name, *holds)))
        .collect()
}

/// The answer to one question of a questionnaire.
pub(super) fn answer(question: &crate::questionnaires::Element) -> Value {
    use crate::questionnaires::Kind;
    let holds = match question.kind {
        Kind::Number => Holds::Number,
        Kind::DatePicker => Holds::Date,
        Kind::Consent => Holds::Truth,
        Kind::MultipleChoice => Holds::List,
        _ => Holds::Text,
    };
    entry(Feature::Questionnaire, &format!("answers.{}", question.id), holds)
}

/// The whole catalogue, with the operators and what a value may be.
pub fn definitions() -> Value {
    let fields: Vec<Value> = Feature::ALL.into_iter().flat_map(of).collect();
    json!({
        "fields": fields,
        "operators": Operator::NAMES,
        "value_types": ["literal", "field", "list", "relative_date"],
        "status_values": ["Approved", "Declined", "In Review", "Not Finished", "Expired"],
        "session_statuses": ["Approved", "Declined", "In Review", "Determine"],
    })
}
