//! Sample events: what a receiver is tried with before anything real happens. Everybody in them is made up.

use model::decision::arrays;
use model::feature::Feature;
use model::id::EventId;
use model::report::Report;
use model::status::SessionStatus;
use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};
use store::Scope;
use uuid::Uuid;

use super::sealed::by_the_keyring;
use super::{EntityEvent, SessionEvent, head, place};
use crate::Engine;
use crate::decision::{environment, instant};

macro_rules! samples {
    ($($(#[$doc:meta])* $sample:ident $name:literal;)+) => {
        /// A sample.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Sample {
            $($(#[$doc])* $sample,)+
        }

        impl Sample {
            /// Every sample.
            pub const ALL: &[Self] = &[$(Self::$sample),+];

            /// The names of all.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The name by which it is asked for.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$sample => $name,)+ }
            }
        }
    };
}

samples! {
    /// A person was verified.
    Approved "approved";
    /// A person was declined: the document has expired.
    Declined "declined";
    /// A person waits for a reviewer: the name is not the expected one.
    InReview "in_review";
    /// A person was verified whose name no single-byte alphabet can write.
    UnicodeName "unicode_name";
    /// A person is asked for two steps again.
    Resubmitted "resubmitted";
    /// A session has only been made: no decision.
    NotStarted "not_started";
    /// A business was verified.
    BusinessApproved "business_approved";
    /// A session's data was corrected.
    DataUpdated "data_updated";
    /// A user was blocked.
    UserStatus "user_status_updated";
    /// A user's name changed.
    UserData "user_data_updated";
    /// A business was flagged.
    BusinessStatus "business_status_updated";
    /// A business's name changed.
    BusinessData "business_data_updated";
    /// Something a user did.
    Activity "activity_created";
    /// A transaction was evaluated for the first time.
    Transaction "transaction_created";
    /// A transaction's status changed.
    TransactionStatus "transaction_status_updated";
}

impl Sample {
    /// The sample of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sample| sample.name() == name)
    }

    /// Its `webhook_type`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::DataUpdated => SessionEvent::DataUpdated.name(),
            Self::UserStatus => EntityEvent::UserStatusUpdated.name(),
            Self::UserData => EntityEvent::UserDataUpdated.name(),
            Self::BusinessStatus => EntityEvent::BusinessStatusUpdated.name(),
            Self::BusinessData => EntityEvent::BusinessDataUpdated.name(),
            Self::Activity => "activity.created",
            Self::Transaction => EntityEvent::TransactionCreated.name(),
            Self::TransactionStatus => EntityEvent::TransactionStatusUpdated.name(),
            _ => SessionEvent::StatusUpdated.name(),
        }
    }

    fn status(self) -> SessionStatus {
        match self {
            Self::Declined => SessionStatus::Declined,
            Self::InReview => SessionStatus::InReview,
            Self::Resubmitted => SessionStatus::Resubmitted,
            Self::NotStarted => SessionStatus::NotStarted,
            _ => SessionStatus::Approved,
        }
    }

    fn fields(self, engine: &Engine, scope: &Scope) -> Map<String, Value> {
        let fields = match self {
            Self::UserStatus => json!({
                "vendor_data": "user-123", "status": "BLOCKED", "previous_status": "ACTIVE",
            }),
            Self::UserData => changed("user-123", "Alex Sample", "Alexandra Sample"),
            Self::BusinessStatus => json!({
                "vendor_data": "company-42", "status": "FLAGGED", "previous_status": "ACTIVE",
            }),
            Self::BusinessData => changed("company-42", "Sample Ltd", "Sample Holdings Ltd"),
            Self::Activity => json!({"vendor_data": "user-123", "activity_type": "LOGIN"}),
            Self::Transaction => transaction("PENDING"),
            Self::TransactionStatus => {
                let mut transaction = transaction("APPROVED");
                transaction["previous_status"] = json!("PENDING");
                transaction
            }
            _ => self.session(engine, scope),
        };
        fields.as_object().cloned().unwrap_or_default()
    }

    fn session(self, engine: &Engine, scope: &Scope) -> Value {
        let (session, workflow) = (engine.uuid(), engine.uuid());
        let status = self.status();
        let mut fields = json!({
            "session_id": session, "status": status, "workflow_id": workflow, "workflow_version": 1,
            "vendor_data": "user-123", "metadata": {"plan": "premium", "score": 0.5, "tags": []},
        });
        if status.carries_decision() {
            fields["decision"] = self.decision(engine, scope, session, workflow);
        }
        if self == Self::Resubmitted {
            let node = json!({"node_id": NODES[0], "feature": Feature::Ocr.workflow_name()});
            fields["resubmit_info"] = json!({"nodes_to_resubmit": [node], "reasons": {}});
        }
        if self == Self::BusinessApproved {
            fields["session_kind"] = json!("business");
            fields["business_session_id"] = json!(session);
            fields["vendor_data"] = json!("company-42");
        }
        fields
    }

    fn decision(self, engine: &Engine, scope: &Scope, session: Uuid, workflow: Uuid) -> Value {
        let reports = if self == Self::BusinessApproved { Vec::new() } else { self.reports() };
        let features = [Feature::Ocr, Feature::Liveness, Feature::FaceMatch];
        let mut decision = arrays(&reports.iter().collect::<Vec<_>>(), false);
        let person = self != Self::BusinessApproved;
        let head = json!({
            "session_id": session, "session_kind": if person { "user" } else { "business" }, "session_number": 1,
            "session_url": format!("{}/session/SampleSample", engine.base_url), "status": self.status(),
            "environment": environment(scope), "workflow_id": workflow, "workflow_version": 1,
            "features": if person { model::decision::feature_names(&features) } else { vec!["KYB_REGISTRY"] },
            "vendor_data": if person { "user-123" } else { "company-42" },
            "metadata": {"plan": "premium", "score": 0.5, "tags": []}, "expected_details": null,
            "contact_details": null, "callback": null, "reviews": [], "created_at": instant(engine.now()),
            "expires_at": null,
        });
        decision.extend(head.as_object().cloned().unwrap_or_default());
        if !person {
            let registry = json!({
                "node_id": "kyb_registry_1", "status": "Approved", "legal_name": "Sample Ltd",
                "registration_number": "00000000", "country_code": "GBR", "warnings": [],
            });
            decision.insert("registry_checks".to_owned(), json!([registry]));
        }
        Value::Object(decision)
    }

    fn reports(self) -> Vec<Report> {
        let (first, last) = if self == Self::UnicodeName {
            ("Łucja 美咲 😀", "Ñandú-Þórsdóttir")
        } else {
            ("Alex", "Sample")
        };
        let document = json!({
            "document_type": "Passport", "document_number": "X00000000", "issuing_state": "UTO",
            "first_name": first, "last_name": last, "full_name": format!("{first} {last}"),
            "date_of_birth": "1992-06-01", "age": 34, "gender": "U", "nationality": "UTO",
            "expiration_date": if self == Self::Declined { "2020-01-31" } else { "2031-01-31" },
        });
        let expired = (self == Self::Declined).then_some(Risk::DocumentExpired);
        let unexpected = (self == Self::InReview).then_some(Risk::FullNameMismatch);
        vec![
            report(0, Feature::Ocr, &document, expired.or(unexpected)),
            report(1, Feature::Liveness, &json!({"method": "PASSIVE", "score": 95.4}), None),
            report(2, Feature::FaceMatch, &json!({"score": 96.1}), None),
        ]
    }
}

