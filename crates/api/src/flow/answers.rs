//! `POST /flow/v1/steps/{node_id}/answers`

use axum::Json;
use axum::extract::{Path, State};
use engine::{Engine, flow};
use model::workflow::NodeId;
use serde_json::{Map, Value};

use super::view::FlowBody;
use crate::body::fields::wrong;
use crate::body::{Body, Fields, Read};
use crate::caller::SessionToken;
use crate::problem::Problem;

/// A filled-in form: `{"answers": {question: {value, text?, entries?}}}`.
pub(super) struct GivenAnswers(Map<String, Value>);

impl Read for GivenAnswers {
    fn read(fields: &mut Fields) -> Option<Self> {
        let object = |value: &Value| match value {
            Value::Object(answers) => Ok(answers.clone()),
            _ => wrong("Expected a dictionary of items."),
        };
        fields.required("answers", object).map(Self)
    }
}

pub(super) async fn answer(
    SessionToken(token): SessionToken,
    Path(node): Path<String>,
    State(engine): State<Engine>,
    Body(GivenAnswers(given)): Body<GivenAnswers>,
) -> Result<Json<FlowBody>, Problem> {
    Ok(Json(flow::answer(&engine, &token, &NodeId(node), &given).await?.into()))
}
