//! The parties of business sessions: the people and companies behind a company, each with a session of its own.

use jiff::Timestamp;
use model::id::{PartyId, SessionId};

use crate::column::{IdText, MaybeIdText, Millis, text};
use crate::database::on;
use crate::{Error, Scope, Tx};

/// One party.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0016_business_sessions.sql")]
pub struct PartyRow {
    #[sqlx(try_from = "IdText")]
    pub id: PartyId,
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    pub position: i64,
    /// Sealed with the key of the business session.
    pub sealed: Vec<u8>,
    #[sqlx(try_from = "MaybeIdText")]
    pub child_session_id: Option<SessionId>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds a party.
pub async fn insert(tx: &mut Tx, row: &PartyRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO session_parties (id, session_id, position, sealed, child_session_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(row.id.to_string())
        .bind(row.session_id.to_string())
        .bind(row.position)
        .bind(&row.sealed)
        .bind(text(row.child_session_id))
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// A session's parties, in the order in which they were named.
pub async fn list(tx: &mut Tx, scope: &Scope, session_id: SessionId) -> Result<Vec<PartyRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, session_id, position, sealed, child_session_id, created_at FROM session_parties
         WHERE session_id = $2 AND EXISTS (SELECT 1 FROM sessions WHERE application_id = $1 AND sessions.id = $2)
         ORDER BY position, id")
        .bind(scope.application_id().to_string())
        .bind(session_id.to_string())
        .fetch_all(c).await)?)
}

/// The business session whose party this session verifies.
pub async fn parent_of(tx: &mut Tx, scope: &Scope, child: SessionId) -> Result<Option<SessionId>, Error> {
    let parent: Option<String> = on!(tx, c => sqlx::query_scalar(
        "SELECT session_id FROM session_parties
         WHERE child_session_id = $2
           AND EXISTS (SELECT 1 FROM sessions WHERE application_id = $1 AND sessions.id = session_parties.session_id)")
        .bind(scope.application_id().to_string())
        .bind(child.to_string())
        .fetch_optional(c).await)?;
    parent.map(|id| id.parse().map_err(|_| Error::Corrupt { table: "session_parties", id })).transpose()
}

/// Gives a party another session.
pub async fn set_child(tx: &mut Tx, row: &PartyRow, child: SessionId) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE session_parties SET child_session_id = $2 WHERE id = $1")
        .bind(row.id.to_string())
        .bind(child.to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}
