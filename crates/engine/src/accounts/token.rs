//! Tokens of operators: JSON Web Tokens (RFC 7519) signed RS256 (RFC 7518 §3.3) with a key of this installation, made
//! at first need and kept sealed.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use model::id::{AccountId, OrganizationId};
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::signature::{SignatureEncoding, Signer as _, Verifier as _};
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use store::signing_keys::SigningKeyRow;
use store::{Place, Scope, Tx};
use uuid::Uuid;

use super::{Refused, apart};
use crate::Engine;

/// How long an access token is good for (core API §1.2).
pub const TOKEN_SECONDS: i64 = 86_400;
pub(super) const REFRESH_SECONDS: i64 = 30 * 86_400;
const KEY_BITS: usize = 2048;

/// What a login gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Opens the account's routes for [`TOKEN_SECONDS`].
    pub access: String,
    /// For a new access token later.
    pub refresh: String,
}

/// Someone who proved by a token to be the holder of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    account: AccountId,
    home: OrganizationId,
    login: Uuid,
    source: Option<IpAddr>,
}

impl Operator {
    pub(super) fn new(account: AccountId, home: OrganizationId, login: Uuid) -> Self {
        Self { account, home, login, source: None }
    }

    /// The same, asking from this network address.
    #[must_use]
    pub fn coming_from(self, source: IpAddr) -> Self {
        Self { source: Some(source), ..self }
    }

    /// From where, if it is known.
    pub fn source(&self) -> Option<IpAddr> {
        self.source
    }

    /// Whose token it was.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The organisation that was made for the account.
    pub fn home(&self) -> OrganizationId {
        self.home
    }

