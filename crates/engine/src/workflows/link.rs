//! Links that begin a session for whoever opens them: `/u/{token}`, the token being the workflow's id (core API §11.1).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::id::WorkflowId;
use uuid::Uuid;

use crate::Engine;
use crate::sessions::{self, CreateRefused, CreateSession};

/// The link of a workflow.
pub(crate) fn url(engine: &Engine, id: WorkflowId) -> String {
    format!("{}/u/{}", engine.base_url, BASE64_URL_SAFE_NO_PAD.encode(id.0.as_bytes()))
}

/// Begins a session of the workflow that the token names, and says where it is opened. There is no vendor data, no
/// metadata and no callback but the workflow's own.
pub async fn begin(engine: &Engine, token: &str, language: Option<String>) -> Result<String, CreateRefused> {
    let id = workflow(token).ok_or(CreateRefused::UnknownWorkflow)?;
    let mut tx = engine.store.read().await?;
    let scope = store::applications::scope_for_workflow_link(&mut tx, id).await?;
    drop(tx);
    let scope = scope.ok_or(CreateRefused::UnknownWorkflow)?;
    let wanted = CreateSession { workflow_id: Some(id), language, ..CreateSession::default() };
    Ok(sessions::create(engine, &scope, wanted).await?.url)
}

fn workflow(token: &str) -> Option<WorkflowId> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    Uuid::from_slice(&bytes).ok().map(WorkflowId)
}
