//! `GET /v3/businesses/{vendor_data}/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::view::BusinessView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::entities::VendorData;

/// Read a business
#[utoipa::path(
    get, path = "/v3/businesses/{vendor_data}/", tag = "businesses", security(("api_key" = [])),
    params(("vendor_data" = String, Path, description = "Your name for the business, exactly as sent.")),
    responses((status = 200, description = "The business.", body = BusinessView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_business(
    VendorData(vendor_data): VendorData,
    caller: Caller<may::ReadBusinesses>,
    State(engine): State<Engine>,
) -> Result<Json<BusinessView>, Problem> {
    Ok(Json(entities::get(&engine, &caller.scope, Kind::Business, &vendor_data).await?.into()))
}
