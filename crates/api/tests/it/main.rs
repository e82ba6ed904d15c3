//! The HTTP surface on a real server, both databases, real mail.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod access;
mod accounts;
mod authorisation;
mod canaries;
mod console_workflows;
mod contact;
mod contact_steps;
mod corrections;
mod credits;
mod destinations;
mod document;
mod documents;
mod flow;
mod idempotency;
mod imports;
mod lifecycle;
mod limits;
mod lists;
mod parties;
mod pdf;
mod questionnaires;
mod refusals;
mod sandbox;
mod second_person;
mod session_erasure;
mod session_list;
mod session_sharing;
mod session_timeline;
mod sessions;
mod statuses;
mod users;
mod webhook_routes;
mod webhooks;
mod workflows;
