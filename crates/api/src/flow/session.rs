//! The session as a whole: shown, opened, consented to.

use axum::Json;
use axum::extract::State;
use engine::{Engine, flow};

use super::view::FlowBody;
use crate::caller::SessionToken;
use crate::problem::Problem;

/// `GET /flow/v1/session`
pub(super) async fn show(
    SessionToken(token): SessionToken,
    State(engine): State<Engine>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::view(&engine, &token).await?.into()))
}

/// `POST /flow/v1/session/open`
pub(super) async fn open(
    SessionToken(token): SessionToken,
    State(engine): State<Engine>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::open(&engine, &token).await?.into()))
}

/// `POST /flow/v1/session/consent`
pub(super) async fn consent(
    SessionToken(token): SessionToken,
    State(engine): State<Engine>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::consent(&engine, &token).await?.into()))
}
