//! Who may call, as types in the handlers' signatures.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use engine::Engine;
use engine::accounts::{self, Operator, Refused};
use store::{Actor, Scope};

use crate::edge::origin;
use crate::problem::{Code, Problem};

pub mod may;

/// An integrator's program, by `x-api-key`, that may do what `P` names. Whatever is wrong with the key, the answer is
/// the same 403.
pub struct Caller<P> {
    /// Whose data it may touch, on its word.
    pub scope: Scope,
    permission: PhantomData<P>,
}

impl<P: may::Permission> FromRequestParts<Engine> for Caller<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Problem> {
        let key = parts.headers.get("x-api-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        match accounts::authenticate_key(engine, key.trim()).await {
            Ok(Some(scope)) => Ok(Self { scope: scope.acting(Actor::ApiKey(None)), permission: PhantomData }),
            Ok(None) => Err(Problem::new(Code::PermissionDenied)),
            Err(error) => Err(Problem::server_error(&error)),
        }
    }
}

/// Someone who operates an organisation, by `Authorization: Bearer`.
pub struct Bearer(pub Operator);

impl FromRequestParts<Engine> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Problem> {
        let header =
            parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (scheme, token) = header.split_once(' ').unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Problem::new(Code::PermissionDenied));
        }
        match accounts::authenticate(engine, token.trim()).await {
            Ok(operator) => Ok(Self(operator)),
            Err(Refused::Store(error)) => Err(Problem::server_error(&error)),
            Err(_) => Err(Problem::new(Code::PermissionDenied)),
        }
    }
}

/// The person on the hosted page, by `X-Session-Token`. Whether it opens a session is the engine's to say.
pub struct SessionToken(pub String);

impl<S: Send + Sync> FromRequestParts<S> for SessionToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let token = parts.headers.get("x-session-token").and_then(|value| value.to_str().ok());
        match token.filter(|token| token.len() == 12) {
            Some(token) => Ok(Self(token.to_owned())),
            None => Err(Problem::new(Code::SessionNotFound).with_code()),
        }
    }
}

/// The address that the request came from: the connection's, or what a trusted proxy says (`[server] trusted_proxies`).
pub struct Peer(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(origin::of(&parts.extensions)))
    }
}
