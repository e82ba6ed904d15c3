//! `PATCH /organizations/{organization}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// A name.
#[derive(ToSchema)]
pub(super) struct Rename {
    /// At most 100 characters.
    #[schema(example = "Nordlicht Bank")]
    pub(super) name: String,
}

impl Read for Rename {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { name: fields.required("name", values::text(100))? })
    }
}

/// The organisation under its new name.
#[derive(Serialize, ToSchema)]
pub(super) struct RenamedView {
    uuid: Uuid,
    name: String,
}

/// Rename an organisation
#[utoipa::path(
    patch, path = "/organizations/{organization}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    request_body = Rename,
    responses((status = 200, description = "Renamed.", body = RenamedView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn rename_organization(
    operator: Operator<may::WriteOrganization>,
    State(engine): State<Engine>,
    Body(Rename { name }): Body<Rename>,
) -> Result<Json<RenamedView>, Problem> {
    accounts::rename_organization(&engine, &operator.member, &name).await?;
    Ok(Json(RenamedView { uuid: operator.member.organization().0, name }))
}
