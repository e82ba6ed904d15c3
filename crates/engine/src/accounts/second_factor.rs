//! A second factor: enrolled with a first code, asked for at every login, replaced by recovery codes when the device is
//! lost (core API §1.2).

use std::net::IpAddr;

use jiff::SignedDuration;
use model::id::AccountId;
use store::second_factors::SecondFactorRow;
use store::{Place, Tx};

use super::{Operator, Refused, Tokens, apart, email_of, login, password, token, totp};
use crate::{Engine, secrets};

/// How long a login waits for its code.
pub const CHALLENGE_SECONDS: i64 = 300;
/// So often may a code be guessed before none is looked at for a while.
const MAX_FAILURES: i64 = 5;
const LOCK: SignedDuration = SignedDuration::from_mins(15);
const RECOVERY_CODES: usize = 10;

/// What is shown once when a second factor is enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// For typing, base32.
    pub secret: String,
    /// For the QR code.
    pub uri: String,
}

/// A secret for the operator's authenticator. It counts once its first code came to [`confirm`].
pub async fn enrol(engine: &Engine, operator: &Operator) -> Result<Enrolment, Refused> {
    let secret: [u8; 20] = rand::random();
    let id = operator.account();
    let mut tx = engine.store.begin().await?;
    let account = store::accounts::find(&mut tx, id).await?.ok_or(Refused::WrongToken)?;
    let sealed = engine.keyring.seal(&place(id), &secret);
    if !store::second_factors::put_pending(&mut tx, id, &sealed, engine.now()).await? {
        return Err(Refused::HasSecondFactor);
    }
    tx.commit().await?;
    let uri = totp::uri(&secret, &email_of(engine, &account)?);
    Ok(Enrolment { secret: totp::base32(&secret), uri })
}

