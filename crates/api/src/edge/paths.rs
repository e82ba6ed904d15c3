//! One spelling of every path: API routes answer with and without the trailing slash, and the account routes also
//! under `/auth/v2`, without a redirect (a redirect drops the key header in many clients).

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// Prefixes of the routes whose canonical spelling ends in a slash.
const SLASHED: [&str; 6] = ["/v3/", "/programmatic/", "/organizations/", "/auth/v2/", "/system/", "/v1/"];

/// Rewrites a request's address to the spelling under which the router knows it.
pub fn canonical<B>(mut request: axum::http::Request<B>) -> axum::http::Request<B> {
    if let Some(uri) = rewritten(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn rewritten(uri: &Uri) -> Option<Uri> {
    let path = canonical_path(uri.path())?;
    let text = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(text.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

/// The canonical spelling if it differs.
fn canonical_path(path: &str) -> Option<String> {
    let account = path
        .strip_prefix("/auth/v2")
        .filter(|rest| rest.starts_with("/programmatic/") || rest.starts_with("/organizations/"));
    let bare = account.unwrap_or(path);
    let slashed = SLASHED.iter().any(|prefix| bare.starts_with(prefix));
    let spelled = match (slashed, bare.strip_suffix('/')) {
        (true, None) => format!("{bare}/"),
        (false, Some(rest)) if !rest.is_empty() => rest.to_owned(),
        _ => bare.to_owned(),
    };
    (spelled != path).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::canonical_path;

    #[test]
    fn api_paths_gain_the_slash_and_pages_lose_it() {
        assert_eq!(canonical_path("/v3/session").as_deref(), Some("/v3/session/"));
        assert_eq!(canonical_path("/v3/session/"), None);
        assert_eq!(canonical_path("/system/healthcheck").as_deref(), Some("/system/healthcheck/"));
        assert_eq!(canonical_path("/session/3FaJ9wLqX2Mz/").as_deref(), Some("/session/3FaJ9wLqX2Mz"));
        assert_eq!(canonical_path("/"), None);
    }

    #[test]
    fn account_paths_are_the_same_under_the_auth_prefix() {
        assert_eq!(canonical_path("/auth/v2/programmatic/login").as_deref(), Some("/programmatic/login/"));
        assert_eq!(canonical_path("/auth/v2/token").as_deref(), Some("/auth/v2/token/"));
        assert_eq!(canonical_path("/auth/v2/v3/session/"), None);
    }
}
