//! E-mail and password for tokens, or for the question for a second factor, with a lock against guessing.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use store::accounts::AccountRow;

use super::{Refused, Tokens, apart, email_hash, login, password, second_factor, token};
use crate::Engine;

/// Failures in a row, and how long the address is then locked (core API §1.2).
const LOCKS: [(i64, SignedDuration); 3] = [
    (20, SignedDuration::from_hours(24)),
    (10, SignedDuration::from_hours(1)),
    (5, SignedDuration::from_mins(15)),
];

/// What a right password gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoggedIn {
    /// The account has no second factor.
    Tokens(Tokens),
    /// A code is still to come, under this token, within [`super::CHALLENGE_SECONDS`].
    SecondFactor(String),
}

/// Logs an operator in.
///
/// The failure is counted before the password is judged and taken back after, so that guesses in parallel count as
/// much as guesses in a row. It is counted by address, whether or not that has an account: a lock must not tell.
pub async fn log_in(
    engine: &Engine,
    email: &str,
    password: String,
    source: IpAddr,
) -> Result<LoggedIn, Refused> {
    let email_hash = email_hash(engine, email);
    let account = count_attempt(engine, &email_hash).await?;
    let hash = account.as_ref().map(|row| row.password_hash.clone());
    let right = apart(engine, move || password::matches(&password, hash.as_deref())).await;
    let account = account.filter(|_| right).ok_or(Refused::WrongCredentials)?;
    // The signing key may have to be made first, which takes long and a transaction of its own.
    let signer = token::signer(engine).await?;
    let mut tx = engine.store.begin().await?;
    store::logins::forgive(&mut tx, &email_hash).await?;
    if account.verified_at.is_none() {
        tx.commit().await?;
        return Err(Refused::NotVerified);
    }
    let logged_in = match second_factor::challenge(engine, &mut tx, account.id).await? {
        Some(challenge) => LoggedIn::SecondFactor(challenge),
        None => LoggedIn::Tokens(login::begin(engine, &mut tx, &signer, &account).await?),
    };
    if matches!(logged_in, LoggedIn::Tokens(_)) {
        let who = (account.id, account.organization_id, Some(source));
        super::note_of(engine, &mut tx, who, "account.logged_in").await?;
    }
    tx.commit().await?;
    Ok(logged_in)
}

async fn count_attempt(engine: &Engine, email_hash: &str) -> Result<Option<AccountRow>, Refused> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let guard = store::logins::find_guard(&mut tx, email_hash).await?;
    if let Some(until) = guard.and_then(|guard| guard.locked_until).filter(|until| *until > now) {
        return Err(Refused::Throttled(seconds_until(until, now)));
    }
    let failures = store::logins::count_failure(&mut tx, email_hash, now).await?;
    if let Some(lock) = lock_after(failures) {
        store::logins::lock(&mut tx, email_hash, now + lock).await?;
    }
    let account = store::accounts::find_by_email_hash(&mut tx, email_hash).await?;
    tx.commit().await?;
    Ok(account)
}

/// Each threshold locks once when it is reached; from the last on every failure does.
fn lock_after(failures: i64) -> Option<SignedDuration> {
    let (last, longest) = LOCKS[0];
    if failures >= last {
        return Some(longest);
    }
    LOCKS.iter().find(|(count, _)| *count == failures).map(|(_, lock)| *lock)
}

pub(super) fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
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
