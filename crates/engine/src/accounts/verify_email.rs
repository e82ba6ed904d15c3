//! The code comes back: the address is confirmed, and the integrator gets everything needed to begin.

use model::id::WorkflowId;
use store::Mode;

use super::provision::NewApplication;
use super::{Organization, Refused, Tokens, code, email_hash, email_of, local_part, login, provision, token};
use crate::Engine;
use crate::workflows::Template;

/// What a confirmed account starts with.
#[derive(Debug, Clone)]
pub struct Verified {
    /// To act as this operator.
    pub tokens: Tokens,
    /// The organisation made for them.
    pub organization: Organization,
    /// Its live application, with the key.
    pub application: NewApplication,
}

/// Confirms an address by its code; makes the live application and its default workflow.
pub async fn verify_email(engine: &Engine, email: &str, code: &str) -> Result<Verified, Refused> {
    // The signing key may have to be made first, which takes long and a transaction of its own.
    let signer = token::signer(engine).await?;
    let mut tx = engine.store.begin().await?;
    let account = store::accounts::find_by_email_hash(&mut tx, &email_hash(engine, email)).await?;
    let account = account.filter(|row| row.verified_at.is_none()).ok_or(Refused::WrongCode)?;
    if !code::guess(engine, &mut tx, account.id, code).await? {
        // The guess was counted; that must stay.
        tx.commit().await?;
        return Err(Refused::WrongCode);
    }
    store::accounts::delete_code(&mut tx, account.id).await?;
    let now = engine.now();
    store::accounts::set_verified(&mut tx, account.id, now).await?;
    let email = email_of(engine, &account)?;
    let name = local_part(&email);
    let id = account.organization_id;
    let application = provision::create_application(engine, &mut tx, id, &name, Mode::Live).await?;
    let workflow = WorkflowId(engine.uuid());
    crate::workflows::create_from_template(engine, &mut tx, &application.scope, workflow, Template::Kyc)
        .await?;
    let tokens = login::begin(engine, &mut tx, &signer, &account).await?;
    super::note_of(engine, &mut tx, (account.id, id, None), "account.verified").await?;
    tx.commit().await?;
    let organization = Organization { id, name, contact_email: email, second_person: false };
    Ok(Verified { tokens, organization, application })
}
