//! Keys that sign the tokens of operators.

use jiff::Timestamp;

use crate::column::Millis;
use crate::database::on;
use crate::{Error, Tx};

/// One key pair; the private half is sealed with [`crate::Keyring::seal`].
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0001_tenants.sql")]
pub struct SigningKeyRow {
    /// The `kid` of the tokens it signs.
    pub id: String,
    pub sealed_private_key: Vec<u8>,
    pub public_key: String,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds a key, unless one with this id is there.
pub async fn insert(tx: &mut Tx, row: &SigningKeyRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO signing_keys (id, sealed_private_key, public_key, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING")
        .bind(&row.id)
        .bind(&row.sealed_private_key)
        .bind(&row.public_key)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Every key, newest first: the first signs, all verify.
pub async fn list(tx: &mut Tx) -> Result<Vec<SigningKeyRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, sealed_private_key, public_key, created_at FROM signing_keys ORDER BY created_at DESC, id DESC")
        .fetch_all(c).await)?)
}
