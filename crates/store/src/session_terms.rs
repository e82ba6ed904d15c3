//! What sessions are found by, as keyed hashes. A hash says nothing without the master key; it is removed with its
//! session.

use model::id::SessionId;
use sqlx::AssertSqlSafe;

use crate::column::IdText;
use crate::database::on;
use crate::{Error, Scope, Tx};

/// Hashes in one statement.
const AT_ONCE: usize = 200;

/// Makes a session found by these too.
pub async fn insert(tx: &mut Tx, session_id: SessionId, hashes: &[String]) -> Result<(), Error> {
    for some in hashes.chunks(AT_ONCE) {
        let rows: Vec<String> = (2..2 + some.len()).map(|place| format!("($1, ${place})")).collect();
        let text = format!(
            "INSERT INTO session_terms (session_id, term_hash) VALUES {} ON CONFLICT (term_hash, session_id) DO NOTHING",
            rows.join(", ")
        );
        on!(tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(text)).bind(session_id.to_string());
            for hash in some {
                query = query.bind(hash.clone());
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Makes a session found by these no more.
pub async fn remove(tx: &mut Tx, session_id: SessionId, hashes: &[String]) -> Result<(), Error> {
    for hash in hashes {
        on!(tx, c => sqlx::query("DELETE FROM session_terms WHERE session_id = $1 AND term_hash = $2")
            .bind(session_id.to_string())
            .bind(hash)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(try_from = "IdText")]
    id: SessionId,
}

/// Other sessions of the application that are found by the same, newest first; those of the user with this vendor hash
/// are the same user's and left out.
pub async fn find_others(
    tx: &mut Tx,
    scope: &Scope,
    hash: &str,
    but: (SessionId, Option<&str>),
    limit: i64,
) -> Result<Vec<SessionId>, Error> {
    let (session, vendor) = but;
    let found: Vec<Found> = on!(tx, c => sqlx::query_as(
        "SELECT sessions.id AS id FROM session_terms JOIN sessions ON sessions.id = session_id
         WHERE term_hash = $1 AND application_id = $2 AND deleted_at IS NULL AND sessions.id <> $3
           AND (vendor_hash IS NULL OR vendor_hash <> $4)
         ORDER BY sessions.created_at DESC, sessions.id DESC LIMIT $5")
        .bind(hash)
        .bind(scope.application_id().to_string())
        .bind(session.to_string())
        .bind(vendor.unwrap_or_default())
        .bind(limit)
        .fetch_all(c).await)?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// Earlier sessions of a user, by the hash of their vendor data, that were approved, newest first.
pub async fn find_approved(
    tx: &mut Tx,
    scope: &Scope,
    vendor_hash: &str,
    but: SessionId,
    limit: i64,
) -> Result<Vec<SessionId>, Error> {
    let found: Vec<Found> = on!(tx, c => sqlx::query_as(
        "SELECT id FROM sessions
         WHERE application_id = $1 AND vendor_hash = $2 AND id <> $3 AND status = 'Approved' AND deleted_at IS NULL
         ORDER BY created_at DESC, id DESC LIMIT $4")
        .bind(scope.application_id().to_string())
        .bind(vendor_hash)
        .bind(but.to_string())
        .bind(limit)
        .fetch_all(c).await)?;
    Ok(found.into_iter().map(|found| found.id).collect())
}
