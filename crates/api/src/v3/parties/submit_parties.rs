//! `POST /v3/session/{session_id}/kyb/parties/submit/`.

use axum::Json;
use axum::extract::State;
use engine::parties::{MOST, Party, ROLES, Role, Submission, Submitted};
use engine::{Engine, parties};
use model::id::SessionId;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PartyView;
use crate::body::fields::{Parsed, nested, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::languages::LANGUAGES;
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// The people and companies behind the company.
#[derive(ToSchema)]
#[schema(as = SubmitParties, example = json!({"locale": "en", "parties": [{
    "first_name": "Jane", "last_name": "Smith", "email": "jane@example.com",
    "roles": [{"role": "ubo", "ownership_percent": 60}]
}]}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct SubmitPartiesFields {
    /// Language in which they are written to.
    locale: Option<String>,
    /// Everyone, at once; at most 100. May be left out once they were named.
    parties: Option<Vec<PartyFields>>,
}

/// A person or a company.
#[derive(ToSchema)]
#[schema(as = NewParty)]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct PartyFields {
    /// `person` (default) or `company`.
    entity_type: Option<String>,
    /// Required of a person, with `last_name`.
    first_name: Option<String>,
    last_name: Option<String>,
    /// Required of a company.
    company_name: Option<String>,
    registration_number: Option<String>,
    #[schema(format = "email")]
    email: Option<String>,
    phone_number: Option<String>,
    nationality: Option<String>,
    #[schema(format = "date")]
    date_of_birth: Option<String>,
    position: Option<String>,
    #[schema(value_type = Option<Object>)]
    custom_fields: Option<Map<String, Value>>,
    /// Not to be verified, where the workflow allows that for all of its roles.
    is_skipped: Option<bool>,
    /// At least one.
    roles: Vec<RoleFields>,
}

/// What a party is to the company.
#[derive(ToSchema)]
#[schema(as = PartyRole)]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct RoleFields {
    /// `director`, `ubo`, `shareholder` and so on.
    role: String,
    #[schema(minimum = 0, maximum = 100)]
    ownership_percent: Option<f64>,
    #[schema(minimum = 0, maximum = 100)]
    voting_percent: Option<f64>,
}

pub(super) struct SubmitParties(Submission);

impl Read for SubmitParties {
    fn read(fields: &mut Fields) -> Option<Self> {
        let locale = fields.optional("locale", values::choice(LANGUAGES));
        let parties = fields.optional("parties", named);
        Some(Self(Submission { locale: locale?.map(str::to_owned), parties: parties?.unwrap_or_default() }))
    }
}

fn named(value: &Value) -> Parsed<Vec<Party>> {
    if value.as_array().is_some_and(|parties| parties.len() > MOST) {
        return wrong(format!("Ensure this field has no more than {MOST} elements."));
    }
    let parties = values::list(nested::<NamedParty>)(value)?;
    Ok(parties.into_iter().map(|NamedParty(party)| party).collect())
}

struct NamedParty(Party);

impl Read for NamedParty {
    fn read(fields: &mut Fields) -> Option<Self> {
        let kind = fields.optional("entity_type", values::choice(&["person", "company"]));
        let mut text = |name: &str, max: usize| fields.optional(name, values::text(max));
        let (first_name, last_name) = (text("first_name", 255), text("last_name", 255));
        let (company_name, registration_number) =
            (text("company_name", 255), text("registration_number", 100));
        let (phone_number, nationality) = (text("phone_number", 32), text("nationality", 3));
        let position = text("position", 255);
        let email = fields.optional("email", values::email);
        let date_of_birth = fields.optional("date_of_birth", values::date);
        let custom_fields = fields.optional("custom_fields", object);
        let is_skipped = fields.optional("is_skipped", values::boolean);
        let roles = fields.required("roles", roles);
        let party = Party {
            entity_type: kind?.unwrap_or("person").to_owned(),
            first_name: first_name?,
            last_name: last_name?,
            company_name: company_name?,
            registration_number: registration_number?,
            email: email?,
            phone_number: phone_number?,
            nationality: nationality?,
            date_of_birth: date_of_birth?,
            position: position?,
            custom_fields: custom_fields?.unwrap_or_default(),
            is_skipped: is_skipped?.unwrap_or(false),
            roles: roles?,
            requires_verification: false,
        };
        let needed: &[(&str, bool)] = if party.is_company() {
            &[("company_name", party.company_name.is_some())]
        } else {
            &[("first_name", party.first_name.is_some()), ("last_name", party.last_name.is_some())]
        };
        for (name, given) in needed {
            if !given {
                return fields.reject(name, "This field is required.");
            }
        }
        Some(Self(party))
    }
}

fn object(value: &Value) -> Parsed<Map<String, Value>> {
    value.as_object().cloned().map_or_else(|| wrong("Expected a dictionary of items."), Ok)
}

fn roles(value: &Value) -> Parsed<Vec<Role>> {
    let roles = values::list(nested::<NamedRole>)(value)?;
    if roles.is_empty() {
        return Err(json!(["This list may not be empty."]));
    }
    Ok(roles.into_iter().map(|NamedRole(role)| role).collect())
}

struct NamedRole(Role);

impl Read for NamedRole {
    fn read(fields: &mut Fields) -> Option<Self> {
        let role = fields.required("role", values::choice(&ROLES));
        let ownership_percent = fields.optional("ownership_percent", percent);
        let voting_percent = fields.optional("voting_percent", percent);
        Some(Self(Role {
            role: role?.to_owned(),
            ownership_percent: ownership_percent?,
            voting_percent: voting_percent?,
        }))
    }
}

fn percent(value: &Value) -> Parsed<f64> {
    match value.as_f64() {
        Some(share) if (0.0..=100.0).contains(&share) => Ok(share),
        Some(_) => wrong("Must be between 0 and 100."),
        None => wrong("A valid number is required."),
    }
}

/// The business session and its parties.
#[derive(Serialize, ToSchema)]
pub(super) struct SubmittedPartiesView {
    session_id: Uuid,
    /// `Awaiting User` while a party is being verified.
    status: &'static str,
    /// Whether they had been named before; then nothing changed.
    already_submitted: bool,
    parties: Vec<PartyView>,
}

impl From<Submitted> for SubmittedPartiesView {
    fn from(submitted: Submitted) -> Self {
        Self {
            session_id: submitted.session_id.0,
            status: submitted.status.as_str(),
            already_submitted: submitted.already_submitted,
            parties: submitted.parties.into_iter().map(PartyView::from).collect(),
        }
    }
}

/// Name the key people of a company
///
/// Whoever the workflow wants verified gets a session of their own, and an invitation if the workflow says so. The
/// business session waits in `Awaiting User` until all of those have ended, then decides by what became of them.
#[utoipa::path(
    post, path = "/v3/session/{session_id}/kyb/parties/submit/", tag = "sessions", security(("api_key" = [])),
    request_body = SubmitPartiesFields,
    params(("session_id" = Uuid, Path, description = "The business session.")),
    responses((status = 200, description = "The parties.", body = SubmittedPartiesView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn submit_parties(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(SubmitParties(submission)): Body<SubmitParties>,
) -> Result<Json<SubmittedPartiesView>, Problem> {
    Ok(Json(parties::submit(&engine, &caller.scope, id, submission).await?.into()))
}
