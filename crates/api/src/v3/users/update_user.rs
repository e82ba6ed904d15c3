//! `PATCH /v3/users/{vendor_data}/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::change_user::{UpdateUser, UserFields};
use super::view::UserView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::entities::VendorData;

/// Change a user
///
/// Every field is optional; `metadata` and the lists replace what was there. `status` changes here without an entry in `comments` and without the system block list; use
/// `update-status` to block.
#[utoipa::path(
    patch, path = "/v3/users/{vendor_data}/", tag = "users", security(("api_key" = [])), request_body = UserFields,
    params(("vendor_data" = String, Path, description = "Your name for the user, exactly as sent.")),
    responses((status = 200, description = "The user.", body = UserView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_user(
    VendorData(vendor_data): VendorData,
    caller: Caller<may::WriteUsers>,
    State(engine): State<Engine>,
    Body(UpdateUser(changes)): Body<UpdateUser>,
) -> Result<Json<UserView>, Problem> {
    let changed = entities::update(&engine, &caller.scope, Kind::User, &vendor_data, changes).await?;
    Ok(Json(changed.into()))
}
