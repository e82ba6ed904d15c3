//! `POST /organizations/me/{organization}/applications/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, accounts};
use store::Mode;
use utoipa::ToSchema;

use crate::accounts::view::ApplicationView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// A new application.
#[derive(ToSchema)]
pub(super) struct CreateApplication {
    /// At most 100 characters.
    #[schema(example = "Onboarding")]
    name: String,
    /// `live` or `sandbox`; `live` unless said. It stays.
    #[schema(required = false, example = "sandbox")]
    environment: &'static str,
}

impl Read for CreateApplication {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name", values::text(100));
        let environment = fields.optional("environment", values::choice(&["live", "sandbox"]));
        Some(Self { name: name?, environment: environment?.unwrap_or("live") })
    }
}

/// Add an application
///
/// With a key of its own and a KYC workflow.
#[utoipa::path(
    post, path = "/organizations/me/{organization}/applications/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    request_body = CreateApplication,
    responses((status = 201, description = "The application.", body = ApplicationView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn create_application(
    operator: Operator<may::CreateApplications>,
    State(engine): State<Engine>,
    Body(CreateApplication { name, environment }): Body<CreateApplication>,
) -> Result<(StatusCode, Json<ApplicationView>), Problem> {
    let mode = if environment == "sandbox" { Mode::Sandbox } else { Mode::Live };
    let application = accounts::make_application(&engine, &operator.member, &name, mode).await?;
    Ok((StatusCode::CREATED, Json(application.into())))
}
