//! All routes in one place, and what surrounds them.

use std::any::Any;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router, middleware};
use engine::Engine;
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::edge::{bodies, headers, hidden, idempotency, limits, origin, paths, trace};
use crate::openapi::{Common, everywhere};
use crate::pages::docs::{self, Document};
use crate::pages::{hosted, link};
use crate::problem::{Code, Problem};
use crate::{access, accounts, approvals, auth, flow, media, system, v3};

/// The whole server. Serve it with the peer's address:
/// `router.into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(engine: Engine) -> Router {
    let (documented, mut document) = documented().split_for_parts();
    everywhere::describe(&mut document);
    let text: Arc<str> = document.to_json().expect("the document has text keys only").into();
    let routes = documented
        .merge(flow::routes())
        .merge(pages())
        .route("/media/{application}/{session}/{blob}", get(media::show))
        .fallback(|| async { Problem::new(Code::NotFound) })
        .method_not_allowed_fallback(method_not_allowed)
        .layer(Extension(Document(text)))
        .layer(middleware::from_fn_with_state(engine.clone(), hidden::layer))
        // The edge has its own limit, and answers in the contract's shape.
        .layer(DefaultBodyLimit::disable())
        .with_state(engine.clone());
    // Paths are rewritten before the router sees them, so this surrounds it.
    let edge = ServiceBuilder::new()
        .map_response(headers::secure)
        .layer(middleware::from_fn_with_state(engine.clone(), trace::identify))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(MapRequestLayer::new(paths::canonical))
        .layer(middleware::from_fn(bodies::read))
        .layer(middleware::from_fn_with_state(engine.clone(), origin::find))
        .layer(middleware::from_fn_with_state(engine.clone(), limits::apply))
        .layer(middleware::from_fn_with_state(engine, idempotency::apply))
        .service(routes);
    Router::new().fallback_service(edge)
}

/// `openapi.json` as text, for the document's own test and for tools.
pub fn openapi_json() -> String {
    let mut document = documented().into_openapi();
    everywhere::describe(&mut document);
    document.to_pretty_json().expect("the document has text keys only")
}

fn documented() -> OpenApiRouter<Engine> {
    OpenApiRouter::with_openapi(Common::openapi())
        .merge(v3::routes())
        .merge(accounts::routes())
        .merge(auth::routes())
        .merge(access::routes())
        .merge(approvals::routes())
        .merge(system::routes())
}

fn pages() -> Router<Engine> {
    Router::new()
        .route("/session/{token}", get(hosted::show))
        .route("/{language}/session/{token}", get(hosted::show_in_language))
        .route("/u/{token}", get(link::open))
        .route("/static/flow/{*path}", get(hosted::file))
        .route("/openapi.json", get(docs::document))
        .route("/docs", get(docs::page))
        .route("/static/docs/docs.js", get(docs::script))
        .route("/static/docs/docs.css", get(docs::style))
}

async fn method_not_allowed(method: Method, _request: Request) -> Problem {
    Problem::detail(Code::MethodNotAllowed, format!("Method \"{method}\" not allowed."))
}

/// The handler broke; what it changed was never committed. The panic itself is in the log by the panic hook.
fn panicked(_cause: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::new(Code::ServerError).into_response()
}
