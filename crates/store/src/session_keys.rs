//! The wrapped keys of sessions. Deleting a row is the erasure.

use jiff::Timestamp;
use model::id::SessionId;

use crate::database::on;
use crate::{Error, Keyring, Place, SessionKey, Tx};

/// Keeps a new session's key, wrapped.
pub async fn insert(
    tx: &mut Tx,
    keyring: &Keyring,
    session_id: SessionId,
    key: &SessionKey,
    now: Timestamp,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query("INSERT INTO session_keys (session_id, wrapped, created_at) VALUES ($1, $2, $3)")
        .bind(session_id.to_string())
        .bind(key.wrap(keyring, &place(session_id)))
        .bind(now.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The session's key; `None` once it was destroyed.
///
/// A key opens nothing by itself: the caller has found the session in its scope.
pub async fn find(
    tx: &mut Tx,
    keyring: &Keyring,
    session_id: SessionId,
) -> Result<Option<SessionKey>, Error> {
    let wrapped: Option<Vec<u8>> = on!(tx, c => sqlx::query_scalar("SELECT wrapped FROM session_keys WHERE session_id = $1")
        .bind(session_id.to_string())
        .fetch_optional(c).await)?;
    wrapped.map(|wrapped| SessionKey::unwrap(keyring, &place(session_id), &wrapped)).transpose()
}

/// Erases: nothing that was sealed with the session's key opens again, in backups too once this row has left them.
/// False if it was destroyed before.
pub async fn destroy(tx: &mut Tx, session_id: SessionId) -> Result<bool, Error> {
    let deleted = on!(tx, c => sqlx::query("DELETE FROM session_keys WHERE session_id = $1")
        .bind(session_id.to_string())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}

fn place(session_id: SessionId) -> Place {
    Place::new("session_keys", session_id)
}
