//! E-mail and password for a token, with a lock against guessing.

use jiff::{SignedDuration, Timestamp};
use store::accounts::AccountRow;

use super::{Refused, Tokens, apart, email_hash, password, token};
use crate::Engine;

/// Failures in a row, and how long the account is then locked (core API §1.2).
const LOCKS: [(i64, SignedDuration); 3] = [
    (20, SignedDuration::from_hours(24)),
    (10, SignedDuration::from_hours(1)),
    (5, SignedDuration::from_mins(15)),
];

/// Logs an operator in.
///
/// The failure is counted before the password is judged and taken back after, so that guesses in parallel count as
/// much as guesses in a row.
pub async fn log_in(engine: &Engine, email: &str, password: String) -> Result<Tokens, Refused> {
    let account = count_attempt(engine, email).await?;
    let hash = account.as_ref().map(|row| row.password_hash.clone());
    let right = apart(engine, move || password::matches(&password, hash.as_deref())).await;
    let account = account.filter(|_| right).ok_or(Refused::WrongCredentials)?;
    let mut tx = engine.store.begin().await?;
    store::accounts::set_lock(&mut tx, account.id, 0, None).await?;
    tx.commit().await?;
    if account.verified_at.is_none() {
        return Err(Refused::NotVerified);
    }
    let signer = token::signer(engine).await?;
    Ok(signer.tokens(account.id, account.organization_id, engine.now()))
}

async fn count_attempt(engine: &Engine, email: &str) -> Result<Option<AccountRow>, Refused> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let Some(account) = store::accounts::find_by_email_hash(&mut tx, &email_hash(engine, email)).await?
    else {
        return Ok(None);
    };
    if let Some(until) = account.locked_until.filter(|until| *until > now) {
        return Err(Refused::Throttled(seconds_until(until, now)));
    }
    let failures = store::accounts::count_failed_login(&mut tx, account.id).await?;
    if let Some(lock) = lock_after(failures) {
        store::accounts::set_lock(&mut tx, account.id, failures, Some(now + lock)).await?;
    }
    tx.commit().await?;
    Ok(Some(account))
}

/// Each threshold locks once when it is reached; from the last on every failure does.
fn lock_after(failures: i64) -> Option<SignedDuration> {
    let (last, longest) = LOCKS[0];
    if failures >= last {
        return Some(longest);
    }
    LOCKS.iter().find(|(count, _)| *count == failures).map(|(_, lock)| *lock)
}

fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_grow_with_the_failures() {
        let hours = |failures| lock_after(failures).map(|lock| lock.as_mins());
        assert_eq!([4, 5, 6, 10, 11, 19].map(hours), [None, Some(15), None, Some(60), None, None]);
        assert_eq!([20, 21, 100].map(hours), [Some(1440); 3]);
    }
}
