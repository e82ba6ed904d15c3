//! Test harness: both databases, a running server, actors, sinks, a fake camera.
//!
//! It may see every crate and is itself only ever a dev-dependency. Everything in it is real: a
//! sink is a server on a loopback port, a database is a database.

pub mod database;
pub mod http_sink;
pub mod received_mail;
pub mod receivers;
pub mod smtp_sink;

pub use http_sink::{Answer, HttpSink, ReceivedRequest};
pub use received_mail::ReceivedMail;
pub use smtp_sink::SmtpSink;
