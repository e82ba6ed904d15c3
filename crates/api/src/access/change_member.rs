//! `PATCH /organizations/{organization}/members/{member}/` (core API §1.1).

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};
use utoipa::ToSchema;
use uuid::Uuid;

use super::member_view::MemberView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Another role.
#[derive(ToSchema)]
pub(super) struct ChangeMember {
    /// The slug of a system role, or the `uuid` of one of the organisation's own.
    #[schema(example = "reader")]
    role: String,
}

impl Read for ChangeMember {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { role: fields.required("role", values::text(100))? })
    }
}

/// Change a member's role
///
/// It counts from their next request on. The last owner stays one.
#[utoipa::path(
    patch, path = "/organizations/{organization}/members/{member}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("member" = Uuid, Path, description = "The member's `uuid`.")),
    request_body = ChangeMember,
    responses((status = 200, description = "The member.", body = MemberView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn change_member(
    operator: Operator<may::WriteMembers>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
    Body(ChangeMember { role }): Body<ChangeMember>,
) -> Result<Json<MemberView>, Problem> {
    Ok(Json(access::change_role(&engine, &operator.member, id, &role).await?.into()))
}
