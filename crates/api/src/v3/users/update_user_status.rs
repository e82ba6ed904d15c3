//! `PATCH /v3/users/{vendor_data}/update-status/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::view::UserView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::entities::{UpdateEntityStatus, VendorData};

/// Flag, block or reactivate a user
///
/// `BLOCKED` also puts `vendor_data` on the system block list, so that no new session can be created for it; any other
/// status takes it off again.
#[utoipa::path(
    patch, path = "/v3/users/{vendor_data}/update-status/", tag = "users", security(("api_key" = [])),
    request_body = UpdateEntityStatus,
    params(("vendor_data" = String, Path, description = "Your name for the user, exactly as sent.")),
    responses((status = 200, description = "The user.", body = UserView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_user_status(
    VendorData(vendor_data): VendorData,
    caller: Caller<may::WriteUsers>,
    State(engine): State<Engine>,
    Body(wanted): Body<UpdateEntityStatus>,
) -> Result<Json<UserView>, Problem> {
    let (scope, status) = (&caller.scope, wanted.status);
    Ok(Json(entities::update_status(&engine, scope, Kind::User, &vendor_data, status).await?.into()))
}
