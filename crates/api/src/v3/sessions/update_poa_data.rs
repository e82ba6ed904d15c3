//! `PATCH /v3/session/{session_id}/update-poa-data/` (features §18.2).

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use engine::Engine;
use engine::sessions::{self, Correction, Paper};
use model::id::SessionId;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::corrections::{AtNode, Reader, exactly, issuing_state, refusal, with_node};
use crate::body::fields::Parsed;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

const KINDS: &[&str] =
    &["UTILITY_BILL", "BANK_STATEMENT", "GOVERNMENT_ISSUED_DOCUMENT", "OTHER_POA_DOCUMENT", "UNKNOWN"];

/// Corrections of a proof of address; all fields are optional.
#[derive(ToSchema)]
#[schema(as = AddressCorrection, example = json!({"issuer": "Energy Provider S.A.", "issue_date": "2026-04-12"}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct CorrectionFields {
    /// ISO 3166-1 alpha-3.
    issuing_state: Option<String>,
    /// `UTILITY_BILL`, `BANK_STATEMENT`, `GOVERNMENT_ISSUED_DOCUMENT`, `OTHER_POA_DOCUMENT` or `UNKNOWN`.
    document_type: Option<String>,
    #[schema(max_length = 50)]
    document_language: Option<String>,
    #[schema(max_length = 255)]
    issuer: Option<String>,
    #[schema(format = "date")]
    issue_date: Option<String>,
    poa_address: Option<String>,
    #[schema(max_length = 255)]
    name_on_document: Option<String>,
    /// Key by key; null or an empty text removes one. `additional_names` is a list.
    #[schema(value_type = Option<Object>)]
    extra_fields: Option<Value>,
    /// `address_type`, `city`, `region`, `street_1`, `street_2`, `postal_code` and `country` (alpha-2), key by key.
    #[schema(value_type = Option<Object>)]
    poa_parsed_address: Option<Value>,
    /// Whose data; may stand in the query instead.
    node_id: Option<String>,
}

pub(super) struct UpdatePoaData(Correction);

impl Read for UpdatePoaData {
    fn read(fields: &mut Fields) -> Option<Self> {
        let mut reader = Reader::of(fields);
        reader.nullable("issuing_state", issuing_state);
        reader.given("document_type", exactly(KINDS));
        reader.nullable("document_language", values::opaque(50));
        reader.nullable("issuer", values::opaque(255));
        reader.nullable("issue_date", values::date);
        reader.nullable("poa_address", values::opaque(2_000));
        reader.nullable("name_on_document", values::opaque(255));
        reader.extra_fields(names_are_a_list);
        reader.parsed_address("poa_parsed_address");
        reader.finish().map(Self)
    }
}

fn names_are_a_list(extra: &Map<String, Value>) -> Parsed<()> {
    match extra.get("additional_names") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Array(names)) if names.iter().all(Value::is_string) => Ok(()),
        Some(_) => Err(json!({"additional_names": "Must be a list or null."})),
    }
}

/// Correct what was read from a proof of address
///
/// For sessions that are `Approved`, `Declined`, `In Review` or `Kyc Expired`. The session's status stays. Answers with
/// the whole record; subscribers are told only if something changed.
#[utoipa::path(
    patch, path = "/v3/session/{session_id}/update-poa-data/", tag = "sessions", security(("api_key" = [])),
    params(
        ("session_id" = Uuid, Path, description = "From the create's answer."),
        ("node_id" = Option<String>, Query, description = "The step to correct; the latest proof unless given."),
    ),
    request_body = CorrectionFields,
    responses((status = 200, description = "The record as it stands.", body = CorrectionFields), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_poa_data(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    at: Result<Query<AtNode>, QueryRejection>,
    State(engine): State<Engine>,
    Body(UpdatePoaData(correction)): Body<UpdatePoaData>,
) -> Result<Json<Value>, Problem> {
    let correction = with_node(correction, at);
    let done = sessions::correct(&engine, &caller.scope, id, Paper::Address, &correction).await;
    done.map(Json).map_err(|refused| refusal(refused, "POA"))
}
