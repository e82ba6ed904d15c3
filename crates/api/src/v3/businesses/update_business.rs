//! `PATCH /v3/businesses/{vendor_data}/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::change_business::{BusinessFields, UpdateBusiness};
use super::view::BusinessView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::entities::VendorData;

/// Change a business
///
/// Every field is optional; `metadata` and the lists replace what was there. `status` here does the same as `update-status`.
#[utoipa::path(
    patch, path = "/v3/businesses/{vendor_data}/", tag = "businesses", security(("api_key" = [])), request_body = BusinessFields,
    params(("vendor_data" = String, Path, description = "Your name for the business, exactly as sent.")),
    responses((status = 200, description = "The business.", body = BusinessView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_business(
    VendorData(vendor_data): VendorData,
    caller: Caller<may::WriteBusinesses>,
    State(engine): State<Engine>,
    Body(UpdateBusiness(changes)): Body<UpdateBusiness>,
) -> Result<Json<BusinessView>, Problem> {
    let changed = entities::update(&engine, &caller.scope, Kind::Business, &vendor_data, changes).await?;
    Ok(Json(changed.into()))
}
