//! `POST /v3/businesses/create/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::entities::{self, Kind};

use super::change_business::{BusinessFields, CreateBusiness};
use super::view::BusinessView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Create a business
///
/// Before any session. `vendor_data` is taken exactly as sent and must be new.
#[utoipa::path(
    post, path = "/v3/businesses/create/", tag = "businesses", security(("api_key" = [])), request_body = BusinessFields,
    responses((status = 201, description = "The business.", body = BusinessView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_business(
    caller: Caller<may::CreateBusinesses>,
    State(engine): State<Engine>,
    Body(CreateBusiness(new)): Body<CreateBusiness>,
) -> Result<(StatusCode, Json<BusinessView>), Problem> {
    let made = entities::create(&engine, &caller.scope, Kind::Business, new).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}
