//! `POST /v3/webhook/destinations/{uuid}/test/`, ours.

use axum::Json;
use axum::extract::State;
use engine::webhooks::Sample;
use engine::{Engine, destinations};
use model::id::DestinationId;
use utoipa::ToSchema;

use super::view::DeliveryView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Which sample is sent.
#[derive(ToSchema)]
#[schema(example = json!({"sample": "approved"}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct SendTest {
    /// `approved` (unless said), `declined`, `in_review`, `unicode_name`, `resubmitted`, `not_started`,
    /// `business_approved`, `data_updated`, `user_status_updated`, `user_data_updated`, `business_status_updated`,
    /// `business_data_updated`, `activity_created`, `transaction_created` or `transaction_status_updated`.
    #[schema(required = false)]
    sample: String,
}

/// The sample that was asked for.
pub(super) struct Wanted(Sample);

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.optional("sample", values::choice(Sample::NAMES))?;
        Some(Self(name.and_then(Sample::of_name).unwrap_or(Sample::Approved)))
    }
}

/// Send a test webhook
///
/// A full sample payload, signed as every webhook and marked `X-Didit-Test-Webhook: true`, is posted at once; the answer
/// is its entry in the delivery log with what your endpoint said. It goes out whether or not the destination is enabled
/// or subscribes to such events, is not retried and does not count in the summary.
#[utoipa::path(
    post, path = "/v3/webhook/destinations/{uuid}/test/", tag = "webhooks", security(("api_key" = [])),
    request_body = SendTest, params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 200, description = "How it went.", body = DeliveryView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn send_test(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
    Body(Wanted(sample)): Body<Wanted>,
) -> Result<Json<DeliveryView>, Problem> {
    Ok(Json(destinations::send_test(&engine, &caller.scope, id, sample).await?.into()))
}
