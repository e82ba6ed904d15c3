//! `POST /organizations/{organization}/roles/` (core API §10.5).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::access::{self, NewRole};
use serde_json::Value;
use utoipa::ToSchema;

use super::role_view::RoleView;
use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// A new role.
#[derive(ToSchema)]
pub(super) struct CreateRole {
    #[schema(example = "KYC Analyst")]
    name: String,
    /// Lower-case letters, digits, `-` and `_`; made of the name unless given.
    #[schema(example = "kyc_analyst")]
    slug: Option<String>,
    #[schema(required = false)]
    description: String,
    /// `action:resource`, none that you do not have yourself.
    #[schema(example = json!(["list:sessions", "read:sessions", "write:sessions"]))]
    permissions: Vec<String>,
}

impl Read for CreateRole {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name", values::text(100));
        let slug = fields.optional("slug", slug);
        let description = fields.optional("description", values::opaque(500));
        let permissions = fields.required("permissions", values::list(values::text(100)));
        Some(Self {
            name: name?,
            slug: slug?,
            description: description?.unwrap_or_default(),
            permissions: permissions?,
        })
    }
}

fn slug(value: &Value) -> Parsed<String> {
    let slug = values::text(100)(value)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if slug.chars().all(fits) {
        Ok(slug)
    } else {
        wrong("Enter a valid slug consisting of lower-case letters, numbers, underscores or hyphens.")
    }
}

/// Make a role
#[utoipa::path(
    post, path = "/organizations/{organization}/roles/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    request_body = CreateRole,
    responses((status = 201, description = "The role.", body = RoleView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn create_role(
    operator: Operator<may::CreateRoles>,
    State(engine): State<Engine>,
    Body(wanted): Body<CreateRole>,
) -> Result<(StatusCode, Json<RoleView>), Problem> {
    let CreateRole { name, slug, description, permissions } = wanted;
    let new = NewRole { name, slug, description, permissions };
    let role = access::create_role(&engine, &operator.member, new).await?;
    Ok((StatusCode::CREATED, Json(role.into())))
}
