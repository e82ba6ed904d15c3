//! What each check of a session found. One row per attempt; the latest is the report, the others its history.

use jiff::Timestamp;
use model::id::SessionId;
use sqlx::AssertSqlSafe;

use crate::column::{IdText, Millis, places};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "session_id, node_id, attempt, feature, status, sealed, created_at"
    };
}

/// Sessions in one statement.
const AT_ONCE: usize = 500;

/// The outcome of one attempt at one node.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0003_sessions.sql")]
pub struct ReportRow {
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    pub node_id: String,
    /// From 1, rising.
    pub attempt: i64,
    pub feature: String,
    pub status: String,
    /// Fields and warnings, sealed with the session's key.
    pub sealed: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Writes a report; one that exists for this attempt is replaced.
pub async fn put(tx: &mut Tx, row: &ReportRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO reports (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (session_id, node_id, attempt) DO UPDATE
         SET feature = excluded.feature, status = excluded.status, sealed = excluded.sealed"))
        .bind(row.session_id.to_string())
        .bind(&row.node_id)
        .bind(row.attempt)
        .bind(&row.feature)
        .bind(&row.status)
        .bind(&row.sealed)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The latest report of every node of a session, in the order in which the nodes were first reached.
pub async fn list(tx: &mut Tx, scope: &Scope, session_id: SessionId) -> Result<Vec<ReportRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM reports
         WHERE session_id = $1
           AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $1 AND application_id = $2)
           AND attempt = (SELECT MAX(latest.attempt) FROM reports AS latest
                          WHERE latest.session_id = reports.session_id AND latest.node_id = reports.node_id)
         ORDER BY (SELECT MIN(first.created_at) FROM reports AS first
                   WHERE first.session_id = reports.session_id AND first.node_id = reports.node_id), node_id"))
        .bind(session_id.to_string())
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}

/// The latest report of every node of many sessions. The caller has found them in its scope.
pub async fn list_of_many(tx: &mut Tx, sessions: &[SessionId]) -> Result<Vec<ReportRow>, Error> {
    let mut reports = Vec::new();
    for some in sessions.chunks(AT_ONCE) {
        let text = format!(
            concat!(
                "SELECT ", columns!(), " FROM reports
                 WHERE session_id IN ({})
                   AND attempt = (SELECT MAX(latest.attempt) FROM reports AS latest
                                  WHERE latest.session_id = reports.session_id AND latest.node_id = reports.node_id)
                 ORDER BY session_id, node_id"
            ),
            places(some.len())
        );
        let found: Vec<ReportRow> = on!(tx, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(text));
            for id in some {
                query = query.bind(id.to_string());
            }
            query.fetch_all(c).await
        })?;
        reports.extend(found);
    }
    Ok(reports)
}

/// Every attempt of a session, oldest first.
pub async fn list_all(tx: &mut Tx, scope: &Scope, session_id: SessionId) -> Result<Vec<ReportRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM reports
         WHERE session_id = $1
           AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $1 AND application_id = $2)
         ORDER BY created_at, attempt, node_id"))
        .bind(session_id.to_string())
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}

/// Every attempt at one node, oldest first.
pub async fn history(
    tx: &mut Tx,
    scope: &Scope,
    session_id: SessionId,
    node_id: &str,
) -> Result<Vec<ReportRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM reports
         WHERE session_id = $1 AND node_id = $3
           AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $1 AND application_id = $2)
         ORDER BY attempt"))
        .bind(session_id.to_string())
        .bind(scope.application_id().to_string())
        .bind(node_id)
        .fetch_all(c).await)?)
}
