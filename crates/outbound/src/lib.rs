//! What leaves the machine: signed webhooks, e-mail and text messages.
//!
//! This crate knows how a webhook body is written and signed so that receivers in any language
//! accept it, which addresses may be called, and how a message reaches a mailbox. It refuses to
//! know why something is sent, when it is tried again, or who the tenant is: the engine decides
//! that and keeps the delivery log. Nothing else in the workspace may open a connection to an
//! address that a customer typed in.
//!
//! ```
//! let body = serde_json::json!({"status": "Approved", "score": 95.0, "timestamp": 1_774_970_000});
//! let sent = outbound::canonical(&body);
//! assert_eq!(sent, r#"{"score":95,"status":"Approved","timestamp":1774970000}"#);
//! let signatures = outbound::sign("secret", sent.as_bytes(), &body);
//! assert_eq!(signatures.v2, signatures.raw);
//! ```

mod address;
mod canonical;
mod fetch;
pub mod mail;
mod resolver;
pub mod retry;
mod signature;
pub mod sms;
pub mod webhook;

pub use address::{Reach, Unreachable};
pub use canonical::canonical;
pub use fetch::{FETCH_TIMEOUT, Unfetched};
pub use signature::{Signatures, sign};