/// The first code: from now on every login asks for one. Gives the recovery codes, this once.
pub async fn confirm(engine: &Engine, operator: &Operator, code: &str) -> Result<Vec<String>, Refused> {
    let id = operator.account();
    let mut tx = engine.store.begin().await?;
    let row = store::second_factors::find(&mut tx, id).await?.ok_or(Refused::NoSecondFactor)?;
    if row.confirmed_at.is_some() {
        return Err(Refused::HasSecondFactor);
    }
    if !guess(engine, &mut tx, id, &row, code).await? {
        tx.commit().await?;
        return Err(Refused::WrongOtp);
    }
    store::second_factors::confirm(&mut tx, id, engine.now()).await?;
    let codes = new_recovery_codes(engine, &mut tx, id).await?;
    super::note(engine, &mut tx, operator, "second_factor.enabled").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Fresh recovery codes for a code of the authenticator; the old ones end.
pub async fn renew_recovery_codes(
    engine: &Engine,
    operator: &Operator,
    code: &str,
) -> Result<Vec<String>, Refused> {
    let id = operator.account();
    let mut tx = engine.store.begin().await?;
    let row = confirmed(&mut tx, id).await?.ok_or(Refused::NoSecondFactor)?;
    if !guess(engine, &mut tx, id, &row, code).await? {
        tx.commit().await?;
        return Err(Refused::WrongOtp);
    }
    let codes = new_recovery_codes(engine, &mut tx, id).await?;
    super::note(engine, &mut tx, operator, "second_factor.recovery_codes_renewed").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes the second factor away, for the password and a code: a stolen token alone cannot.
pub async fn disable(
    engine: &Engine,
    operator: &Operator,
    password: String,
    code: &str,
) -> Result<(), Refused> {
    let id = operator.account();
    let mut tx = engine.store.read().await?;
    let account = store::accounts::find(&mut tx, id).await?.ok_or(Refused::WrongToken)?;
    drop(tx);
    let right = apart(engine, move || password::matches(&password, Some(&account.password_hash))).await;
    let mut tx = engine.store.begin().await?;
    let row = confirmed(&mut tx, id).await?.ok_or(Refused::NoSecondFactor)?;
    let fits = guess_any(engine, &mut tx, id, &row, code).await?;
    if !fits || !right {
        tx.commit().await?;
        return Err(if fits { Refused::WrongCredentials } else { Refused::WrongOtp });
    }
    store::second_factors::delete(&mut tx, id).await?;
    super::note(engine, &mut tx, operator, "second_factor.disabled").await?;
    tx.commit().await?;
    Ok(())
}

/// The second half of a login.
pub async fn verify(engine: &Engine, challenge: &str, code: &str, source: IpAddr) -> Result<Tokens, Refused> {
    let signer = token::signer(engine).await?;
    let hash = challenge_hash(engine, challenge);
    let mut tx = engine.store.begin().await?;
    let found = store::logins::find_challenge(&mut tx, &hash, engine.now()).await?;
    let id = found.ok_or(Refused::WrongChallenge)?;
    let account = store::accounts::find(&mut tx, id).await?.ok_or(Refused::WrongChallenge)?;
    let row = confirmed(&mut tx, id).await?.ok_or(Refused::WrongChallenge)?;
    if !guess_any(engine, &mut tx, id, &row, code).await? {
        tx.commit().await?;
        return Err(Refused::WrongOtp);
    }
    if !store::logins::delete_challenge(&mut tx, &hash).await? {
        return Err(Refused::WrongChallenge);
    }
    let tokens = login::begin(engine, &mut tx, &signer, &account).await?;
    let who = (account.id, account.organization_id, Some(source));
    super::note_of(engine, &mut tx, who, "account.logged_in").await?;
    tx.commit().await?;
    Ok(tokens)
}

/// The token under which a login waits for its code; `None` if the account has no second factor.
pub(super) async fn challenge(
    engine: &Engine,
    tx: &mut Tx,
    account: AccountId,
) -> Result<Option<String>, store::Error> {
    if confirmed(tx, account).await?.is_none() {
        return Ok(None);
    }
    let challenge = secrets::token::<32>();
    let until = engine.now() + SignedDuration::from_secs(CHALLENGE_SECONDS);
    store::logins::insert_challenge(tx, &challenge_hash(engine, &challenge), account, until).await?;
    Ok(Some(challenge))
}

async fn confirmed(tx: &mut Tx, account: AccountId) -> Result<Option<SecondFactorRow>, store::Error> {
    let row = store::second_factors::find(tx, account).await?;
    Ok(row.filter(|row| row.confirmed_at.is_some()))
}

/// Whether this is a code of the authenticator, or a recovery code; either is used up.
async fn guess_any(
    engine: &Engine,
    tx: &mut Tx,
    account: AccountId,
    row: &SecondFactorRow,
    code: &str,
) -> Result<bool, Refused> {
    let code = code.trim();
    if code.len() == 6 {
        return guess(engine, tx, account, row, code).await;
    }
    count_guess(engine, tx, account, row).await?;
    let hash = recovery_hash(engine, account, code);
    let right = store::second_factors::use_recovery_code(tx, account, &hash, engine.now()).await?;
    if right {
        store::second_factors::set_lock(tx, account, 0, None).await?;
    }
    Ok(right)
}

/// Whether this is a code of about now that was not used. The guess is counted; commit also when it was wrong.
async fn guess(
    engine: &Engine,
    tx: &mut Tx,
    account: AccountId,
    row: &SecondFactorRow,
    code: &str,
) -> Result<bool, Refused> {
    count_guess(engine, tx, account, row).await?;
    let secret = engine.keyring.open(&place(account), &row.sealed_secret)?;
    match totp::step_of(&secret, code.trim(), engine.now()) {
        Some(step) => Ok(store::second_factors::use_step(tx, account, step).await?),
        None => Ok(false),
    }
}

async fn count_guess(
    engine: &Engine,
    tx: &mut Tx,
    account: AccountId,
    row: &SecondFactorRow,
) -> Result<(), Refused> {
    let now = engine.now();
    if let Some(until) = row.locked_until.filter(|until| *until > now) {
        return Err(Refused::Throttled(super::log_in::seconds_until(until, now)));
    }
    let failures = store::second_factors::count_failure(tx, account).await?;
    if failures >= MAX_FAILURES {
        // The count begins again when the lock is over.
        store::second_factors::set_lock(tx, account, 0, Some(now + LOCK)).await?;
    }
    Ok(())
}

async fn new_recovery_codes(
    engine: &Engine,
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<String>, store::Error> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| secrets::code::<12>()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(engine, account, code)).collect();
    store::second_factors::put_recovery_codes(tx, account, &hashes).await?;
    Ok(codes)
}

fn recovery_hash(engine: &Engine, account: AccountId, code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    engine.keyring.hash_code(&format!("recovery {account}"), &code.to_ascii_uppercase())
}

fn challenge_hash(engine: &Engine, challenge: &str) -> String {
    engine.keyring.lookup("login_challenges.token", challenge)
}

fn place(account: AccountId) -> Place {
    Place::new("second_factors", account)
}
