//! The words of the trade: sessions, workflows, reports, warnings, decisions, events.
//!
//! Pure: values in, values out. It knows what may happen to a session and what a decision means; it refuses to
//! know the clock, the database, HTTP and pixels.

pub mod reading;
