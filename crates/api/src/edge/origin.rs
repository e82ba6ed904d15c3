//! Where a request came from, as far as trusted proxies say.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::Extensions;
use axum::middleware::Next;
use axum::response::Response;
use engine::{Engine, limits};

/// The address that a request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin(pub IpAddr);

/// Leaves the request's [`Origin`] for everything further in.
pub async fn find(State(engine): State<Engine>, mut request: Request, next: Next) -> Response {
    let headers = request.headers().get_all("x-forwarded-for").iter();
    let entries: Vec<&str> =
        headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    let origin = limits::origin(&engine, connection(request.extensions()), entries.into_iter());
    request.extensions_mut().insert(Origin(origin));
    next.run(request).await
}

/// The address that was found, or the connection's.
pub fn of(extensions: &Extensions) -> IpAddr {
    extensions.get::<Origin>().map_or_else(|| connection(extensions), |origin| origin.0)
}

fn connection(extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip())
}
