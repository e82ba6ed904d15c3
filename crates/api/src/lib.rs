//! HTTP: the v3 contract, accounts, the hosted flow, embedded pages.
//!
//! It knows how requests are spelled, who may send them, and how answers and refusals look on the wire. It refuses
//! to know SQL and to make decisions: every operation reads its input and calls one function of `engine`.

pub mod body;
pub mod edge;
pub mod pages;
pub mod path_id;
pub mod problem;
