//! What was noted and changed by hand about a session.

use jiff::Timestamp;
use model::id::{ReviewId, SessionId};

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, session_id, activity_type, sealed, created_at"
    };
}

/// One note or change.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0008_reviews.sql")]
pub struct ReviewRow {
    #[sqlx(try_from = "IdText")]
    pub id: ReviewId,
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    pub activity_type: String,
    /// Who, what and why, sealed with the session's key.
    pub sealed: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds an entry.
pub async fn insert(tx: &mut Tx, row: &ReviewRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!("INSERT INTO reviews (", columns!(), ") VALUES ($1, $2, $3, $4, $5)"))
        .bind(row.id.to_string())
        .bind(row.session_id.to_string())
        .bind(&row.activity_type)
        .bind(&row.sealed)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// A session's entries, oldest first.
pub async fn list(tx: &mut Tx, scope: &Scope, session_id: SessionId) -> Result<Vec<ReviewRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM reviews
         WHERE session_id = $1
           AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $1 AND application_id = $2 AND deleted_at IS NULL)
         ORDER BY created_at, id"))
        .bind(session_id.to_string())
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}
