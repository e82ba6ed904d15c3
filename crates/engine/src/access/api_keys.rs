//! Named keys of an application: made for a purpose, shown once, revoked alone (core API §2.3).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use model::id::{ApplicationId, WorkflowId};
use model::network::Network;
use serde_json::json;
use store::api_keys::ApiKeyRow;
use store::{Scope, Tx};
use uuid::Uuid;

use super::key_grant::{networks, permissions, scopes, workflows};
use super::{Member, Refused, on_the_word_of};
use crate::accounts::api_key_hash;
use crate::{Engine, audit, secrets};

/// What a new key asks for.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "core API §2.3")]
pub struct NewApiKey {
    pub name: String,
    /// One of [`super::KEY_RESOURCES`] to `read` or `write`; what is missing is `none`.
    pub scopes: BTreeMap<String, String>,
    pub workflow_ids: Option<BTreeSet<WorkflowId>>,
    pub approved_only: bool,
    pub media_access: bool,
    pub allowed_networks: Option<Vec<Network>>,
    pub expires_at: Option<Timestamp>,
}

/// A key as it is listed: everything but the key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "core API §2.3")]
pub struct ApiKey {
    pub id: Uuid,
    pub name: String,
    /// The last four characters.
    pub hint: String,
    pub scopes: BTreeMap<String, String>,
    pub workflow_ids: Option<BTreeSet<WorkflowId>>,
    pub approved_only: bool,
    pub media_access: bool,
    pub allowed_networks: Option<Vec<Network>>,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub created_by: Option<Uuid>,
    pub created_at: Timestamp,
}

/// The application's keys, oldest first, the revoked ones too.
pub async fn list_api_keys(
    engine: &Engine,
    member: &Member,
    application: ApplicationId,
) -> Result<Vec<ApiKey>, Refused> {
    let mut tx = engine.store.read().await?;
    let scope = application_of(&mut tx, member, application).await?;
    let rows = store::api_keys::list(&mut tx, &scope).await?;
    rows.into_iter().map(|row| Ok(opened(row)?)).collect()
}

/// Makes a key; the second value is the key itself, which is not kept and never shown again.
pub async fn create_api_key(
    engine: &Engine,
    member: &Member,
    application: ApplicationId,
    new: NewApiKey,
) -> Result<(ApiKey, String), Refused> {
    let mut tx = engine.store.begin().await?;
    let scope = application_of(&mut tx, member, application).await?;
    // Whoever reads the application's own key alone has everything anyway.
    let alone = !store::organizations::needs_second_person(&mut tx, member.organization()).await?;
    let sees_key = alone && member.may("read:applications");
    if !sees_key && !member.role().permissions.include_all(&permissions(&new.scopes)) {
        return Err(Refused::TooMuch);
    }
    for id in new.workflow_ids.iter().flatten() {
        if store::workflows::find_published(&mut tx, &scope, *id).await?.is_none() {
            return Err(Refused::UnknownWorkflow);
        }
    }
    let api_key = secrets::token::<32>();
    let row = ApiKeyRow {
        id: engine.uuid(),
        application_id: scope.application_id(),
        name: new.name,
        key_hash: api_key_hash(engine, &api_key),
        hint: api_key[api_key.len() - 4..].to_owned(),
        scopes: json!(new.scopes).to_string(),
        workflow_ids: new.workflow_ids.map(|ids| json!(ids).to_string()),
        allowed_networks: new.allowed_networks.map(|networks| json!(networks).to_string()),
        approved_only: new.approved_only,
        media_access: new.media_access,
        expires_at: new.expires_at,
        revoked_at: None,
        created_by: Some(member.operator().account().0),
        created_at: engine.now(),
    };
    store::api_keys::insert(&mut tx, &row).await?;
    audit::note(engine, &mut tx, &scope, "api_key.created", row.id, json!({ "scopes": new.scopes })).await?;
    tx.commit().await?;
    Ok((opened(row)?, api_key))
}

/// Ends a key: the next request with it is refused.
pub async fn revoke_api_key(
    engine: &Engine,
    member: &Member,
    application: ApplicationId,
    id: Uuid,
) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    let scope = application_of(&mut tx, member, application).await?;
    if !store::api_keys::revoke(&mut tx, &scope, id, engine.now()).await? {
        return Err(Refused::NotFound);
    }
    audit::note(engine, &mut tx, &scope, "api_key.revoked", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

async fn application_of(tx: &mut Tx, member: &Member, id: ApplicationId) -> Result<Scope, Refused> {
    let found = store::applications::find_for_member(tx, member.organization(), id).await?;
    let (scope, _) = found.ok_or(Refused::NotFound)?;
    Ok(on_the_word_of(scope, member))
}

fn opened(row: ApiKeyRow) -> Result<ApiKey, store::Error> {
    Ok(ApiKey {
        scopes: scopes(&row)?,
        workflow_ids: workflows(&row)?,
        allowed_networks: networks(&row)?,
        id: row.id,
        name: row.name,
        hint: row.hint,
        approved_only: row.approved_only,
        media_access: row.media_access,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        created_by: row.created_by,
        created_at: row.created_at,
    })
}
