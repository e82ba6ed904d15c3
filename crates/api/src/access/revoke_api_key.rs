//! `DELETE /organizations/{organization}/applications/{application}/api-keys/{key}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, access};
use uuid::Uuid;

use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::{LastPathId, PathApplication};
use crate::problem::Problem;

/// Revoke a named key
///
/// The next request with it is refused.
#[utoipa::path(
    delete, path = "/organizations/{organization}/applications/{application}/api-keys/{key}/", tag = "access", security(("bearer" = [])),
    params(
        ("organization" = Uuid, Path, description = "One of your own."),
        ("application" = Uuid, Path, description = "One of its applications."),
        ("key" = Uuid, Path, description = "The key's `uuid`.")
    ),
    responses((status = 204, description = "Revoked."), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn revoke_api_key(
    operator: Operator<may::WriteApplications>,
    PathApplication(application): PathApplication,
    LastPathId(key): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    access::revoke_api_key(&engine, &operator.member, application, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
