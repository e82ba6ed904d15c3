//! Forgetting people for good: sessions are hidden, their keys destroyed, and what names them is removed.
//!
//! Destroying the key is the erasure; everything else that was sealed with it, in events, deliveries and backups too,
//! stays behind unreadable (decision 3). What could point at the person without a key (search hashes, digests of
//! pictures) goes as well. The session's row stays as a tombstone, so that its number is not given twice.

use jiff::Timestamp;
use model::id::SessionId;
use sqlx::AssertSqlSafe;

use crate::column::IdText;
use crate::database::on;
use crate::{Error, Scope, Tx, imports};

/// Tables whose rows of an erased session vanish, children before what they refer to. Whoever adds a table with a
/// `session_id` lists it here, or in the test that asks why not.
pub const EMPTIED: &[&str] =
    &["session_keys", "session_terms", "session_parties", "reports", "reviews", "uploads", "blobs"];

/// Numbers in one statement.
const AT_ONCE: usize = 500;

/// Which of the scope's sessions are to be forgotten.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// This one, of whatever kind.
    One(SessionId),
    /// Persons' sessions of these numbers; what is not there is passed over.
    Numbers(&'a [i64]),
    /// Every person's session.
    All,
    /// Every person's session up to this number.
    Through(i64),
}

#[derive(sqlx::FromRow)]
struct Marked {
    #[sqlx(try_from = "IdText")]
    id: SessionId,
}

/// Erases sessions and says which. Each is gone for every other query from this moment on, its vendor data free for a
/// new session, and a writer that holds it still will find its version changed.
pub async fn erase(
    tx: &mut Tx,
    scope: &Scope,
    which: Which<'_>,
    now: Timestamp,
) -> Result<Vec<SessionId>, Error> {
    let mut erased = Vec::new();
    match which {
        Which::One(id) => mark(tx, scope, now, &format!("id = '{id}'"), &[], &mut erased).await?,
        Which::Numbers(numbers) => {
            take_turns(tx, scope).await?;
            for some in numbers.chunks(AT_ONCE) {
                mark(tx, scope, now, "kind = 'user' AND number IN ", some, &mut erased).await?;
            }
        }
        Which::All => all(tx, scope, now, "kind = 'user'", &mut erased).await?,
        Which::Through(number) => {
            all(tx, scope, now, &format!("kind = 'user' AND number <= {number}"), &mut erased).await?;
        }
    }
    if !erased.is_empty() {
        empty(tx, scope, now).await?;
    }
    Ok(erased)
}

async fn all(
    tx: &mut Tx,
    scope: &Scope,
    now: Timestamp,
    condition: &str,
    erased: &mut Vec<SessionId>,
) -> Result<(), Error> {
    take_turns(tx, scope).await?;
    imports::forget_errors(tx, scope).await?;
    mark(tx, scope, now, condition, &[], erased).await
}

/// Persons' sessions of these numbers with the version that each stands at, in the order of their numbers.
pub async fn versions(tx: &mut Tx, scope: &Scope, numbers: &[i64]) -> Result<Vec<(i64, i64)>, Error> {
    let mut found = Vec::new();
    for some in numbers.chunks(AT_ONCE) {
        let places: Vec<String> = (2..2 + some.len()).map(|place| format!("${place}")).collect();
        let text = format!(
            "SELECT number, version FROM sessions
             WHERE application_id = $1 AND deleted_at IS NULL AND kind = 'user' AND number IN ({})
             ORDER BY number",
            places.join(", ")
        );
        let some: Vec<(i64, i64)> = on!(tx, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(scope.application_id().to_string());
            for number in some {
                query = query.bind(*number);
            }
            query.fetch_all(c).await
        })?;
        found.extend(some);
    }
    Ok(found)
}

/// The highest number of a person's session, if there is one.
pub async fn latest_number(tx: &mut Tx, scope: &Scope) -> Result<Option<i64>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT MAX(number) FROM sessions WHERE application_id = $1 AND deleted_at IS NULL AND kind = 'user'")
        .bind(scope.application_id().to_string())
        .fetch_one(c).await)?)
}

/// Hides those of the scope's sessions for which `condition` holds, completed by the values in brackets.
async fn mark(
    tx: &mut Tx,
    scope: &Scope,
    now: Timestamp,
    condition: &str,
    values: &[i64],
    erased: &mut Vec<SessionId>,
) -> Result<(), Error> {
    let places: Vec<String> = (4..4 + values.len()).map(|place| format!("${place}")).collect();
    let places = if values.is_empty() { String::new() } else { format!("({})", places.join(", ")) };
    let text = format!(
        "UPDATE sessions
         SET deleted_at = $2, updated_at = $2, reuse_key = NULL, vendor_hash = NULL, due_at = NULL, state = '{{}}',
             sealed = $3, version = version + 1
         WHERE application_id = $1 AND deleted_at IS NULL AND {condition}{places}
         RETURNING id"
    );
    let marked: Vec<Marked> = on!(tx, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(text))
            .bind(scope.application_id().to_string())
            .bind(now.as_millisecond())
            .bind(Vec::<u8>::new());
        for value in values {
            query = query.bind(*value);
        }
        query.fetch_all(c).await
    })?;
    erased.extend(marked.into_iter().map(|marked| marked.id));
    Ok(())
}

/// Removes what lies in other tables of the sessions that were hidden at this moment.
async fn empty(tx: &mut Tx, scope: &Scope, now: Timestamp) -> Result<(), Error> {
    for table in EMPTIED {
        let text = format!(
            "DELETE FROM {table} WHERE session_id IN
                 (SELECT id FROM sessions WHERE application_id = $1 AND deleted_at = $2)"
        );
        on!(tx, c => sqlx::query(AssertSqlSafe(text))
            .bind(scope.application_id().to_string())
            .bind(now.as_millisecond())
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Two that erase many of one application's sessions would lock them in different orders and wait for each other for
/// ever. SQLite has one writer anyway.
async fn take_turns(tx: &mut Tx, scope: &Scope) -> Result<(), Error> {
    if let Tx::Postgres(transaction, _) = tx {
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(format!("erase {}", scope.application_id()))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Sessions of the scope that were erased at this moment, in the order of their ids, after this one.
pub async fn list_erased(
    tx: &mut Tx,
    scope: &Scope,
    at: Timestamp,
    after: Option<SessionId>,
    limit: i64,
) -> Result<Vec<SessionId>, Error> {
    let erased: Vec<Marked> = on!(tx, c => sqlx::query_as(
        "SELECT id FROM sessions WHERE application_id = $1 AND deleted_at = $2 AND id > $3 ORDER BY id LIMIT $4")
        .bind(scope.application_id().to_string())
        .bind(at.as_millisecond())
        .bind(after.map(|id| id.to_string()).unwrap_or_default())
        .bind(limit)
        .fetch_all(c).await)?;
    Ok(erased.into_iter().map(|erased| erased.id).collect())
}
