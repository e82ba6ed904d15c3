//! The HTTP surface on a real server, both databases, real mail.

mod accounts;
mod destinations;
mod document;
mod flow;
mod refusals;
mod sessions;
mod workflows;