const NODES: [&str; 3] = ["id_verification_1", "liveness_1", "face_match_1"];

fn report(node: usize, feature: Feature, fields: &Value, risk: Option<Risk>) -> Report {
    let node = NodeId(NODES[node].to_owned());
    let warnings = risk.map(|risk| Warning::under(risk, &Config::default(), &node)).into_iter().collect();
    Report::judged(node, feature, fields.as_object().cloned().unwrap_or_default(), warnings)
}

fn changed(vendor_data: &str, before: &str, after: &str) -> Value {
    json!({
        "vendor_data": vendor_data, "changed_fields": ["display_name"],
        "changes": {"display_name": {"previous": before, "current": after}},
    })
}

fn transaction(status: &str) -> Value {
    json!({
        "transaction_id": "33333333-4444-5555-6666-777777777777", "vendor_data": "user-123", "status": status,
        "amount": "1234.5600", "currency": "EUR",
    })
}

/// The sample's envelope, sealed as the event of this id.
pub(crate) fn sealed_sample(engine: &Engine, scope: &Scope, sample: Sample, id: EventId) -> Vec<u8> {
    let mut envelope = sample.fields(engine, scope);
    envelope.extend(head(engine, scope, sample.kind(), id));
    by_the_keyring(engine, &place(id), &Value::Object(envelope))
}
