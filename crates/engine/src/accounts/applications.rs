//! An organisation's applications and their keys.

use model::id::{ApplicationId, WorkflowId};
use serde_json::json;
use store::applications::ApplicationRow;
use store::{Mode, Scope, Tx};

use super::Refused;
use super::provision::{self, NewApplication};
use crate::access::{Member, on_the_word_of};
use crate::approvals::{self, Operation, Wish};
use crate::workflows::Template;
use crate::{Engine, audit, secrets};

/// An application as a member sees it.
#[derive(Debug, Clone)]
pub struct Application {
    /// To act for it.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// 22 characters of the URL-safe base64 alphabet.
    pub client_id: String,
    /// The key, for members who may read it.
    pub api_key: Option<String>,
}

impl From<NewApplication> for Application {
    fn from(new: NewApplication) -> Self {
        Self { scope: new.scope, name: new.name, client_id: new.client_id, api_key: Some(new.api_key) }
    }
}

/// Shows its key.
const READ: &str = "read:applications";

/// The organisation's applications, oldest first, with their keys for members who may read those alone.
pub async fn list_applications(engine: &Engine, member: &Member) -> Result<Vec<Application>, Refused> {
    let mut tx = engine.store.read().await?;
    let with_key = sees_keys(&mut tx, member).await?;
    let rows = store::applications::list_for_member(&mut tx, member.organization()).await?;
    rows.into_iter().map(|(scope, row)| Ok(shown(engine, with_key, scope, row)?)).collect()
}

/// One application.
pub async fn get_application(
    engine: &Engine,
    member: &Member,
    id: ApplicationId,
) -> Result<Application, Refused> {
    let mut tx = engine.store.read().await?;
    let found = store::applications::find_for_member(&mut tx, member.organization(), id).await?;
    let (scope, row) = found.ok_or(Refused::NotFound)?;
    let with_key = sees_keys(&mut tx, member).await?;
    Ok(shown(engine, with_key, scope, row)?)
}

/// One application with its key. Where a second person is needed, the first call asks for one, and one call after they
/// have approved shows the key.
pub async fn reveal_api_key(
    engine: &Engine,
    member: &Member,
    id: ApplicationId,
) -> Result<Application, Refused> {
    let mut tx = engine.store.begin().await?;
    let (organization, account) = (member.organization(), member.operator().account());
    let found = store::applications::find_for_member(&mut tx, organization, id).await?;
    let (scope, row) = found.ok_or(Refused::NotFound)?;
    let scope = on_the_word_of(scope, member);
    // Another key is not the one that was asked for.
    let wish = Wish::of(Operation::RevealKey, &id, &row.api_key_hash);
    let consent = approvals::take(engine, &mut tx, organization, account, &wish).await?;
    if consent.is_none()
        && let Some(request) = approvals::ask(engine, &mut tx, &scope, &wish).await?
    {
        tx.commit().await?;
        return Err(Refused::NeedsApproval(request));
    }
    let details = approvals::noted(json!({}), consent.as_ref());
    audit::note(engine, &mut tx, &scope, "application.key_revealed", id, details).await?;
    tx.commit().await?;
    Ok(shown(engine, true, scope, row)?)
}

/// Adds an application with a KYC workflow.
pub async fn make_application(
    engine: &Engine,
    member: &Member,
    name: &str,
    mode: Mode,
) -> Result<Application, Refused> {
    let mut tx = engine.store.begin().await?;
    let organization = member.organization();
    let new = provision::create_application(engine, &mut tx, organization, name, mode).await?;
    let scope = on_the_word_of(new.scope, member);
    let workflow = WorkflowId(engine.uuid());
    crate::workflows::create_from_template(engine, &mut tx, &scope, workflow, Template::Kyc).await?;
    let details = json!({ "environment": mode.as_str() });
    audit::note(engine, &mut tx, &scope, "application.created", scope.application_id(), details).await?;
    let with_key = sees_keys(&mut tx, member).await?;
    tx.commit().await?;
    Ok(Application {
        api_key: Some(new.api_key).filter(|_| with_key),
        ..Application::from_parts(scope, new.name, new.client_id)
    })
}

/// Gives an application another name.
pub async fn rename_application(
    engine: &Engine,
    member: &Member,
    id: ApplicationId,
    name: &str,
) -> Result<Application, Refused> {
    let mut tx = engine.store.begin().await?;
    let found = store::applications::find_for_member(&mut tx, member.organization(), id).await?;
    let (scope, row) = found.ok_or(Refused::NotFound)?;
    let scope = on_the_word_of(scope, member);
    store::applications::rename(&mut tx, &scope, name).await?;
    audit::note(engine, &mut tx, &scope, "application.renamed", id, json!({})).await?;
    let with_key = sees_keys(&mut tx, member).await?;
    tx.commit().await?;
    Ok(shown(engine, with_key, scope, ApplicationRow { name: name.to_owned(), ..row })?)
}

/// Gives an application another key. The old one, and every client's token made with it, opens nothing from now on. Where
/// a second person is needed, the new one is not shown: a leaked key must end at once, and nobody sees one alone.
pub async fn rotate_api_key(
    engine: &Engine,
    member: &Member,
    id: ApplicationId,
) -> Result<Application, Refused> {
    let mut tx = engine.store.begin().await?;
    let found = store::applications::find_for_member(&mut tx, member.organization(), id).await?;
    let (scope, row) = found.ok_or(Refused::NotFound)?;
    let scope = on_the_word_of(scope, member);
    let api_key = secrets::token::<32>();
    let hash = provision::api_key_hash(engine, &api_key);
    let sealed = engine.keyring.seal(&provision::place(id), api_key.as_bytes());
    store::applications::set_api_key(&mut tx, &scope, &hash, &sealed).await?;
    audit::note(engine, &mut tx, &scope, "application.key_rotated", id, json!({})).await?;
    let alone = !store::organizations::needs_second_person(&mut tx, member.organization()).await?;
    tx.commit().await?;
    let api_key = alone.then_some(api_key);
    Ok(Application { api_key, ..Application::from_parts(scope, row.name, row.client_id) })
}

/// An application with its key, for whoever holds the machine: the command line and its local loop.
pub async fn application_for_command_line(
    engine: &Engine,
    id: ApplicationId,
) -> Result<Option<NewApplication>, store::Error> {
    let mut tx = engine.store.read().await?;
    let Some(scope) = store::applications::scope_for_command_line(&mut tx, id).await? else {
        return Ok(None);
    };
    let row = store::applications::find(&mut tx, &scope).await?;
    row.map(|row| provision::opened(engine, scope, row)).transpose()
}

impl Application {
    fn from_parts(scope: Scope, name: String, client_id: String) -> Self {
        Self { scope, name, client_id, api_key: None }
    }
}

/// Whether the member sees keys without asking anybody.
async fn sees_keys(tx: &mut Tx, member: &Member) -> Result<bool, store::Error> {
    let alone = !store::organizations::needs_second_person(tx, member.organization()).await?;
    Ok(alone && member.may(READ))
}

fn shown(
    engine: &Engine,
    with_key: bool,
    scope: Scope,
    row: ApplicationRow,
) -> Result<Application, store::Error> {
    if with_key {
        return provision::opened(engine, scope, row).map(Application::from);
    }
    Ok(Application::from_parts(scope, row.name, row.client_id))
}
