//! Share tokens: JSON Web Tokens (RFC 7519) under HS256 (RFC 7518 §3.2). Only this installation mints and redeems them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use model::id::{ApplicationId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use store::Keyring;

/// Longer than any token of ours.
const LONGEST: usize = 4096;

/// What a token says (core API §3.9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) session_id: SessionId,
    /// A person's where it is missing.
    #[serde(default)]
    pub(super) session_kind: Option<String>,
    pub(super) from_application_id: ApplicationId,
    pub(super) for_application_id: ApplicationId,
    pub(super) iat: i64,
    pub(super) exp: i64,
}

/// Why a token opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Not a token of ours.
    Invalid,
    /// Its time is over.
    Expired,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

pub(super) fn sign(keyring: &Keyring, claims: &Claims) -> String {
    let header = json!({"alg": "HS256", "typ": "JWT"}).to_string();
    let claims = serde_json::to_string(claims).expect("claims have text keys only");
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = mac(keyring, &signed).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// What a stranger's text says, if it is a token of ours and its time is not over. The signature is compared in constant
/// time, before anything else is believed.
pub(super) fn verify(keyring: &Keyring, token: &str, now: Timestamp) -> Result<Claims, Unusable> {
    let claims = claims(keyring, token).ok_or(Unusable::Invalid)?;
    if now.as_second() < claims.exp { Ok(claims) } else { Err(Unusable::Expired) }
}

fn claims(keyring: &Keyring, token: &str) -> Option<Claims> {
    if token.len() > LONGEST {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    mac(keyring, signed).verify_slice(&signature).ok()?;
    let (header, claims) = signed.split_once('.')?;
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    (header.alg == "HS256").then_some(())?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

/// Under a secret that the keyring derives for nothing else.
fn mac(keyring: &Keyring, signed: &str) -> Hmac<Sha256> {
    let secret = keyring.lookup("share tokens", "HS256");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(signed.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn keyring() -> Keyring {
        Keyring::from_master([7; 32])
    }

    fn some() -> Claims {
        Claims {
            session_id: SessionId(Uuid::nil()),
            session_kind: Some("user".to_owned()),
            from_application_id: ApplicationId(Uuid::nil()),
            for_application_id: ApplicationId(Uuid::max()),
            iat: 100,
            exp: 200,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn a_token_says_what_was_signed_until_its_time_is_over() {
        let token = sign(&keyring(), &some());
        assert_eq!(verify(&keyring(), &token, at(199)), Ok(some()));
        assert_eq!(verify(&keyring(), &token, at(200)), Err(Unusable::Expired));
        assert_eq!(verify(&Keyring::from_master([8; 32]), &token, at(199)), Err(Unusable::Invalid));
    }

    #[test]
    fn no_altered_token_is_believed() {
        let token = sign(&keyring(), &some());
        let (_, signature) = token.rsplit_once('.').expect("three parts");
        let claims = URL_SAFE_NO_PAD.encode(json!({"exp": 9_999_999_999_i64}).to_string());
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        for forged in [
            format!("{none}.{claims}."),
            format!("{none}.{claims}.{signature}"),
            "..".to_owned(),
            String::new(),
        ] {
            assert_eq!(verify(&keyring(), &forged, at(150)), Err(Unusable::Invalid), "{forged}");
        }
        for position in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            altered[position] ^= 1;
            let altered = String::from_utf8_lossy(&altered).into_owned();
            assert_ne!(verify(&keyring(), &altered, at(150)), Ok(some()), "at {position}");
        }
    }
}
