//! Logins: what their tokens open, a fresh pair of tokens, and their end.

use jiff::SignedDuration;
use model::id::ApplicationId;
use store::logins::LoginRow;
use store::{Scope, Tx};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::token::{self, Claims, REFRESH_SECONDS, Signer, TokenType};
use super::{Operator, Refused, Tokens, client};
use crate::{Engine, secrets};

/// Who sent a bearer token.
#[derive(Debug, Clone, Copy)]
pub enum Bearer {
    /// Someone who operates organisations.
    Operator(Operator),
    /// A program, by its client's token.
    Client(Scope),
}

/// Begins a login within the caller's transaction.
pub(super) async fn begin(
    engine: &Engine,
    tx: &mut Tx,
    signer: &Signer,
    account: &store::accounts::AccountRow,
) -> Result<Tokens, store::Error> {
    let now = engine.now();
    let operator = Operator::new(account.id, account.organization_id, engine.uuid());
    let refresh_id = secrets::token::<16>();
    let row = LoginRow {
        id: operator.login(),
        account_id: account.id,
        refresh_hash: refresh_hash(engine, &refresh_id),
        expires_at: now + SignedDuration::from_secs(REFRESH_SECONDS),
        revoked_at: None,
        created_at: now,
    };
    store::logins::insert(tx, &row).await?;
    Ok(signer.tokens(&operator, &refresh_id, now))
}

/// Who sent this token.
pub async fn bearer(engine: &Engine, token: &str) -> Result<Bearer, Refused> {
    let mut tx = engine.store.read().await?;
    let claims = token::claims(engine, &mut tx, token).await?;
    match claims.token_type {
        TokenType::Access => Ok(Bearer::Operator(operator(&mut tx, &claims).await?)),
        TokenType::Client => Ok(Bearer::Client(client_scope(engine, &mut tx, &claims).await?)),
        TokenType::Refresh => Err(Refused::WrongToken),
    }
}

/// Whose access token this is.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Operator, Refused> {
    match bearer(engine, token).await? {
        Bearer::Operator(operator) => Ok(operator),
        Bearer::Client(_) => Err(Refused::WrongToken),
    }
}

/// The holder of an account whose login still stands.
pub(super) async fn operator(tx: &mut Tx, claims: &Claims) -> Result<Operator, Refused> {
    let login = claims.sid.ok_or(Refused::WrongToken)?;
    let row = store::logins::find(tx, login).await?.filter(|row| row.revoked_at.is_none());
    let row = row.filter(|row| row.account_id.0 == claims.sub).ok_or(Refused::WrongToken)?;
    let account = store::accounts::find(tx, row.account_id).await?.ok_or(Refused::WrongToken)?;
    if account.verified_at.is_none() {
        return Err(Refused::WrongToken);
    }
    Ok(Operator::new(account.id, account.organization_id, login))
}

/// The application of a client's token, as long as it has the key that the token was made with.
pub(super) async fn client_scope(engine: &Engine, tx: &mut Tx, claims: &Claims) -> Result<Scope, Refused> {
    let id = ApplicationId(claims.sub);
    let found = store::applications::find_for_member(tx, claims.org, id).await?;
    let (scope, row) = found.ok_or(Refused::WrongToken)?;
    let expected = client::fingerprint(engine, &row.api_key_hash);
    let same = claims.key.as_ref().is_some_and(|key| key.as_bytes().ct_eq(expected.as_bytes()).into());
    if same { Ok(scope) } else { Err(Refused::WrongToken) }
}

/// A fresh pair of tokens for a refresh token. Each works once: one that comes back was copied, and ends the login.
pub async fn refresh(engine: &Engine, refresh_token: &str) -> Result<Tokens, Refused> {
    let signer = token::signer(engine).await?;
    let mut tx = engine.store.begin().await?;
    let claims = token::claims(engine, &mut tx, refresh_token).await?;
    if claims.token_type != TokenType::Refresh {
        return Err(Refused::WrongToken);
    }
    let operator = operator(&mut tx, &claims).await?;
    let now = engine.now();
    let next = secrets::token::<16>();
    let hashes = (refresh_hash(engine, &claims.jti), refresh_hash(engine, &next));
    let until = now + SignedDuration::from_secs(REFRESH_SECONDS);
    let latest = store::logins::refresh(&mut tx, operator.login(), (&hashes.0, &hashes.1), until).await?;
    if !latest {
        store::logins::revoke(&mut tx, operator.login(), now).await?;
    }
    tx.commit().await?;
    if latest { Ok(signer.tokens(&operator, &next, now)) } else { Err(Refused::WrongToken) }
}

/// Ends the operator's login: its tokens open nothing from now on.
pub async fn log_out(engine: &Engine, operator: &Operator) -> Result<(), store::Error> {
    end(engine, operator.login()).await
}

/// Ends the login of this token, access or refresh; any other text ends nothing (RFC 7009 §2.2).
pub async fn revoke(engine: &Engine, token: &str) -> Result<(), store::Error> {
    let mut tx = engine.store.read().await?;
    let claims = match token::claims(engine, &mut tx, token).await {
        Ok(claims) => claims,
        Err(Refused::Store(error)) => return Err(error),
        Err(_) => return Ok(()),
    };
    drop(tx);
    match claims.sid {
        Some(login) => end(engine, login).await,
        None => Ok(()),
    }
}

async fn end(engine: &Engine, login: Uuid) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    store::logins::revoke(&mut tx, login, engine.now()).await?;
    tx.commit().await
}

fn refresh_hash(engine: &Engine, id: &str) -> String {
    engine.keyring.lookup("logins.refresh", id)
}
