//! The binary `bonafide`: command line, configuration, telemetry, lifecycle, wiring.
//!
//! It knows where things are on this machine and reads the clock. It refuses to decide anything: it builds an engine
//! and hands it on.

mod cli;
mod clock;
mod commands;
mod config;
mod data;
mod dev;
mod lifecycle;
mod models;
mod telemetry;

pub use cli::{Cli, run};
