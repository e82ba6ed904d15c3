//! Use cases: one function is one transaction. Load, apply, save, enqueue, commit.
//!
//! It knows what integrators, people and reviewers may do and which jobs follow from it. It refuses to know HTTP,
//! SQL and pixels: those belong to `api`, `store` and `vision`.

mod engine;
mod secrets;
mod upkeep;

pub mod access;
pub mod accounts;
pub mod approvals;
pub mod audit;
pub mod checks;
pub mod contact;
pub mod credits;
pub mod decision;
pub mod destinations;
pub mod documents;
pub mod entities;
pub mod flow;
pub mod imports;
pub mod jobs;
pub mod limits;
pub mod lists;
pub mod parties;
pub mod pdf_report;
pub mod questionnaires;
pub mod receipts;
pub mod reviews;
pub mod sandbox;
pub mod sessions;
pub mod webhook_settings;
pub mod webhooks;
pub mod workflows;

pub use engine::{Clock, Engine, Parts};
