//! Another code for an unconfirmed account.

use jiff::SignedDuration;
use outbound::mail::VerificationCode;

use super::{REGISTRATIONS_PER_HOUR, Refused, code, email_hash};
use crate::Engine;

/// Mails a fresh code if there is such an account and it needs one; says nothing about whether there is.
pub async fn resend_code(engine: &Engine, email: &str) -> Result<(), Refused> {
    let email_hash = email_hash(engine, email);
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let since = now - SignedDuration::from_hours(1);
    store::attempts::take_turn(&mut tx, "resend_code", &email_hash, now).await?;
    let recent = store::attempts::count_since(&mut tx, "resend_code", &email_hash, since).await?;
    if recent >= REGISTRATIONS_PER_HOUR {
        return Err(Refused::Throttled(3600));
    }
    store::attempts::record(&mut tx, "resend_code", &email_hash, now).await?;
    let account = store::accounts::find_by_email_hash(&mut tx, &email_hash).await?;
    let code = match account.filter(|row| row.verified_at.is_none()) {
        Some(row) => Some(code::issue(engine, &mut tx, row.id).await?),
        None => None,
    };
    tx.commit().await?;
    match code {
        Some(code) => mail(engine, email, &code).await,
        None => Ok(()),
    }
}

/// Sends the code. The account is committed by then: when this fails, asking again is safe.
pub(super) async fn mail(engine: &Engine, email: &str, code: &str) -> Result<(), Refused> {
    let mail = VerificationCode { code, minutes: 15 }.mail(email, "en");
    engine.mailer.send(&mail, engine.now()).await.map_err(Refused::Mail)
}
