//! What the store promises, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod accounts;
mod blobs;
mod erasure;
mod evidence;
mod jobs;
mod opening;
mod outbox;
mod request_counts;
mod schema;
mod sessions;
mod story;
mod tenants;
mod workflows;
