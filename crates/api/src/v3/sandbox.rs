//! `GET /v1/sandbox/scenarios/`: what a sandbox session can play (core API §7).

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use engine::Engine;
use engine::sandbox::{self, FaultKind, Scenario};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sessions::session_token;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::{Code, Problem};

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new().routes(routes!(list_scenarios))
}

/// What can be played.
#[derive(Serialize, ToSchema)]
struct CatalogueView {
    scenarios: Vec<ScenarioView>,
    faults: Vec<FaultView>,
}

/// How a session can end.
#[derive(Serialize, ToSchema)]
struct ScenarioView {
    /// For `sandbox_scenario` and the arm route.
    #[schema(example = "decline_aml_hit")]
    slug: &'static str,
    description: &'static str,
    /// How the session ends.
    #[schema(example = "Declined")]
    expected_status: &'static str,
    /// The check that makes it so, the first of these that the workflow has.
    #[schema(example = json!(["AML"]))]
    features: Vec<&'static str>,
    /// What that check warns of.
    #[schema(example = "POSSIBLE_MATCH_FOUND")]
    risk: Option<&'static str>,
    /// Values that ask for the scenario by themselves.
    magic_values: MagicView,
}

/// Values of the create request.
#[derive(Serialize, ToSchema)]
struct MagicView {
    /// As `contact_details.email`.
    #[schema(example = "decline_aml_hit@sandbox.example")]
    email: String,
}

/// What can go wrong on the way.
#[derive(Serialize, ToSchema)]
struct FaultView {
    /// Joined to a scenario by `+`, with an optional `:seed`.
    #[schema(example = "fault_webhook_duplicate")]
    slug: &'static str,
    description: &'static str,
}

/// List sandbox scenarios
///
/// With an API key, or with the token of a session in `Session-Token`.
#[utoipa::path(
    get, path = "/v1/sandbox/scenarios/", tag = "sessions",
    security(("api_key" = []), ("session_token" = [])),
    responses((status = 200, description = "Everything that can be played.", body = CatalogueView), KeyRefusals)
)]
async fn list_scenarios(
    State(engine): State<Engine>,
    headers: HeaderMap,
    caller: Result<Caller<may::ReadSessions>, Problem>,
) -> Result<Json<CatalogueView>, Problem> {
    if let Err(refused) = caller {
        let Some(token) = session_token(&headers) else { return Err(refused) };
        if !sandbox::opens(&engine, token).await.map_err(|error| Problem::server_error(&error))? {
            // Counted as a guess at the edge.
            return Err(Problem::detail(Code::SessionNotFound, Code::NotFound.sentence()));
        }
    }
    let scenarios = Scenario::ALL.iter().copied().map(ScenarioView::from).collect();
    let faults = FaultKind::ALL.into_iter();
    let faults = faults.map(|kind| FaultView { slug: kind.slug(), description: kind.label() }).collect();
    Ok(Json(CatalogueView { scenarios, faults }))
}

impl From<Scenario> for ScenarioView {
    fn from(scenario: Scenario) -> Self {
        Self {
            slug: scenario.slug(),
            description: scenario.label(),
            expected_status: scenario.ends().as_str(),
            features: scenario.features().iter().map(|feature| feature.workflow_name()).collect(),
            risk: scenario.risk().map(model::warning::Risk::code),
            magic_values: MagicView { email: scenario.magic_email() },
        }
    }
}
