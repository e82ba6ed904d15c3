//! A new account, or a fresh code for one that is still unconfirmed.

use std::net::IpAddr;

use jiff::SignedDuration;
use model::id::AccountId;
use store::Tx;
use store::accounts::AccountRow;
use store::members::MemberRow;

use super::{
    REGISTRATIONS_PER_HOUR, Refused, apart, code, email_hash, email_place, local_part, password, provision,
};
use crate::Engine;
use crate::access::SystemRole;
use crate::limits::network_of;

/// Registers an e-mail address and mails it a code.
///
/// Password mistakes are told before the registration counts against the address, because they are told one at a time.
pub async fn register(engine: &Engine, email: &str, password: String, peer: IpAddr) -> Result<(), Refused> {
    if let Some(rule) = password::broken_rule(&password) {
        return Err(Refused::WeakPassword(rule));
    }
    throttle(engine, peer).await?;
    let password_hash = apart(engine, move || password::hash(&password)).await;
    let mut tx = engine.store.begin().await?;
    let account = pending(engine, &mut tx, email, password_hash).await?;
    let code = code::issue(engine, &mut tx, account).await?;
    tx.commit().await?;
    super::resend_code::mail(engine, email, &code).await
}

/// Counts the registration first, and parallel ones take turns, so that they cannot all find room.
async fn throttle(engine: &Engine, peer: IpAddr) -> Result<(), Refused> {
    let hour = SignedDuration::from_hours(1);
    let subject = engine.keyring.lookup("attempts.peer", &network_of(peer));
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    store::attempts::take_turn(&mut tx, "register", &subject, now).await?;
    let recent = store::attempts::count_since(&mut tx, "register", &subject, now - hour).await?;
    if recent >= REGISTRATIONS_PER_HOUR {
        return Err(Refused::Throttled(3600));
    }
    store::attempts::record(&mut tx, "register", &subject, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The unconfirmed account of this address, made if need be; the newest password counts.
async fn pending(
    engine: &Engine,
    tx: &mut Tx,
    email: &str,
    password_hash: String,
) -> Result<AccountId, Refused> {
    let email_hash = email_hash(engine, email);
    if let Some(row) = store::accounts::find_by_email_hash(tx, &email_hash).await? {
        if row.verified_at.is_some() {
            return Err(Refused::EmailTaken);
        }
        store::accounts::set_password(tx, row.id, &password_hash).await?;
        return Ok(row.id);
    }
    let organization = provision::create_organization(engine, tx, &local_part(email)).await?;
    let id = AccountId(engine.uuid());
    let row = AccountRow {
        id,
        organization_id: organization,
        email_hash,
        sealed_email: engine.keyring.seal(&email_place(id), email.as_bytes()),
        password_hash,
        verified_at: None,
        failed_logins: 0,
        locked_until: None,
        created_at: engine.now(),
    };
    store::accounts::insert(tx, &row).await?;
    let owner = MemberRow {
        id: engine.uuid(),
        organization_id: organization,
        account_id: id,
        role: SystemRole::Owner.slug().to_owned(),
        created_at: row.created_at,
    };
    store::members::insert(tx, &owner).await?;
    Ok(id)
}
