//! Keys that see only some sessions: those of some workflows, or the approved ones (core API §2.3).

use axum::http::request::Parts;
use engine::Engine;
use engine::access::{self, Grant};
use model::id::SessionId;

use crate::path_id::maybe_path_uuid;
use crate::problem::{Code, Problem};

/// Refuses what the key may not see. Outside its reach a session is not found.
///
/// Routes that name no session are refused to limited keys unless they are known to respect the limit: a new route is
/// closed to them until somebody has thought about it.
pub(super) async fn check(
    parts: &mut Parts,
    engine: &Engine,
    grant: &Grant,
    permission: &'static str,
) -> Result<(), Problem> {
    let path = parts.uri.path();
    // What was delivered is what sessions came to.
    if path.contains("/deliveries/") && !grant.permissions.include("read:sessions") {
        return Err(Problem::new(Code::PermissionDenied).needing("read:sessions"));
    }
    if !grant.media_access && path.ends_with("/generate-pdf/") {
        return Err(Problem::new(Code::PermissionDenied));
    }
    if !grant.reach.is_limited() {
        return Ok(());
    }
    if let Some(id) = maybe_path_uuid(parts, &["session_id"]).await? {
        let found = access::in_reach(engine, &grant.scope, &grant.reach, SessionId(id)).await;
        return match found {
            Ok(true) => Ok(()),
            Ok(false) => Err(Problem::new(Code::NotFound)),
            Err(error) => Err(Problem::server_error(&error)),
        };
    }
    let path = parts.uri.path();
    let closed = match permission {
        "create:sessions" => path != "/v3/session/" || grant.reach.approved_only,
        "list:sessions" => path != "/v3/sessions/",
        other => other.ends_with(":sessions") || path.contains("/deliveries/"),
    };
    if closed { Err(Problem::new(Code::PermissionDenied)) } else { Ok(()) }
}
