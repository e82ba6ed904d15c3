//! The words of the trade: sessions, workflows, reports, warnings, decisions, events. Pure.
