//! `POST /flow/v1/steps/{node_id}/choose`

use axum::Json;
use axum::extract::{Path, State};
use engine::{Engine, flow};
use model::session::Choice;
use model::workflow::NodeId;

use super::view::FlowBody;
use crate::body::{Body, Fields, Read, values};
use crate::caller::SessionToken;
use crate::problem::Problem;

/// The document that the person will show.
pub(super) struct Choose(Choice);

impl Read for Choose {
    fn read(fields: &mut Fields) -> Option<Self> {
        let country = fields.required("country", values::text(3));
        let document_type = fields.required("document_type", values::text(10));
        Some(Self(Choice { country: country?, document_type: document_type? }))
    }
}

pub(super) async fn choose(
    SessionToken(token): SessionToken,
    Path(node): Path<String>,
    State(engine): State<Engine>,
    Body(Choose(choice)): Body<Choose>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::choose(&engine, &token, NodeId(node), choice).await?.into()))
}
