//! `PATCH /v3/businesses/{vendor_data}/update-status/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::view::BusinessView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::entities::{UpdateEntityStatus, VendorData};

/// Flag, block or reactivate a business
///
/// `BLOCKED` also puts `vendor_data` on the system block list, so that no new session can be created for it; any other
/// status takes it off again.
#[utoipa::path(
    patch, path = "/v3/businesses/{vendor_data}/update-status/", tag = "businesses", security(("api_key" = [])),
    request_body = UpdateEntityStatus,
    params(("vendor_data" = String, Path, description = "Your name for the business, exactly as sent.")),
    responses((status = 200, description = "The business.", body = BusinessView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_business_status(
    VendorData(vendor_data): VendorData,
    caller: Caller<may::WriteBusinesses>,
    State(engine): State<Engine>,
    Body(wanted): Body<UpdateEntityStatus>,
) -> Result<Json<BusinessView>, Problem> {
    let (scope, status) = (&caller.scope, wanted.status);
    Ok(Json(entities::update_status(&engine, scope, Kind::Business, &vendor_data, status).await?.into()))
}
