//! `PATCH /organizations/{organization}/`.

use axum::Json;
use axum::extract::State;
use engine::accounts::OrganizationChanges;
use engine::{Engine, accounts};
use utoipa::ToSchema;

use crate::accounts::view::OrganizationView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, ObjectRefusals, SecondPersonRefusals};
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

/// What changes of an organisation; what is absent stays.
#[derive(ToSchema)]
#[schema(example = json!({"name": "Nordlicht Bank", "require_second_person": true}))]
pub(super) struct ChangeOrganization {
    /// At most 100 characters.
    name: Option<String>,
    /// Whether approving a declined session by hand, erasing sessions, users or businesses and showing an application's
    /// key need a second person. Two members who may approve must be there. Ending it needs a second person too.
    require_second_person: Option<bool>,
}

impl Read for ChangeOrganization {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.optional("name", values::text(100));
        let second_person = fields.optional("require_second_person", values::boolean);
        let (name, require_second_person) = (name?, second_person?);
        if name.is_none() && require_second_person.is_none() {
            return fields.reject("name", "This field is required.");
        }
        Some(Self { name, require_second_person })
    }
}

/// Change an organisation
///
/// Its name, and whether some things need a second person.
#[utoipa::path(
    patch, path = "/organizations/{organization}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    request_body = ChangeOrganization,
    responses((status = 200, description = "The organisation.", body = OrganizationView), BodyRefusals, ObjectRefusals, SecondPersonRefusals)
)]
pub(super) async fn change_organization(
    operator: Operator<may::WriteOrganization>,
    State(engine): State<Engine>,
    Body(ChangeOrganization { name, require_second_person }): Body<ChangeOrganization>,
) -> Result<Json<OrganizationView>, Problem> {
    let changes = OrganizationChanges { name, second_person: require_second_person };
    Ok(Json(accounts::change_organization(&engine, &operator.member, changes).await?.into()))
}
