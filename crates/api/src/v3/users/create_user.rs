//! `POST /v3/users/create/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::entities::{self, Kind};

use super::change_user::{CreateUser, UserFields};
use super::view::UserView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Create a user
///
/// Before any session. `vendor_data` is taken exactly as sent and must be new.
#[utoipa::path(
    post, path = "/v3/users/create/", tag = "users", security(("api_key" = [])), request_body = UserFields,
    responses((status = 201, description = "The user.", body = UserView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_user(
    caller: Caller<may::CreateUsers>,
    State(engine): State<Engine>,
    Body(CreateUser(new)): Body<CreateUser>,
) -> Result<(StatusCode, Json<UserView>), Problem> {
    let made = entities::create(&engine, &caller.scope, Kind::User, new).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}
