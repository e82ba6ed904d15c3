//! Organisations and applications: made when an address is confirmed, and by the command line.

use model::id::{ApplicationId, OrganizationId};
use store::applications::ApplicationRow;
use store::organizations::OrganizationRow;
use store::{Mode, Place, Scope, Tx};

use crate::{Engine, secrets};

/// An application with its key in the clear.
#[derive(Debug, Clone)]
pub struct NewApplication {
    /// To act for it.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// 22 characters of the URL-safe base64 alphabet.
    pub client_id: String,
    /// 43 characters of the same; the credential for every verification call.
    pub api_key: String,
}

/// Adds an organisation within the caller's transaction.
pub async fn create_organization(
    engine: &Engine,
    tx: &mut Tx,
    name: &str,
) -> Result<OrganizationId, store::Error> {
    let id = OrganizationId(engine.uuid());
    let row = OrganizationRow { id, name: name.to_owned(), second_person: false, created_at: engine.now() };
    store::organizations::insert(tx, &row).await?;
    Ok(id)
}

/// Adds an application within the caller's transaction. It has no workflow and no destination yet.
pub async fn create_application(
    engine: &Engine,
    tx: &mut Tx,
    organization: OrganizationId,
    name: &str,
    mode: Mode,
) -> Result<NewApplication, store::Error> {
    let id = ApplicationId(engine.uuid());
    let api_key = secrets::token::<32>();
    let row = ApplicationRow {
        id,
        organization_id: organization,
        name: name.to_owned(),
        mode,
        client_id: secrets::token::<16>(),
        api_key_hash: api_key_hash(engine, &api_key),
        sealed_api_key: engine.keyring.seal(&place(id), api_key.as_bytes()),
        created_at: engine.now(),
    };
    let scope = store::applications::insert(tx, &row).await?;
    Ok(NewApplication { scope, name: row.name, client_id: row.client_id, api_key })
}

/// The keyed hash under which a key is found.
pub(crate) fn api_key_hash(engine: &Engine, api_key: &str) -> String {
    engine.keyring.lookup("applications.api_key", api_key)
}

pub(super) fn opened(
    engine: &Engine,
    scope: Scope,
    row: ApplicationRow,
) -> Result<NewApplication, store::Error> {
    let api_key = engine.keyring.open_text(&place(row.id), &row.sealed_api_key)?;
    Ok(NewApplication { scope, name: row.name, client_id: row.client_id, api_key })
}

pub(super) fn place(id: ApplicationId) -> Place {
    Place::new("applications", id)
}
