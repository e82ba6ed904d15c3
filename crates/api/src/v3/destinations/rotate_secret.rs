//! `POST /v3/webhook/destinations/{uuid}/rotate-secret/` and what ends the overlap, ours.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};
use jiff::SignedDuration;
use model::id::DestinationId;
use utoipa::ToSchema;

use super::view::DestinationView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// A day, and a week.
const USUAL_OVERLAP: i64 = 86_400;
const LONGEST_OVERLAP: i64 = 604_800;

/// How long the old secret is to count.
#[derive(ToSchema)]
#[schema(example = json!({"overlap_seconds": 3600}))]
pub(super) struct RotateSecret {
    /// Seconds for which the old secret verifies beside the new one: a day unless said, at most a week; 0 ends it at once.
    #[schema(required = false, minimum = 0, maximum = 604_800)]
    overlap_seconds: i64,
}

impl Read for RotateSecret {
    fn read(fields: &mut Fields) -> Option<Self> {
        let overlap = fields.optional("overlap_seconds", values::integer(0, LONGEST_OVERLAP))?;
        Some(Self { overlap_seconds: overlap.unwrap_or(USUAL_OVERLAP) })
    }
}

/// Rotate a destination's secret
///
/// The answer holds the new secret. During the overlap a receiver that still holds the old one and one that holds the new
/// one both verify the usual headers: deliveries are signed with the secret that the receiver accepted last, and where it
/// answers 400, 401, 403 or 422, at once again with the other one. `X-Signature-V2-Current` and `X-Signature-V2-Previous`
/// (and the same for the other two signatures) carry both for receivers that look.
#[utoipa::path(
    post, path = "/v3/webhook/destinations/{uuid}/rotate-secret/", tag = "webhooks", security(("api_key" = [])),
    request_body = RotateSecret, params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 200, description = "The destination with its new secret.", body = DestinationView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn rotate_secret(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
    Body(wanted): Body<RotateSecret>,
) -> Result<Json<DestinationView>, Problem> {
    let overlap = SignedDuration::from_secs(wanted.overlap_seconds);
    Ok(Json(destinations::rotate_secret(&engine, &caller.scope, id, overlap).await?.into()))
}

/// End a rotation
///
/// The old secret dies at once: call it when every receiver has the new one.
#[utoipa::path(
    delete, path = "/v3/webhook/destinations/{uuid}/previous-secret/", tag = "webhooks", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 200, description = "The destination.", body = DestinationView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn end_rotation(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
) -> Result<Json<DestinationView>, Problem> {
    Ok(Json(destinations::end_rotation(&engine, &caller.scope, id).await?.into()))
}
