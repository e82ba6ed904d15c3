//! `GET /v3/users/{vendor_data}/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::view::UserView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::entities::VendorData;

/// Read a user
#[utoipa::path(
    get, path = "/v3/users/{vendor_data}/", tag = "users", security(("api_key" = [])),
    params(("vendor_data" = String, Path, description = "Your name for the user, exactly as sent.")),
    responses((status = 200, description = "The user.", body = UserView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_user(
    VendorData(vendor_data): VendorData,
    caller: Caller<may::ReadUsers>,
    State(engine): State<Engine>,
) -> Result<Json<UserView>, Problem> {
    Ok(Json(entities::get(&engine, &caller.scope, Kind::User, &vendor_data).await?.into()))
}
