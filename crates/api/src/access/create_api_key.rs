//! `POST /organizations/{organization}/applications/{application}/api-keys/` (core API §2.3).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::access::{self, KEY_RESOURCES, NewApiKey};
use jiff::Timestamp;
use model::id::{ApplicationId, WorkflowId};
use model::network::Network;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::api_key_view::NewApiKeyView;
use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// What the key is for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the document's shape; the body is read into the engine's")]
pub(super) struct CreateApiKey {
    /// At most 100 characters.
    #[schema(example = "Reporting")]
    name: String,
    /// `none`, `read` or `write` per resource; what is missing is `none`.
    #[schema(value_type = Object, example = json!({"sessions": "read"}))]
    scopes: Map<String, Value>,
    /// Only sessions of these workflows.
    workflow_ids: Option<Vec<Uuid>>,
    /// Only approved sessions; `false` unless said.
    approved_sessions_only: Option<bool>,
    /// Whether links to pictures, videos and reports are shown; `true` unless said.
    media_access: Option<bool>,
    /// Only requests from these addresses or ranges.
    #[schema(example = json!(["203.0.113.0/24"]))]
    allowed_ips: Option<Vec<String>>,
    /// ISO 8601; in the future.
    #[schema(example = "2030-01-01T00:00:00Z")]
    expires_at: Option<String>,
}

/// The same as the engine takes it.
pub(super) struct Wanted(NewApiKey);

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name", values::text(100));
        let scopes = fields.required("scopes", scopes);
        let workflows = fields.optional("workflow_ids", values::list(values::uuid));
        let approved_only = fields.optional("approved_sessions_only", values::boolean);
        let media_access = fields.optional("media_access", values::boolean);
        let networks = fields.optional("allowed_ips", values::list(network));
        let expires_at = fields.optional("expires_at", instant);
        Some(Self(NewApiKey {
            name: name?,
            scopes: scopes?,
            workflow_ids: workflows?.map(|ids| ids.into_iter().map(WorkflowId).collect()),
            approved_only: approved_only?.unwrap_or(false),
            media_access: media_access?.unwrap_or(true),
            allowed_networks: networks?,
            expires_at: expires_at?,
        }))
    }
}

fn scopes(value: &Value) -> Parsed<BTreeMap<String, String>> {
    let Value::Object(map) = value else {
        return wrong(format!("Expected a dictionary of items but got type \"{}\".", values::kind(value)));
    };
    let (mut scopes, mut errors) = (BTreeMap::new(), Map::new());
    for (resource, level) in map {
        if !KEY_RESOURCES.contains(&resource.as_str()) {
            errors.insert(resource.chars().take(60).collect(), json!(["Unknown resource."]));
            continue;
        }
        match values::choice(&["none", "read", "write"])(level) {
            Ok("none") => {}
            Ok(level) => {
                scopes.insert(resource.clone(), level.to_owned());
            }
            Err(error) => {
                errors.insert(resource.clone(), error);
            }
        }
    }
    if errors.is_empty() { Ok(scopes) } else { Err(Value::Object(errors)) }
}

fn network(value: &Value) -> Parsed<Network> {
    match values::text(60)(value)?.parse() {
        Ok(network) => Ok(network),
        Err(_) => wrong("Enter a valid IP address or range."),
    }
}

fn instant(value: &Value) -> Parsed<Timestamp> {
    match values::text(60)(value)?.parse() {
        Ok(instant) => Ok(instant),
        Err(_) => wrong("Datetime has wrong format. Use ISO 8601, such as 2030-01-01T00:00:00Z."),
    }
}

/// Make a named key
///
/// It may do less than the application's own key: what its scopes say, from where it may, until it expires or is
/// revoked. Outside its workflows and statuses sessions are not found.
#[utoipa::path(
    post, path = "/organizations/{organization}/applications/{application}/api-keys/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    request_body = CreateApiKey,
    responses((status = 201, description = "The key, shown this once.", body = NewApiKeyView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn create_api_key(
    operator: Operator<may::WriteApplications>,
    LastPathId(application): LastPathId<ApplicationId>,
    State(engine): State<Engine>,
    Body(Wanted(wanted)): Body<Wanted>,
) -> Result<(StatusCode, Json<NewApiKeyView>), Problem> {
    if wanted.expires_at.is_some_and(|at| at <= engine.now()) {
        return Err(Problem::field("expires_at", "The key would have expired already."));
    }
    let (key, api_key) = access::create_api_key(&engine, &operator.member, application, wanted).await?;
    Ok((StatusCode::CREATED, Json(NewApiKeyView { api_key, key: key.into() })))
}
