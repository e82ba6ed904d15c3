//! What the parties' own sessions come to, as the report of the business session (features §17.6).

use model::feature::Feature;
use model::report::Report;
use model::status::{FeatureStatus, SessionStatus};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};

use super::{Child, Party, Standing};

/// The report as the parties stand.
pub(super) fn of(node: &NodeId, config: &Config, parties: &[Standing]) -> Report {
    let required: Vec<&Standing> =
        parties.iter().filter(|standing| standing.party.requires_verification).collect();
    let mut report =
        Report::judged(node.clone(), Feature::KybKeyPeople, fields(parties, &required), Vec::new());
    report.status = status(config, &required);
    report
}

/// Waits while any required session is open. Then one that failed declines (unless the workflow leaves that to a human),
/// and one that was never finished goes to a human.
fn status(config: &Config, required: &[&Standing]) -> FeatureStatus {
    let statuses = || required.iter().map(|standing| standing.child.as_ref().map(|child| child.status));
    if statuses().flatten().any(|status| !has_ended(status)) {
        return FeatureStatus::AwaitingUser;
    }
    let declines = config.get("kyb_reject_if_ubo_rejected").and_then(Value::as_bool).unwrap_or(true);
    if declines && statuses().any(|status| status == Some(SessionStatus::Declined)) {
        FeatureStatus::Declined
    } else if statuses().all(|status| status == Some(SessionStatus::Approved)) {
        FeatureStatus::Approved
    } else {
        FeatureStatus::InReview
    }
}

/// A session in review is not over: a human decides it, and the business session waits for that.
const fn has_ended(status: SessionStatus) -> bool {
    use SessionStatus as S;
    matches!(status, S::Approved | S::Declined | S::Expired | S::Abandoned | S::KycExpired)
}

fn fields(parties: &[Standing], required: &[&Standing]) -> Map<String, Value> {
    let count = |wanted: &[SessionStatus]| {
        let statuses =
            required.iter().filter_map(|standing| standing.child.as_ref()).map(|child| child.status);
        statuses.filter(|status| wanted.contains(status)).count()
    };
    let approved = count(&[SessionStatus::Approved]);
    let flagged = count(&[SessionStatus::Declined, SessionStatus::InReview]);
    let parties: Vec<Value> = parties.iter().map(party).collect();
    let fields = json!({
        "registry": {"officers": [], "beneficial_owners": []},
        "submitted": {"parties": parties},
        "ubo_kyc_summary": {
            "total": required.len(),
            "approved": approved,
            "flagged": flagged,
            "pending": required.len() - approved - flagged,
        },
    });
    fields.as_object().cloned().unwrap_or_default()
}

/// One entry of `submitted.parties`.
fn party(standing: &Standing) -> Value {
    let Party { roles, .. } = &standing.party;
    let party = &standing.party;
    let roles: Vec<Value> = roles
        .iter()
        .map(|role| {
            json!({"role": role.role, "ownership_percent": role.ownership_percent, "voting_percent": role.voting_percent})
        })
        .collect();
    let mut entry = json!({
        "uuid": standing.id,
        "entity_type": party.entity_type,
        "source": "USER",
        "name": party.name(),
        "first_name": party.first_name,
        "last_name": party.last_name,
        "company_name": party.company_name,
        "registration_number": party.registration_number,
        "email": party.email,
        "nationality": party.nationality,
        "phone_number": party.phone_number,
        "date_of_birth": party.date_of_birth,
        "position": party.position,
        "custom_fields": party.custom_fields,
        "is_active": true,
        "is_skipped": party.is_skipped,
        "requires_verification": party.requires_verification,
        "roles": roles,
    });
    let own = |company: bool| standing.child.as_ref().filter(|_| party.is_company() == company);
    for (prefix, child) in [("kyc_session", own(false)), ("kyb_sub_session", own(true))] {
        entry[format!("{prefix}_id")] = json!(child.map(|child| child.session_id));
        entry[format!("{prefix}_status")] = json!(child.map(|child| child.status));
        entry[format!("{prefix}_url")] = json!(child.and_then(url));
    }
    entry
}

fn url(child: &Child) -> Option<&str> {
    child.url.as_deref()
}

#[cfg(test)]
mod tests {
    use model::id::{PartyId, SessionId};

    use super::*;

    fn standing(status: SessionStatus) -> Standing {
        let id = "11111111-2222-3333-4444-555555555555";
        let child = Child { session_id: id.parse::<SessionId>().unwrap(), status, url: None };
        let party = Party { requires_verification: true, ..Party::default() };
        Standing { id: id.parse::<PartyId>().unwrap(), party, child: Some(child) }
    }

    fn status_of(config: &Value, statuses: &[SessionStatus]) -> FeatureStatus {
        let parties: Vec<_> = statuses.iter().copied().map(standing).collect();
        of(&"kyb_key_people_1".into(), config.as_object().unwrap(), &parties).status
    }

    #[test]
    fn it_waits_for_everyone_and_takes_the_worst() {
        use SessionStatus::{Approved, Declined, Expired, InProgress, InReview};
        let plain = json!({});
        assert_eq!(status_of(&plain, &[]), FeatureStatus::Approved);
        assert_eq!(status_of(&plain, &[Approved, InProgress]), FeatureStatus::AwaitingUser);
        assert_eq!(status_of(&plain, &[Declined, InReview]), FeatureStatus::AwaitingUser);
        assert_eq!(status_of(&plain, &[Approved, Approved]), FeatureStatus::Approved);
        assert_eq!(status_of(&plain, &[Approved, Declined]), FeatureStatus::Declined);
        assert_eq!(status_of(&plain, &[Approved, Expired]), FeatureStatus::InReview);
        let lenient = json!({"kyb_reject_if_ubo_rejected": false});
        assert_eq!(status_of(&lenient, &[Approved, Declined]), FeatureStatus::InReview);
    }

    #[test]
    fn a_party_without_a_session_never_approves() {
        let mut alone = standing(SessionStatus::Approved);
        alone.child = None;
        let report = of(&"kyb_key_people_1".into(), &Config::new(), &[alone]);
        assert_eq!(report.status, FeatureStatus::InReview);
    }
}
