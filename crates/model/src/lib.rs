//! The words of the trade: sessions, workflows, reports, warnings, decisions, events.
//!
//! Pure: values in, values out. It knows what may happen to a session and what a decision means; it refuses to
//! know the clock, the database, HTTP and pixels.
//!
//! ```
//! use model::{feature::Feature, session::{Event, Session, Timers}, status::SessionStatus, workflow::Graph};
//!
//! let graph = Graph::linear(vec![(Feature::Ocr, Default::default(), None)]);
//! let now = jiff::Timestamp::UNIX_EPOCH;
//! let session = Session::create(graph, Timers::default(), [Feature::Ocr].into(), now);
//! let step = session.apply(Event::Opened, now).unwrap();
//! assert_eq!(step.next.status(), SessionStatus::InProgress);
//! ```

pub mod decision;
pub mod feature;
pub mod id;
pub mod network;
pub mod reading;
pub mod report;
pub mod session;
pub mod status;
pub mod warning;
pub mod workflow;
