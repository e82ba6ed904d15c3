//! Who has to be verified, and by which workflow (features §17.2, `KYB_KEY_PEOPLE`).

use model::id::WorkflowId;
use model::workflow::Config;
use serde_json::Value;

use super::{Party, Role};

/// Owners below this share are not verified, unless the workflow says otherwise.
const THRESHOLD: f64 = 25.0;

/// How a party is to be verified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Need {
    /// Whether it is.
    pub(super) required: bool,
    /// By this workflow; the application's default where the workflow names none.
    pub(super) workflow: Option<WorkflowId>,
}

/// The strictest of what the workflow says of each of the party's roles.
pub(super) fn of(config: &Config, party: &Party) -> Need {
    let needs = party.roles.iter().map(|role| of_role(config, party, role));
    let need = needs.fold(Need::default(), |strictest, need| Need {
        required: strictest.required || need.required,
        workflow: strictest.workflow.filter(|_| strictest.required).or(need.workflow),
    });
    if party.is_skipped && may_skip(config, party) { Need { required: false, ..need } } else { need }
}

fn of_role(config: &Config, party: &Party, role: &Role) -> Need {
    let class = Class::of(party, role);
    let entry = entry(config, &role.role);
    let said = |name: &str| entry.and_then(|entry| entry.get(name));
    let enabled = said("enabled").and_then(Value::as_bool) != Some(false);
    let by_role = said("require_kyc").or_else(|| said("require_kyb")).and_then(Value::as_bool);
    let required =
        enabled && by_role.unwrap_or_else(|| class.is_required(config)) && class.owns_enough(config, role);
    let workflow = said("verification_workflow").or_else(|| config.get(class.workflow_key()));
    Need { required, workflow: workflow.and_then(Value::as_str).and_then(|id| id.parse().ok()) }
}

/// The role's own settings: a map by role, or a list with `role`.
fn entry<'a>(config: &'a Config, role: &str) -> Option<&'a Value> {
    match config.get("kyb_role_config")? {
        Value::Object(by_role) => by_role.get(role),
        Value::Array(entries) => entries.iter().find(|entry| entry["role"] == role),
        _ => None,
    }
}

/// A party is skipped only where every one of its roles may be.
fn may_skip(config: &Config, party: &Party) -> bool {
    let allowed = |role: &Role| {
        entry(config, &role.role).and_then(|entry| entry.get("allow_skip")).and_then(Value::as_bool)
            == Some(true)
    };
    party.roles.iter().all(allowed)
}

/// The groups of roles that the workflow's settings speak of.
enum Class {
    Owner,
    CorporateOwner,
    Shareholder,
    Officer,
}

impl Class {
    fn of(party: &Party, role: &Role) -> Self {
        match role.role.as_str() {
            "ubo" | "shareholder" | "investor" if party.is_company() => Self::CorporateOwner,
            "ubo" => Self::Owner,
            "shareholder" | "investor" => Self::Shareholder,
            _ => Self::Officer,
        }
    }

    fn is_required(&self, config: &Config) -> bool {
        let flag = |name: &str| config.get(name).and_then(Value::as_bool).unwrap_or(false);
        match self {
            Self::Owner => flag("kyb_require_ubo_kyc"),
            Self::CorporateOwner => flag("kyb_require_corporate_ubo_kyb"),
            Self::Shareholder => config.get(self.workflow_key()).is_some_and(Value::is_string),
            Self::Officer => flag("kyb_require_officer_kyc"),
        }
    }

    /// An owner whose share is not known is taken to own enough.
    fn owns_enough(&self, config: &Config, role: &Role) -> bool {
        let key = match self {
            Self::Officer => return true,
            Self::Shareholder => "kyb_shareholder_ownership_threshold",
            Self::Owner | Self::CorporateOwner => "kyb_ubo_ownership_threshold",
        };
        let threshold = config.get(key).and_then(Value::as_f64).unwrap_or(THRESHOLD);
        role.ownership_percent.is_none_or(|share| share >= threshold)
    }

    const fn workflow_key(&self) -> &'static str {
        match self {
            Self::Owner => "kyb_ubo_verification_workflow",
            Self::CorporateOwner => "kyb_corporate_ubo_verification_workflow",
            Self::Shareholder => "kyb_shareholder_verification_workflow",
            Self::Officer => "kyb_officer_verification_workflow",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KYC: &str = "11111111-2222-3333-4444-555555555555";

    fn party(role: &str, share: Option<f64>) -> Party {
        let role = Role { role: role.to_owned(), ownership_percent: share, voting_percent: None };
        Party { entity_type: "person".to_owned(), roles: vec![role], ..Party::default() }
    }

    fn need(config: &Value, party: &Party) -> Need {
        of(config.as_object().unwrap(), party)
    }

    #[test]
    fn owners_are_verified_from_their_threshold_on() {
        let config = json!({"kyb_require_ubo_kyc": true, "kyb_ubo_verification_workflow": KYC});
        let owner = need(&config, &party("ubo", Some(25.0)));
        assert_eq!(owner, Need { required: true, workflow: Some(KYC.parse().unwrap()) });
        assert!(need(&config, &party("ubo", None)).required, "an unknown share may be a large one");
        assert!(!need(&config, &party("ubo", Some(24.9))).required);
        assert!(!need(&config, &party("director", None)).required);
        let lower = json!({"kyb_require_ubo_kyc": true, "kyb_ubo_ownership_threshold": 10});
        assert!(need(&lower, &party("ubo", Some(10.0))).required);
    }

    #[test]
    fn a_role_of_its_own_settings_goes_before_its_class() {
        let entry = json!({"require_kyc": true, "allow_skip": true, "verification_workflow": KYC});
        for roles in [
            json!({"director": entry}),
            json!([{"role": "director", "require_kyc": true, "allow_skip": true}]),
        ] {
            let config = json!({"kyb_role_config": roles, "kyb_require_officer_kyc": false});
            let mut director = party("director", None);
            assert!(need(&config, &director).required);
            director.is_skipped = true;
            assert!(!need(&config, &director).required);
            director.roles.push(Role { role: "secretary".to_owned(), ..Role::default() });
            assert!(need(&config, &director).required, "one of the roles may not be skipped");
        }
        let off = json!({"kyb_role_config": {"director": {"enabled": false, "require_kyc": true}}});
        assert!(!need(&off, &party("director", None)).required);
    }
}
