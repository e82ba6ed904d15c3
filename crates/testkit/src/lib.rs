//! Test harness: both databases, a running server, actors, sinks, a fake camera.
//!
//! It may see every crate and is itself only ever a dev-dependency. Everything in it is real: a
//! sink is a server on a loopback port, a database is a database.

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "app")]
pub mod crash;
pub mod database;
pub mod http_sink;
#[cfg(feature = "app")]
pub mod program;
pub mod received_mail;
pub mod receivers;
#[cfg(feature = "app")]
pub mod scorecard;
pub mod smtp_sink;

#[cfg(feature = "app")]
pub use app::TestApp;
pub use http_sink::{Answer, HttpSink, ReceivedRequest};
pub use received_mail::ReceivedMail;
pub use smtp_sink::SmtpSink;
