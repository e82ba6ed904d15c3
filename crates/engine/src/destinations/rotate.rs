//! A new secret for a destination, the old one still counting for a while.

use jiff::{SignedDuration, Timestamp};
use model::id::DestinationId;
use serde_json::json;
use store::Scope;
use store::destinations::DestinationRow;

use super::secrets::previous_place;
use super::{Destination, Refused, opened, place};
use crate::{Engine, audit, secrets};

/// Makes a new secret. For so long the old one verifies too; without an overlap it is gone at once, and so is one that an
/// earlier rotation left.
pub async fn rotate_secret(
    engine: &Engine,
    scope: &Scope,
    id: DestinationId,
    overlap: SignedDuration,
) -> Result<Destination, Refused> {
    let until = engine.now() + overlap;
    change(engine, scope, id, "destination.secret_rotated", |row| {
        let old = engine.keyring.open_text(&place(row.id), &row.sealed_secret)?;
        renew(engine, row, (overlap > SignedDuration::ZERO).then_some((old, until)));
        Ok(())
    })
    .await
}

/// Ends the overlap at once: from now on only the new secret verifies.
pub async fn end_rotation(engine: &Engine, scope: &Scope, id: DestinationId) -> Result<Destination, Refused> {
    change(engine, scope, id, "destination.rotation_ended", |row| {
        (row.sealed_previous_secret, row.previous_secret_until, row.switched) = (None, None, None);
        Ok(())
    })
    .await
}

/// Gives the row a fresh secret, and the old one until its time is over.
pub(crate) fn renew(engine: &Engine, row: &mut DestinationRow, old: Option<(String, Timestamp)>) {
    row.sealed_secret = engine.keyring.seal(&place(row.id), secrets::token::<32>().as_bytes());
    row.previous_secret_until = old.as_ref().map(|(_, until)| *until);
    row.sealed_previous_secret =
        old.map(|(secret, _)| engine.keyring.seal(&previous_place(row), secret.as_bytes()));
    row.switched = row.previous_secret_until.map(|_| false);
}

async fn change(
    engine: &Engine,
    scope: &Scope,
    id: DestinationId,
    action: &str,
    make: impl FnOnce(&mut DestinationRow) -> Result<(), store::Error>,
) -> Result<Destination, Refused> {
    let mut tx = engine.store.begin().await?;
    let mut row = store::destinations::find_locked(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    make(&mut row)?;
    row.updated_at = engine.now();
    store::destinations::save(&mut tx, &row).await?;
    let summary = store::deliveries::summarize(&mut tx, scope, id).await?;
    audit::note(engine, &mut tx, scope, action, id, json!({"until": row.previous_secret_until})).await?;
    tx.commit().await?;
    opened(engine, row, summary)
}
