//! `PATCH /organizations/{organization}/roles/{role}/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::access::{self, RoleChanges};
use utoipa::ToSchema;
use uuid::Uuid;

use super::role_view::RoleView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// What changes; what is missing stays.
#[derive(ToSchema)]
pub(super) struct UpdateRole {
    name: Option<String>,
    description: Option<String>,
    /// `action:resource`, none that you do not have yourself.
    #[schema(example = json!(["list:sessions"]))]
    permissions: Option<Vec<String>>,
}

impl Read for UpdateRole {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.given("name", values::text(100));
        let description = fields.given("description", values::opaque(500));
        let permissions = fields.given("permissions", values::list(values::text(100)));
        Some(Self { name: name?, description: description?, permissions: permissions? })
    }
}

/// Change a role
///
/// For members who have it, it counts from their next request on.
#[utoipa::path(
    patch, path = "/organizations/{organization}/roles/{role}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("role" = Uuid, Path, description = "The role's `uuid`.")),
    request_body = UpdateRole,
    responses((status = 200, description = "The role.", body = RoleView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_role(
    operator: Operator<may::WriteRoles>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
    Body(wanted): Body<UpdateRole>,
) -> Result<Json<RoleView>, Problem> {
    let UpdateRole { name, description, permissions } = wanted;
    let changes = RoleChanges { name, description, permissions };
    Ok(Json(access::update_role(&engine, &operator.member, id, changes).await?.into()))
}
