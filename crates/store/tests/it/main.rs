//! What the store promises, on SQLite and on PostgreSQL.

mod accounts;
mod blobs;
mod erasure;
mod evidence;
mod jobs;
mod opening;
mod outbox;
mod schema;
mod sessions;
mod story;
mod tenants;
mod workflows;