    /// The login that gave the token.
    pub(super) fn login(&self) -> Uuid {
        self.login
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// An account, or for a client's token an application.
    pub(super) sub: Uuid,
    /// Its organisation.
    pub(super) org: OrganizationId,
    pub(super) token_type: TokenType,
    /// The login, for tokens of accounts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) sid: Option<Uuid>,
    /// A fingerprint of the API key, for tokens of clients: they end with it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) key: Option<String>,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) jti: String,
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TokenType {
    Access,
    Refresh,
    Client,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

/// The newest signing key.
pub(super) struct Signer {
    kid: String,
    key: SigningKey<Sha256>,
}

impl Signer {
    /// The tokens of a login; `refresh_id` is the `jti` of the refresh token.
    pub(super) fn tokens(&self, operator: &Operator, refresh_id: &str, now: Timestamp) -> Tokens {
        let iat = now.as_second();
        let issue = |token_type, seconds, jti| {
            let (sub, org, sid) = (operator.account.0, operator.home, Some(operator.login));
            self.sign(&Claims { sub, org, token_type, sid, key: None, iat, exp: iat + seconds, jti })
        };
        Tokens {
            access: issue(TokenType::Access, TOKEN_SECONDS, crate::secrets::token::<16>()),
            refresh: issue(TokenType::Refresh, REFRESH_SECONDS, refresh_id.to_owned()),
        }
    }

    /// A client's token, good for a day unless the key changes before.
    pub(super) fn client_token(&self, scope: &Scope, fingerprint: String, now: Timestamp) -> String {
        let iat = now.as_second();
        self.sign(&Claims {
            sub: scope.application_id().0,
            org: scope.organization_id(),
            token_type: TokenType::Client,
            sid: None,
            key: Some(fingerprint),
            iat,
            exp: iat + TOKEN_SECONDS,
            jti: crate::secrets::token::<16>(),
        })
    }

    fn sign(&self, claims: &Claims) -> String {
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": self.kid}).to_string();
        let claims = serde_json::to_string(claims).expect("claims have text keys only");
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// The key to sign with; the first call of an installation makes it, which takes a second or so.
pub(super) async fn signer(engine: &Engine) -> Result<Signer, Refused> {
    let mut tx = engine.store.read().await?;
    let newest = store::signing_keys::list(&mut tx).await?.into_iter().next();
    drop(tx);
    let row = match newest {
        Some(row) => row,
        None => first_key(engine).await?,
    };
    let der = engine.keyring.open(&place(&row.id), &row.sealed_private_key)?;
    let key = RsaPrivateKey::from_pkcs8_der(&der).map_err(|_| Refused::Key)?;
    Ok(Signer { kid: row.id, key: SigningKey::new(key) })
}

/// Makes a key. Two processes may do so at once; both keys are kept and verify.
async fn first_key(engine: &Engine) -> Result<SigningKeyRow, Refused> {
    let key =
        apart(engine, || RsaPrivateKey::new(&mut rand::rng(), KEY_BITS)).await.map_err(|_| Refused::Key)?;
    let private = key.to_pkcs8_der().map_err(|_| Refused::Key)?;
    let public_key = key.to_public_key().to_public_key_pem(LineEnding::LF).map_err(|_| Refused::Key)?;
    let id = engine.uuid().to_string();
    let sealed_private_key = engine.keyring.seal(&place(&id), private.as_bytes());
    let row = SigningKeyRow { id, sealed_private_key, public_key, created_at: engine.now() };
    let mut tx = engine.store.begin().await?;
    store::signing_keys::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(row)
}

/// The claims of a token that is ours and live; whether what it stands for still holds is the caller's to look up.
pub(super) async fn claims(engine: &Engine, tx: &mut Tx, token: &str) -> Result<Claims, Refused> {
    let keys = store::signing_keys::list(tx).await?;
    verified(token, &keys, engine.now()).ok_or(Refused::WrongToken)
}

/// The claims of a live token that one of these keys signed. The algorithm is ours to say, not the token's
/// (RFC 8725 §3.1).
fn verified(token: &str, keys: &[SigningKeyRow], now: Timestamp) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Header = decoded(header)?;
    let key = keys.iter().find(|key| key.id == header.kid && header.alg == "RS256")?;
    let key = RsaPublicKey::from_public_key_pem(&key.public_key).ok()?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let signature = Signature::try_from(signature.as_slice()).ok()?;
    VerifyingKey::<Sha256>::new(key).verify(signed.as_bytes(), &signature).ok()?;
    let claims: Claims = decoded(claims)?;
    (now.as_second() < claims.exp).then_some(claims)
}

fn decoded<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn place(id: &str) -> Place {
    Place::new("signing_keys", id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-01-01T00:00:00Z".parse().unwrap()
    }

    fn key() -> (Signer, SigningKeyRow) {
        let key = RsaPrivateKey::new(&mut rand::rng(), KEY_BITS).unwrap();
        let public_key = key.to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
        let row =
            SigningKeyRow { id: "one".into(), sealed_private_key: Vec::new(), public_key, created_at: now() };
        (Signer { kid: "one".into(), key: SigningKey::new(key) }, row)
    }

    #[test]
    fn only_a_live_token_of_ours_is_believed() {
        let (signer, row) = key();
        let keys = [row];
        let account = Uuid::from_u128(1);
        let home = OrganizationId(Uuid::from_u128(2));
        let operator = Operator::new(AccountId(account), home, Uuid::from_u128(4));
        let tokens = signer.tokens(&operator, "once", now());
        let access = verified(&tokens.access, &keys, now()).unwrap();
        assert_eq!((access.sub, access.token_type), (account, TokenType::Access));
        let refresh = verified(&tokens.refresh, &keys, now()).unwrap();
        assert_eq!((refresh.token_type, refresh.jti.as_str()), (TokenType::Refresh, "once"));
        let expired = now() + jiff::SignedDuration::from_secs(TOKEN_SECONDS);
        assert!(verified(&tokens.access, &keys, expired).is_none());
        let (head, rest) = tokens.access.split_once('.').unwrap();
        let (_, signature) = rest.split_once('.').unwrap();
        let forged = URL_SAFE_NO_PAD.encode(r#"{"sub":"00000000-0000-0000-0000-000000000003"}"#);
        assert!(verified(&format!("{head}.{forged}.{signature}"), &keys, now()).is_none());
        let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"one"}"#);
        assert!(verified(&format!("{unsigned}.{rest}"), &keys, now()).is_none());
    }
}
