//! Who may call, as types in the handlers' signatures.
//!
//! Three kinds of handler: [`Caller`] for the flat routes of the contract, [`Console`] for the routes of one application
//! that operators use, [`Operator`] for those of an organisation. Each names one permission, and there is no other way
//! to the data. A refusal for want of a permission remembers which it was (see [`Needs`]), so that a test can list what
//! every operation demands.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use engine::Engine;
use engine::access::{self, Grant, Member, Reach};
use engine::accounts::{self, Bearer as Token, Refused};
use engine::flow::Visitor;
use model::id::{ApplicationId, OrganizationId, WorkflowId};
use store::{Actor, Scope};
use uuid::Uuid;

use crate::edge::{hidden, origin};
use crate::path_id::{PathApplication, path_uuid};
use crate::problem::{Code, Problem};

pub mod may;
mod reach;

/// An integrator's program by `x-api-key`, or its client's token, that may do what `P` names; on routes about sessions
/// also an operator by `Authorization: Bearer` (core API §2.1). Whatever is wrong with the credential, the answer is the
/// same 403.
pub struct Caller<P> {
    /// Whose data it may touch, on its word.
    pub scope: Scope,
    /// Which sessions it may see. On routes with a session's id in the path that has been checked.
    pub reach: Reach,
    permission: PhantomData<P>,
}

impl<P> Caller<P> {
    /// Whether it may make sessions of this workflow.
    pub fn may_use(&self, workflow: WorkflowId) -> bool {
        self.reach.includes_workflow(workflow)
    }
}

impl<P: may::Permission> FromRequestParts<Engine> for Caller<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Problem> {
        let grant = grant(parts, engine, P::NAME).await?;
        require(P::NAME, |permission| grant.permissions.include(permission))?;
        reach::check(parts, engine, &grant, P::NAME).await?;
        hidden::hide(parts, &grant);
        if let Actor::Account(_) = grant.scope.actor() {
            Demanded::note(parts, grant.scope.organization_id(), P::NAME);
        }
        Ok(Self { scope: grant.scope, reach: grant.reach, permission: PhantomData })
    }
}

/// An operator of the organisation in the path who may do what `P` names.
pub struct Operator<P> {
    /// Who, where and in which role.
    pub member: Member,
    permission: PhantomData<P>,
}

impl<P: may::Permission> FromRequestParts<Engine> for Operator<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Problem> {
        let member = member(parts, engine).await?;
        require(P::NAME, |permission| member.may(permission))?;
        Demanded::note(parts, member.organization(), P::NAME);
        Ok(Self { member, permission: PhantomData })
    }
}

/// An operator of the organisation and application in the path, `/v3/organization/{organization_id}/application/
/// {application_id}/…`, who may do what `P` names. These routes take no API key.
pub struct Console<P> {
    /// Whose data, on the operator's word.
    pub scope: Scope,
    /// Who, where and in which role.
    pub member: Member,
    permission: PhantomData<P>,
}

impl<P: may::Permission> FromRequestParts<Engine> for Console<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Problem> {
        let member = member(parts, engine).await?;
        require(P::NAME, |permission| member.may(permission))?;
        Demanded::note(parts, member.organization(), P::NAME);
        let PathApplication(application) = PathApplication::from_request_parts(parts, engine).await?;
        let found = access::application_of(engine, &member, application).await;
        match found.map_err(|error| Problem::server_error(&error))? {
            Some(scope) => Ok(Self { scope, member, permission: PhantomData }),
            None => Err(Problem::new(Code::NotFound)),
        }
    }
}

/// The holder of an account, by `Authorization: Bearer`, whatever organisation.
pub struct Bearer(pub accounts::Operator);

impl FromRequestParts<Engine> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Problem> {
        let source = origin::of(&parts.extensions);
        match accounts::authenticate(engine, bearer_token(&parts.headers)).await {
            Ok(operator) => Ok(Self(operator.coming_from(source))),
            Err(refused) => Err(denied(&refused)),
        }
    }
}

/// The permission for want of which a request was refused; an extension of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs(pub &'static str);

