//! `PATCH /v3/session/{session_id}/update-data/` (features §18.2).

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use engine::Engine;
use engine::sessions::{self, Correction, Paper};
use model::id::SessionId;
use serde_json::Value;
use utoipa::ToSchema;

use super::corrections::{AtNode, Reader, exactly, issuing_state, refusal, with_node};
use crate::body::fields::Parsed;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

const KINDS: &[&str] = &["P", "DL", "ID", "RP", "SSC", "HIC", "WP", "TC", "VISA", "PSC", "BC", "OTHER"];

/// Names that stand for a code.
const NAMED: [(&str, &str); 6] = [
    ("Passport", "P"),
    ("Identity Card", "ID"),
    ("Driver's License", "DL"),
    ("Residence Permit", "RP"),
    ("Health Insurance Card", "HIC"),
    ("Tax Card", "TC"),
];

/// Corrections of an identity document; all fields are optional.
#[derive(ToSchema)]
#[schema(as = IdentityCorrection, example = json!({
    "first_name": "Carmen", "date_of_birth": "1980-01-01", "parsed_address": {"city": "Madrid", "country": "ES"}
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct CorrectionFields {
    /// `P`, `DL`, `ID`, `RP`, `SSC`, `HIC`, `WP`, `TC`, `VISA`, `PSC`, `BC` or `OTHER`.
    document_type: Option<String>,
    #[schema(max_length = 128)]
    document_subtype: Option<String>,
    #[schema(max_length = 255)]
    document_number: Option<String>,
    #[schema(max_length = 255)]
    personal_number: Option<String>,
    #[schema(format = "date")]
    date_of_birth: Option<String>,
    #[schema(format = "date")]
    date_of_issue: Option<String>,
    #[schema(format = "date")]
    expiration_date: Option<String>,
    /// ISO 3166-1 alpha-3.
    issuing_state: Option<String>,
    #[schema(max_length = 255)]
    first_name: Option<String>,
    #[schema(max_length = 255)]
    last_name: Option<String>,
    /// `M`, `F` or `U`.
    gender: Option<String>,
    #[schema(max_length = 255)]
    address: Option<String>,
    #[schema(max_length = 255)]
    place_of_birth: Option<String>,
    #[schema(max_length = 32)]
    nationality: Option<String>,
    /// `SINGLE`, `MARRIED`, `DIVORCED`, `WIDOWED` or `UNKNOWN`.
    marital_status: Option<String>,
    /// Key by key; null or an empty text removes one.
    #[schema(value_type = Option<Object>)]
    extra_fields: Option<Value>,
    /// `address_type`, `city`, `region`, `street_1`, `street_2`, `postal_code` and `country` (alpha-2), key by key.
    #[schema(value_type = Option<Object>)]
    parsed_address: Option<Value>,
    /// Whose data; may stand in the query instead.
    node_id: Option<String>,
}

pub(super) struct UpdateData(Correction);

impl Read for UpdateData {
    fn read(fields: &mut Fields) -> Option<Self> {
        let mut reader = Reader::of(fields);
        reader.nullable("document_type", kind);
        reader.nullable("document_subtype", values::opaque(128));
        for name in
            ["document_number", "personal_number", "first_name", "last_name", "address", "place_of_birth"]
        {
            reader.nullable(name, values::opaque(255));
        }
        for name in ["date_of_birth", "date_of_issue", "expiration_date"] {
            reader.nullable(name, values::date);
        }
        reader.nullable("issuing_state", issuing_state);
        reader.nullable("gender", exactly(&["M", "F", "U"]));
        reader.nullable("nationality", values::opaque(32));
        reader.given("marital_status", exactly(&["SINGLE", "MARRIED", "DIVORCED", "WIDOWED", "UNKNOWN"]));
        reader.extra_fields(|_| Ok(()));
        reader.parsed_address("parsed_address");
        reader.finish().map(Self)
    }
}

fn kind(value: &Value) -> Parsed<&'static str> {
    let named = NAMED.iter().find(|(name, _)| value == name);
    named.map_or_else(|| exactly(KINDS)(value), |(_, code)| Ok(*code))
}

/// Correct what was read from an identity document
///
/// For sessions that are `Approved`, `Declined`, `In Review` or `Kyc Expired`. `full_name` and `issuing_state_name`
/// follow; the session's status does not. Answers with the whole record.
#[utoipa::path(
    patch, path = "/v3/session/{session_id}/update-data/", tag = "sessions", security(("api_key" = [])),
    params(
        ("session_id" = Uuid, Path, description = "From the create's answer."),
        ("node_id" = Option<String>, Query, description = "The step to correct; the latest document unless given."),
    ),
    request_body = CorrectionFields,
    responses((status = 200, description = "The record as it stands.", body = CorrectionFields), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_data(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    at: Result<Query<AtNode>, QueryRejection>,
    State(engine): State<Engine>,
    Body(UpdateData(correction)): Body<UpdateData>,
) -> Result<Json<Value>, Problem> {
    let correction = with_node(correction, at);
    let done = sessions::correct(&engine, &caller.scope, id, Paper::Identity, &correction).await;
    done.map(Json).map_err(|refused| refusal(refused, "KYC"))
}
