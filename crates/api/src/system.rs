//! `GET /system/healthcheck` (core API §9).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::openapi::DetailView;
use crate::problem::{Code, Problem};

pub(crate) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new().routes(routes!(healthcheck))
}

/// The server works.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthView {
    #[schema(example = "ok")]
    status: &'static str,
    #[schema(example = "2026-04-21T16:42:50.445Z")]
    timestamp: String,
}

/// Check the server's health
///
/// Asks the database. No key.
#[utoipa::path(
    get, path = "/system/healthcheck/", tag = "system",
    responses(
        (status = 200, description = "Server and database work.", body = HealthView),
        (status = 503, description = "The database does not answer.", body = DetailView)
    )
)]
async fn healthcheck(State(engine): State<Engine>) -> Result<Json<HealthView>, Problem> {
    let answer = async { engine.store.read().await?.commit().await };
    match answer.await {
        Ok(()) => {
            let timestamp = engine.now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
            Ok(Json(HealthView { status: "ok", timestamp }))
        }
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            Err(Problem::new(Code::Unhealthy))
        }
    }
}
