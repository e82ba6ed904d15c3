//! The parties of business sessions (core API §3.8).

use engine::Engine;
use engine::parties::{Refused, Standing};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::problem::{Code, Problem};

mod regenerate_party;
mod submit_parties;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(submit_parties::submit_parties))
        .routes(routes!(regenerate_party::regenerate_party))
}

/// A party and the session that verifies it.
#[derive(Serialize, ToSchema)]
#[schema(as = Party)]
struct PartyView {
    uuid: Uuid,
    /// `person` or `company`.
    entity_type: String,
    name: String,
    requires_verification: bool,
    is_skipped: bool,
    /// Of a person's session.
    kyc_session_id: Option<Uuid>,
    kyc_session_status: Option<&'static str>,
    #[schema(format = "uri")]
    kyc_session_url: Option<String>,
    /// Of a company's session.
    kyb_sub_session_id: Option<Uuid>,
    kyb_sub_session_status: Option<&'static str>,
    #[schema(format = "uri")]
    kyb_sub_session_url: Option<String>,
}

impl From<Standing> for PartyView {
    fn from(Standing { id, party, child }: Standing) -> Self {
        let (person, company) = if party.is_company() { (None, child) } else { (child, None) };
        Self {
            uuid: id.0,
            name: party.name(),
            entity_type: party.entity_type,
            requires_verification: party.requires_verification,
            is_skipped: party.is_skipped,
            kyc_session_id: person.as_ref().map(|child| child.session_id.0),
            kyc_session_status: person.as_ref().map(|child| child.status.as_str()),
            kyc_session_url: person.and_then(|child| child.url),
            kyb_sub_session_id: company.as_ref().map(|child| child.session_id.0),
            kyb_sub_session_status: company.as_ref().map(|child| child.status.as_str()),
            kyb_sub_session_url: company.and_then(|child| child.url),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound | Refused::PartyNotFound => Self::new(Code::NotFound),
            Refused::NotNow => {
                Self::detail(Code::Invalid, "The session does not wait for its key people to be named.")
            }
            Refused::Nobody => Self::field("parties", "This field is required."),
            Refused::StillGood => Self::detail(
                Code::Invalid,
                "A party's session can be regenerated only after it was deleted or expired, while the business session awaits its parties.",
            ),
            Refused::Workflow => {
                Self::detail(Code::Invalid, "The workflow that verifies this party cannot be used.")
            }
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