/// What the operator behind a request had to be allowed, and where; noted for whoever keeps the answer. Empty for
/// programs, whose keys are asked about anew each time.
#[derive(Debug, Clone, Default)]
pub struct Demanded(pub Arc<OnceLock<(OrganizationId, &'static str)>>);

impl Demanded {
    fn note(parts: &Parts, organization: OrganizationId, permission: &'static str) {
        if let Some(Self(noted)) = parts.extensions.get() {
            noted.get_or_init(|| (organization, permission));
        }
    }
}

/// Whether the operator of this request may, now, do what it was demanded of them.
pub async fn may_still(
    engine: &Engine,
    headers: &HeaderMap,
    (organization, permission): &(OrganizationId, String),
) -> Result<bool, Problem> {
    let operator = accounts::authenticate(engine, bearer_token(headers)).await;
    let operator = operator.map_err(|refused| denied(&refused))?;
    let member = access::member(engine, &operator, *organization).await;
    let member = member.map_err(|error| Problem::server_error(&error))?;
    Ok(member.is_some_and(|member| member.may(permission)))
}

fn require(permission: &'static str, has: impl Fn(&str) -> bool) -> Result<(), Problem> {
    if has(permission) { Ok(()) } else { Err(Problem::new(Code::PermissionDenied).needing(permission)) }
}

async fn member(parts: &mut Parts, engine: &Engine) -> Result<Member, Problem> {
    let Bearer(operator) = Bearer::from_request_parts(parts, engine).await?;
    let organization = path_uuid(parts, &["organization_id", "organization"]).await?;
    let found = access::member(engine, &operator, OrganizationId(organization)).await;
    found.map_err(|error| Problem::server_error(&error))?.ok_or_else(|| Problem::new(Code::NotFound))
}

/// What the request's credential allows.
async fn grant(parts: &Parts, engine: &Engine, permission: &str) -> Result<Grant, Problem> {
    let source = origin::of(&parts.extensions);
    let grant = match parts.headers.get("x-api-key") {
        Some(key) => {
            let key = key.to_str().unwrap_or_default();
            access::by_api_key(engine, key.trim(), source).await
        }
        None => by_token(parts, engine, permission, source).await?,
    };
    match grant {
        Ok(Some(grant)) => Ok(Grant { scope: grant.scope.coming_from(source), ..grant }),
        Ok(None) => Err(Problem::new(Code::PermissionDenied)),
        Err(error) => Err(Problem::server_error(&error)),
    }
}

async fn by_token(
    parts: &Parts,
    engine: &Engine,
    permission: &str,
    source: IpAddr,
) -> Result<Result<Option<Grant>, store::Error>, Problem> {
    let token = accounts::bearer(engine, bearer_token(&parts.headers)).await;
    let operator = match token.map_err(|refused| denied(&refused))? {
        Token::Client(scope) => return Ok(Ok(Some(Grant::full(scope)))),
        Token::Operator(operator) if permission.ends_with(":sessions") => operator.coming_from(source),
        Token::Operator(_) => return Err(Problem::new(Code::PermissionDenied)),
    };
    let organization = named(&parts.headers, "x-didit-organization-id")?.map(OrganizationId);
    let application = named(&parts.headers, "x-didit-application-id")?.map(ApplicationId);
    let chosen = access::chosen(engine, &operator, organization, application).await;
    Ok(chosen.map(|chosen| {
        let (member, scope) = chosen?;
        Some(Grant { permissions: member.role().permissions.clone(), ..Grant::full(scope) })
    }))
}

/// The id in a header, if there is one.
fn named(headers: &HeaderMap, name: &str) -> Result<Option<Uuid>, Problem> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let id = value.to_str().ok().and_then(|text| Uuid::try_parse(text.trim()).ok());
    id.map(Some).ok_or_else(|| Problem::new(Code::PermissionDenied))
}

fn bearer_token(headers: &HeaderMap) -> &str {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, token) = header.split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" }
}

fn denied(refused: &Refused) -> Problem {
    match refused {
        Refused::Store(error) => Problem::server_error(error),
        _ => Problem::new(Code::PermissionDenied),
    }
}

/// The person on the hosted page, by `X-Session-Token`, on a device that may have a name in `X-Device-Key`. Whether the
/// token opens a session is the engine's to say.
pub struct SessionToken(pub Visitor);

impl<S: Send + Sync> FromRequestParts<S> for SessionToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let token = header("x-session-token").filter(|token| token.len() == 12);
        let token = token.ok_or_else(|| Problem::new(Code::SessionNotFound).with_code())?;
        let device = header("x-device-key").filter(|key| (16..=64).contains(&key.len()));
        Ok(Self(Visitor { token: token.to_owned(), device: device.map(str::to_owned) }))
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
