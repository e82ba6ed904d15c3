//! What every request passes on its way in and every response on its way out.

pub mod bodies;
pub mod headers;
pub(crate) mod hidden;
pub mod idempotency;
pub mod limits;
pub mod origin;
pub mod paths;
pub mod trace;
