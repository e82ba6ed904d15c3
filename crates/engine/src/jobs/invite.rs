//! The invitation that an integrator may ask for with `send_notification_emails` (core API §3.2).

use outbound::mail::SessionInvite;
use serde_json::Value;
use store::jobs::Job;

use super::{JobError, SendInvite};
use crate::Engine;
use crate::sessions::{ChangeRefused, Record};

/// Who is invited: the e-mail address of the contact details, if notifications were asked for.
pub(super) fn recipient(record: &Record) -> Option<&str> {
    let details = record.personal.contact_details.as_ref()?;
    let wanted = details.get("send_notification_emails").and_then(Value::as_bool).unwrap_or(false);
    details.get("email").and_then(Value::as_str).filter(|_| wanted)
}

/// Sends it, then settles the job. A crash in between sends it again: better twice than never.
pub(super) async fn send(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: SendInvite = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let mut tx = engine.store.read().await?;
    let loaded = Record::load(engine, &mut tx, &scope, wanted.session_id).await;
    let application =
        store::applications::find(&mut tx, &scope).await?.map(|row| row.name).unwrap_or_default();
    drop(tx);
    match loaded {
        Ok(record) => mail(engine, &record, &application).await?,
        Err(ChangeRefused::Store(error)) => return Err(error.into()),
        // Erased before it was sent.
        Err(_) => {}
    }
    let mut tx = engine.store.begin().await?;
    store::jobs::complete(&mut tx, job).await?;
    tx.commit().await?;
    Ok(())
}

async fn mail(engine: &Engine, record: &Record, application: &str) -> Result<(), JobError> {
    let Some(recipient) = recipient(record) else { return Ok(()) };
    let details = record.personal.contact_details.as_ref();
    let language = details.and_then(|details| details.get("email_lang")?.as_str()).unwrap_or("en");
    let invite = SessionInvite { application, url: &record.url(engine) };
    match engine.mailer.send(&invite.mail(recipient, language), engine.now()).await {
        // A mailbox that will never take it is the integrator's to mend, not a job to repeat.
        Err(unsent) if unsent.is_final() => tracing::warn!(%unsent, "an invitation was refused"),
        sent => sent?,
    }
    Ok(())
}
