//! Who changed what. The same transaction that makes a change adds its entry.

use jiff::Timestamp;
use uuid::Uuid;

use crate::column::text;
use crate::database::on;
use crate::{Error, Scope, Tx};

/// One change, as its maker describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "columns, described in migrations/0007_audit.sql")]
pub struct NewEntry<'a> {
    pub id: Uuid,
    pub action: &'a str,
    pub object: &'a str,
    /// A JSON object; nothing personal.
    pub details: &'a str,
    pub created_at: Timestamp,
}

/// Adds an entry under the organisation's next number.
///
/// The number is taken in this transaction, so that none is ever missing.
pub async fn append(tx: &mut Tx, scope: &Scope, entry: &NewEntry<'_>) -> Result<(), Error> {
    let organization = scope.organization_id().to_string();
    let number: i64 = on!(tx, c => sqlx::query_scalar(
        "INSERT INTO audit_numbers (organization_id, latest) VALUES ($1, 1)
         ON CONFLICT (organization_id) DO UPDATE SET latest = audit_numbers.latest + 1
         RETURNING latest")
        .bind(&organization)
        .fetch_one(c).await)?;
    on!(tx, c => sqlx::query(
        "INSERT INTO audit_entries
           (id, organization_id, application_id, number, actor_kind, actor_id, action, object, details, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(entry.id.to_string())
        .bind(&organization)
        .bind(scope.application_id().to_string())
        .bind(number)
        .bind(scope.actor().kind())
        .bind(text(scope.actor().id()))
        .bind(entry.action)
        .bind(entry.object)
        .bind(entry.details)
        .bind(entry.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}
