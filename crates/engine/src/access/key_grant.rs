//! What an API key allows: the application's own everything, a named one what it was made for (core API §2.3).

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use model::id::{SessionId, WorkflowId};
use model::network::Network;
use model::status::SessionStatus;
use store::api_keys::ApiKeyRow;
use store::{Actor, Scope};

use super::Permissions;
use crate::Engine;
use crate::accounts::api_key_hash;

/// Keys have this many characters; anything else need not be looked up.
const LENGTH: usize = 43;

/// What the bearer of a credential may do, and to whose data.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Whose data, on whose word.
    pub scope: Scope,
    /// Which operations.
    pub permissions: Permissions,
    /// Which sessions; all unless said.
    pub reach: Reach,
    /// Whether links to pictures, videos and reports are shown.
    pub media_access: bool,
}

/// The sessions that a key may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Those of these workflows.
    pub workflows: Option<BTreeSet<WorkflowId>>,
    /// The approved ones.
    pub approved_only: bool,
}

impl Reach {
    /// Whether there is any limit.
    pub fn is_limited(&self) -> bool {
        self.workflows.is_some() || self.approved_only
    }

    /// Whether sessions of this workflow may be seen.
    pub fn includes_workflow(&self, id: WorkflowId) -> bool {
        self.workflows.as_ref().is_none_or(|ids| ids.contains(&id))
    }

    fn includes(&self, workflow: WorkflowId, status: &str) -> bool {
        let approved = status == SessionStatus::Approved.as_str();
        self.includes_workflow(workflow) && (approved || !self.approved_only)
    }
}

impl Grant {
    /// Everything an application can do.
    pub fn full(scope: Scope) -> Self {
        Self { scope, permissions: Permissions::All, reach: Reach::default(), media_access: true }
    }
}

/// What this key allows, sent from this address; `None` for every reason not to accept it.
pub async fn by_api_key(
    engine: &Engine,
    api_key: &str,
    source: IpAddr,
) -> Result<Option<Grant>, store::Error> {
    if api_key.len() != LENGTH {
        return Ok(None);
    }
    let hash = api_key_hash(engine, api_key);
    if let Some(scope) = store::applications::authenticate(&engine.store, &hash).await? {
        return Ok(Some(Grant::full(scope.acting(Actor::ApiKey(None)))));
    }
    let Some((scope, row)) = store::api_keys::authenticate(&engine.store, &hash).await? else {
        return Ok(None);
    };
    let live = row.revoked_at.is_none() && row.expires_at.is_none_or(|at| engine.now() < at);
    if !live || !comes_from(&row, source)? {
        return Ok(None);
    }
    let scope = scope.acting(Actor::ApiKey(Some(row.id)));
    Ok(Some(Grant {
        scope,
        permissions: permissions(&scopes(&row)?),
        reach: Reach { workflows: workflows(&row)?, approved_only: row.approved_only },
        media_access: row.media_access,
    }))
}

/// Whether the session exists within this reach.
pub async fn in_reach(
    engine: &Engine,
    scope: &Scope,
    reach: &Reach,
    id: SessionId,
) -> Result<bool, store::Error> {
    if !reach.is_limited() {
        return Ok(true);
    }
    let mut tx = engine.store.read().await?;
    let row = store::sessions::find(&mut tx, scope, id).await?;
    Ok(row.is_some_and(|row| reach.includes(row.workflow_id, &row.status)))
}

/// `read` looks, `write` does everything with the resource.
pub(super) fn permissions(scopes: &BTreeMap<String, String>) -> Permissions {
    let names = scopes.iter().flat_map(|(resource, level)| {
        let actions: &[&str] = match level.as_str() {
            "write" => &super::ACTIONS,
            "read" => &["read", "list"],
            _ => &[],
        };
        actions.iter().map(move |action| format!("{action}:{resource}"))
    });
    Permissions::These(names.collect())
}

pub(super) fn scopes(row: &ApiKeyRow) -> Result<BTreeMap<String, String>, store::Error> {
    serde_json::from_str(&row.scopes).map_err(|_| corrupt(row))
}

pub(super) fn workflows(row: &ApiKeyRow) -> Result<Option<BTreeSet<WorkflowId>>, store::Error> {
    row.workflow_ids.as_deref().map(serde_json::from_str).transpose().map_err(|_| corrupt(row))
}

pub(super) fn networks(row: &ApiKeyRow) -> Result<Option<Vec<Network>>, store::Error> {
    row.allowed_networks.as_deref().map(serde_json::from_str).transpose().map_err(|_| corrupt(row))
}

fn comes_from(row: &ApiKeyRow, source: IpAddr) -> Result<bool, store::Error> {
    let Some(networks) = networks(row)? else { return Ok(true) };
    Ok(networks.iter().any(|network| network.contains(source)))
}

fn corrupt(row: &ApiKeyRow) -> store::Error {
    store::Error::Corrupt { table: "api_keys", id: row.id.to_string() }
}
