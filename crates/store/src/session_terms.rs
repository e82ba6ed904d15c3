//! What sessions are found by, as keyed hashes. A hash says nothing without the master key; it is removed with its
//! session.

use model::id::SessionId;
use sqlx::AssertSqlSafe;

use crate::database::on;
use crate::{Error, Tx};

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
