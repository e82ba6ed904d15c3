//! The wrapped keys of sessions. Deleting a row is the erasure.

use std::collections::HashMap;

use jiff::Timestamp;
use model::id::SessionId;
use sqlx::AssertSqlSafe;

use crate::column::{IdText, places};
use crate::database::on;
use crate::{Error, Keyring, Place, SessionKey, Tx};

/// Keys in one statement.
const AT_ONCE: usize = 500;

#[derive(sqlx::FromRow)]
struct Wrapped {
    #[sqlx(try_from = "IdText")]
    session_id: SessionId,
    wrapped: Vec<u8>,
}

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

/// The keys of many sessions, for those that have one. As with [`find`], the caller has found them in its scope.
pub async fn find_many(
    tx: &mut Tx,
    keyring: &Keyring,
    sessions: &[SessionId],
) -> Result<HashMap<SessionId, SessionKey>, Error> {
    let mut keys = HashMap::with_capacity(sessions.len());
    for some in sessions.chunks(AT_ONCE) {
        let text = format!(
            "SELECT session_id, wrapped FROM session_keys WHERE session_id IN ({}) ORDER BY session_id",
            places(some.len())
        );
        let rows: Vec<Wrapped> = on!(tx, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(text));
            for id in some {
                query = query.bind(id.to_string());
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            let key = SessionKey::unwrap(keyring, &place(row.session_id), &row.wrapped)?;
            keys.insert(row.session_id, key);
        }
    }
    Ok(keys)
}

/// Erases: nothing that was sealed with the session's key opens again, in backups too once this row has left them.
/// False if it was destroyed before.
pub async fn destroy(tx: &mut Tx, session_id: SessionId) -> Result<bool, Error> {
    crate::verification_codes::forget(tx, session_id).await?;
    let deleted = on!(tx, c => sqlx::query("DELETE FROM session_keys WHERE session_id = $1")
        .bind(session_id.to_string())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}

fn place(session_id: SessionId) -> Place {
    Place::new("session_keys", session_id)
}
