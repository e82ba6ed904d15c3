//! HTTP: the v3 contract, accounts, the hosted flow, embedded pages.
//!
//! It knows how requests are spelled, who may send them, and how answers and refusals look on the wire. It refuses
//! to know SQL and to make decisions: every operation reads its input and calls one function of `engine`.
//!
//! ```no_run
//! # async fn serve(engine: engine::Engine, listener: tokio::net::TcpListener) -> std::io::Result<()> {
//! let service = api::router(engine).into_make_service_with_connect_info::<std::net::SocketAddr>();
//! axum::serve(listener, service).await
//! # }
//! ```

pub mod body;
pub mod caller;
pub mod languages;
pub mod pages;
pub mod path_id;
pub mod problem;

mod access;
mod accounts;
mod approvals;
mod auth;
pub mod edge;
mod flow;
pub mod media;
pub mod openapi;
mod router;
mod system;
mod v3;

pub use router::{openapi_json, router};
