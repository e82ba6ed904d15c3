//! Organisations and applications on the wire.

use engine::accounts::{Application, NewApplication, Organization};
use serde::Serialize;
use store::Mode;
use utoipa::ToSchema;
use uuid::Uuid;

/// An organisation of the operator.
#[derive(Serialize, ToSchema)]
#[schema(as = Organization)]
pub(crate) struct OrganizationView {
    uuid: Uuid,
    name: String,
    /// The operator's own address.
    contact_email: String,
    /// Whether some things need a second person.
    require_second_person: bool,
}

/// An application with its key.
#[derive(Serialize, ToSchema)]
#[schema(as = Application)]
pub(crate) struct ApplicationView {
    uuid: Uuid,
    name: String,
    /// 22 characters.
    client_id: String,
    /// 43 characters; for `x-api-key`. It does not expire. `null` for members who may not read it
    /// alone; `reveal-api-key` asks a second person.
    api_key: Option<String>,
    /// `live` or `sandbox`.
    environment: &'static str,
}

impl From<Organization> for OrganizationView {
    fn from(organization: Organization) -> Self {
        Self {
            uuid: organization.id.0,
            name: organization.name,
            contact_email: organization.contact_email,
            require_second_person: organization.second_person,
        }
    }
}

impl From<NewApplication> for ApplicationView {
    fn from(application: NewApplication) -> Self {
        Application::from(application).into()
    }
}

impl From<Application> for ApplicationView {
    fn from(application: Application) -> Self {
        Self {
            uuid: application.scope.application_id().0,
            name: application.name,
            client_id: application.client_id,
            api_key: application.api_key,
            environment: if application.scope.mode() == Mode::Live { "live" } else { "sandbox" },
        }
    }
}
