//! `GET /organizations/{organization}/applications/{application}/api-keys/` (core API §1.1).

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};
use model::id::ApplicationId;

use super::api_key_view::ApiKeyView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// List an application's named keys
///
/// The keys themselves are shown only once, when they are made. Revoked keys stay in the list.
#[utoipa::path(
    get, path = "/organizations/{organization}/applications/{application}/api-keys/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "The keys, oldest first.", body = Vec<ApiKeyView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_api_keys(
    operator: Operator<may::ReadApplications>,
    LastPathId(application): LastPathId<ApplicationId>,
    State(engine): State<Engine>,
) -> Result<Json<Vec<ApiKeyView>>, Problem> {
    let keys = access::list_api_keys(&engine, &operator.member, application).await?;
    Ok(Json(keys.into_iter().map(ApiKeyView::from).collect()))
}
