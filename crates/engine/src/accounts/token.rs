//! Tokens of operators: JSON Web Tokens (RFC 7519) signed RS256 (RFC 7518 §3.3) with a key of this installation, made
//! at first need and kept sealed.

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
use store::Place;
use store::signing_keys::SigningKeyRow;

use super::{Refused, apart};
use crate::Engine;

/// How long an access token is good for (core API §1.2).
pub const TOKEN_SECONDS: i64 = 86_400;
const REFRESH_SECONDS: i64 = 30 * 86_400;
const KEY_BITS: usize = 2048;

/// What a login gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Opens the account's routes for [`TOKEN_SECONDS`].
    pub access: String,
    /// For a new access token later.
    pub refresh: String,
}

/// Someone who proved by a token to operate an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    account: AccountId,
    organization: OrganizationId,
}

impl Operator {
    /// Whose token it was.
    pub fn account(&self) -> AccountId {
        self.account
    }

    pub(super) fn belongs_to(&self, organization: OrganizationId) -> Result<(), Refused> {
        if self.organization == organization { Ok(()) } else { Err(Refused::NotFound) }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: AccountId,
    org: OrganizationId,
    token_type: TokenType,
    iat: i64,
    exp: i64,
    jti: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TokenType {
    Access,
    Refresh,
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
    pub(super) fn tokens(&self, account: AccountId, organization: OrganizationId, now: Timestamp) -> Tokens {
        let issue = |token_type, seconds| {
            let iat = now.as_second();
            let jti = crate::secrets::token::<16>();
            self.sign(&Claims { sub: account, org: organization, token_type, iat, exp: iat + seconds, jti })
        };
        Tokens {
            access: issue(TokenType::Access, TOKEN_SECONDS),
            refresh: issue(TokenType::Refresh, REFRESH_SECONDS),
        }
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

/// Whose access token this is.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Operator, Refused> {
    let mut tx = engine.store.read().await?;
    let keys = store::signing_keys::list(&mut tx).await?;
    let claims = verified(token, &keys, engine.now()).ok_or(Refused::WrongToken)?;
    let account = store::accounts::find(&mut tx, claims.sub).await?.ok_or(Refused::WrongToken)?;
    if account.verified_at.is_none() || account.organization_id != claims.org {
        return Err(Refused::WrongToken);
    }
    Ok(Operator { account: account.id, organization: account.organization_id })
}

/// The claims of a live access token that one of these keys signed. The algorithm is ours to say, not the token's
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
    (claims.token_type == TokenType::Access && now.as_second() < claims.exp).then_some(claims)
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
    fn only_a_live_access_token_of_ours_is_believed() {
        let (signer, row) = key();
        let keys = [row];
        let account = AccountId(uuid::Uuid::from_u128(1));
        let tokens = signer.tokens(account, OrganizationId(uuid::Uuid::from_u128(2)), now());
        assert_eq!(verified(&tokens.access, &keys, now()).map(|claims| claims.sub), Some(account));
        assert!(verified(&tokens.refresh, &keys, now()).is_none(), "a refresh token opens nothing");
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
