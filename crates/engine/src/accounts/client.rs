//! Programs that prove themselves by client id and API key: the older client token, and what a token is good for
//! (core API §1.1, §1.4; RFC 7662).

use serde_json::{Map, Value, json};
use store::Scope;

use super::provision::api_key_hash;
use super::token::{self, Claims, TokenType};
use super::{Refused, login};
use crate::{Engine, access};

/// The application that has this client id and this key.
pub async fn authenticate_client(
    engine: &Engine,
    client_id: &str,
    client_secret: &str,
) -> Result<Scope, Refused> {
    let hash = api_key_hash(engine, client_secret);
    let scope = store::applications::authenticate(&engine.store, &hash).await?;
    let scope = scope.ok_or(Refused::WrongToken)?;
    let mut tx = engine.store.read().await?;
    let row = store::applications::find(&mut tx, &scope).await?;
    // The client id is public; only the key is secret, and it was found by its keyed hash.
    row.filter(|row| row.client_id == client_id).map(|_| scope).ok_or(Refused::WrongToken)
}

/// A token that stands for the application's key for a day.
pub async fn client_token(engine: &Engine, client_id: &str, client_secret: &str) -> Result<String, Refused> {
    let scope = authenticate_client(engine, client_id, client_secret).await?;
    let signer = token::signer(engine).await?;
    let fingerprint = fingerprint(engine, &api_key_hash(engine, client_secret));
    Ok(signer.client_token(&scope, fingerprint, engine.now()))
}

/// What ties a client's token to the key that the application had when it was made.
pub(super) fn fingerprint(engine: &Engine, api_key_hash: &str) -> String {
    engine.keyring.lookup("client_tokens.key", api_key_hash)[..32].to_owned()
}

/// What a token is good for, told to an application of the same organisation; `{"active": false}` for every other token.
pub async fn introspect(engine: &Engine, asking: &Scope, token: &str) -> Result<Value, store::Error> {
    match described(engine, asking, token).await {
        Ok(description) => Ok(Value::Object(description)),
        Err(Refused::Store(error)) => Err(error),
        Err(_) => Ok(json!({ "active": false })),
    }
}

async fn described(engine: &Engine, asking: &Scope, token: &str) -> Result<Map<String, Value>, Refused> {
    let mut tx = engine.store.read().await?;
    let claims = token::claims(engine, &mut tx, token).await?;
    let organization = asking.organization_id();
    let permissions = match claims.token_type {
        TokenType::Client => {
            let scope = login::client_scope(engine, &mut tx, &claims).await?;
            if scope.application_id() != asking.application_id() {
                return Err(Refused::WrongToken);
            }
            access::SystemRole::Owner.role().permission_names()
        }
        TokenType::Access | TokenType::Refresh => {
            let operator = login::operator(&mut tx, &claims).await?;
            drop(tx);
            let member = access::member(engine, &operator, organization).await?;
            member.ok_or(Refused::WrongToken)?.role().permission_names()
        }
    };
    Ok(description(&claims, asking, &permissions))
}

fn description(claims: &Claims, asking: &Scope, permissions: &[String]) -> Map<String, Value> {
    let organization = asking.organization_id();
    let fields = json!({
        "active": true,
        "sub": claims.sub,
        "token_type": claims.token_type,
        "exp": claims.exp,
        "iat": claims.iat,
        "jti": claims.jti,
        "scope": permissions.join(" "),
        "organization_id": organization,
        "application_id": asking.application_id(),
        "org_permissions": { organization.to_string(): permissions },
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
